"""The one place where the machine's clock is read, and a clock that stands still."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from bot.clock import LeapingClock, MovableClock, SystemClock

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


def test_a_leaping_clock_goes_by_itself() -> None:
    """As another one goes, from where it was put; and it can be moved on beside that."""
    real = MovableClock(datetime(2026, 11, 30, tzinfo=UTC))
    clock = LeapingClock(NOON, real)
    real.advance(seconds=30)
    clock.advance(minutes=10)

    assert clock.now() - NOON == timedelta(minutes=10, seconds=30)
