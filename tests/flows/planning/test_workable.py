"""Workable times: three minutes while open, longer only in marked times, and never on the days that don't do."""

from __future__ import annotations

from datetime import date, time

import pytest

from contacts.model import Facility
from flows.planning.workable import BARRED, Workable, midnight_after
from tests.flows.calendar_clinic import OPEN, library
from tests.flows.clinic import MORNING

QUIZ, TABLETOP, CONTACT = (library().kinds[k] for k in ("quiz", "tabletop", "contact"))


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2027, 5, 16), "closed"),
        (date(2027, 7, 19), "holiday"),
        (date(2027, 5, 10), "claims"),
        (date(2027, 7, 20), "after_holiday"),
        (date(2027, 4, 28), "long_holiday"),
        (date(2027, 4, 26), "long_holiday"),
        (date(2027, 8, 17), "long_holiday"),
        (date(2027, 8, 14), "long_holiday"),
        (date(2027, 12, 27), "long_holiday"),
        (date(2027, 12, 29), "year_end"),
        (date(2028, 1, 3), "year_end"),
        (date(2028, 1, 4), "claims"),
        (date(2027, 4, 24), None),
        (date(2027, 5, 11), None),
        (date(2027, 5, 17), None),
        (date(2100, 5, 17), "unknown"),
    ],
)
def test_the_days_that_do_not_do(day: date, why: str | None) -> None:
    """Each has its reason: closed, a holiday, claims until the 10th, the day after a holiday, next to a long one."""
    assert Workable(OPEN).barred(day) == why
    assert why is None or why in BARRED


def test_a_closure_of_its_own_counts_like_a_holiday() -> None:
    """The day after the staff trip is as busy; the usual day off of a week is not."""
    closed = OPEN.model_copy(update={"closed": (date(2027, 5, 13), date(2027, 5, 22))})

    assert Workable(closed).barred(date(2027, 5, 14)) == "after_holiday"
    assert Workable(closed).barred(date(2027, 5, 24)) == "after_holiday"  # Saturday was closed, Sunday always is


def test_the_contact_drill_may_come_just_before_a_long_holiday() -> None:
    """It is meant for it; within and after the holiday it may not."""
    assert Workable(OPEN).barred(date(2027, 4, 28), before_holiday=True) is None
    assert Workable(OPEN).barred(date(2027, 8, 14), before_holiday=True) == "long_holiday"


def test_three_minutes_fit_between_patients() -> None:
    """Half an hour before a session ends, in the middle of a long one; a day of its own hours decides for itself."""
    found = Workable(OPEN).slots(QUIZ, date(2027, 5, 11), date(2027, 5, 11))
    half = OPEN.model_copy(update={"half_days": {date(2027, 5, 11): OPEN.sessions["mon"][:1]}})
    long = Facility.model_validate({**OPEN.model_dump(), "sessions": {"tue": [{"start": "00:00", "until": "00:00"}]}})

    assert [s.at.time() for s in found] == [time(12), time(18)]
    assert [s.at.time() for s in Workable(half).slots(QUIZ, date(2027, 5, 11), date(2027, 5, 11))] == [time(12)]
    assert [s.at.time() for s in Workable(long).slots(QUIZ, date(2027, 6, 15), date(2027, 6, 15))] == [time(12)]


def test_longer_ones_only_where_time_is_marked() -> None:
    """And long enough: an hour fits into Tuesday's and Thursday's, not into Friday's half hour."""
    week = (date(2027, 5, 11), date(2027, 5, 15))

    assert [(s.at.day, s.occasion) for s in Workable(OPEN).slots(TABLETOP, *week)] == [(11, "midday"), (13, "meeting")]
    assert [s.at.day for s in Workable(OPEN).slots(CONTACT, *week)] == [11, 13, 14]
    half = OPEN.model_copy(update={"half_days": {date(2027, 5, 13): ()}})
    assert [s.at.day for s in Workable(half).slots(TABLETOP, *week)] == [11]


def test_no_drill_in_a_week_without_hours_or_meeting() -> None:
    """Where Tuesdays are open, or have their meeting, in the second week alone, the third has no drill on Tuesday."""
    second = (OPEN.sessions["tue"][0].model_copy(update={"weeks": (2,)}),)
    some = OPEN.model_copy(update={"sessions": {**OPEN.sessions, "tue": second}})
    meets = OPEN.model_copy(update={"marked": {"meeting": {"tue": second}}})

    for facility, kind in ((some, QUIZ), (meets, TABLETOP)):
        found = Workable(facility).slots(kind, date(2027, 5, 11), date(2027, 5, 25))
        assert {s.at.day for s in found if s.at.weekday() == 1} == {11}


def test_chosen_weekdays_only() -> None:
    """A kind that is held on Thursdays is held on Thursdays."""
    thursdays = CONTACT.model_copy(update={"weekdays": ("thu",)})

    assert [s.at.day for s in Workable(OPEN).slots(thursdays, date(2027, 5, 11), date(2027, 5, 22))] == [13, 20]
    assert Workable(OPEN).hindrance(CONTACT.model_copy(update={"weekdays": ("mon",)})) is not None


def test_what_has_no_time_says_so() -> None:
    """Nobody guesses: without marked times, or without hours, the cure is named."""
    bare = Facility(name="x", kind="clinic")

    assert "決まっていません" in (Workable(bare).hindrance(TABLETOP) or BARRED["past"]).ja
    assert "opening hours" in (Workable(bare).hindrance(QUIZ) or BARRED["past"]).en
    assert Workable(OPEN).hindrance(TABLETOP) is None
    assert Workable(bare).slots(QUIZ, date(2027, 5, 11), date(2027, 5, 31)) == []


def test_the_end_of_a_day() -> None:
    """It is midnight on the facility's clock."""
    assert midnight_after(MORNING, "Asia/Tokyo").isoformat() == "2027-04-02T00:00:00+09:00"
