"""What a cell may hold."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from contacts.labels import ROLE, SERVICE, STATUS
from contacts.written.cells import (
    Choice,
    Choices,
    Day,
    Form,
    Names,
    Raw,
    Telephone,
    Whole,
    Words,
    YesNo,
)
from contacts.written.mistakes import Unreadable


@pytest.mark.parametrize(
    ("form", "raw", "value"),
    [
        (Words(), "  改行\r\nあり ", "改行\nあり"), (Words(), 12.0, "12"), (Words(), "a\x07b", "ab"),
        (Telephone(), "０３－１２３４－５６７８", "03-1234-5678"), (Telephone(), 110, "110"),
        (Day(), "R8.11.23", date(2026, 11, 23)), (Day(), datetime(2026, 11, 23), date(2026, 11, 23)),  # noqa: DTZ001
        (Whole(0, 730), "９０日前", 90), (Whole(), 5.0, 5), (Whole(), "3", 3), (Whole(), "12か月", 12),
        (Choice(ROLE), "院長", "director"), (Choice(ROLE), "院長・管理者", "director"), (Choice(ROLE), "NURSE", "nurse"),
        (Choice(STATUS), "退職", "left"), (Choices(SERVICE), "電子カルテ、レセコン", ("ehr", "receipt")),
        (Choices(ROLE), "医師,看護師\n医師", ("doctor", "nurse")),
        (YesNo(), "○", True), (YesNo(), True, True), (YesNo(), "なし", False), (YesNo(), "いいえ", False), (YesNo(), "Yes", True),
        (Names(), "カルテ社、 検査社", ("カルテ社", "検査社")),
    ],
)  # fmt: skip
def test_what_people_type_is_understood(form: Form, raw: Raw, value: Any) -> None:
    """Width, case, spaces, Excel's own types; and what is written of it is read as the same."""
    assert form.read(raw) == value
    assert form.read(form.write(value)) == value


@pytest.mark.parametrize(
    ("form", "raw", "says"),
    [
        (Words(3), "四文字だ", "4文字"), (Telephone(), 312345678, "先頭の0"), (Day(), 46349, "日付"), (Day(), True, "日付"),
        (Whole(1, 5), 6, "1から5"), (Whole(), 2.5, "数字"), (Whole(), True, "数字"), (Whole(), -1, "数字"),
        (Choice(ROLE), "看護士", "「看護師」のことですか"), (Choice(ROLE), "歯科", "選べません"), (Choice(STATUS), "zzz", "在籍、利用停止、退職"),
        (Choices(SERVICE), "電子カルテ、宇宙", "宇宙"), (YesNo(), "たぶん", "はい、いいえ"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_said(form: Form, raw: Raw, says: str) -> None:
    """With the cure, or with what was probably meant."""
    with pytest.raises(Unreadable) as refused:
        form.read(raw)
    assert says in refused.value.reason.ja


def test_an_unknown_choice_of_an_older_version_is_shown_as_it_is() -> None:
    """Rather than not at all."""
    assert Choice(ROLE).write("gardener") == "gardener"
