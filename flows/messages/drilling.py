"""What is said while a drill goes on, and when it is over."""

from __future__ import annotations

from dataclasses import dataclass

from flows.messages.message import Message, Plain


@dataclass(frozen=True)
class DrillCall(Message):
    """A drill has begun; confirm that you know."""


@dataclass(frozen=True)
class DrillCallAgain(Message):
    """You have not confirmed yet; ``count`` says for the record how often that was told."""

    count: int


@dataclass(frozen=True)
class DrillBegun(Message):
    """The drill that you began is running."""


@dataclass(frozen=True)
class Happening(Message, name="inject"):
    """Something happens in the drill: the event at ``turn``."""

    turn: int


@dataclass(frozen=True)
class Facilitation(Message):
    """What comes next, for whoever leads the drill; ``turn`` is what was just sent."""

    turn: int = 0


@dataclass(frozen=True)
class QuizQuestion(Message, name="quiz"):
    """A question of the quiz."""

    number: int = 0


@dataclass(frozen=True)
class QuizAnswered(Message):
    """How a question was answered."""

    number: int


@dataclass(frozen=True)
class QuizThanks(Message):
    """All questions are answered."""


@dataclass(frozen=True)
class DrillPaused(Message):
    """The drill stands still."""

    by: str


@dataclass(frozen=True)
class DrillResumed(Message):
    """The drill goes on."""

    by: str


@dataclass(frozen=True)
class DrillEnding(Message):
    """You want the drill to end, or (``later``) to be held on another day."""

    later: bool = False


@dataclass(frozen=True)
class DrillExcused(Message):
    """You are left in peace."""


@dataclass(frozen=True)
class DrillBack(Message):
    """You take part again."""


@dataclass(frozen=True)
class FeedbackAsk(Message):
    """How was the drill?"""


@dataclass(frozen=True)
class FeedbackNameless(Message):
    """The next thing that you write is taken without your name."""


@dataclass(frozen=True)
class FeedbackThanks(Message):
    """Thanks for what you said."""


@dataclass(frozen=True)
class FeedbackTold(Message, name="feedback_released"):
    """What people said about the drill."""


@dataclass(frozen=True)
class DrillResult(Message):
    """What the drill came to."""


@dataclass(frozen=True)
class VendorsAtDrill(Message):
    """Which vendor took part?"""


@dataclass(frozen=True)
class VendorAtDrill(Message):
    """Did a vendor take part, and what was learnt with them?"""

    contact: str


@dataclass(frozen=True)
class DrillTrend(Message):
    """How the drill went beside those before it."""


@dataclass(frozen=True)
class ImprovementAsked(Message, name="ask_improvement"):
    """What is to become better?"""

    turn: int = 0
    run: str = ""


@dataclass(frozen=True)
class AskImprovementOwner(Message):
    """Who takes an improvement on?"""

    turn: int
    text: str
    run: str = ""


@dataclass(frozen=True)
class ImprovementKept(Plain):
    """An improvement has its owner and its day."""

    owner: str
    due: str
