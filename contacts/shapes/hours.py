"""Hours of a week: the stretches in which somebody is there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Literal

from pydantic import Field

from playbooks.texts import Data

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

MIDNIGHT = time(0, 0)
"""As the end of a session: the end of that day (24:00)."""


Week = Literal[1, 2, 3, 4, 5]
WEEKS: tuple[Week, ...] = (1, 2, 3, 4, 5)
"""Weeks of a month as weekdays count them: the second Saturday is in week 2, whatever day the month began on."""


class Session(Data):
    """A stretch of a day in which somebody is there; ``until`` is not part of it, and 00:00 there means 24:00.

    ``weeks`` are those of the month in which it is held; none named means every week.
    """

    start: time
    until: time
    weeks: tuple[Week, ...] = Field(default=(), exclude_if=lambda weeks: not weeks)

    def held_on(self, day: date) -> bool:
        """Say whether a day of its weekday is in one of its weeks."""
        return not self.weeks or (day.day + 6) // 7 in self.weeks

    def holds(self, moment: time) -> bool:
        """Say whether a wall-clock time lies inside."""
        return self.start <= moment and (moment < self.until or self.until == MIDNIGHT)


Hours = dict[Weekday, tuple[Session, ...]]
"""Sessions by weekday; a weekday that is not named has none."""


def sessions_on(hours: Mapping[Weekday, tuple[Session, ...]], day: date) -> tuple[Session, ...]:
    """Give the sessions of a day: those of its weekday that are held in its week of the month."""
    return tuple(session for session in hours.get(WEEKDAYS[day.weekday()], ()) if session.held_on(day))


def open_at(hours: Mapping[Weekday, tuple[Session, ...]], local: datetime) -> bool:
    """Say whether ``local`` (wall-clock time) lies inside the hours of its day."""
    return any(session.holds(local.time()) for session in sessions_on(hours, local.date()))
