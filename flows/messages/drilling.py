"""What is said while a drill goes on, and when it is over."""

from __future__ import annotations

from flows.messages.message import Message, Plain
from playbooks.frozen import frozen


@frozen
class DrillCall(Message):
    """A drill has begun; confirm that you know."""


@frozen
class DrillCallAgain(Message):
    """You have not confirmed yet; ``count`` says for the record how often that was told."""

    count: int


@frozen
class DrillBegun(Message):
    """The drill that you began is running."""


@frozen
class Happening(Message, name="inject"):
    """Something happens in the drill: the event at ``turn``."""

    turn: int


@frozen
class Facilitation(Message):
    """What comes next, for whoever leads the drill; ``turn`` is what was just sent."""

    turn: int = 0


@frozen
class QuizQuestion(Message, name="quiz"):
    """A question of the quiz."""

    number: int = 0


@frozen
class QuizAnswered(Message):
    """How a question was answered."""

    number: int


@frozen
class QuizThanks(Message):
    """All questions are answered."""


@frozen
class DrillPaused(Message):
    """The drill stands still."""

    by: str


@frozen
class DrillResumed(Message):
    """The drill goes on."""

    by: str


@frozen
class DrillEnding(Message):
    """You want the drill to end, or (``later``) to be held on another day."""

    later: bool = False


@frozen
class DrillExcused(Message):
    """You are left in peace."""


@frozen
class DrillBack(Message):
    """You take part again."""


@frozen
class FeedbackAsk(Message):
    """How was the drill?"""


@frozen
class FeedbackNameless(Message):
    """The next thing that you write is taken without your name."""


@frozen
class FeedbackThanks(Message):
    """Thanks for what you said."""


@frozen
class FeedbackTold(Message, name="feedback_released"):
    """What people said about the drill."""


@frozen
class DrillResult(Message):
    """What the drill came to."""


@frozen
class VendorsAtDrill(Message):
    """Which vendor took part?"""


@frozen
class VendorAtDrill(Message):
    """Did a vendor take part, and what was learnt with them?"""

    contact: str


@frozen
class DrillTrend(Message):
    """How the drill went beside those before it."""


@frozen
class ImprovementAsked(Message, name="ask_improvement"):
    """What is to become better?"""

    turn: int = 0
    run: str = ""


@frozen
class AskImprovementOwner(Message):
    """Who takes an improvement on?"""

    turn: int
    text: str
    run: str = ""


@frozen
class ImprovementKept(Plain):
    """An improvement has its owner and its day."""

    owner: str
    due: str
