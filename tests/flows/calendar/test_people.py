"""Who has to do with a drill: those who decide, whoever runs it, and those who take part."""

from __future__ import annotations

from flows.calendar.people import in_charge, leaders, owed_to, told_of
from flows.commands.drills import MissDrill
from flows.messages.drills import DrillNewDay
from flows.powers import drill_leaders
from flows.record.journal import FACILITY
from tests.flows.calendar_clinic import library, spring
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA

ITO = "m5"


def test_the_leaders() -> None:
    """Whoever decides today and the safety manager; everybody of the chain may act."""
    clinic = spring()

    assert leaders(clinic.context("")) == [TAKAHASHI, ITO]
    assert drill_leaders(clinic.context("")) == {TAKAHASHI, TANAKA, ITO}
    clinic.goes_home(TAKAHASHI)
    assert leaders(clinic.context("")) == [TANAKA, ITO]


def test_nobody_here_means_the_director() -> None:
    """A message that nobody gets would be a drill that nobody holds."""
    clinic = spring()
    for member in (TAKAHASHI, TANAKA, ITO):
        clinic.goes_home(member)

    assert leaders(clinic.context("")) == [TAKAHASHI]


def test_whoever_runs_it() -> None:
    """Reception checks the equipment and is reminded, too; all take part in a tabletop."""
    clinic = spring()
    kinds, context = library().kinds, clinic.context("")
    drill = clinic.drill("fy2027-equipment-1")

    assert in_charge(kinds["equipment"], context) == [TAKAHASHI, ITO, SATO]
    assert told_of(kinds["equipment"], drill, context) == [SATO]
    assert told_of(kinds["tabletop"], drill, context) == [TAKAHASHI, TANAKA, SATO, SUZUKI, ITO]


def test_nobodys_phone_rings_at_night() -> None:
    """A message of the calendar is silent while the facility is closed, and takes the place of an unsent older one."""
    clinic = spring()
    drill = clinic.drill("fy2027-equipment-1")
    day = owed_to([SATO, SATO], DrillNewDay(drill.id, "person"), drill, clinic.context(""))
    clinic.now = clinic.now.replace(hour=23)

    assert [(o.to, o.silent, o.key) for o in day] == [(SATO, False, f"drill:{drill.id}")]
    assert all(o.silent for o in owed_to([SATO], DrillNewDay(drill.id, "person"), drill, clinic.context("")))
    assert MissDrill(FACILITY, drill.id).drill == drill.id
