"""What is said about drills to come: the calendar."""

from __future__ import annotations

from flows.messages.message import Message
from playbooks.frozen import frozen


@frozen
class AboutDrill(Message, abstract=True):
    """Something about one drill of the calendar."""

    drill: str


@frozen
class DrillsShown(Message, name="drills"):
    """The drills to come and those before."""


@frozen
class DrillShown(AboutDrill, name="drill"):
    """One drill of the calendar."""


@frozen
class DrillReminder(AboutDrill):
    """A drill is to be held soon."""

    before: int = 0


@frozen
class DrillAhead(AboutDrill, name="drill_announced"):
    """A drill is announced to those who take part."""


@frozen
class DrillHour(AboutDrill):
    """It is time for a drill."""

    before: int = 0


@frozen
class DrillNewDay(AboutDrill, name="drill_moved"):
    """A drill is held at another time, and by which ``cause``."""

    cause: str


@frozen
class DrillNotHeld(AboutDrill, name="drill_missed"):
    """A drill was not held."""

    again: str = ""
    why: str = ""


@frozen
class DrillNew(AboutDrill, name="drill_planned"):
    """A drill was put into the calendar."""


@frozen
class DrillOff(AboutDrill, name="drill_cancelled"):
    """A drill is not held."""


@frozen
class DrillsYear(Message):
    """The drills of a year."""

    year: int
    moved: int = 0


@frozen
class DrillStartNow(AboutDrill):
    """Begin the drill now?"""


@frozen
class DrillScenarios(AboutDrill):
    """Which scenario is to be played?"""


@frozen
class DrillVendors(AboutDrill):
    """Which vendor is to be invited?"""


@frozen
class VendorOff(AboutDrill):
    """The invitation of a vendor (``contact``) was taken back; telling them is a ``task``."""

    contact: str
    task: int


@frozen
class DrillKinds(Message):
    """Which kind of drill?"""

    what: str


@frozen
class DrillHold(Message):
    """Hold a drill now?"""

    kind: str = ""


@frozen
class DrillCadenceMenu(Message):
    """How often is a kind of drill to be held?"""

    kind: str


@frozen
class DrillCadence(Message):
    """How often a kind of drill is held now."""

    kind: str


@frozen
class DrillDay(Message):
    """A day won't do, and ``why``; ``next`` does."""

    kind: str
    day: str
    why: str
    next: str = ""


@frozen
class DrillReasonAsked(AboutDrill, name="ask_drill_reason"):
    """Why is a drill put off or cancelled?"""

    move: str
    turn: int = 0


@frozen
class AskDrillDay(Message):
    """On which day?"""

    kind: str
    turn: int = 0


@frozen
class AskDrillWeekdays(Message):
    """On which weekdays?"""

    kind: str
    turn: int = 0
