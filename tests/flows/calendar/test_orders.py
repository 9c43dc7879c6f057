"""Orders about drills: postponing, beginning, cancelling, another scenario or cycle; who may, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from contacts.model import Contact
from flows.calendar.orders import startable
from flows.calendar.rescheduling import slot_after_postponing
from flows.commands.drills import (
    AnnounceDrill,
    CancelDrill,
    ChooseScenario,
    DebriefDrill,
    InviteVendor,
    MissDrill,
    PostponeDrill,
    RemindDrill,
    SetCadence,
    SignOffDrill,
    StartDrill,
    UninviteVendor,
)
from flows.commands.people import CallOff
from flows.record.journal import FACILITY
from flows.refusals import Refused
from tests.flows.calendar_clinic import CalendarClinic, library, spring
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, entering, happened

ITO = "m5"
REVIEW, QUIZ, CONTACT, TABLETOP = "fy2027-yearly_review-1", "fy2027-quiz-1", "fy2027-contact-1", "fy2027-tabletop-1"


@pytest.fixture
def clinic() -> CalendarClinic:
    """The clinic with its year planned."""
    return spring()


def test_postponing_keeps_the_limit_and_says_the_new_day(clinic: CalendarClinic) -> None:
    """The next workable time after the old one, on a day of its own; whoever decides is told."""
    before = clinic.drill(CONTACT)
    clinic.act(TAKAHASHI, PostponeDrill(FACILITY, CONTACT, "<急患>"))
    after = clinic.drill(CONTACT)

    assert before.at < after.at
    assert after.at.date() <= after.until == before.until
    assert (after.state, after.reason) == ("postponed", "<急患>")
    assert sorted(clinic.got("drill_moved")) == [TAKAHASHI, ITO]


def test_the_staff_hear_of_a_move_only_if_they_knew(clinic: CalendarClinic) -> None:
    """Of a drill that they had been told of."""
    clinic.act("clock", AnnounceDrill(FACILITY, REVIEW))
    clinic.act("clock", AnnounceDrill(FACILITY, TABLETOP))
    clinic.act(ITO, PostponeDrill(FACILITY, TABLETOP, "忙しい"))

    assert set(clinic.got("drill_moved")) == {TAKAHASHI, TANAKA, SATO, SUZUKI, ITO}


def test_a_reason_is_needed(clinic: CalendarClinic) -> None:
    """A word will do, a novel won't."""
    assert clinic.refused(TAKAHASHI, PostponeDrill(FACILITY, CONTACT, "  ")).name == "needs_reason"
    assert clinic.refused(TAKAHASHI, CancelDrill(FACILITY, CONTACT, "あ" * 1001)).name == "too_long"


def test_who_may(clinic: CalendarClinic) -> None:
    """Chain and safety manager; whoever runs a kind may begin and postpone it, but cancel nothing."""
    equipment = "fy2027-equipment-1"

    assert clinic.refused(SUZUKI, PostponeDrill(FACILITY, CONTACT, "x")).name == "drill_leaders_only"
    assert clinic.refused(SATO, CancelDrill(FACILITY, equipment, "x")).name == "drill_leaders_only"
    assert clinic.refused(SATO, SetCadence(FACILITY, "quiz", 0)).name == "drill_leaders_only"
    assert happened(clinic.act(SATO, PostponeDrill(FACILITY, equipment, "x"))) == ["drill_moved"]
    assert happened(clinic.act(TANAKA, CancelDrill(FACILITY, equipment, "不要"))) == ["drill_cancelled"]


def test_nothing_left_before_the_limit(clinic: CalendarClinic) -> None:
    """The drill before a long holiday is not held after it: refused, with nothing changed."""
    postpone = PostponeDrill(FACILITY, CONTACT, "x")
    while slot_after_postponing(
        library().kinds["contact"], clinic.drill(CONTACT), clinic.engine.house, clinic.context("")
    ):
        clinic.act(TAKAHASHI, postpone)

    assert clinic.refused(TAKAHASHI, postpone).name == "drill_no_slot"
    assert clinic.drill(CONTACT).at.date() <= clinic.drill(CONTACT).until


def test_beginning_at_its_hour(clinic: CalendarClinic) -> None:
    """From a quarter of an hour before until two hours after; the calendar knows its run."""
    clinic.now = clinic.drill(CONTACT).at
    run = clinic.begins(CONTACT)

    assert (clinic.drill(CONTACT).state, clinic.drill(CONTACT).run) == ("running", run)


def test_two_at_once_and_outside_the_hour(clinic: CalendarClinic) -> None:
    """The second waits for the first; outside its hour one has to know."""
    clinic.now = clinic.drill(CONTACT).at
    with pytest.raises(Refused, match="drill_outside"):
        startable(REVIEW, clinic.engine.house, clinic.context(TAKAHASHI), outside=False)
    assert startable(REVIEW, clinic.engine.house, clinic.context(TAKAHASHI), outside=True)[1].id == "yearly_review"
    clinic.begins(CONTACT)
    with pytest.raises(Refused, match="drill_running"):
        startable(REVIEW, clinic.engine.house, clinic.context(TAKAHASHI), outside=True)
    assert clinic.refused(SUZUKI, StartDrill(FACILITY, REVIEW, "drill-1", outside=True)).name == "drill_leaders_only"
    with pytest.raises(Refused, match="stale"):
        startable("fy1999-quiz-1", clinic.engine.house, clinic.context(TAKAHASHI), outside=True)


def test_no_drill_during_an_incident(clinic: CalendarClinic) -> None:
    """Not even one that nobody has classified yet."""
    clinic.reports(SATO, playbook=None)

    with pytest.raises(Refused, match="drill_incident"):
        startable(CONTACT, clinic.engine.house, clinic.context(TAKAHASHI), outside=True)


def test_a_drill_is_begun_with_a_run_of_its_own(clinic: CalendarClinic) -> None:
    """A run that is an incident, that nobody opened or that another drill has is refused."""
    clinic.now = clinic.drill(CONTACT).at
    run = clinic.begins(CONTACT)
    clinic.act("clock", DebriefDrill(FACILITY, CONTACT))
    clinic.act(TAKAHASHI, CallOff(run, "終わり"))

    for other in (run, "drill-99"):
        assert clinic.refused(TAKAHASHI, StartDrill(FACILITY, REVIEW, other, True)).name == "stale"


def test_debriefed_and_signed_off(clinic: CalendarClinic) -> None:
    """One after the other, or both at once when the run is closed."""
    clinic.begins(CONTACT, outside=True)
    assert clinic.refused(TAKAHASHI, CancelDrill(FACILITY, CONTACT, "x")).name == "stale"
    both = clinic.act("clock", SignOffDrill(FACILITY, CONTACT))

    assert happened(both) == ["drill_debriefed", "drill_signed_off"]
    assert clinic.refused("clock", DebriefDrill(FACILITY, CONTACT)).name == "stale"


def test_another_scenario(clinic: CalendarClinic) -> None:
    """One that is meant for this kind of facility; only a tabletop has any."""
    known = [s.id for s in library().scenarios_for("clinic")]
    clinic.act(TAKAHASHI, ChooseScenario(FACILITY, TABLETOP, known[-1]))

    assert clinic.drill(TABLETOP).scenario == known[-1]
    assert clinic.refused(TAKAHASHI, ChooseScenario(FACILITY, TABLETOP, "nothing")).name == "stale"
    assert clinic.refused(TAKAHASHI, ChooseScenario(FACILITY, CONTACT, known[0])).name == "stale"


def test_only_a_vendor_is_invited_and_only_to_a_tabletop(clinic: CalendarClinic) -> None:
    """By who sets its day; nobody who isn't a vendor, and to no other kind of drill."""
    vendor = "maker"
    clinic.act(TAKAHASHI, entering(Contact(id=vendor, kind="vendor", services=("ehr",), name="カルテ社")))
    clinic.act(ITO, InviteVendor(FACILITY, TABLETOP, vendor))
    clinic.act(ITO, InviteVendor(FACILITY, TABLETOP, vendor))

    assert clinic.drill(TABLETOP).vendors == (vendor,)
    assert clinic.refused(SATO, InviteVendor(FACILITY, TABLETOP, vendor)).name == "drill_leaders_only"
    assert clinic.refused(ITO, InviteVendor(FACILITY, TABLETOP, "nobody")).name == "stale"
    assert clinic.refused(ITO, InviteVendor(FACILITY, CONTACT, vendor)).name == "stale"


def test_an_invitation_is_taken_back_and_the_vendor_told(clinic: CalendarClinic) -> None:
    """Whoever takes it back has the task to tell them; invited anew, there is nothing to tell any more."""
    vendor = "maker"
    clinic.act(TAKAHASHI, entering(Contact(id=vendor, kind="vendor", services=("ehr",), name="カルテ社")))
    assert clinic.refused(ITO, UninviteVendor(FACILITY, TABLETOP, vendor)).name == "stale"
    clinic.act(ITO, InviteVendor(FACILITY, TABLETOP, vendor))
    assert clinic.refused(SATO, UninviteVendor(FACILITY, TABLETOP, vendor)).name == "drill_leaders_only"
    clinic.act(ITO, UninviteVendor(FACILITY, TABLETOP, vendor))
    [task] = clinic.engine.house.open_tasks()

    assert (clinic.drill(TABLETOP).vendors, task.owner, task.about["name"]) == ((), ITO, "カルテ社")
    assert clinic.got("vendor_off") == [ITO]
    clinic.act(ITO, InviteVendor(FACILITY, TABLETOP, vendor))
    assert (clinic.drill(TABLETOP).vendors, list(clinic.engine.house.open_tasks())) == ((vendor,), [])


@pytest.mark.parametrize(("before", "days"), [(30, 4), (5, 4), (4, 4), (3, 3), (0, 0)])
def test_the_vendor_is_told_before_the_drill(clinic: CalendarClinic, before: int, days: int) -> None:
    """Within four days, and on the day of the drill at the latest."""
    clinic.act(TAKAHASHI, entering(Contact(id="maker", kind="vendor", services=("ehr",), name="カルテ社")))
    clinic.act(ITO, InviteVendor(FACILITY, TABLETOP, "maker"))
    clinic.now = clinic.drill(TABLETOP).at - timedelta(days=before)
    clinic.act(ITO, UninviteVendor(FACILITY, TABLETOP, "maker"))
    [task] = clinic.engine.house.open_tasks()

    assert (task.due - clinic.now.date()).days == days


def test_another_cycle_plans_the_year_anew(clinic: CalendarClinic) -> None:
    """What was ahead makes way; the next morning the quiz comes every second month, on Tuesdays and Fridays."""
    clinic.act(TAKAHASHI, SetCadence(FACILITY, "quiz", 2, ("tue", "fri")))
    assert clinic.days("quiz") == []
    assert clinic.got("drill_cadence") == [ITO]
    clinic.at("2027-03-29 09:00")

    assert len(clinic.days("quiz")) == 6
    assert {day.weekday() for day in clinic.days("quiz")} == {1, 4}


def test_never_is_a_cycle_too(clinic: CalendarClinic) -> None:
    """And telling the staff or not changes no date; a cycle that does not fit into a year is refused."""
    clinic.act(TAKAHASHI, SetCadence(FACILITY, "quiz", announced=True))
    assert len(clinic.days("quiz")) == 12
    clinic.act(TAKAHASHI, SetCadence(FACILITY, "quiz", 0))
    clinic.at("2027-03-29 09:00")

    assert clinic.days("quiz") == []
    assert clinic.refused(TAKAHASHI, SetCadence(FACILITY, "quiz", 5)).name == "stale"
    assert clinic.refused(TAKAHASHI, SetCadence(FACILITY, "dance", 1)).name == "stale"


def test_what_is_over_is_stale(clinic: CalendarClinic) -> None:
    """An order about a drill that nobody knows, or that has been cancelled, changes nothing."""
    clinic.act(TAKAHASHI, CancelDrill(FACILITY, CONTACT, "不要"))

    assert clinic.refused("clock", RemindDrill(FACILITY, CONTACT, 1)).name == "stale"
    assert clinic.refused(TAKAHASHI, PostponeDrill(FACILITY, CONTACT, "1")).name == "stale"
    assert clinic.refused("clock", MissDrill(FACILITY, "fy1999-quiz-1")).name == "stale"
    assert clinic.refused("clock", MissDrill(FACILITY, CONTACT)).name == "stale"
