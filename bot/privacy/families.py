"""Family names however they are written: in kanji, in kana of either width, in Latin letters; and given names as they are read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

from playbooks.authoring.shipped import shipped
from playbooks.triage.people import SURNAMES, Surnames

SURNAMES_BESIDE, GIVEN_NAMES = (Path(__file__).with_name(f"{which}.txt") for which in ("surnames", "given_names"))
"""Family names beside those of which the library tells how they are read, and given ones as they are read."""

_HIRAGANA = {katakana: katakana - 0x60 for katakana in range(ord("ァ"), ord("ヶ"))}
_LONG_ENOUGH, _LONGEST = 2, 8  # signs; the marks of half-width kana count


def family_in(name: str) -> str:
    """Give the common family name with which a name begins, written or read; empty for none."""
    known = _surnames()
    return next((name[:end] for end in range(min(_LONGEST, len(name)), 0, -1) if in_hiragana(name[:end]) in known), "")


def is_given(read: str) -> bool:
    """Say whether kana are a given name."""
    return in_hiragana(read) in _given_names()


def is_family_in_latin(word: str) -> bool:
    """Say whether a word in Latin letters is how a family name is read."""
    return word.casefold() in _in_latin()


def in_hiragana(kana: str) -> str:
    """Give kana of any kind and width in hiragana; other signs stay."""
    return unicodedata.normalize("NFC", kana).translate(_HIRAGANA)


def readings(family: str) -> tuple[str, ...]:
    """Give how a family name in kanji is read, in hiragana and in Latin letters; nothing where the library doesn't know."""
    return tuple(_lexicon().get(family, "").split())


def is_ours(name: str, ours: Collection[str]) -> bool:
    """Say whether somebody of ours is meant, with their duty before the name or not; of another family is another."""
    whole = in_hiragana(re.sub(r"[\s・]", "", name)).casefold()
    ends = (one for one in ours if len(one) >= _LONG_ENOUGH and not one.isascii() and whole.endswith(one))
    return whole in ours or any((before := whole[: -len(one)]) != family_in(before) for one in ends)


@cache
def _lexicon() -> Mapping[str, str]:
    return shipped(Surnames, SURNAMES).surnames


def _words(path: Path) -> Iterator[str]:
    yield from path.read_text(encoding="utf-8").split()


@cache
def _surnames() -> frozenset[str]:
    read = (reading.split()[0] for reading in _lexicon().values())
    return frozenset((*_words(SURNAMES_BESIDE), *_lexicon(), *(name for name in read if len(name) > _LONG_ENOUGH)))


@cache
def _given_names() -> frozenset[str]:
    return frozenset(_words(GIVEN_NAMES))


@cache
def _in_latin() -> frozenset[str]:
    return frozenset(reading.split()[1] for reading in _lexicon().values())
