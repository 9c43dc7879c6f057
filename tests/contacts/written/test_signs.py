"""Signs as people type and paste them."""

from __future__ import annotations

import pytest

from contacts.written.signs import in_digits, straight, visible


def test_what_nobody_sees_is_dropped() -> None:
    """Directions, marks of byte order, joiners and blanks; what makes one picture of two stays."""
    assert visible("\u202d03-1234-5678\u202c\ufeff\u200b\u3164") == "03-1234-5678"
    assert visible("👩\u200d⚕️ 高\u200d橋") == "👩\u200d⚕️ 高橋"


def test_all_dashes_are_one() -> None:
    """Widths, too; the long vowel of a word in kana is no dash."""
    assert straight("０３‐１２３４−５６７８ 〜 9ー12 ベンダー") == "03-1234-5678 ~ 9-12 ベンダー"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("九時半", "9時半"),
        ("二十三時十分", "23時10分"),
        ("二〇二六年十一月", "2026年11月"),
        ("一昨日", "一昨日"),
        ("三人", "3人"),
    ],
)
def test_numbers_in_kanji_before_a_unit(written: str, read: str) -> None:
    """What is no number is left alone."""
    assert in_digits(written) == read
