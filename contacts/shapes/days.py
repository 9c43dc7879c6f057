"""Reckoning with months and with the long holidays of a year."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from playbooks.duties.clock import national_holidays

LONG_HOLIDAYS: tuple[tuple[str, int, int], ...] = (("golden_week", 4, 29), ("obon", 8, 13), ("year_end", 12, 29))
"""Name, month and first day of the closures in which vendors are hard to reach; offices close from 12-29."""


LAST_DAYS = {"golden_week": (5, 5), "obon": (8, 16), "year_end": (1, 3)}
"""Month and last day of each of them."""


def months_after(day: date, months: int) -> date:
    """Give the same day some months on (or back, if negative), the month's last one where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def long_holidays_near(day: date, within: int) -> Iterator[tuple[str, date]]:
    """Give the long holidays that begin on ``day`` or in the ``within`` days after it, with their first days."""
    for year in (day.year, day.year + 1):
        for name, month, first in LONG_HOLIDAYS:
            begins = date(year, month, first)
            if timedelta(0) <= begins - day <= timedelta(days=within):
                yield name, begins


def long_holidays(year: int) -> Iterator[tuple[str, date, date]]:
    """Give the long holidays that begin in a calendar year: name, first and last day."""
    for name, month, first in LONG_HOLIDAYS:
        last_month, last = LAST_DAYS[name]
        yield name, date(year, month, first), date(year + (last_month < month), last_month, last)


def is_national_holiday(day: date) -> bool:
    """Say whether ``day`` is a national holiday of Japan, substitute holidays counted in."""
    return day in national_holidays("JP", day.year)


def holidays_known(year: int) -> bool:
    """Say whether the national holidays of a calendar year can be known at all."""
    return bool(national_holidays("JP", year))
