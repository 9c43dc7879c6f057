"""What time makes due in the calendar: planned by itself, reminded, offered, missed, and giving way to what is real."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from contacts.shapes.open_days import open_on
from flows.calendar.due import (
    announced_from,
    basis_of,
    drills_due,
    newcomer_drill,
    reminded_before,
    still_works,
    years_wanted,
)
from flows.commands.drills import AnnounceDrill, SetCadence
from flows.commands.facility import AskMember, PutRegistry, RegistryRow, Suspend
from flows.commands.people import CallOff
from flows.record.journal import FACILITY
from flows.state.drill_calendar import Drill
from tests.flows.calendar_clinic import OPEN, CalendarClinic, library, spring
from tests.flows.clinic import CLINIC, SATO, SUZUKI, TAKAHASHI, TANAKA, TOKYO, Clinic, happened

ITO = "m5"
REVIEW, QUIZ, CONTACT = "fy2027-yearly_review-1", "fy2027-quiz-1", "fy2027-contact-1"


@pytest.fixture
def clinic() -> CalendarClinic:
    """The clinic with its year planned."""
    return spring()


def about(clinic: CalendarClinic, drill: str) -> list[str]:
    """Give the names of what was owed about one drill by the last tick."""
    return [o.name for o in clinic.told if o.message.facts.get("drill") == drill]


def before(drill: Drill, days: int, clock: str = "09:00") -> str:
    """Give the time so many days before a drill."""
    return f"{datetime.fromordinal(drill.at.toordinal() - days):%Y-%m-%d} {clock}"


def test_a_new_home_is_planned_the_next_morning() -> None:
    """At nine, on an open day; the year's list comes in one message to those who decide, and never again."""
    clinic = CalendarClinic(datetime(2027, 4, 1, 8, tzinfo=TOKYO))

    assert clinic.at("2027-04-01 12:00") == []
    assert clinic.at("2027-04-02 08:59") == []
    assert clinic.at("2027-04-02 09:00").count("drills_year") == 2
    assert sorted(clinic.got("drills_year")) == [TAKAHASHI, ITO]
    assert len(clinic.engine.house.drills) == 22
    clinic.restart()
    assert "drills_year" not in clinic.at("2027-04-02 09:05") + clinic.at("2027-04-03 09:00")


def test_the_next_year_is_planned_from_february(clinic: CalendarClinic) -> None:
    """In good time, while this one still runs."""
    clinic.until("2028-01-31 12:00")
    assert 2028 not in clinic.engine.house.calendar.years
    assert "drills_year" in clinic.at("2028-02-01 09:00")

    assert any(d.startswith("fy2028-") for d in clinic.engine.house.drills)
    assert years_wanted(clinic.now.date()) == (2027, 2028)


def test_without_hours_it_says_so_after_a_week() -> None:
    """Nothing is guessed: the list is empty, and names what is missing."""
    bare = CLINIC.model_copy(update={"sessions": {}})
    clinic = CalendarClinic(datetime(2027, 4, 1, 9, tzinfo=TOKYO), bare)

    assert "drills_year" not in clinic.at("2027-04-07 09:00")
    assert "drills_year" in clinic.at("2027-04-08 09:00")
    assert set(clinic.engine.house.calendar.years[2027].unplaced) >= {"quiz", "tabletop"}
    assert clinic.engine.house.drills == {}


def test_reminded_thirty_seven_and_one_day_before(clinic: CalendarClinic) -> None:
    """Whoever decides, at nine; the staff on the day before, and at its hour it is offered."""
    drill = clinic.drill(REVIEW)
    told = []
    for days in (30, 7, 1):
        assert "drill_reminder" not in clinic.at(before(drill, days, "08:59"))
        told.append(clinic.at(before(drill, days)).count("drill_reminder"))
        assert "drill_reminder" not in clinic.at(before(drill, days, "09:10"))
    clinic.now = drill.at
    assert told == [2, 2, 2]
    assert clinic.ticks().count("drill_hour") == 2
    assert clinic.ticks() == []


def test_a_small_one_only_the_day_before(clinic: CalendarClinic) -> None:
    """A contact drill of a quarter of an hour is nothing to be thought of for a month; and nobody else is told of it."""
    drill = clinic.drill(CONTACT)

    clinic.at(before(drill, 7))
    assert about(clinic, CONTACT) == []
    clinic.at(before(drill, 1))
    assert about(clinic, CONTACT) == ["drill_reminder", "drill_reminder"]
    assert [reminded_before(library().kinds[k]) for k in ("contact", "paper")] == [(1,), (30, 7, 1)]


def test_the_staff_are_told_on_the_last_open_day(clinic: CalendarClinic) -> None:
    """Of a drill on a Monday they hear before the weekend, not on their day off."""
    paper = clinic.drill("fy2027-paper-1")
    context = clinic.context(TAKAHASHI)
    monday = replace(paper, at=datetime(2027, 6, 28, 13, 0, tzinfo=paper.at.tzinfo))
    told = announced_from(monday, context).date()
    assert open_on(context.roster.facility, told)
    assert told < date(2027, 6, 27)
    since = announced_from(paper, context)
    clinic.until(before(paper, 2, "12:00"))

    clinic.at(f"{since:%Y-%m-%d %H:%M}")
    assert sorted(clinic.got("drill_announced")) == [TANAKA, SATO, SUZUKI]  # the others are reminded already
    assert clinic.drill(paper.id).state == "announced"


def test_off_over_the_hour_it_is_offered_late(clinic: CalendarClinic) -> None:
    """Back within two hours, the bot offers it still; the reminder of the day before is not sent any more."""
    drill = clinic.drill(CONTACT)
    clinic.restart()

    clinic.at(f"{drill.at:%Y-%m-%d} 14:59")
    assert about(clinic, CONTACT) == ["drill_hour", "drill_hour"]


def test_off_for_longer_it_is_missed_and_planned_again(clinic: CalendarClinic) -> None:
    """Recorded, with the reason, and the next try stands within the cycle's limit."""
    drill = clinic.drill(CONTACT)
    clinic.restart()

    assert "drill_missed" in clinic.at(f"{drill.at:%Y-%m-%d} 15:00")
    assert (clinic.drill(CONTACT).state, clinic.drill(CONTACT).reason) == ("missed", "bot_off")
    again = clinic.drill(f"{CONTACT}-r1")
    assert drill.at < again.at
    assert again.at.date() <= drill.until
    assert again.after == CONTACT


def test_nobody_started_it(clinic: CalendarClinic) -> None:
    """Until the end of its day it can be begun; at midnight it is missed, silently."""
    drill = clinic.drill(CONTACT)
    clinic.now = drill.at
    clinic.ticks()

    assert clinic.at(f"{drill.at:%Y-%m-%d} 23:59") == []
    assert "drill_missed" in clinic.at(before(drill, -1, "00:00"))
    assert clinic.drill(CONTACT).reason == "not_started"
    assert all(o.silent for o in clinic.told if o.name == "drill_missed")


def test_an_overtaken_reminder_is_not_sent_late(clinic: CalendarClinic) -> None:
    """After two weeks off only the newest one is owed; off from thirty days to twenty, it is sent late."""
    drill = clinic.drill("fy2027-paper-1")
    clinic.restart()

    assert clinic.at(before(drill, 20, "11:00")).count("drill_reminder") == 2
    clinic.restart()
    assert clinic.at(before(drill, 3, "11:00")).count("drill_reminder") >= 2
    assert clinic.drill(drill.id).reminded == {30, 7}


def test_an_open_incident_takes_the_days_drill_away(clinic: CalendarClinic) -> None:
    """It moves by itself and says why; until then nobody hears of drills."""
    drill = clinic.drill(CONTACT)
    clinic.at(before(drill, 2))
    run = clinic.reports(SATO)
    assert "drill_reminder" not in clinic.at(before(drill, 1))

    names = clinic.at(f"{drill.at:%Y-%m-%d} 09:00")
    assert "drill_moved" in names
    moved = clinic.drill(CONTACT)
    assert (moved.state, moved.reason, moved.until) == ("postponed", "incident", drill.until)
    assert drill.at < moved.at
    clinic.act(TAKAHASHI, CallOff(run.id, "直った"))


def test_a_report_that_nobody_classified_moves_nothing(clinic: CalendarClinic) -> None:
    """It may be nothing at all."""
    drill = clinic.drill(CONTACT)
    clinic.at(f"{drill.at:%Y-%m-%d} 08:00")
    clinic.reports(SATO, playbook=None)

    assert drills_due(clinic.engine.house, clinic.context(TAKAHASHI)) == []


def test_the_run_decides_what_becomes_of_the_drill(clinic: CalendarClinic) -> None:
    """Broken off, it is planned again; closed, it is signed off."""
    clinic.now = clinic.drill(CONTACT).at
    clinic.ticks()
    run = clinic.begins(CONTACT)
    clinic.act(TAKAHASHI, CallOff(run, "急患"))
    clinic.ticks()

    assert (clinic.drill(CONTACT).state, clinic.drill(CONTACT).reason) == ("postponed", "broken_off")


def test_a_day_that_became_a_day_off(clinic: CalendarClinic) -> None:
    """Every drill on it moves, once, and says so; one that is near without waiting for a morning."""
    near, far = clinic.drill(CONTACT), clinic.drill("fy2027-paper-1")
    clinic.at(before(near, 2, "10:00"))
    clinic.act("clock", AnnounceDrill(FACILITY, far.id))
    closed = OPEN.model_copy(update={"closed": (near.at.date(), far.at.date())})
    old = clinic.journal.registry("facility")[FACILITY]
    row = RegistryRow("facility", FACILITY, closed.model_dump_json(), old)
    clinic.act(TAKAHASHI, PutRegistry(FACILITY, (row,)))

    assert "drills_year" in clinic.ticks()
    assert sorted(clinic.got("drill_moved")) == [TAKAHASHI, TANAKA, SATO, SUZUKI, ITO]  # who had been told of it
    for drill in (near, far):
        assert (clinic.drill(drill.id).reason, clinic.drill(drill.id).moves) == ("unworkable", 1)
        assert clinic.drill(drill.id).at.date() not in closed.closed
    kind = library().kinds["contact"]
    assert not still_works(near, kind, clinic.context(TAKAHASHI))
    assert still_works(clinic.drill(CONTACT), kind, clinic.context(TAKAHASHI))


def test_somebody_new_learns_within_a_month(clinic: CalendarClinic) -> None:
    """Planned when they have enrolled, told the day before; who leaves before needs none."""
    clinic.at("2027-05-12 10:00")
    new = clinic.hire(name="新人", roles=("nurse",))
    clinic.ticks()
    drill = clinic.drill(newcomer_drill(library().kinds["newcomer"], new))

    assert (drill.at.date() - clinic.now.date()).days <= 31
    assert drill.member == new
    clinic.at(f"{announced_from(drill, clinic.context(TAKAHASHI)):%Y-%m-%d %H:%M}")
    assert new in clinic.got("drill_announced")
    clinic.act(TAKAHASHI, Suspend(FACILITY, new))
    clinic.ticks()
    assert (clinic.drill(drill.id).state, clinic.drill(drill.id).reason) == ("cancelled", "left")


def test_who_came_with_the_home_is_no_newcomer(clinic: CalendarClinic) -> None:
    """The first weeks' enrolments are the staff themselves."""
    clinic.at("2027-04-30 10:00")

    assert not [d for d in clinic.engine.house.drills if d.startswith("newcomer")]


def test_each_order_happens_once(clinic: CalendarClinic) -> None:
    """Its cause names the date, so that a second process that ticks at the same moment changes nothing."""
    drill = clinic.drill(CONTACT)
    clinic.now = drill.at
    due = drills_due(clinic.engine.house, clinic.context(TAKAHASHI))
    assert due[0].cause == f"drill:{CONTACT}:{drill.turn}:hour"

    clinic.act("clock", due[0].command, cause=due[0].cause)
    assert clinic.act("clock", due[0].command, cause=due[0].cause).repeated
    assert clinic.told == []


def test_a_plan_rests_on_hours_and_cycles(clinic: CalendarClinic) -> None:
    """Another cycle changes what the plan rests on; a person's absence does not."""
    first = basis_of(clinic.engine.house, clinic.context(TAKAHASHI))
    clinic.goes_home(SATO)
    assert basis_of(clinic.engine.house, clinic.context(TAKAHASHI)) == first
    clinic.act(TAKAHASHI, SetCadence(FACILITY, "quiz", 2))

    assert basis_of(clinic.engine.house, clinic.context(TAKAHASHI)) != first


def test_a_newcomer_without_a_time_holds_nothing_up(clinic: CalendarClinic) -> None:
    """Closed for two months but for its few drills, the clinic still hears of those."""
    clinic.at("2027-05-31 09:00")
    paper = clinic.drill("fy2027-paper-1")
    off = [date(2027, 6, 1) + timedelta(days=n) for n in range(92)]
    closed = OPEN.model_copy(update={"closed": tuple(d for d in off if abs((d - paper.at.date()).days) > 1)})
    old = clinic.journal.registry("facility")[FACILITY]
    clinic.act(TAKAHASHI, PutRegistry(FACILITY, (RegistryRow("facility", FACILITY, closed.model_dump_json(), old),)))
    clinic.hire(name="新人", roles=("nurse",))

    assert "drill_reminder" in clinic.at(before(paper, 1))


def test_what_is_moved_is_not_reminded_of(clinic: CalendarClinic) -> None:
    """If a morning's plan takes a drill's day away, nobody is reminded of the old one at the same time."""
    paper = clinic.drill("fy2027-paper-1")
    clinic.at(before(paper, 8))
    closed = OPEN.model_copy(update={"closed": (paper.at.date(),)})
    old = clinic.journal.registry("facility")[FACILITY]
    clinic.act(TAKAHASHI, PutRegistry(FACILITY, (RegistryRow("facility", FACILITY, closed.model_dump_json(), old),)))
    clinic.engine.house.calendar.years[2027] = replace(clinic.engine.house.calendar.years[2027], at=paper.since)
    clinic.at(before(paper, 7))

    assert clinic.drill(paper.id).at != paper.at
    assert set(about(clinic, paper.id)) == {"drill_moved"}


def test_without_drills_there_is_no_calendar() -> None:
    """An engine that was given none does nothing about them."""
    plain = Clinic().found()

    assert drills_due(plain.engine.house, plain.context(TAKAHASHI)) == []
    assert happened(plain.act(TAKAHASHI, AskMember(FACILITY, "contact_search"))) == ["asked"]
