"""Whom a sentence tells of: those who work here, as people write of them, and whether they do what it says or suffer it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Literal

from playbooks.authoring.folders import LIBRARY
from playbooks.authoring.shipped import shipped
from playbooks.texts import Data
from playbooks.triage.speech import pattern_of, plainly_folded

LEXICON = LIBRARY / "people.yaml"

SURNAMES = LIBRARY / "surnames.yaml"

_BARE = 3
"""So many kana make a name that no other word is likely to hold; a shorter one is known by what stands behind it."""

_NEAR = 60
"""Signs between somebody and what they did."""

Doer = Literal["ours", "other", "unnamed", "nobody"]
"""Somebody who works here, somebody else, whoever isn't named; nobody where it wasn't done, or was done by nobody who is named."""


class PeopleLexicon(Data):
    """``library/people.yaml`` in this shape: patterns over folded text; ``_en`` are whole words."""

    colleague: str
    insiders: str
    insiders_en: str
    outsiders: str
    outsiders_en: str
    subject: str
    plain_subject: str
    no_subject: str
    was_by: str
    beside: str
    there_is: str
    politely: str
    undone: str
    suffered: str
    by_whom: str


class Surnames(Data):
    """``library/surnames.yaml`` in this shape: how a name is read, in hiragana and in Latin letters, and what stands behind names."""

    called: str
    subject: str
    surnames: dict[str, str]


class People:
    """Says whose deed it is that a sentence tells of."""

    def __init__(self, lexicon: PeopleLexicon) -> None:
        """Compile the lexicon's patterns; ``colleague`` stands for the name of any of those who work here.

        ``one_of_ours`` is the pattern of whoever does, with a few signs before them (a surname).
        """
        self.colleague = lexicon.colleague
        ours = either(lexicon.insiders, lexicon.insiders_en)
        others = either(f"(?:{lexicon.outsiders})(?:{lexicon.politely})?", lexicon.outsiders_en)
        self._people = pattern_of(f"(?P<other>{others})|(?P<ours>(?:{ours})(?:{lexicon.politely})?)")
        self._subject, self._no_subject = pattern_of(lexicon.subject), pattern_of(lexicon.no_subject)
        self._plain_subject = pattern_of(lexicon.plain_subject)
        self.one_of_ours = f"(?:(?!{others}){lexicon.beside}){{0,4}}(?!{others})(?:{ours})"
        self._named_behind = pattern_of(f"{lexicon.was_by}{self.one_of_ours}|{lexicon.there_is}")
        self._undone, self._suffered = pattern_of(lexicon.undone), pattern_of(lexicon.suffered)
        self._by_whom = pattern_of(lexicon.by_whom)

    def named_in(self, text: str) -> frozenset[Doer]:
        """Say whether a text names somebody who works here as doing something, somebody else, or both; empty for nobody."""
        said = plainly_folded(text)
        named = list(self._people.finditer(said))
        doers = set[Doer]()
        if any(who["ours"] and not self._no_subject.match(said, who.end()) for who in named):
            doers.add("ours")
        if any(who["other"] and self._plain_subject.match(said, who.end()) for who in named):
            doers.add("other")
        return frozenset(doers)

    def doer(self, said: str, deed: re.Match[str]) -> Doer:
        """Say who did something that a folded text tells of: whoever is named last before it, or right behind it."""
        if self._undone.match(said, deed.end()):
            return "nobody"
        before = [
            who
            for who in self._people.finditer(said, max(0, deed.end() - _NEAR), deed.end())
            if self._subject.match(said, who.end())
            or (who.start() < deed.start() and (who["ours"] or said[who.end() :].startswith(" ")))
        ]
        if self._suffered.match(said, deed.end() - 1):
            doers = [who for who in before if self._by_whom.match(said, who.end())]
            return _last(doers) or "nobody"
        doers = [who for who in before if not self._no_subject.match(said, who.end())]
        plain = [who for who in doers if self._plain_subject.match(said, who.end())]
        return _last(plain or doers) or ("ours" if self._named_behind.match(said, deed.end()) else "unnamed")


def _last(doers: Sequence[re.Match[str]]) -> Doer | None:
    return None if not doers else "ours" if doers[-1]["ours"] else "other"


def either(ja: str, en: str) -> str:
    """Give a pattern of both; words in Latin letters only match whole."""
    return rf"{ja}|\b(?:{en})(?![a-z])"


def with_colleagues(text: str, names: Iterable[str]) -> str:
    """Fold a text, with one word for whoever of ``names`` it names."""
    folded = plainly_folded(text)
    for name in filter(None, names):
        folded = _named(name).sub(people().colleague, folded)
    return folded


def is_named(text: str, name: str) -> bool:
    """Say whether a text names somebody, as their name is written or read."""
    return _named(name).search(plainly_folded(text)) is not None


def naming(name: str) -> str:
    """Give the pattern of somebody's name, over folded text: as it is written, or read."""
    return _named(name).pattern


@cache
def _named(name: str) -> re.Pattern[str]:
    """Compile what somebody is called: their name, and how it is read."""
    plain, lexicon = plainly_folded(name), shipped(Surnames, SURNAMES)
    readings = {plainly_folded(written): read.split() for written, read in lexicon.surnames.items()}
    kanji = [known for known, read in readings.items() if plain in (known, *read)]
    read = {each for known in kanji for each in readings[known]} | {plain, *kanji}
    kana = {each for each in read - {plain, *kanji} if not each.isascii()}
    latin = {each for each in read if re.fullmatch("[a-z]+", each)}
    called = rf"(?:{lexicon.called})"
    ways = [re.escape(each) + f"{called}?" for each in read - kana - latin]
    ways += [rf"{each}{called}" + (rf"|{each}(?={lexicon.subject})" if len(each) >= _BARE else "") for each in kana]
    ways += [rf"(?<![a-z]){each}(?:[uh](?![a-z]))?(?![a-z])(?:[- ]?(?:san|sensei)\b|{called})?" for each in latin]
    return re.compile("|".join(ways))


@cache
def people() -> People:
    """Give what tells people's deeds apart with the lexicon that comes along."""
    return People(shipped(PeopleLexicon, LEXICON))
