"""What is ordered in the calendar of drills."""

from __future__ import annotations

from datetime import date

from flows.commands.command import FacilityCommand
from playbooks.frozen import frozen
from playbooks.weekdays import WeekdayName


@frozen
class PlanYear(FacilityCommand):
    """Plan what is missing in the fiscal year that begins in April of ``year``."""

    year: int


@frozen
class PlanNewcomer(FacilityCommand):
    """Plan the drills for somebody who has joined."""

    member: str


@frozen
class PlanDrill(FacilityCommand):
    """Hold a drill of a kind on a day that a person chose."""

    kind: str
    day: date


@frozen
class AnnounceDrill(FacilityCommand):
    """Tell the staff of a drill."""

    drill: str


@frozen
class RemindDrill(FacilityCommand):
    """Remind whoever decides, ``before`` so many days; 0 offers the drill at its hour."""

    drill: str
    before: int


@frozen
class PostponeDrill(FacilityCommand):
    """Not now: move the drill to the next workable time, for a reason in people's own words."""

    drill: str
    reason: str


@frozen
class ShiftDrill(FacilityCommand):
    """The drill can't be held as planned: ``cause`` is ``incident``, ``unworkable``, ``broken_off`` or ``aborted``."""

    drill: str
    cause: str


@frozen
class ChooseScenario(FacilityCommand):
    """Play another scenario in this tabletop drill."""

    drill: str
    scenario: str


@frozen
class InviteVendor(FacilityCommand):
    """Ask a vendor (``contact``) to take part in this tabletop drill."""

    drill: str
    contact: str


@frozen
class UninviteVendor(FacilityCommand):
    """Take the invitation of a vendor (``contact``) to this drill back; telling them becomes a task of whoever does."""

    drill: str
    contact: str


@frozen
class StartDrill(FacilityCommand):
    """The drill begins; ``as_run`` is the run that was opened for it.

    ``outside`` says that whoever starts it knows that it is not its hour.
    """

    drill: str
    as_run: str
    outside: bool = False


@frozen
class MissDrill(FacilityCommand):
    """The drill's time has gone by."""

    drill: str


@frozen
class DebriefDrill(FacilityCommand):
    """What the drill showed has been talked over."""

    drill: str


@frozen
class SignOffDrill(FacilityCommand):
    """I stand behind the drill's record."""

    drill: str


@frozen
class CancelDrill(FacilityCommand):
    """The drill will not be held; the reason is required."""

    drill: str
    reason: str


@frozen
class SetCadence(FacilityCommand):
    """Hold a kind of drill otherwise from here on; None leaves a thing as it is, ``every_months`` 0 means never."""

    kind: str
    every_months: int | None = None
    weekdays: tuple[WeekdayName, ...] | None = None
    announced: bool | None = None
