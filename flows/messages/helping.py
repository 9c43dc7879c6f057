"""What is said when somebody doesn't know what a step means, and of what stays undone for it."""

from __future__ import annotations

from flows.messages.message import Message
from flows.messages.steps import AboutStep
from playbooks.frozen import frozen


@frozen
class HelpCalledOut(AboutStep):
    """Others were asked to come to you, about the step shown at ``turn``; call out, too."""


@frozen
class HelpWanted(Message):
    """Somebody called for help at turn ``of``: can you go?"""

    of: int


@frozen
class HelpOnItsWay(Message):
    """Somebody comes to you: you called at turn ``of``."""

    of: int


@frozen
class MinuteWanted(Message):
    """You are with a patient: can you spare the minute that was asked for at turn ``of``?"""

    of: int


@frozen
class GoThere(Message):
    """You said that you go to whoever called at turn ``of``: this is what it is about."""

    of: int


@frozen
class LeftAsItIs(Message):
    """Your step stays undone, as you answered at ``turn``: nobody is to use the machine, and whom to call."""

    turn: int


@frozen
class StaysUndone(Message):
    """To those who lead: a step was left undone, as answered at ``turn``."""

    turn: int


@frozen
class NumberMissing(Message):
    """To those who lead: ``call`` has no number, and somebody needed it for the step shown at ``turn``."""

    turn: int
    call: str


@frozen
class LineOpen(AboutStep):
    """One line of the card that was shown at ``turn``, by itself."""

    line: str


@frozen
class LinesOffered(AboutStep):
    """The lines of your card that are left: which one can't be done, or isn't clear? ``named``, which of these is done?"""

    named: tuple[str, ...] = ()


@frozen
class LinesLeft(AboutStep):
    """All is done of your card but for the lines that take more than a tap: these."""


@frozen
class CannotHeard(AboutStep):
    """You can't do what is before you: which line is it, or who else could?"""


@frozen
class WhichLine(AboutStep):
    """Several lines of your card take a photo: to which belongs the one you sent (``evidence``)?"""

    evidence: int
