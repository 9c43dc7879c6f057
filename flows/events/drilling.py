"""What happens in a drill beside its playbook: injects, pauses, quiz answers, ratings, and what people say afterwards."""

from __future__ import annotations

from typing import Any

from flows.events.event import RunEvent
from playbooks.frozen import frozen


@frozen
class ExerciseBegun(RunEvent):
    """The run is a drill: its kind, scenario, measures and questions as they stood, whole.

    ``drill`` is its id in the calendar, empty if it was started by hand. ``facilitator`` is empty if the bot leads alone.
    ``called`` are those whose confirmation counts, ``deciding`` who of them decides, ``verifies`` the tasks (by id)
    that were done since and are looked at again.
    """

    kind: dict[str, Any]
    scenario: dict[str, Any] | None = None
    measures: tuple[dict[str, Any], ...] = ()
    questions: tuple[dict[str, Any], ...] = ()
    drill: str = ""
    facilitator: str = ""
    called: tuple[str, ...] = ()
    deciding: tuple[str, ...] = ()
    verifies: tuple[int, ...] = ()


@frozen
class InjectSent(RunEvent):
    """An inject reached ``to``; ``instead`` says that nobody holds the role for which it was meant."""

    inject: str
    to: tuple[str, ...]
    instead: bool = False


@frozen
class InjectHeld(RunEvent):
    """The facilitator keeps an inject back until they send it."""

    inject: str


@frozen
class InjectSkipped(RunEvent):
    """The facilitator leaves an inject out."""

    inject: str


@frozen
class InjectAdded(RunEvent):
    """The facilitator made something up on the spot."""

    text: str
    to: tuple[str, ...]


@frozen
class FacilitatorChanged(RunEvent):
    """Somebody else leads the drill, or, if ``member`` is empty, the bot alone."""

    member: str


@frozen
class Excused(RunEvent):
    """A member has a patient before them and is left in peace."""

    member: str


@frozen
class ExcuseEnded(RunEvent):
    """The member is back in the drill."""

    member: str


@frozen
class ExercisePaused(RunEvent):
    """The drill stands still; its clock, too."""


@frozen
class ExerciseResumed(RunEvent):
    """The drill goes on where it stood."""


@frozen
class QuestionAnswered(RunEvent):
    """A member chose an option of a quiz question."""

    question: str
    option: str


@frozen
class ObjectiveRated(RunEvent):
    """How an objective went: ``p`` without trouble, ``s`` some, ``m`` much, ``u`` not done (after HSEEP)."""

    objective: str
    rating: str


@frozen
class FeedbackGiven(RunEvent):
    """What somebody says about the drill, under their name."""

    text: str


@frozen
class FeedbackReleased(RunEvent):
    """What was said without a name: all at once, in an order that tells nothing."""

    texts: tuple[str, ...]


@frozen
class VendorCame(RunEvent):
    """Whether a vendor took part: ``here``, by ``phone``, or ``absent``."""

    contact: str
    how: str


@frozen
class VendorLesson(RunEvent):
    """What was learnt with a vendor in the drill, in words; the last ones count."""

    contact: str
    text: str
