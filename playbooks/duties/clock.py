"""Counting days as the law does: day 1 is the local day of knowing, and a deadline can wait for an open office.

Rule of the roll: the privacy guideline's section 3-5-3-4 (closed are Saturdays, Sundays, holidays, 12-29 to 01-03).
Holidays come from the ``holidays`` library, which computes equinoxes that are not announced yet without saying so,
and knows none at all in far years; hence :func:`provisional`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from playbooks.duties.shape import Duties, Offices
from playbooks.phrasing import Phrase

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_BELIEVABLE = range(2000, 2200)


class UnclearTime(ValueError):
    """A time that cannot start a clock; ``what`` says why and how to write it."""

    def __init__(self, why: str, text: object = "") -> None:
        cure = Phrase("playbooks", "facts.write_time")
        self.what = Phrase("playbooks", f"facts.{why}", (("text", str(text)), ("cure", cure)))
        super().__init__(self.what.en)


def known_day(known_at: datetime, zone: str) -> date:
    """Give day 1: the day at ``zone`` on which anybody of the facility knew.

    Raises UnclearTime for a time without a zone, because nine hours can be a whole day of a deadline.
    """
    if known_at.tzinfo is None or known_at.utcoffset() is None:
        raise UnclearTime("no_zone", known_at)
    if known_at.year not in _BELIEVABLE:
        raise UnclearTime("no_year", known_at.year)
    return known_at.astimezone(ZoneInfo(zone)).date()


def nth_day(first: date, day: int) -> date:
    """Give day ``day`` where ``first`` is day 1; every calendar day counts."""
    return first + timedelta(days=day - 1)


@lru_cache(maxsize=64)
def national_holidays(country: str, year: int) -> frozenset[date]:
    """Give the national holidays of a country in a calendar year, substitute ones counted in; none where they can't be known."""
    import holidays  # noqa: PLC0415  (a fifth of a second, paid only by whoever asks)

    return frozenset(holidays.country_holidays(country, years=year))


def is_open(day: date, offices: Offices) -> bool:
    """Say whether the authorities work on ``day``, as far as its holidays are known."""
    return (
        _WEEKDAYS[day.weekday()] not in offices.closed_weekdays
        and f"{day:%m-%d}" not in offices.closed_days
        and day not in national_holidays(offices.country, day.year)
    )


def next_open(day: date, offices: Offices) -> date:
    """Give ``day``, or the first open day after it."""
    while not is_open(day, offices):
        day += timedelta(days=1)
    return day


def open_days_before(day: date, count: int, offices: Offices) -> date:
    """Give the open day that lies ``count`` open days before ``day``."""
    while count:
        day -= timedelta(days=1)
        count -= is_open(day, offices)
    return day


def provisional(day: date, duties: Duties) -> bool:
    """Say whether a moved deadline rests on holidays that no gazette has announced yet."""
    return day.year > duties.gazette_year
