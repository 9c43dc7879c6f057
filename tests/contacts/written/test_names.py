"""Whether two names are of one person."""

from __future__ import annotations

import pytest

from contacts.written.names import same_person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙橋", "高橋"),
        ("高橋さん", "高橋"),
        ("髙橋 一郎", "高橋"),
        ("髙橋　一郎", "高橋一郎"),
        ("山﨑", "山崎"),
        ("齋藤", "斎藤"),
        ("斉藤", "斎藤"),
        ("渡邉", "渡辺"),
        ("渡邊 花子", "渡辺花子"),
        ("たかはし", "タカハシ"),
        ("キョウコ", "キヨウコ"),
        ("ﾀｶﾊｼ", "タカハシ"),
        ("葛\U000e0100城", "葛城"),
        ("𠮷田", "吉田"),
        ("佐藤先生", "佐藤"),
        ("鈴木\u200b", "鈴木"),
        ("龍ヶ崎", "龍ケ崎"),
        ("Maria", "Maria Santos"),
        ("Santos Maria", "Maria Santos"),
        ("Dr. Smith", "John Smith"),
    ],
)
def test_names_that_may_be_of_one_person(one: str, other: str) -> None:
    """Old and new forms of signs, kana, titles, spaces, and a family name alone."""
    assert same_person(one, other)
    assert same_person(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("高橋", "高木"),
        ("佐藤", "佐々木"),
        ("高橋一郎", "高橋二郎"),
        ("森", "森田"),
        ("林", "小林"),
        ("Mary", "Maria"),
        ("", "高橋"),
    ],
)
def test_names_of_two(one: str, other: str) -> None:
    """Names that only begin alike are of two people."""
    assert not same_person(one, other)
    assert not same_person(other, one)
