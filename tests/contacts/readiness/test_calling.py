"""Which number to dial first."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from contacts.defaults import ALWAYS
from contacts.readiness.calling import calls, open_now
from contacts.shapes.hours import MIDNIGHT, Session
from contacts.shapes.outside import Contact
from tests.contacts.book import VENDOR

WITH_ALL = VENDOR.model_copy(update={"alternate_number": "0120-179-066"})
MONDAY_NOON = datetime(2026, 11, 23, 12, 0)  # noqa: DTZ001  (wall-clock time; this Monday is a national holiday)
MONDAY_NIGHT = datetime(2026, 11, 23, 3, 0)  # noqa: DTZ001  (wall-clock time)
SUNDAY_NOON = datetime(2026, 11, 22, 12, 0)  # noqa: DTZ001  (wall-clock time)


def order(contact: Contact, moment: datetime, *, holiday: bool = False) -> list[str]:
    """Give the fields in the order to dial."""
    return [call.which for call in calls(contact, moment, holiday=holiday)]


def test_in_hours_the_days_number() -> None:
    """First, with the reason; then the alternate, then the night's."""
    assert order(WITH_ALL, MONDAY_NOON) == ["number", "alternate_number", "night_number"]
    assert "受付時間内" in calls(WITH_ALL, MONDAY_NOON)[0].why.ja


@pytest.mark.parametrize("moment", [MONDAY_NIGHT, SUNDAY_NOON])
def test_out_of_hours_the_nights_number(moment: datetime) -> None:
    """First; the day's number comes last, as a try."""
    assert order(WITH_ALL, moment) == ["night_number", "alternate_number", "number"]


def test_on_a_national_holiday_as_on_a_sunday() -> None:
    """A vendor open on weekdays is closed; one that is there on Sundays is there."""
    sundays = VENDOR.model_copy(update={"open_hours": {"sun": (Session(start=time(9), until=time(18)),)}})

    assert order(VENDOR, MONDAY_NOON, holiday=True) == ["night_number", "number"]
    assert order(sundays, MONDAY_NOON, holiday=True)[0] == "number"


def test_closed_and_no_other_number() -> None:
    """The one there is, with a word that they are closed."""
    alone = VENDOR.model_copy(update={"night_number": None})

    assert [(c.number, "受付時間外" in c.why.ja) for c in calls(alone, MONDAY_NIGHT)] == [("03-1234-5678", True)]
    assert "祝日" in calls(alone, MONDAY_NOON, holiday=True)[0].why.ja


def test_hours_nobody_entered_are_not_guessed() -> None:
    """The day's number first, and it is said that the hours are not known."""
    unknown = VENDOR.model_copy(update={"open_hours": {}})

    assert open_now(unknown, MONDAY_NIGHT) is None
    assert order(unknown, MONDAY_NIGHT) == ["number", "night_number"]
    assert "登録されていません" in calls(unknown, MONDAY_NIGHT)[0].why.ja


def test_the_same_number_is_tried_once() -> None:
    """Whoever entered it twice is not called twice."""
    twice = VENDOR.model_copy(update={"alternate_number": VENDOR.night_number})

    assert [c.number for c in calls(twice, MONDAY_NIGHT)] == ["090-1234-5678", "03-1234-5678"]


def test_no_number_no_call() -> None:
    """Never an empty button."""
    assert calls(Contact(id="x", kind="vendor", services=("ehr",), name="x"), MONDAY_NOON) == ()


def test_always_means_always() -> None:
    """At three in the morning of a holiday as well, and it is said."""
    police = Contact(id="p", kind="authority", services=("police",), name="警察", number="110", open_hours=ALWAYS)

    assert "24時間" in calls(police, MONDAY_NIGHT, holiday=True)[0].why.ja
    assert all(s.start == s.until == MIDNIGHT for sessions in ALWAYS.values() for s in sessions)


def test_a_doubted_number_comes_last() -> None:
    """It stays, with its warning; of a doubted one alone there is nothing better to dial."""
    vendor = Contact(
        id="v",
        kind="vendor",
        services=("ehr",),
        name="v",
        number="03-1234-5678",
        night_number="090-1234-5678",
        doubted_numbers=("number",),
    )
    first, last = calls(vendor, MONDAY_NOON)

    assert (first.which, last.which) == ("night_number", "number")
    assert "違う" in last.why.ja
    assert [c.number for c in calls(vendor.model_copy(update={"night_number": None}), MONDAY_NOON)] == ["03-1234-5678"]
