"""Hours of a week."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from contacts.shapes.hours import Hours, Session, open_at

NIGHT = Session(start=time(18), until=time(0))


@pytest.mark.parametrize(("clock", "inside"), [((17, 59), False), ((18, 0), True), ((23, 59), True), ((0, 0), False)])
def test_midnight_ends_a_day(clock: tuple[int, int], inside: bool) -> None:
    """A session until 00:00 lasts to the end of its day, and not a minute into the next."""
    assert NIGHT.holds(time(*clock)) is inside


def test_hours_are_those_of_the_weekday() -> None:
    """What is open on Monday says nothing about Tuesday; days that are not named are closed."""
    hours: Hours = {"mon": (NIGHT,)}

    assert open_at(hours, datetime(2026, 11, 23, 19, 0))  # noqa: DTZ001  (wall-clock time)
    assert not open_at(hours, datetime(2026, 11, 24, 19, 0))  # noqa: DTZ001  (wall-clock time)


def test_some_weeks_of_the_month() -> None:
    """The first and third Saturday, whatever day a month begins on; kept as before where no week is named."""
    some = Session(start=time(9), until=time(12), weeks=(1, 3))
    hours: Hours = {"sat": (some,)}

    assert [d for d in range(1, 31) if some.held_on(date(2026, 8, d)) and date(2026, 8, d).weekday() == 5] == [1, 15]
    assert [open_at(hours, datetime(2026, 8, d, 9, 30)) for d in (1, 8, 15, 22, 29)] == [1, 0, 1, 0, 0]  # noqa: DTZ001
    assert NIGHT.model_dump_json() == '{"start":"18:00:00","until":"00:00:00"}'
    assert Session.model_validate_json(some.model_dump_json()) == some
