"""The calendar file: what calendars import it as, read back with the library that wrote it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar

from bot.documents.calendar_file import calendar_file
from flows.state.drill_calendar import Drill
from playbooks.texts import Text
from tests.flows.calendar_clinic import OPEN, library
from tests.flows.clinic import TOKYO

AT = datetime(2027, 6, 24, 13, tzinfo=TOKYO)
PAPER = Drill(
    "fy2027-paper-1",
    "paper",
    AT,
    AT.date(),
    Text(ja="6月の終わり。", en="Late June."),
    datetime(2027, 3, 1, tzinfo=UTC),
    7,
)
QUIZ = replace(PAPER, id="fy2027-quiz-3", kind="quiz", at=AT + timedelta(days=1))


def events_of(*drills: Drill) -> list[Any]:
    """Write the file and read its events back."""
    return Calendar.from_ical(written(*drills)).walk("VEVENT")


def written(*drills: Drill) -> bytes:
    """Write the file."""
    return calendar_file(drills, library().kinds, OPEN, "20270301", "ja")


def test_a_calendar_reads_it() -> None:
    """Begin and end in the facility's zone, whose rules are in the file; title and reason in words."""
    (event,) = events_of(PAPER)
    zones: list[Any] = Calendar.from_ical(written(PAPER)).walk("VTIMEZONE")

    assert [str(zone["TZID"]) for zone in zones] == ["Asia/Tokyo"]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (AT, AT + timedelta(minutes=45))
    assert str(event["SUMMARY"]) == "訓練: 紙運用の訓練"
    assert "6月の終わり。" in str(event["DESCRIPTION"])


def test_it_rings_like_the_bot() -> None:
    """Thirty, seven and one day before; a small one the day before."""
    alarms = [[alarm["TRIGGER"].dt.days for alarm in event.walk("VALARM")] for event in events_of(PAPER, QUIZ)]

    assert alarms == [[-30, -7, -1], [-1]]


def test_imported_again_it_moves() -> None:
    """The UID stays, the sequence grows; a cancelled drill says so and rings no more, a held one is not in it."""
    moved = replace(PAPER, at=AT + timedelta(days=5), moves=1, state="postponed")
    cancelled = replace(PAPER, state="cancelled")
    events = [events_of(d)[0] for d in (PAPER, moved, cancelled)]

    assert {str(e["UID"]) for e in events} == {"fy2027-paper-1.20270301@tomoshibi"}
    assert [int(e["SEQUENCE"]) for e in events] == [0, 1, 1]
    assert (str(events[2]["STATUS"]), events[2].walk("VALARM")) == ("CANCELLED", [])
    assert b"VEVENT" not in written(replace(PAPER, state="signed_off"))


def test_lines_end_as_the_standard_asks() -> None:
    """With CR and LF, none longer than 75 bytes."""
    lines = written(PAPER, QUIZ).split(b"\r\n")

    assert all(b"\n" not in line and len(line) <= 75 for line in lines)
