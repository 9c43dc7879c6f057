"""What is ordered in a drill."""

from __future__ import annotations

from flows.commands.command import Command
from playbooks.frozen import frozen


@frozen
class BeginExercise(Command):
    """Begin a drill. ``run`` is empty: the engine gives the new run its id.

    ``kind`` and ``scenario`` are ids of the drill library (``scenario`` empty: the one longest not used), ``drill`` is
    the id in the calendar, ``facilitator`` a member who leads it.
    """

    kind: str
    scenario: str = ""
    drill: str = ""
    facilitator: str = ""


@frozen
class SendInject(Command):
    """Let something happen now; the clock sends what is due."""

    inject: str


@frozen
class HoldInject(Command):
    """Keep an inject back until I send it."""

    inject: str


@frozen
class SkipInject(Command):
    """Leave an inject out."""

    inject: str


@frozen
class AskInject(Command):
    """Let me write something that happens now."""


@frozen
class LeadExercise(Command):
    """I lead this drill (``give_up``: ``yes`` for no longer; the bot goes on alone)."""

    give_up: str = ""


@frozen
class Excuse(Command):
    """I have a patient before me."""


@frozen
class EndExcuse(Command):
    """I am back in the drill."""


@frozen
class PauseExercise(Command):
    """Let the drill stand still."""


@frozen
class ResumeExercise(Command):
    """Let the drill go on."""


@frozen
class AnswerQuestion(Command):
    """My answer to the ``number``-th question of the quiz, from 0."""

    number: int
    option: str


@frozen
class RateObjective(Command):
    """How an objective went: ``p``, ``s``, ``m`` or ``u``; ``all`` as the objective takes every proposal that is left."""

    objective: str
    rating: str = ""


@frozen
class AskFeedback(Command):
    """Let me say something about the drill, under my name; what is said without one is no command (see the engine)."""


@frozen
class ReleaseFeedback(Command):
    """Show what was said without a name, all at once."""


@frozen
class TellVendor(Command):
    """Whether a vendor took part: ``here``, by ``phone``, or ``absent``."""

    contact: str
    how: str


@frozen
class AskVendorLesson(Command):
    """Let me write what we learnt with a vendor."""

    contact: str


@frozen
class AbortExercise(Command):
    """This is real: the drill ends for everybody, at once."""
