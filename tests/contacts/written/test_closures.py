"""Days off as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from contacts.written.closures import read_closures, write_closures
from contacts.written.hours import write_sessions
from contacts.written.mistakes import Unreadable


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026/12/29〜2027/1/3", "2026/12/29〜2027/1/3"),
        ("２０２６年８月１３日から２０２６年８月１５日まで", "2026/8/13〜2026/8/15"),
        ("R8.12.29〜R9.1.3", "2026/12/29〜2027/1/3"),
        ("2026/12/29(火) 休診", "2026/12/29"),
        (
            "2026/12/30\n2026/12/29、2026/12/28 9:00-12:00、14:00-15:00",
            "2026/12/28 9:00–12:00、14:00–15:00\n2026/12/29〜2026/12/30",
        ),
    ],
)
def test_as_people_write_them(written: str, said: str) -> None:
    """Stretches and single days, in any era and width, with times for short days; what is written back reads the same."""
    found = read_closures(written)

    assert write_closures(found) == said
    assert read_closures(said) == found


def test_a_short_day_has_sessions() -> None:
    """A day without times is closed."""
    found = read_closures("2026/12/28 9:00–12:00、2026/12/29")

    assert write_sessions(found[date(2026, 12, 28)]) == "9:00–12:00"
    assert found[date(2026, 12, 29)] == ()


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("年末", "年から書いてください"),
        ("12/29", "年から書いてください"),
        ("9:00-12:00", "年から書いてください"),
        ("2026/2/30", "という日はありません"),
        ("2027/1/3〜2026/12/29", "終わりの日を確かめて"),
        ("2026/1/1〜2026/12/31", "60日まで"),
        ("2026/12/28 昼まで", "「昼まで」が読み取れません"),
    ],
)
def test_what_can_not_be_read(written: str, why: str) -> None:
    """Says what is wrong; a year is never guessed."""
    with pytest.raises(Unreadable) as caught:
        read_closures(written)

    assert why in caught.value.reason.ja
