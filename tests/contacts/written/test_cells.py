"""What a cell may hold."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from contacts.labels import ROLE, SERVICE, STATUS
from contacts.written.cells import (
    CellForm,
    ChoiceCell,
    ChoicesCell,
    DayCell,
    NamesCell,
    Raw,
    TelephoneCell,
    WholeCell,
    WordsCell,
    YesNoCell,
)
from contacts.written.mistakes import Unreadable


@pytest.mark.parametrize(
    ("form", "raw", "value"),
    [
        (WordsCell(), "  改行\r\nあり ", "改行\nあり"),
        (WordsCell(), 12.0, "12"),
        (WordsCell(), "a\x07b", "ab"),
        (TelephoneCell(), "０３－１２３４－５６７８", "03-1234-5678"),
        (TelephoneCell(), 110, "110"),
        (DayCell(), "R8.11.23", date(2026, 11, 23)),
        (DayCell(), datetime(2026, 11, 23), date(2026, 11, 23)),  # noqa: DTZ001
        (WholeCell(0, 730), "９０日前", 90),
        (WholeCell(), 5.0, 5),
        (WholeCell(), "3", 3),
        (WholeCell(), "12か月", 12),
        (ChoiceCell(ROLE), "院長", "director"),
        (ChoiceCell(ROLE), "院長・管理者", "director"),
        (ChoiceCell(ROLE), "NURSE", "nurse"),
        (ChoiceCell(STATUS), "退職", "left"),
        (ChoicesCell(SERVICE), "電子カルテ、レセコン", ("ehr", "receipt")),
        (ChoicesCell(ROLE), "医師,看護師\n医師", ("doctor", "nurse")),
        (YesNoCell(), "○", True),
        (YesNoCell(), True, True),
        (YesNoCell(), "なし", False),
        (YesNoCell(), "いいえ", False),
        (YesNoCell(), "Yes", True),
        (NamesCell(), "カルテ社、 検査社", ("カルテ社", "検査社")),
    ],
)
def test_what_people_type_is_understood(form: CellForm, raw: Raw, value: Any) -> None:
    """Width, case, spaces, Excel's own types; and what is written of it is read as the same."""
    assert form.read(raw) == value
    assert form.read(form.write(value)) == value


@pytest.mark.parametrize(
    ("form", "raw", "says"),
    [
        (WordsCell(3), "四文字だ", "4文字"),
        (TelephoneCell(), 312345678, "先頭の0"),
        (DayCell(), 46349, "日付"),
        (DayCell(), True, "日付"),
        (WholeCell(1, 5), 6, "1から5"),
        (WholeCell(), 2.5, "数字"),
        (WholeCell(), True, "数字"),
        (WholeCell(), -1, "数字"),
        (ChoiceCell(ROLE), "看護士", "「看護師」のことですか"),
        (ChoiceCell(ROLE), "歯科", "選べません"),
        (ChoiceCell(STATUS), "zzz", "在籍、利用停止、退職"),
        (ChoicesCell(SERVICE), "電子カルテ、宇宙", "宇宙"),
        (YesNoCell(), "たぶん", "はい、いいえ"),
    ],
)
def test_what_is_not_understood_is_said(form: CellForm, raw: Raw, says: str) -> None:
    """With the cure, or with what was probably meant."""
    with pytest.raises(Unreadable) as refused:
        form.read(raw)
    assert says in refused.value.reason.ja


def test_an_unknown_choice_of_an_older_version_is_shown_as_it_is() -> None:
    """Rather than not at all."""
    assert ChoiceCell(ROLE).write("gardener") == "gardener"
