"""Members, contacts and the facility's hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from pydantic import ValidationError

from contacts.model import WEEKDAYS, Facility, Member, Session, Weekday
from contacts.roles import ROLES, RUN_ROLES

THURSDAY = date(2027, 4, 1)


def at(hour: int, minute: int = 0, day: int = 1) -> datetime:
    """Give a moment of April 2027 by the clock on a wall in Japan; the 1st is a Thursday."""
    return datetime(2027, 4, day, tzinfo=UTC).replace(hour=0) + (
        datetime(2027, 4, day, hour, minute, tzinfo=UTC) - datetime(2027, 4, day, 9, tzinfo=UTC)
    )


def clinic(closed: tuple[date, ...] = (), zone: str = "Asia/Tokyo") -> Facility:
    """Make a clinic that is open Thursdays from 9 to 12 and from 15 to 18."""
    day: tuple[Session, ...] = (Session(start=time(9), until=time(12)), Session(start=time(15), until=time(18)))
    hours: dict[Weekday, tuple[Session, ...]] = {"thu": day}
    return Facility(name="あかり", kind="clinic", sessions=hours, closed=closed, zone=zone)


@pytest.mark.parametrize(
    ("since", "until", "away"),
    [
        (None, None, False),
        (THURSDAY, None, True),
        (THURSDAY, THURSDAY, True),
        (date(2027, 3, 1), date(2027, 3, 31), False),
        (date(2027, 4, 2), None, False),
        (None, THURSDAY, False),
    ],
)
def test_both_ends_of_an_absence_count(since: date | None, until: date | None, away: bool) -> None:
    """An open end means: until further notice; before its first day nobody is away."""
    assert Member(id="m1", name="x", absent_from=since, absent_until=until).absent_on(THURSDAY) is away


@pytest.mark.parametrize("name", ["", "あ" * 61])
def test_everybody_has_a_name(name: str) -> None:
    """Of one to sixty characters."""
    with pytest.raises(ValidationError):
        Member(id="m1", name=name)


@pytest.mark.parametrize(
    ("hour", "minute", "open_"),
    [(8, 59, False), (9, 0, True), (11, 59, True), (12, 0, False), (14, 59, False), (15, 0, True), (18, 0, False)],
)
def test_the_end_of_a_session_is_closed(hour: int, minute: int, open_: bool) -> None:
    """Its first minute is open, its last hour's stroke is not."""
    assert clinic().in_session(at(hour, minute)) is open_


def test_a_closed_day_is_closed() -> None:
    """Whatever the weekday says; and so is a weekday without sessions."""
    assert not clinic(closed=(THURSDAY,)).in_session(at(10))
    assert not clinic().in_session(at(10, day=2))


def test_hours_that_nobody_entered_mean_open() -> None:
    """Better one call too many than one too few."""
    assert Facility(name="あかり", kind="clinic").in_session(at(3))


def test_the_wall_clock_is_the_facilitys() -> None:
    """A moment of UTC is read in its own zone, the day as well."""
    assert f"{clinic().local(datetime(2027, 3, 31, 23, 50, tzinfo=UTC)):%m-%d %H:%M}" == "04-01 08:50"
    assert f"{clinic(zone='UTC').local(datetime(2027, 3, 31, 23, 50, tzinfo=UTC)):%m-%d %H:%M}" == "03-31 23:50"


def test_roles_of_people_and_of_runs_are_apart() -> None:
    """Nobody holds a role that only a run gives."""
    assert not set(ROLES) & set(RUN_ROLES)
    assert len(WEEKDAYS) == 7
