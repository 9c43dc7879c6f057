"""What answers about the facility enter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from contacts.roster import Roster
from contacts.setup.answers import NONE, answer, is_closed
from contacts.setup.questions import SetupAnswer
from contacts.shapes.facility import Facility
from contacts.written.hours import read_hours, write_hours
from contacts.written.mistakes import Unreadable

TODAY = date(2026, 11, 23)
ASKING = SetupAnswer("", "", Roster(Facility(name="あかり", kind="clinic")), TODAY)


def entered(name: str, written: str, asking: SetupAnswer = ASKING) -> Facility:
    """Give the facility as an answer makes it."""
    ((kind, _, row),) = answer(name, replace(asking, written=written)).rows
    assert kind == "facility"
    assert isinstance(row, Facility)
    return row


def test_one_answer_one_field() -> None:
    """Each is read as the workbook's cell is: full-width digits, a prefecture without its 県."""
    assert entered("prefecture", "東京").prefecture == "東京都"
    assert entered("telephone", "０３−１２３４−５６７８").telephone == "03-1234-5678"
    assert write_hours(entered("hours", "月–金 9:00–18:00").sessions) == "月–金 9:00–18:00"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("東京です", "東京都"),
        ("大阪", "大阪府"),
        ("京都府です", "京都府"),
        ("北海道の札幌", "北海道"),
        ("うちは神奈川です", "神奈川県"),
        ("大阪市北区です", "大阪府"),
        ("京都の宇治でやっています", "京都府"),
        ("福岡、博多", "福岡県"),
        ("当院は東京都内です", "東京都"),
    ],
)
def test_a_prefecture_as_people_say_it(written: str, meant: str) -> None:
    """With です, without its 県, with the town behind it."""
    assert entered("prefecture", written).prefecture == meant


@pytest.mark.parametrize(
    ("name", "written", "why"),
    [
        ("prefecture", "東京国", "「東京都」のことですか？"),
        ("telephone", "三番", "「三番」に番号がありません"),
        ("hours", "9時から", "「9時」が読み取れません"),
        ("closures", "年末", "年から書いてください"),
        ("drills", "月 8:40–8:50", "どれかを選んでください"),
    ],
)
def test_a_wrong_answer_says_what_is_wrong(name: str, written: str, why: str) -> None:
    """In words, and nothing is entered."""
    with pytest.raises(Unreadable) as caught:
        answer(name, replace(ASKING, written=written))

    assert why in caught.value.reason.ja


def test_days_off_to_come_are_replaced() -> None:
    """Those gone by stay as they were: what was true then remains so."""
    facility = Facility(name="あかり", kind="clinic", closed=(date(2026, 8, 14), date(2026, 12, 30)))
    after = entered("closures", "2026/12/29、2026/12/28 9:00–12:00", replace(ASKING, roster=Roster(facility)))

    assert after.closed == (date(2026, 8, 14), date(2026, 12, 29))
    assert list(after.half_days) == [date(2026, 12, 28)]


def test_times_for_drills() -> None:
    """Each by itself; one can be taken back."""
    first = entered("drills", "月 8:40–8:50", replace(ASKING, subject="meeting"))
    asking = replace(ASKING, roster=Roster(first), subject="midday")
    both = entered("drills", "月–金 12:30–14:00", asking)

    assert list(both.marked) == ["meeting", "midday"]
    assert both.marked["meeting"] == read_hours("月 8:40–8:50")
    assert list(entered("drills", NONE, replace(asking, roster=Roster(both))).marked) == ["meeting"]


def test_names_are_open_and_numbers_are_not() -> None:
    """Only what has a form of its own can be told from a sentence by being read."""
    assert is_closed("telephone")
    assert not is_closed("systems")
