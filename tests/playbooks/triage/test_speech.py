"""Promises about folding what people type."""

from __future__ import annotations

import pytest

from playbooks.triage.speech import Speech, fold

SPEECH = Speech(
    {"電カル": "電子カルテ", "オンシ": "オンライン資格確認", "資格確認": "オンライン資格確認", "HP": "ホームページ"},
    ["the", "is"],
    ["使える", "works"],
)


@pytest.mark.parametrize(
    ("said", "plainly"),
    [
        ("使えません", "使えない"),
        ("使えへん", "使えない"),
        ("使えんのですが", "使えない"),
        ("つながりませんよ", "つながらない"),
        ("できませんでした", "できない"),
        ("忘れちゃった", "忘れてしまいました"),
        ("渡してもうた", "渡してしまった"),
        ("固まってます", "固まっている"),
        ("ＰＣ、ﾌﾘｰｽﾞ", "pc、フリーズ"),
        ("ふりいず", "フリイズ"),
        ("サーバー", "サーバ"),
        ("The EHR can't open", "ehr cannot open"),
        ("e-prescription isn't ready", "e prescription not ready"),
    ],
)
def test_manner_does_not_matter(said: str, plainly: str) -> None:
    """Politeness, dialect, width, kana, long vowels, capitals and short forms fold to the same words."""
    assert " ".join(SPEECH.clauses(said)) == " ".join(SPEECH.clauses(plainly))


def test_slang_becomes_the_word_of_the_signs_once() -> None:
    """A short form is replaced, and a full form that holds another's short form is left as it is."""
    assert SPEECH.clauses("オンシ") == SPEECH.clauses("オンライン資格確認") == SPEECH.clauses("資格確認")


def test_latin_words_match_whole() -> None:
    """HP is a home page, the hp in https is not."""
    assert SPEECH.clauses("HP") == SPEECH.clauses("ホームページ")
    assert SPEECH.clauses("https") == ["https"]


def test_numbers_and_signs_say_nothing() -> None:
    """What is left of times, counts and marks is nothing, not even a clause."""
    assert SPEECH.clauses("9:10 … 2台!?") == ["台"]
    assert SPEECH.clauses("👍") == []


def test_a_sentence_falls_into_clauses() -> None:
    """Commas, full stops and "but" part what works from what does not."""
    works, fails = SPEECH.clauses("レセコンは使えるけど電カルは使えません")

    assert SPEECH.is_fine(works)
    assert not SPEECH.is_fine(fails)


def test_working_denied_is_not_working() -> None:
    """A word of working order with a "not" behind it is no good news."""
    assert not SPEECH.is_fine("使えるない")


def test_katakana_is_read_as_hiragana() -> None:
    """The fold keeps kanji and Latin letters, and writes all kana one way."""
    assert fold("カルテ-abc def".lower()) == "かるてabc def"
