"""Whether words that sound like trouble report any: what is over, heard of, planned or asked is told apart from what is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from playbooks.authoring.shipped import shipped
from playbooks.catalogue import LIBRARY
from playbooks.texts import Data
from playbooks.triage.speech import SENTENCE, pattern_of, plainly_folded

LEXICON = LIBRARY / "gate.yaml"

SURNAMES = LIBRARY / "surnames.yaml"

_BARE = 3
"""So many kana make a name that no other word is likely to hold; a shorter one is known by what stands behind it."""

_NEAR = 24
"""Signs between whom somebody speaks of and what they say of them."""


class GateLexicon(Data):
    """``library/gate.yaml`` in this shape: patterns over folded text, a sentence at a time."""

    over: str
    heard: str
    planned: str
    asked: str
    denied: str
    own: str
    said: str
    supposed: str
    greets: str
    in_confidence: str
    accuses: str
    who: str
    ways: str
    colleague: str
    called: str
    subject: str
    not_of_them: str
    theirs: str
    is_of: str
    asked_of_one: str
    silence: str
    deeds: str
    deeds_of_one: str
    own_or_asked: str
    to_them: str
    titles: dict[str, str]
    unless: str
    real: str
    by_itself: str


class Surnames(Data):
    """``library/surnames.yaml`` in this shape: how a name is read, in hiragana and in Latin letters."""

    surnames: dict[str, str]


class Gate:
    """Leaves of a text what may tell of trouble here and now."""

    def __init__(self, lexicon: GateLexicon, surnames: Surnames) -> None:
        """Compile the lexicon's patterns; what is planned and what is said may be trouble all the same."""
        talk = (lexicon.over, lexicon.heard, lexicon.asked, lexicon.own, lexicon.denied)
        self._talk = pattern_of("|".join(talk))
        self._denied = pattern_of(lexicon.denied)
        self._greets = pattern_of(f"(?:{lexicon.greets}){{1,3}}")
        self._supposed = pattern_of(lexicon.supposed)
        self._real, self._by_itself = pattern_of(lexicon.real), pattern_of(lexicon.by_itself)
        of_them = f"(?:{lexicon.who})(?!{lexicon.theirs})"
        of_whom = f"(?:{lexicon.ways}){lexicon.is_of}{of_them}"
        whispers = rf"{of_them}[^。]{{0,{_NEAR}}}?(?:{lexicon.ways})|{of_whom}"
        did = rf"{of_them}、?[^。、]{{0,{_NEAR}}}?(?:{lexicon.deeds})|(?:{lexicon.deeds}){lexicon.is_of}{of_them}"
        self._did, self._own = pattern_of(f"{did}|{lexicon.deeds_of_one}"), pattern_of(lexicon.own_or_asked)
        self._to_them = pattern_of(lexicon.to_them)
        self._titles = {role: pattern_of(words) for role, words in lexicon.titles.items()}
        spoken = f"{lexicon.in_confidence}|{lexicon.accuses}|{lexicon.asked_of_one}"
        self._confided = pattern_of(f"{spoken}|{lexicon.silence}")
        self._read = {plainly_folded(name): read.split() for name, read in surnames.surnames.items()}
        self._whispers, self._not_of_them = pattern_of(whispers), pattern_of(lexicon.not_of_them)
        self._colleague, self._called, self._subject = lexicon.colleague, lexicon.called, lexicon.subject
        self._mild, self._unless = pattern_of(f"{lexicon.planned}|{lexicon.said}"), pattern_of(lexicon.unless)

    def reporting(self, text: str) -> str:
        """Give the sentences of a text that are no mere talk; empty where all are."""
        return "".join(
            said for said in SENTENCE.split(text) if not self._is_talk(plainly_folded(said).strip(" 。.!\n"))
        )

    def supposed(self, text: str) -> str:
        """Give what somebody asks about in case it happens, as if it had (「停電したらどうする」: 停電した); empty where they don't."""
        found = self._supposed.search(plainly_folded(text).strip(" 。.!"))
        return next((part for part in found.groups() if part), "").strip() if found is not None else ""

    def denies(self, text: str) -> bool:
        """Say whether a text says of an attack that it is none, and nothing else."""
        return bool(self._denied.search(plainly_folded(text).strip(" 。.!\n")))

    def greets(self, text: str) -> bool:
        """Say whether a text is a greeting or thanks and nothing else."""
        return bool(self._greets.fullmatch(plainly_folded(text).strip()))

    def is_confided(self, text: str, colleagues: Iterable[str] = ()) -> bool:
        """Say whether a text is told in confidence, or tells or asks what somebody who works here is said to do.

        ``colleagues`` are the names of those who do: people write them bare, in kana and in Latin letters.
        """
        folded = self._with_colleagues(text, colleagues)
        whispered = self._whispers.search(folded) and not self._not_of_them.search(folded)
        did = self._did.search(folded) and not self._own.search(folded)
        return bool(whispered or did or self._confided.search(folded))

    def goes_to(self, text: str, name: str) -> bool:
        """Say whether somebody speaks of asking, or telling, somebody of that name."""
        return bool(self._to_them.search(self._with_colleagues(text, [name])))

    def roles_named(self, text: str, colleagues: Iterable[str] = ()) -> frozenset[str]:
        """Give the roles whose holders a text names by what they are here; what stands behind a name is part of it."""
        folded = self._with_colleagues(text, colleagues)
        return frozenset(role for role, title in self._titles.items() if title.search(folded))

    def names(self, text: str, name: str) -> bool:
        """Say whether a text names somebody, as their name is written or read."""
        return self._named(name).search(plainly_folded(text)) is not None

    def _with_colleagues(self, text: str, colleagues: Iterable[str]) -> str:
        folded = plainly_folded(text)
        for name in filter(None, colleagues):
            folded = self._named(name).sub(self._colleague, folded)
        return folded

    @cache  # noqa: B019  (there is one gate)
    def _named(self, name: str) -> re.Pattern[str]:
        """Compile what somebody is called: their name, and how it is read."""
        plain, called = plainly_folded(name), rf"(?:{self._called})"
        kanji = [known for known, read in self._read.items() if plain in (known, *read)]
        read = {each for known in kanji for each in self._read[known]} | {plain, *kanji}
        kana = {each for each in read - {plain, *kanji} if not each.isascii()}
        latin = {each for each in read if re.fullmatch("[a-z]+", each)}
        ways = [re.escape(each) + f"{called}?" for each in read - kana - latin]
        ways += [rf"{each}{called}" + (rf"|{each}(?={self._subject})" if len(each) >= _BARE else "") for each in kana]
        ways += [rf"(?<![a-z]){each}(?:[uh](?![a-z]))?(?![a-z])(?:[- ]?san\b|{called})?" for each in latin]
        return re.compile("|".join(ways))

    def says_it_is_real(self, text: str) -> bool:
        """Say whether somebody in a drill says that this is none."""
        return bool(self._real.search(plainly_folded(text)))

    def works_by_itself(self, text: str) -> bool:
        """Say whether something prints or moves and nobody makes it."""
        return bool(self._by_itself.search(plainly_folded(text)))

    def _is_talk(self, said: str) -> bool:
        return bool(self._talk.search(said) or (self._mild.search(said) and not self._unless.search(said)))


@cache
def gate() -> Gate:
    """Give the gate with the lexicon that comes along."""
    return Gate(shipped(GateLexicon, LEXICON), shipped(Surnames, SURNAMES))
