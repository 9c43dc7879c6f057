"""How a run ended: waiver, review, sign-off, false alarm, and what came after."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Waived:
    """The director lets steps (as ``track/step``) or the paper sheets go undone, with a reason."""

    steps: tuple[str, ...]
    reason: str
    sheets: bool = False


@dataclass(frozen=True)
class ReviewBegun:
    """Nothing is left to do; the review questions are asked."""


@dataclass(frozen=True)
class ReviewAnswered:
    """An answer to one question of the after-action review; an empty text means: nothing to say."""

    question: str
    text: str


@dataclass(frozen=True)
class Closed:
    """Signed off by the director or whoever stands in."""


@dataclass(frozen=True)
class Reopened:
    """The run goes on; whatever ended it stays in the log."""

    reason: str


@dataclass(frozen=True)
class FalseAlarm:
    """It was nothing; the run ends here."""

    reason: str


@dataclass(frozen=True)
class Aborted:
    """A drill ended because of a real alarm."""

    reason: str = ""
