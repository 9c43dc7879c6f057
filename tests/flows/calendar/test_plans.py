"""How drills come into the calendar: the year at once, a newcomer, a day chosen by hand."""

from __future__ import annotations

from datetime import date

import pytest

from flows.calendar.plans import by_hand, day_for, year_plan
from flows.commands.drills import PlanDrill, PlanNewcomer, PlanYear
from flows.planning.workable import Slot
from flows.record.journal import FACILITY
from flows.refusals import Refused
from tests.flows.calendar_clinic import CalendarClinic, spring
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, happened, replayed

ITO = "m5"


@pytest.fixture
def clinic() -> CalendarClinic:
    """The clinic with its year planned."""
    return spring()


def test_a_year_is_written_at_once(clinic: CalendarClinic) -> None:
    """All dates are entries of one transaction with one cause; asked again, nothing is added."""
    planned = [e for e in clinic.journal.entries() if e.kind == "drill_planned"]

    assert len(planned) == 22
    assert len({e.cause for e in planned}) == 1
    assert len({e.part for e in planned}) == 22
    assert year_plan(2027, clinic.engine.house, clinic.context("")).drills == ()
    again = clinic.act("clock", PlanYear(FACILITY, 2027))
    assert (happened(again), clinic.told) == (["year_planned"], [])


def test_the_calendar_is_the_replay_of_its_entries(clinic: CalendarClinic) -> None:
    """After a restart it is the same."""
    assert replayed(clinic.journal).house.calendar == clinic.engine.house.calendar


def test_a_day_chosen_by_hand(clinic: CalendarClinic) -> None:
    """Whoever decides adds a drill on a day that does; the others hear of it."""
    outcome = clinic.act(ITO, PlanDrill(FACILITY, "tabletop", date(2027, 6, 15)))
    drill = clinic.drill("fy2027-tabletop-h1")

    assert happened(outcome) == ["drill_planned"]
    assert (drill.at.isoformat(), drill.by_hand) == ("2027-06-15T13:00:00+09:00", True)
    assert drill.scenario not in (None, clinic.drill("fy2027-tabletop-1").scenario)
    assert sorted(clinic.got("drill_planned")) == [TAKAHASHI, ITO]
    assert clinic.refused(SUZUKI, PlanDrill(FACILITY, "tabletop", date(2027, 6, 22))).name == "drill_leaders_only"


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2027, 3, 26), "past"),
        (date(2027, 5, 9), "closed"),
        (date(2027, 5, 4), "holiday"),
        (date(2027, 6, 8), "claims"),
        (date(2027, 6, 14), "no_time"),
    ],
)
def test_a_day_that_does_not_do(clinic: CalendarClinic, day: date, why: str) -> None:
    """No hand overrules it: the reason is said and nothing changes."""
    assert day_for("tabletop", day, clinic.engine.house, clinic.context("")) == why
    assert clinic.refused(TAKAHASHI, PlanDrill(FACILITY, "tabletop", day)).name == "drill_day"


def test_a_day_that_is_taken(clinic: CalendarClinic) -> None:
    """Two drills never share a day."""
    taken = clinic.drill("fy2027-paper-1").at.date()

    assert day_for("contact", taken, clinic.engine.house, clinic.context("")) == "taken"
    assert isinstance(day_for("contact", date(2027, 6, 15), clinic.engine.house, clinic.context("")), Slot)
    with pytest.raises(Refused, match="stale"):
        by_hand("dance", taken, clinic.engine.house, clinic.context(""))


def test_a_newcomer_who_is_nobody(clinic: CalendarClinic) -> None:
    """Somebody who never joined has no first drill; somebody who has gets one, once."""
    with pytest.raises(Refused, match="stale"):
        clinic.act("clock", PlanNewcomer(FACILITY, "m99"))
    clinic.act("clock", PlanNewcomer(FACILITY, SATO))

    assert clinic.drill(f"newcomer-{SATO}").member == SATO
    assert happened(clinic.act("clock", PlanNewcomer(FACILITY, SATO))) == []
