"""Months and long holidays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from contacts.shapes.days import holidays_known, is_national_holiday, long_holidays, long_holidays_near, months_after


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ((2026, 8, 31), 6, (2027, 2, 28)),
        ((2027, 8, 31), 6, (2028, 2, 29)),
        ((2026, 11, 23), -6, (2026, 5, 23)),
        ((2026, 12, 1), 1, (2027, 1, 1)),
        ((2028, 2, 29), 12, (2029, 2, 28)),
    ],
)
def test_months_on(day: tuple[int, int, int], months: int, then: tuple[int, int, int]) -> None:
    """The same day of the month, or the last one it has."""
    assert months_after(date(*day), months) == date(*then)


@pytest.mark.parametrize(("name", "month", "first"), [("golden_week", 4, 29), ("obon", 8, 13), ("year_end", 12, 29)])
def test_two_weeks_before_a_long_holiday(name: str, month: int, first: int) -> None:
    """From fourteen days before until the day it begins; not a day earlier or later."""
    begins = date(2027, month, first)
    near = [days for days in range(-3, 30) if list(long_holidays_near(begins - timedelta(days=days), 14))]

    assert near == list(range(15))
    assert list(long_holidays_near(begins, 14)) == [(name, begins)]


def test_national_holidays() -> None:
    """Substitute holidays and the day between two others count (2026-09-22, 2027-03-22)."""
    assert [is_national_holiday(d) for d in (date(2026, 11, 23), date(2026, 9, 22), date(2027, 3, 22))] == [True] * 3
    assert not is_national_holiday(date(2026, 11, 24))


def test_the_long_holidays_of_a_year() -> None:
    """Each with its last day; the one at the year's end reaches into the next."""
    assert list(long_holidays(2027)) == [
        ("golden_week", date(2027, 4, 29), date(2027, 5, 5)),
        ("obon", date(2027, 8, 13), date(2027, 8, 16)),
        ("year_end", date(2027, 12, 29), date(2028, 1, 3)),
    ]


def test_years_beyond_the_calendar() -> None:
    """No year without known holidays passes for one without holidays."""
    assert holidays_known(2027)
    assert not holidays_known(2100)
