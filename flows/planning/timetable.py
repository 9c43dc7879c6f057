"""The timetable: which moments a weekly time means. APScheduler's triggers, asked as pure functions of time.

Weekdays are names only: APScheduler 3 counts them from Monday = 0, cron from Sunday = 0, people from Monday = 1.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from playbooks.weekdays import weekdays_by_name


def weekly(weekdays: tuple[str, ...], clock: time, zone: str, first: date, last: date) -> list[datetime]:
    """Give each moment, aware, at which it is ``clock`` on one of ``weekdays``, from ``first`` to ``last`` inclusive.

    No weekdays: on every day. ValueError for a weekday that is no name.
    """
    years = range(first.year, last.year + 1)
    return [at for year in years for at in _of_year(weekdays, clock, zone, year) if first <= at.date() <= last]


@lru_cache(maxsize=512)
def _of_year(weekdays: tuple[str, ...], clock: time, zone: str, year: int) -> tuple[datetime, ...]:
    names = weekdays_by_name(weekdays)
    here = ZoneInfo(zone)
    trigger = CronTrigger(
        day_of_week=",".join(names) if names else None, hour=clock.hour, minute=clock.minute, timezone=here
    )
    found: list[datetime] = []
    at = trigger.get_next_fire_time(None, datetime(year, 1, 1, tzinfo=here))
    while at is not None and at.year == year:
        found.append(at)
        at = trigger.get_next_fire_time(None, at + timedelta(seconds=1))
    return tuple(found)


def moment(day: date, clock: time, zone: str) -> datetime:
    """Give the moment, aware, at which it is ``clock`` on ``day`` in a zone."""
    return datetime.combine(day, clock, ZoneInfo(zone))
