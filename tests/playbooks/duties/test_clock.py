"""Promises of the counting of days."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbooks.duties.clock import (
    UnclearTime,
    is_open,
    known_day,
    next_open,
    nth_day,
    open_days_before,
    provisional,
)
from playbooks.duties.reading import load_duties
from playbooks.duties.shape import Duties, Offices

TOKYO = timezone(timedelta(hours=9))
JAPAN = Offices(
    country="JP",
    closed_weekdays=("sat", "sun"),
    closed_days=("12-29", "12-30", "12-31", "01-01", "01-02", "01-03"),
)
SOME_DAY = st.dates(date(2020, 1, 1), date(2060, 12, 31))


def test_a_time_without_a_zone_is_refused() -> None:
    """Nine hours can be a day of a deadline, so nobody guesses them."""
    with pytest.raises(UnclearTime, match="no zone"):
        known_day(datetime(2026, 11, 30, 10, tzinfo=TOKYO).replace(tzinfo=None), "Asia/Tokyo")


def test_day_one_is_the_local_day() -> None:
    """15:00 in London's winter is midnight in Tokyo: the next day."""
    assert known_day(datetime(2026, 11, 30, 14, 59, tzinfo=UTC), "Asia/Tokyo") == date(2026, 11, 30)
    assert known_day(datetime(2026, 11, 30, 15, 0, tzinfo=UTC), "Asia/Tokyo") == date(2026, 12, 1)


@pytest.mark.parametrize("year", [1, 1999, 2200, 9999])
def test_a_year_that_cannot_be_meant_is_refused(year: int) -> None:
    """A mistyped year never yields a deadline, nor an overflow at the end of the calendar."""
    with pytest.raises(UnclearTime, match="cannot be meant"):
        known_day(datetime(year, 12, 31, 23, tzinfo=TOKYO), "Asia/Tokyo")


@pytest.mark.parametrize(
    ("closed", "opens"),
    [
        (date(2026, 12, 29), date(2027, 1, 4)),  # the year's end
        (date(2027, 3, 20), date(2027, 3, 23)),  # Saturday, equinox on Sunday, its substitute on Monday
        (date(2027, 5, 1), date(2027, 5, 6)),  # the holidays of May behind a weekend
        (date(2026, 9, 19), date(2026, 9, 24)),  # a weekday between two holidays is one itself
        (date(2026, 12, 28), date(2026, 12, 28)),  # an open Monday stays
    ],
)
def test_a_closed_day_waits_for_the_next_open_one(closed: date, opens: date) -> None:
    """Saturdays, Sundays, holidays, substitutes, days between holidays and 12-29 to 01-03 are closed."""
    assert next_open(closed, JAPAN) == opens


@given(day=SOME_DAY)
def test_next_open_is_the_first_open_day_on_or_after(day: date) -> None:
    """Nothing open is jumped over, and nobody waits longer than the year's end and a weekend."""
    opens = next_open(day, JAPAN)
    assert is_open(opens, JAPAN)
    assert timedelta(0) <= opens - day <= timedelta(days=10)
    assert not any(is_open(day + timedelta(days=n), JAPAN) for n in range((opens - day).days))


@given(day=SOME_DAY, count=st.integers(1, 14))
def test_open_days_are_counted_backwards(day: date, count: int) -> None:
    """From the day found up to the day asked, there are exactly so many open days."""
    back = open_days_before(day, count, JAPAN)
    between = [back + timedelta(days=n) for n in range((day - back).days)]
    assert is_open(back, JAPAN)
    assert sum(is_open(one, JAPAN) for one in between) == count


@given(day=SOME_DAY, nth=st.integers(1, 366))
def test_the_day_of_knowing_is_day_one(day: date, nth: int) -> None:
    """Every calendar day counts."""
    assert nth_day(day, 1) == day
    assert nth_day(day, nth) - day == timedelta(days=nth - 1)


def test_days_beyond_the_gazette_are_provisional() -> None:
    """The equinoxes of 2028 are computed, those of 2150 are not even known: the library says neither, so we do."""
    duties = load_duties("jp")
    assert isinstance(duties, Duties)
    assert not is_open(date(2028, 3, 20), duties.offices)
    assert is_open(date(2150, 1, 5), duties.offices)
    assert [provisional(date(year, 3, 20), duties) for year in (2026, 2027, 2028, 2150)] == [False, False, True, True]
