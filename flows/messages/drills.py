"""What is said about drills to come: the calendar."""

from __future__ import annotations

from dataclasses import dataclass

from flows.messages.message import Message


@dataclass(frozen=True)
class AboutDrill(Message, abstract=True):
    """Something about one drill of the calendar."""

    drill: str


@dataclass(frozen=True)
class DrillsShown(Message, name="drills"):
    """The drills to come and those before."""


@dataclass(frozen=True)
class DrillShown(AboutDrill, name="drill"):
    """One drill of the calendar."""


@dataclass(frozen=True)
class DrillReminder(AboutDrill):
    """A drill is to be held soon."""

    before: int = 0


@dataclass(frozen=True)
class DrillAhead(AboutDrill, name="drill_announced"):
    """A drill is announced to those who take part."""


@dataclass(frozen=True)
class DrillHour(AboutDrill):
    """It is time for a drill."""

    before: int = 0


@dataclass(frozen=True)
class DrillNewDay(AboutDrill, name="drill_moved"):
    """A drill is held at another time, and by which ``cause``."""

    cause: str


@dataclass(frozen=True)
class DrillNotHeld(AboutDrill, name="drill_missed"):
    """A drill was not held."""

    again: str = ""
    why: str = ""


@dataclass(frozen=True)
class DrillNew(AboutDrill, name="drill_planned"):
    """A drill was put into the calendar."""


@dataclass(frozen=True)
class DrillOff(AboutDrill, name="drill_cancelled"):
    """A drill is not held."""


@dataclass(frozen=True)
class DrillsYear(Message):
    """The drills of a year."""

    year: int
    moved: int = 0


@dataclass(frozen=True)
class DrillStartNow(AboutDrill):
    """Begin the drill now?"""


@dataclass(frozen=True)
class DrillScenarios(AboutDrill):
    """Which scenario is to be played?"""


@dataclass(frozen=True)
class DrillVendors(AboutDrill):
    """Which vendor is to be invited?"""


@dataclass(frozen=True)
class VendorOff(AboutDrill):
    """The invitation of a vendor (``contact``) was taken back; telling them is a ``task``."""

    contact: str
    task: int


@dataclass(frozen=True)
class DrillKinds(Message):
    """Which kind of drill?"""

    what: str


@dataclass(frozen=True)
class DrillHold(Message):
    """Hold a drill now?"""

    kind: str = ""


@dataclass(frozen=True)
class DrillCadenceMenu(Message):
    """How often is a kind of drill to be held?"""

    kind: str


@dataclass(frozen=True)
class DrillCadence(Message):
    """How often a kind of drill is held now."""

    kind: str


@dataclass(frozen=True)
class DrillDay(Message):
    """A day won't do, and ``why``; ``next`` does."""

    kind: str
    day: str
    why: str
    next: str = ""


@dataclass(frozen=True)
class DrillReasonAsked(AboutDrill, name="ask_drill_reason"):
    """Why is a drill put off or cancelled?"""

    move: str
    turn: int = 0


@dataclass(frozen=True)
class AskDrillDay(Message):
    """On which day?"""

    kind: str
    turn: int = 0


@dataclass(frozen=True)
class AskDrillWeekdays(Message):
    """On which weekdays?"""

    kind: str
    turn: int = 0
