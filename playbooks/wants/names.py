"""What is named in what somebody writes: whose number, which deed, which thing. The words are data (``library/wants.yaml``)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from playbooks.authoring.shipped import shipped
from playbooks.catalogue import LIBRARY
from playbooks.texts import Data, Texts

LEXICON = LIBRARY / "wants.yaml"

_LATIN = re.compile(r"[a-z]")


class Names(Data):
    """Words by what they name: references of contacts, deeds, pictures of things; each the first first."""

    numbers: dict[str, Texts]
    deeds: dict[str, Texts]
    things: dict[str, Texts]


def called_in(text: str) -> str:
    """Give the reference of whom a text names (``vendor:ehr``), the first in the lexicon's order; empty for nobody."""
    return next(iter(_named(text, names_that_come_along().numbers)), "")


def thing_in(text: str) -> str:
    """Give the picture of what a text names (``router_wan``), the first in the lexicon's order; empty for nothing."""
    return next(iter(_named(text, names_that_come_along().things)), "")


def names_a_deed(text: str) -> bool:
    """Say whether a text names what was done, or only that something was."""
    return bool(_named(text, names_that_come_along().deeds))


def may_mean(text: str, ask: str) -> bool:
    """Say whether "done" in a text may mean the step that asks for ``ask``: the same deed, or none by name."""
    deeds = names_that_come_along().deeds
    said = _named(text, deeds)
    return not said or not set(said).isdisjoint(_named(ask, deeds))


@cache
def names_that_come_along() -> Names:
    """Give the words that come along."""
    return shipped(Names, LEXICON)


def _named(text: str, words: Mapping[str, Texts]) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKC", text).lower()
    return tuple(name for name, texts in words.items() if _pattern((*texts.ja, *texts.en)).search(plain))


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(_written, sorted(words, key=len, reverse=True))))


def _written(word: str) -> str:
    body = re.escape(word.lower())
    return rf"(?<![a-z]){body}(?![a-z])" if _LATIN.search(word) else body
