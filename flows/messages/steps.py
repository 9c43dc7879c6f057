"""What is said about the steps of a run."""

from __future__ import annotations

from flows.messages.message import Message, Plain
from playbooks.frozen import frozen


@frozen
class AboutStep(Message, abstract=True):
    """Something about the step that was shown at ``turn``: an answer to it answers the step."""

    turn: int


@frozen
class StepOpen(AboutStep, name="step"):
    """Your step: the one that was shown at ``turn``."""


@frozen
class StepReminder(AboutStep):
    """The time for your step is over."""


@frozen
class StepWaiting(AboutStep):
    """A step waits for anybody who can take it."""


@frozen
class StepDone(AboutStep):
    """The step as it was answered."""


@frozen
class StepTaken(AboutStep, name="step_released"):
    """The step is yours no longer, and ``why``."""

    why: str


@frozen
class LeftOpen(Message):
    """A colleague is gone for the day: what they had on the screen at ``turn``, what of it is done, and who has the rest."""

    turn: int


@frozen
class WhyStep(Message):
    """Why the step that was shown at ``turn`` is there."""

    turn: int


@frozen
class StepHelp(Message, name="help"):
    """Whom to call about a step; ``again``, where its picture was shown before and did not help."""

    turn: int
    call: str
    again: bool = False


@frozen
class TextTaken(Message):
    """What you wrote stands as the answer of ``turn``."""

    turn: int


@frozen
class LineTaken(Message):
    """What you sent stands as the answer of a line; this is next on the card that was shown at ``card``, where its rest stands."""

    card: int


@frozen
class LineGoes(Plain):
    """Somebody is about to pull the line to the outside: phones have to be off the Wi-Fi by then.

    ``look``: this reader is the one to see before that whether the machine's lead and the backups' are really out. ``pulls``: it is they who pull the line.
    """

    look: bool = False
    pulls: bool = False


@frozen
class PhotoTaken(Message):
    """What you sent stands as the answer of ``turn``."""

    turn: int


@frozen
class StepsToGive(Message):
    """Which step do you want to give to somebody?"""


@frozen
class TakersOffered(Message):
    """Who is to have the step of a track that was shown at turn ``shown`` (0: nobody has it)?

    ``to`` is whom somebody named for it, ``unknown`` a name that nobody has here, or more than one.
    """

    track: str
    shown: int
    to: str = ""
    unknown: str = ""


@frozen
class AnswerOpenAgain(Message):
    """Your answer to a step (or line, ``card/line``) was taken back; ``hands``: a lead that was pulled stays out.

    ``others`` are what that answer had settled beside it, and is taken back with it.
    """

    track: str
    step: str
    hands: bool
    others: tuple[str, ...] = ()


@frozen
class UndoOffered(Message):
    """You want to take something back: this was your answer, at ``turn``; ``because`` of a colleague's note, that it isn't so."""

    turn: int
    because: int = 0


@frozen
class UndoRefused(Message):
    """You want to take something back, and can't: ``why`` is one of :data:`flows.scene.undoing.STANDS`."""

    why: str


@frozen
class PlaybookChanged(Message, name="handed_over"):
    """The run goes on by another playbook; where an attack had been feared, on whose word (``reason``, ``source``)."""

    reason: str = ""
    source: str = ""


@frozen
class SwitchWanted(Message):
    """``by`` says that it is what ``playbook`` is about; before it is changed to that, somebody makes sure that it is no attack."""

    playbook: str
    by: str
