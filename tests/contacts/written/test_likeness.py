"""Texts as one sees them."""

from __future__ import annotations

from contacts.written.likeness import nearest, plain


def test_texts_are_compared_by_what_one_sees() -> None:
    """Full-width and half-width, spaces, case and signs that nothing shows are the same."""
    assert plain("Ａ社　ﾃｽﾄ\x07") == plain("a社テスト")


def test_only_what_is_near_is_proposed() -> None:
    """A guess that is none of the words helps nobody; 株式会社 says nothing about which one."""
    assert nearest("お名前", ["氏名", "名前", "電話番号"]) == "名前"
    assert nearest("カルテ会社", ["株式会社検査", "株式会社カルテ"]) == "株式会社カルテ"
    assert nearest("xyz", ["氏名", "電話番号"]) is None


def test_thousands_of_words_are_not_all_looked_at() -> None:
    """A guess is worth a moment, not a minute."""
    assert nearest("ん", ("い" * 9 for _ in range(10**9))) is None
