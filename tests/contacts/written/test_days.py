"""Days as people write them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.written.days import read_day
from contacts.written.mistakes import Unreadable

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "written",
    [
        "2026/11/23",
        "2026-11-23",
        "2026.11.23",
        "2026年11月23日",
        "２０２６／１１／２３",
        "2026/11/23(月)",
        "2026年11月23日（月曜日）",
        "R8.11.23",
        "r8/11/23",
        "R 8.11.23",
        "Ｒ８．１１．２３",
        "令和8年11月23日",
        "令和８年１１月２３日",
        "㋿8年11月23日",
        "令8.11.23",
        "20261123",
        DAY,
        datetime(2026, 11, 23, 15, 30),  # noqa: DTZ001  (as Excel keeps it)
    ],
)
def test_every_way_of_writing_a_day(written: str | date) -> None:
    """Western years and eras, full width and half, with the weekday or without, and Excel's own."""
    assert read_day(written) == DAY


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("令和元年5月1日", (2019, 5, 1)),
        ("平成31年4月30日", (2019, 4, 30)),
        ("H1.1.8", (1989, 1, 8)),
        ("S64.1.7", (1989, 1, 7)),
        ("R6/2/29", (2024, 2, 29)),
    ],
)
def test_eras(written: str, day: tuple[int, int, int]) -> None:
    """元年 is the first year."""
    assert read_day(written) == date(*day)


@pytest.mark.parametrize(
    "written", ["11/23", "26/11/23", "2026/13/1", "2026/2/29", "R8", "来月", "R0.1.1", "46349", "2026/11/23 10:00"]
)
def test_a_day_is_not_guessed(written: str) -> None:
    """Without a year, out of the calendar, or no day at all: said, with how to write it."""
    with pytest.raises(Unreadable) as refused:
        read_day(written)
    assert written in refused.value.reason.ja


@given(st.dates(min_value=date(1900, 1, 1)))
def test_any_day_reads_back(day: date) -> None:
    """From each of the ways in which we write it ourselves."""
    assert read_day(f"{day:%Y/%m/%d}") == read_day(f"{day.year}年{day.month}月{day.day}日") == day


@given(st.text(max_size=20))
def test_anything_else_is_refused_politely(text: str) -> None:
    """Whatever is typed."""
    with suppress(Unreadable):
        assert isinstance(read_day(text), date)
