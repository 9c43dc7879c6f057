"""The field's words in ``docs/words.md``: what is listed is what people read, and what is not to be said is said nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import pytest

from playbooks.phrasing import ROOT
from tests.wording import texts


@dataclass(frozen=True)
class Term:
    """A row of the table."""

    ja: str
    en: str
    means: str
    never: tuple[str, ...]


@cache
def terms() -> tuple[Term, ...]:
    """Give the rows of the table of words."""
    _, _, table = (ROOT / "docs" / "words.md").read_text(encoding="utf-8").partition("| 日本語 |")
    rows = [[cell.strip() for cell in line.split(" | ")] for line in table.splitlines() if line.startswith("| ")][1:]
    return tuple(
        Term(ja.removeprefix("| "), en, means, tuple(filter(None, never.removesuffix("|").strip().split("、"))))
        for ja, en, means, never in rows
    )


@cache
def said(language: str) -> str:
    """Give all texts of a language in one piece, in small letters."""
    return "\n".join(one.text for one in texts() if one.language == language).lower()


def test_the_table_has_what_the_field_says() -> None:
    """Some fifty words, none twice, each with what it means."""
    assert len(terms()) > 45
    assert len({term.ja for term in terms()}) == len(terms())
    assert [term.ja for term in terms() if not (term.means and term.never)] == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_listed_word_is_the_one_that_is_used(language: str) -> None:
    """In both languages: a table that lists what nobody reads would drift away."""
    words = [term.ja if language == "ja" else term.en for term in terms()]

    assert [word for word in words if word.lower() not in said(language)] == []


def test_another_word_for_it_is_used_nowhere() -> None:
    """What stands under *not* is in no text at all."""
    found = [(term.ja, word) for term in terms() for word in term.never if word.lower() in said("ja")]

    assert found == []
    assert not re.search(r"^\| -", "\n".join(term.ja for term in terms()))
