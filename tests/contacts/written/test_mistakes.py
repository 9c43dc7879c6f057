"""Where a mistake is, and what it is."""

from __future__ import annotations

import pytest

from contacts.phrasing import say
from contacts.written.mistakes import Mistake, Unreadable
from playbooks.texts import Text

WHAT = Text(ja="空です", en="is empty")


@pytest.mark.parametrize(
    ("mistake", "ja", "en"),
    [
        (Mistake(WHAT), "空です", "is empty"),
        (Mistake(WHAT, "スタッフ"), "「スタッフ」シート: 空です", "sheet 'スタッフ': is empty"),
        (
            Mistake(WHAT, "スタッフ", 5, "氏名"),
            "「スタッフ」シート 5行目 「氏名」: 空です",
            "sheet 'スタッフ' row 5 column '氏名': is empty",
        ),
    ],
)
def test_the_place_comes_first(mistake: Mistake, ja: str, en: str) -> None:
    """Sheet, row, column, as far as they are known; in the reader's language."""
    assert (mistake.in_language("ja"), mistake.in_language("en")) == (ja, en)


def test_scripts_get_both_languages() -> None:
    """And the place apart from the words."""
    assert Mistake(WHAT, "契約", 4).as_json() == {
        "sheet": "契約",
        "row": 4,
        "column": None,
        "ja": "空です",
        "en": "is empty",
    }


def test_what_cannot_be_read_carries_its_reason() -> None:
    """As a phrase, for a reader of any language."""
    assert Unreadable(say("rows.empty")).reason.in_language("ja") == "空です。必ず書いてください"
