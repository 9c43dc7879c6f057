"""Hours and lengths of time as people write them."""

from __future__ import annotations

from contextlib import suppress
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.shapes.hours import WEEKDAYS, Hours, Session
from contacts.written.closures import read_closures
from contacts.written.hours import (
    hours_said,
    read_hours,
    read_minutes,
    read_sessions,
    read_weekday,
    write_hours,
    write_minutes,
    write_sessions,
)
from contacts.written.mistakes import Unreadable

NINE_TO_SIX = (Session(start=time(9), until=time(18)),)
MORNING = (Session(start=time(9), until=time(12)),)
WEEK: Hours = {**dict.fromkeys(WEEKDAYS[:5], NINE_TO_SIX), "sat": MORNING}


@pytest.mark.parametrize(
    "written",
    [
        "月–金 9:00–18:00、土 9:00–12:00",
        "月～金 9:00～18:00, 土 9:00～12:00",
        "平日 9時から18時、土 9時から12時",
        "月曜日-金曜日 09:00-18:00;土曜日 9:00-12:00",
        "月、火、水、木、金 ９：００－１８：００\n土 ９：００－１２：００",
        "Mon-Fri 9:00-18:00, Sat 9:00-12:00",
        "月火水木金 9:00-18:00、土 9:00-12:00",
        "月・火・水・木・金 9:00–18:00、土9:00–12:00",
    ],
)
def test_every_way_of_writing_hours(written: str) -> None:
    """Ranges and lists of weekdays, all kinds of dashes, both kinds of clock."""
    assert read_hours(written) == WEEK


def test_two_sessions_a_day() -> None:
    """The second one belongs to the weekdays of the first."""
    assert read_hours("月 9:00–12:00、14:00–18:30") == {"mon": (*MORNING, Session(start=time(14), until=time(18, 30)))}


def test_always() -> None:
    """24時間 is every day from midnight to midnight, and is written as that again."""
    hours = read_hours("２４時間")

    assert len(hours) == 7
    assert write_hours(hours) == "24時間"
    assert write_hours(dict.fromkeys(WEEKDAYS, MORNING)) == "毎日 9:00–12:00"


def test_a_range_over_the_weekend() -> None:
    """土–月 is Saturday, Sunday, Monday."""
    assert set(read_hours("土–月 9:00–12:00")) == {"sat", "sun", "mon"}


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        ("月〜金 9時〜18時、土は急患のみ", "月–金 9:00–18:00"),
        ("月-金 9:00-18:00 土は急患のみ", "月–金 9:00–18:00"),
        ("平日9:00〜18:00（水曜は休診）", "月–火 9:00–18:00、木–金 9:00–18:00"),
        ("月〜土 9時〜12時 日祝休み", "月–土 9:00–12:00"),
        ("月火 9時から12時と3時から6時", "月–火 9:00–12:00、15:00–18:00"),
        ("平日9時から12時と3時から6時、土曜は午前だけ", "月–金 9:00–12:00、15:00–18:00、土 9:00–12:00"),
        ("月曜から金曜の9時から6時", "月–金 9:00–18:00"),
        ("月-金 午前9時〜午後6時", "月–金 9:00–18:00"),
        ("Mon-Fri 9am-6pm", "月–金 9:00–18:00"),
        ("月 9:00-12:00 14:00-18:00", "月 9:00–12:00、14:00–18:00"),
        ("月 9:00-12:00 / 15:00-18:00", "月 9:00–12:00、15:00–18:00"),
    ],
)
def test_hours_as_people_say_them(written: str, hours: str) -> None:
    """Closed days, emergencies alone, afternoons counted from noon, mornings of the other days, blanks instead of commas."""
    assert write_hours(read_hours(written)) == hours


@pytest.mark.parametrize(
    "written",
    [
        "9:00–18:00",
        "月–金",
        "月 18:00–9:00",
        "月 25:00–26:00",
        "だいたい平日",
        "月 9:00–12:00、11:00–13:00",
        "Foo 9:00-10:00",
        "土は急患のみ",
        "月〜金 8:30〜17:30　オンコール24時間",
        "土は午前だけ",
        "平日 9時〜18時。土曜日は第1・第3のみ",
        "",
    ],
)
def test_hours_are_not_guessed(written: str) -> None:
    """No weekday, no times, backwards, past midnight, overlapping: said, with how to write it."""
    with pytest.raises(Unreadable):
        read_hours(written)


def test_until_midnight() -> None:
    """24:00 ends a day, and reads back."""
    assert read_sessions("18:00–24:00") == (Session(start=time(18), until=time(0)),)
    assert write_sessions(read_sessions("18:00–24:00")) == "18:00–24:00"


@pytest.mark.parametrize(
    ("written", "minutes"),
    [("30分", 30), ("4時間", 240), ("2時間30分", 150), ("１日", 1440), ("1日 2 時間", 1560), ("0分", 0)],
)
def test_lengths_of_time(written: str, minutes: int) -> None:
    """In days, hours and minutes, with their units."""
    assert read_minutes(written) == minutes


@pytest.mark.parametrize("written", ["4", "半日", "", "4h", "30分4時間"])
def test_a_length_needs_its_unit(written: str) -> None:
    """4 of what?"""
    with pytest.raises(Unreadable):
        read_minutes(written)


@st.composite
def sessions(draw: st.DrawFn) -> tuple[Session, ...]:
    """Draw the sessions of a day: in order, none touching the next."""
    ends = sorted(draw(st.sets(st.integers(0, 24 * 12), max_size=6)))
    clocks = [time(n // 12 % 24, n % 12 * 5) for n in ends[: len(ends) // 2 * 2]]
    return tuple(Session(start=a, until=b) for a, b in zip(clocks[::2], clocks[1::2], strict=True))


@given(st.dictionaries(st.sampled_from(WEEKDAYS), sessions().filter(bool), min_size=1))
def test_any_hours_read_back(hours: Hours) -> None:
    """What we write, we read."""
    assert read_hours(write_hours(hours)) == hours


@given(st.integers(0, 10**6))
def test_any_length_reads_back(minutes: int) -> None:
    """What we write, we read."""
    assert read_minutes(write_minutes(minutes)) == minutes


@given(st.text(max_size=30))
def test_anything_else_is_refused_politely(text: str) -> None:
    """Whatever is typed."""
    for read in (read_hours, read_sessions, read_minutes):
        with suppress(Unreadable):
            read(text)


def test_weeks_of_the_month_are_said_back_in_both_languages() -> None:
    """And read again as they were said; a single day has none, and another day's hours none of the weeks."""
    hours = read_hours("平日 9:00-18:00、土 9:00-12:00、第2・第4土曜休み")
    said = hours_said(hours)

    assert (said.ja, said.en) == (
        "月–金 9:00–18:00、第1・第3・第5土 9:00–12:00",
        "Mon–Fri 9:00–18:00, 1st & 3rd & 5th Sat 9:00–12:00",
    )
    assert read_hours(said.en) == hours
    assert [s.weeks for s in (*hours["fri"], *hours["sat"])] == [(), (1, 3, 5)]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("9:00-12:00、第2・第4は休み", "第1・第3・第5 9:00–12:00"),
        ("第1 9:00-12:00、14:00-17:00、第3 9:00-12:00", "第1 9:00–12:00、14:00–17:00、第3 9:00–12:00"),
    ],
)
def test_a_weekday_by_its_weeks(written: str, said: str) -> None:
    """As a cell of the workbook holds it; a time that is of one day alone is never taken by weeks."""
    assert write_sessions(read_weekday(written)) == said
    assert write_sessions(read_weekday(said)) == said
    with pytest.raises(Unreadable):
        read_closures(f"2026/12/28 {said}")
