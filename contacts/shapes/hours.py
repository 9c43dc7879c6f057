"""Hours of a week: the stretches in which somebody is there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Literal

from playbooks.texts import Data

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

MIDNIGHT = time(0, 0)
"""As the end of a session: the end of that day (24:00)."""


class Session(Data):
    """A stretch of a day in which somebody is there; ``until`` is not part of it, and 00:00 there means 24:00."""

    start: time
    until: time

    def holds(self, moment: time) -> bool:
        """Say whether a wall-clock time lies inside."""
        return self.start <= moment and (moment < self.until or self.until == MIDNIGHT)


Hours = dict[Weekday, tuple[Session, ...]]
"""Sessions by weekday; a weekday that is not named has none."""


def open_at(hours: Mapping[Weekday, tuple[Session, ...]], local: datetime) -> bool:
    """Say whether ``local`` (wall-clock time) lies inside the hours of its weekday."""
    return any(session.holds(local.time()) for session in hours.get(WEEKDAYS[local.weekday()], ()))
