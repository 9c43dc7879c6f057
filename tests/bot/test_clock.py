"""The one place where the machine's clock is read, and a clock that stands still."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from bot.clock import MovableClock, SystemClock

NOON = datetime(2027, 4, 1, 12, 0, tzinfo=timezone(timedelta(hours=9)))


def test_the_system_clock_goes_forward_in_utc() -> None:
    """It is aware, in UTC, and never before what it said last."""
    clock = SystemClock()
    first = clock.now()

    assert first.tzinfo is UTC
    assert clock.now() >= first


def test_the_movable_clock_stands_until_it_is_moved() -> None:
    """In UTC, whatever zone it was put to."""
    clock = MovableClock(NOON)
    assert (clock.now(), clock.now().tzinfo) == (NOON, UTC)

    clock.advance(minutes=10, seconds=30)
    assert clock.now() - NOON == timedelta(minutes=10, seconds=30)

    clock.set(NOON)
    assert (clock.now(), clock.now().tzinfo) == (NOON, UTC)
