"""The institution's calendar."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from contacts.shapes.facility import Facility
from contacts.shapes.hours import WEEKDAYS, Weekday
from contacts.shapes.open_days import open_on
from tests.contacts.book import FACILITY, MORNING

TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [((12, 25, 15), True), ((12, 28, 10), True), ((12, 28, 15), False), ((12, 30, 10), False), ((12, 26, 15), False)],
)
def test_single_days_overrule_the_week(moment: tuple[int, int, int], is_open: bool) -> None:
    """A half day has hours of its own, a closed day none, and Saturday ends at noon."""
    assert FACILITY.in_session(datetime(2026, *moment, tzinfo=TOKYO)) is is_open


def test_times_for_drills_by_weekday() -> None:
    """Only the occasions that a weekday has."""
    assert set(FACILITY.marked_on("mon")) == {"meeting"}
    assert FACILITY.marked_on("tue") == {}


def test_an_old_row_still_reads() -> None:
    """What the first version has written is a facility for ever; the new fields are empty."""
    row = '{"name":"あかり","kind":"clinic","language":"ja","zone":"Asia/Tokyo","sessions":{"sat":[{"start":"09:00:00","until":"12:30:00"}]},"closed":["2026-12-30"]}'

    assert Facility.model_validate_json(row) == Facility(
        name="あかり", kind="clinic", sessions={"sat": MORNING}, closed=(date(2026, 12, 30),)
    )


def test_it_comes_back_from_json() -> None:
    """Days, times and occasions, whatever they are keys of."""
    assert Facility.model_validate_json(FACILITY.model_dump_json()) == FACILITY


@pytest.mark.parametrize(("days", "is_open"), [(("mon",), False), (WEEKDAYS, True)])
def test_national_holidays_are_days_off(days: tuple[Weekday, ...], is_open: bool) -> None:
    """Monday, 11 January 2027, is one: nobody is in session, but where every day of the week has its hours."""
    facility = Facility(name="あかり", kind="clinic", sessions=dict.fromkeys(days, MORNING))

    assert (
        facility.in_session(datetime(2027, 1, 11, 10, tzinfo=TOKYO)) is open_on(facility, date(2027, 1, 11)) is is_open
    )
