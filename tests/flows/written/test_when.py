"""When something happened, as people tell it: a day, or a span no finer than they said."""

from __future__ import annotations

from datetime import datetime

import pytest

from flows.written.when import when_told
from tests.flows.clinic import TOKYO

NOW = datetime(2027, 4, 1, 12, 0, tzinfo=TOKYO)
"""A Thursday."""


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("先月15日", "2027-03-15", "2027-03-15"),
        ("先月の31日", "2027-03-31", "2027-03-31"),
        ("先月", "2027-03-01", "2027-03-31"),
        ("今月", "2027-04-01", "2027-04-30"),
        ("先々月の末", "2027-02-01", "2027-02-28"),
        ("去年", "2026-01-01", "2026-12-31"),
        ("去年の12月", "2026-12-01", "2026-12-31"),
        ("おととしの5月3日", "2025-05-03", "2025-05-03"),
        ("今年の1月", "2027-01-01", "2027-01-31"),
        ("3か月前", "2027-01-01", "2027-01-31"),
        ("4ヶ月ほど前", "2026-12-01", "2026-12-31"),
        ("半年前", "2026-10-01", "2026-10-31"),
        ("2週間前", "2027-03-15", "2027-03-21"),
        ("先週", "2027-03-22", "2027-03-28"),
        ("先々週", "2027-03-15", "2027-03-21"),
        ("今週", "2027-03-29", "2027-04-04"),
        ("1年前", "2026-01-01", "2026-12-31"),
        ("2年前の8月", "2025-08-01", "2025-08-31"),
        ("2026年11月", "2026-11-01", "2026-11-30"),
        ("2026年", "2026-01-01", "2026-12-31"),
        ("2026/11", "2026-11-01", "2026-11-30"),
        ("令和8年11月", "2026-11-01", "2026-11-30"),
        ("令和元年", "2019-01-01", "2019-12-31"),
        ("平成30年2月", "2018-02-01", "2018-02-28"),
        ("2月", "2027-02-01", "2027-02-28"),
        ("4月の初め", "2027-04-01", "2027-04-30"),
        ("5月", "2026-05-01", "2026-05-31"),
        ("12月の末", "2026-12-01", "2026-12-31"),
        ("3 months ago", "2027-01-01", "2027-01-31"),
        ("a month ago", "2027-03-01", "2027-03-31"),
        ("2 weeks ago", "2027-03-15", "2027-03-21"),
        ("a year ago", "2026-01-01", "2026-12-31"),
        ("last month", "2027-03-01", "2027-03-31"),
        ("this month", "2027-04-01", "2027-04-30"),
        ("last week", "2027-03-22", "2027-03-28"),
        ("last year", "2026-01-01", "2026-12-31"),
        ("early last year", "2026-01-01", "2026-12-31"),
        ("November 2026", "2026-11-01", "2026-11-30"),
        ("in December", "2026-12-01", "2026-12-31"),
        ("mid March", "2027-03-01", "2027-03-31"),
        ("in 2025", "2025-01-01", "2025-12-31"),
    ],
)
def test_a_span_is_no_finer_than_it_was_told(text: str, start: str, end: str) -> None:
    """Of a month without a year, the last one of that name that has begun."""
    told = when_told(text, NOW)

    assert told is not None
    assert (f"{told.start}", f"{told.end}", told.at) == (start, end, None)


@pytest.mark.parametrize("text", ["先々月の30日", "2028年", "2027年12月", "13月", "来月", "電話した"])
def test_what_is_no_day_or_still_to_come_is_none(text: str) -> None:
    """A day that the month doesn't have, and what hasn't begun."""
    assert when_told(text, NOW) is None


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("先月", False),
        ("先月ごろ", True),
        ("約3か月前", True),
        ("たぶん先月", True),
        ("去年の12月", False),
        ("1年前", True),
        ("about two weeks ago", None),
        ("around 2 weeks ago", True),
        ("昨日の22時ごろ", True),
        ("昨日の22時", False),
        ("昨日", False),
    ],
)
def test_whether_it_was_told_roughly(text: str, about: bool | None) -> None:
    """By a word for it, or since it was counted back."""
    told = when_told(text, NOW)

    assert (told and told.about) == about
