"""How a run ended: waiver, review, sign-off, false alarm, and what came after."""

from __future__ import annotations

from flows.events.event import RunEvent
from playbooks.frozen import frozen


@frozen
class Waived(RunEvent):
    """The director lets steps (as ``track/step``) or the paper sheets go undone, with a reason."""

    steps: tuple[str, ...]
    reason: str
    sheets: bool = False


@frozen
class ReviewBegun(RunEvent):
    """Nothing is left to do; the review questions are asked."""


@frozen
class ReviewAnswered(RunEvent):
    """An answer to one question of the after-action review; an empty text means: nothing to say."""

    question: str
    text: str


@frozen
class Closed(RunEvent):
    """Signed off by the director or whoever stands in."""


@frozen
class Reopened(RunEvent):
    """The run goes on; whatever ended it stays in the log."""

    reason: str


@frozen
class FalseAlarm(RunEvent):
    """It was nothing; the run ends here. ``source`` is who made sure of it (``vendor``, ``expert``), ``reason`` then who and when.

    Where it is ``unanswered``, nobody ever said what it was.
    """

    reason: str
    source: str = ""
    unanswered: bool = False


@frozen
class Aborted(RunEvent):
    """A drill ended because of a real alarm."""

    reason: str = ""


@frozen
class Solved(RunEvent):
    """Something small was over with its question: nobody else was called, and nobody has to sign."""
