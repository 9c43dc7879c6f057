"""The one place where the machine's clock is read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time, aware, in UTC."""

    def now(self) -> datetime:
        """Give this moment."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Give this moment as the machine has it."""
        return datetime.now(UTC)


class MovableClock:
    """A clock that stands still until it is moved: for demonstrations, dialogues and tests."""

    def __init__(self, start: datetime) -> None:
        """Stand at ``start``, which is aware."""
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """Give the moment at which the clock stands."""
        return self._now

    def advance(self, **length: float) -> None:
        """Move on by a timedelta's arguments (``minutes=10``)."""
        self._now += timedelta(**length)

    def set(self, moment: datetime) -> None:
        """Put the clock to ``moment``."""
        self._now = moment.astimezone(UTC)


class LeapingClock:
    """A clock that goes on by itself from where it was put, and can be moved on: for a demonstration that people walk through."""

    def __init__(self, start: datetime, runs_by: Clock) -> None:
        """Begin at ``start``, which is aware, and go as ``runs_by`` goes."""
        self._runs_by, self._ahead = runs_by, start - runs_by.now()

    def now(self) -> datetime:
        """Give the moment that it shows."""
        return self._runs_by.now() + self._ahead

    def advance(self, **length: float) -> None:
        """Move on by a timedelta's arguments (``minutes=10``)."""
        self._ahead += timedelta(**length)
