"""The facility's calendar as rows and back."""

from __future__ import annotations

from datetime import date, time

import pytest

from contacts.rows.facets import DayOff, WeekdayHours, fold, unfold
from contacts.shapes.facility import Facility
from contacts.shapes.hours import Session
from tests.contacts.book import MORNING, WHOLE_DAY, Registry, registry


@pytest.mark.parametrize(
    "facility",
    [
        registry()["facility"]["facility"],
        Facility(name="x", kind="clinic"),
        Facility(
            name="x",
            kind="clinic",
            sessions={"sun": ()},
            closed=(date(2027, 1, 2), date(2027, 1, 1)),
            marked={"midday": {}},
        ),
    ],
)
def test_unfolding_and_folding_changes_nothing(facility: Facility) -> None:
    """Not even the order of days, or empty hours that somebody left there."""
    held: Registry = {**registry(), "facility": {"facility": facility}}

    assert fold(unfold(held)) == held


def test_a_weekday_is_one_row() -> None:
    """With its sessions and the times for drills; seven rows always."""
    rows = unfold(registry())["weekday"]

    assert len(rows) == 7
    assert rows["mon"] == WeekdayHours(
        id="mon", sessions=WHOLE_DAY, meeting=(Session(start=time(8, 40), until=time(8, 50)),)
    )


def test_single_days_are_rows() -> None:
    """Closed ones without sessions, half days with."""
    rows = unfold(registry())["day_off"]

    assert rows["2026-12-28"] == DayOff(id="2026-12-28", day=date(2026, 12, 28), sessions=MORNING)
    assert rows["2026-12-30"] == DayOff(id="2026-12-30", day=date(2026, 12, 30))


def test_what_changes_in_the_rows_changes_in_the_facility() -> None:
    """Hours go, days come."""
    rows = unfold(registry())
    rows["weekday"]["sat"] = WeekdayHours(id="sat")
    rows["weekday"]["mon"] = WeekdayHours(id="mon", sessions=WHOLE_DAY, midday=MORNING)
    rows["day_off"] = {"2027-01-01": DayOff(id="2027-01-01", day=date(2027, 1, 1))}
    facility = fold(rows)["facility"]["facility"]

    assert isinstance(facility, Facility)
    assert "sat" not in facility.sessions
    assert facility.marked == {"midday": {"mon": MORNING}}
    assert (facility.closed, facility.half_days) == ((date(2027, 1, 1),), {})


def test_no_facility_no_calendar() -> None:
    """An empty record of an export unfolds, too."""
    assert unfold({"facility": {}}) == {"facility": {}, "weekday": {}, "day_off": {}}
    assert fold({"facility": {}, "weekday": {}, "day_off": {}}) == {"facility": {}}
