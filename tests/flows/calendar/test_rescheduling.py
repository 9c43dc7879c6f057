"""Rescheduling: a week's rest where the limit allows it, never a nuisance, never two of a kind in a row."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flows.calendar.rescheduling import (
    ANOTHER,
    before_holiday,
    next_try,
    slot_after_giving_way,
    slot_after_missing,
    slot_after_postponing,
    slot_near,
    tried,
)
from flows.commands.drills import MissDrill
from flows.record.journal import FACILITY
from tests.flows.calendar_clinic import CalendarClinic, library, spring
from tests.flows.clinic import TAKAHASHI

QUIZ, CONTACT, PAPER = "fy2027-quiz-3", "fy2027-contact-1", "fy2027-paper-1"


@pytest.fixture
def clinic() -> CalendarClinic:
    """The clinic with its year planned."""
    return spring()


def test_each_way_has_its_own_first_day(clinic: CalendarClinic) -> None:
    """Postponed: after its old date; given way: a week from now; its day gone: as near to it as can be."""
    drill, kind = clinic.drill(PAPER), library().kinds["paper"]
    given = (kind, drill, clinic.engine.house, clinic.context(TAKAHASHI))
    postponed, gave_way, near = (find(*given) for find in (slot_after_postponing, slot_after_giving_way, slot_near))

    assert postponed is not None
    assert gave_way is not None
    assert near is not None
    assert postponed.day > drill.at.date()
    assert gave_way.day >= clinic.now.date() + timedelta(days=7)
    assert near.day == drill.at.date()  # nothing is in its way


def test_what_makes_way_comes_no_earlier_than_it_was_to(clinic: CalendarClinic) -> None:
    """Each quiz of the year, whose own day still does, stays on it, though the day before would do as well."""
    quiz, house, here = library().kinds["quiz"], clinic.engine.house, clinic.context(TAKAHASHI)
    ahead = [d for d in house.calendar.ahead() if d.kind == "quiz"]
    found = [slot_near(quiz, drill, house, here) for drill in ahead]

    assert [slot and slot.day for slot in found] == [d.at.date() for d in ahead]


def test_each_miss_waits_longer(clinic: CalendarClinic) -> None:
    """The second try a week later, then two, four, eight: nobody is nagged every day."""
    drill, days = PAPER, []
    for _ in range(4):
        known = clinic.drill(drill)
        clinic.now = known.at + timedelta(days=1)
        clinic.act("clock", MissDrill(FACILITY, drill))
        again = next(d for d in clinic.engine.house.drills.values() if d.after == drill)
        days.append((again.at.date() - clinic.now.date()).days)
        assert tried(again, clinic.engine.house) == len(days)
        drill = again.id

    assert drill == f"{PAPER}-r4"
    assert next_try(clinic.drill(drill), clinic.engine.house) == f"{PAPER}-r5"
    assert [day >= least for day, least in zip(days, (7, 13, 27, 55), strict=True)] == [True] * 4


def test_a_monthly_one_is_not_chased_into_the_next_month(clinic: CalendarClinic) -> None:
    """If no day of its month is left, next month's quiz comes anyway."""
    quiz, kind = clinic.drill(QUIZ), library().kinds["quiz"]
    clinic.now = quiz.at.replace(day=30)

    assert slot_after_missing(kind, quiz, clinic.engine.house, clinic.context(TAKAHASHI)) is None
    assert any(abs(d.at - quiz.at) <= ANOTHER for d in clinic.engine.house.calendar.ahead() if d.id != QUIZ)


def test_before_the_holiday_or_not_at_all(clinic: CalendarClinic) -> None:
    """The contact drill before Golden Week makes no sense after it."""
    contact, kind = clinic.drill(CONTACT), library().kinds["contact"]
    assert before_holiday(kind, contact)
    assert not before_holiday(library().kinds["paper"], clinic.drill(PAPER))
    clinic.now = contact.at.replace(day=28)

    assert slot_after_giving_way(kind, contact, clinic.engine.house, clinic.context(TAKAHASHI)) is None


def test_a_yearly_one_is_held_late_rather_than_never(clinic: CalendarClinic) -> None:
    """Beyond its limit, and saying so."""
    restore = clinic.drill("fy2027-restore-1")
    clinic.until("2028-03-31 12:00")
    kind = library().kinds["restore"]
    slot = slot_after_postponing(kind, restore, clinic.engine.house, clinic.context(TAKAHASHI))

    assert slot is None or slot.day > restore.until
