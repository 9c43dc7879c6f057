"""The timetable: which moments a weekly time means, with weekdays by name only."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from flows.planning.timetable import moment, weekly
from tests.flows.clinic import TOKYO


def test_a_name_is_the_day_people_mean() -> None:
    """Thursday is Thursday, whatever number it has in which program."""
    found = weekly(("thu",), time(8, 30), "Asia/Tokyo", date(2027, 4, 1), date(2027, 4, 15))

    assert found == [datetime(2027, 4, d, 8, 30, tzinfo=TOKYO) for d in (1, 8, 15)]


def test_several_weekdays_and_all() -> None:
    """They come in order; without any weekday it is every day, over the turn of the year, too."""
    two = weekly(("fri", "tue"), time(13), "Asia/Tokyo", date(2027, 4, 1), date(2027, 4, 9))
    every = weekly((), time(0), "Asia/Tokyo", date(2027, 12, 30), date(2028, 1, 2))

    assert [at.day for at in two] == [2, 6, 9]
    assert [at.day for at in every] == [30, 31, 1, 2]


@pytest.mark.parametrize("number", ["3", "0", "1-5"])
def test_numbers_are_refused(number: str) -> None:
    """A cadence with a number is a mistake that is named, not a drill on the wrong day."""
    with pytest.raises(ValueError, match="weekday"):
        weekly((number,), time(9), "Asia/Tokyo", date(2027, 4, 1), date(2027, 4, 15))


def test_a_moment_is_aware() -> None:
    """It knows the facility's zone."""
    assert moment(date(2027, 4, 1), time(9), "Asia/Tokyo") == datetime(2027, 4, 1, 9, tzinfo=TOKYO)
