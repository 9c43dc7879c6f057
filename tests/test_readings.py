"""Six hundred ways to write hours, days, times and numbers: read right, or refused with the sign named; never wrong."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from contacts.written.closures import read_closures, write_closures
from contacts.written.days import read_day
from contacts.written.hours import read_hours, read_minutes, write_hours, write_minutes
from contacts.written.mistakes import Unreadable
from contacts.written.phone import read_numbers
from contacts.written.signs import straight
from flows.refusals import Refused
from flows.written.taking import read
from flows.written.times import later_time, told_time
from flows.written.when import when_told
from tests.flows.clinic import TOKYO

TABLE = Path(__file__).parent / "readings.tsv"
"""What was expected of each before it was read: the reading, or ✗ and the sign (or the word of the cure) that the refusal names."""

NOW = datetime(2026, 11, 29, 9, 3, tzinfo=TOKYO)


def _minutes(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at is not None else "-"


def _told(written: str, now: datetime) -> str:
    told = told_time(written, now)
    return "-" if told is None else f"✗ {told.doubt}" if told.at is None else _minutes(told.at)


def _happened(written: str, now: datetime) -> str:
    """Give the day or span, ``~`` behind what is so roughly; what names none is refused with its words."""
    when = when_told(written, now)
    if when is None:
        return f"✗ {written}"
    span = f"{when.start}" if when.start == when.end else f"{when.start}–{when.end}"
    return f"{_minutes(when.at) if when.at else span}{' ~' if when.about else ''}"


READERS: Mapping[str, Callable[[str, datetime], str]] = {
    "hours": lambda written, _: write_hours(read_hours(written)),
    "days": lambda written, _: read_day(written).isoformat(),
    "closures": lambda written, _: write_closures(read_closures(written)).replace("\n", "⏎"),
    "numbers": lambda written, _: " | ".join(read_numbers(written)),
    "lengths": lambda written, _: str(read_minutes(written)),
    "counts": lambda written, now: str(read("number", written, now)["value"]),
    "answered_times": lambda written, now: _minutes(datetime.fromisoformat(read("time", written, now)["value"])),
    "promises": lambda written, now: _minutes(later_time(written, now)),
    "times": _told,
    "happened": _happened,
}
STRICT = ("hours", "days", "closures", "numbers", "lengths", "counts", "answered_times")
"""Readers of a text that is an answer and nothing else."""


def rows() -> list[dict[str, str]]:
    """Give the table; ``{202D}`` stands for a sign that nobody sees, ⏎ for a new line."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in found:
        row["written"] = re.sub(r"\{([0-9A-F]{4})\}", lambda m: chr(int(m[1], 16)), row["written"]).replace("⏎", "\n")
    return found


def _moment(row: Mapping[str, str]) -> datetime:
    return datetime.fromisoformat(row["now"]).replace(tzinfo=TOKYO) if row["now"] else NOW


def reading(reader: str, written: str, now: datetime) -> str:
    """Give what a reader makes of a text, or ✗ with the sign that it names and how it says so without quoting the text."""
    try:
        return READERS[reader](written, now)
    except Unreadable as unreadable:
        facts: dict[str, Any] = dict(unreadable.reason.facts)
        return f"✗ {facts.get('sign', '')} {unreadable.reason.ja.replace(written.strip(), '…')}"
    except Refused as refused:
        return f"✗ {refused.data['sign']}"


def judged(row: Mapping[str, str]) -> str:
    """Say how a row was read: right, refused (as it should be) or wrong."""
    got, wanted = reading(row["reader"], row["written"], _moment(row)), row["expected"]
    if not wanted.startswith("✗"):
        return "right" if got == wanted else "wrong"
    return "refused" if got.startswith("✗") and straight(wanted[2:]) in straight(got) else "wrong"


@pytest.mark.parametrize("reader", READERS)
def test_each_is_read_right_or_refused_with_the_sign_named(reader: str) -> None:
    """None is wrong, and most are read."""
    ours = [row for row in rows() if row["reader"] == reader]

    assert [
        (row["written"], reading(reader, row["written"], _moment(row))) for row in ours if judged(row) == "wrong"
    ] == []
    assert Counter(map(judged, ours))["right"] * 2 >= len(ours)


def test_there_are_hundreds_of_them() -> None:
    """Three hundred and more are read, each written once."""
    found = rows()

    assert sum(judged(row) == "right" for row in found) > 300
    assert [
        key
        for key, same in groupby(sorted((r["reader"], r["now"], r["written"]) for r in found))
        if len(list(same)) > 1
    ] == []


def _read_right(*readers: str) -> list[tuple[dict[str, str], int]]:
    """Give what is read right, with every place in it at which a sign may slip in."""
    found = [row for row in rows() if not row["expected"].startswith("✗") and (row["reader"] in readers or not readers)]
    return [(row, place) for row in found for place in range(len(row["written"]) + 1)]


@pytest.mark.parametrize("reader", STRICT)
def test_a_foreign_sign_anywhere_is_named(reader: str) -> None:
    """Wherever it stands in what is read right: the text is refused, and the refusal names that sign."""
    for turn, (row, place) in enumerate(_read_right(reader)):
        sign = "☃Ж鬱"[turn % 3]
        got = reading(reader, row["written"][:place] + sign + row["written"][place:], _moment(row))
        assert got.startswith("✗"), (row, place, got)
        assert sign in got, (row, place, got)


def test_a_sign_that_nobody_sees_changes_nothing() -> None:
    """Wherever it stands: what is read is the same."""
    for turn, (row, place) in enumerate(_read_right()):
        sign = "\u202a\u2069\ufeff\u200b\u00ad\u3164"[turn % 6]
        pasted = row["written"][:place] + sign + row["written"][place:]
        assert reading(row["reader"], pasted, _moment(row)) == row["expected"], (row, place)


def test_what_is_said_back_reads_the_same() -> None:
    """Whoever copies what they were shown means the same by it."""
    for row in (row for row in rows() if not row["expected"].startswith("✗")):
        said, reader = row["expected"], row["reader"]
        if reader in ("hours", "days", "closures", "numbers"):
            assert reading(reader, said.replace("⏎", "\n"), NOW) == said
        if reader == "lengths":
            assert read_minutes(write_minutes(int(said))) == int(said)
        if reader == "answered_times":
            assert reading("answered_times", said, _moment(row)) == said


def test_refusals_are_said_in_both_languages() -> None:
    """With the sign in each."""
    for row in (row for row in rows() if row["reader"] in STRICT[:5] and row["expected"].startswith("✗")):
        with pytest.raises(Unreadable) as caught:
            READERS[row["reader"]](row["written"], NOW)
        sign = str(dict(caught.value.reason.facts).get("sign", ""))
        assert sign in caught.value.reason.ja
        assert sign in caught.value.reason.en
