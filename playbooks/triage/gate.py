"""Whether words that sound like trouble report any: what is over, heard of, planned or asked is told apart from what is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from playbooks.authoring.folders import LIBRARY
from playbooks.authoring.shipped import shipped
from playbooks.texts import Data
from playbooks.triage.speech import pattern_of, plainly_folded
from playbooks.triage.talk import Talk, Talking

LEXICON = LIBRARY / "gate.yaml"

_CHAT = 40
"""Signs of what is no more than chat."""


class Innocent(Data):
    """What names a playbook's matter and is none of it, unless something else is named that makes it that.

    ``rather`` is the playbook whose matter it is instead; empty where it is none's.
    """

    says: str
    unless: str
    rather: str = ""


class GateLexicon(Data):
    """``library/gate.yaml`` in this shape: patterns over folded text, a sentence at a time; ``innocent`` by the playbook."""

    over: str
    heard: str
    planned: str
    asked: str
    denied: str
    own: str
    everyday: str
    but: str
    figure: str
    said: str
    supposed: str
    greets: str
    small_talk: dict[str, str]
    not_small: str
    unless: str
    real: str
    no_drill: str
    by_itself: str
    fails: str
    innocent: dict[str, Innocent]


class Gate:
    """Leaves of a text what may tell of trouble here and now."""

    def __init__(self, lexicon: GateLexicon) -> None:
        """Compile the lexicon's patterns; what is planned and what is said may be trouble all the same."""
        self._talk = Talk(talking(lexicon))
        self._denied = pattern_of(lexicon.denied)
        self._greets = pattern_of(f"(?:{lexicon.greets}){{1,4}}")
        self._small_talk = pattern_of("|".join(lexicon.small_talk.values()))
        self._not_small = pattern_of(f"{lexicon.but}|{lexicon.not_small}")
        self._supposed = pattern_of(lexicon.supposed)
        self._no_drill = pattern_of(lexicon.no_drill)
        self._real, self._by_itself = pattern_of(lexicon.real), pattern_of(lexicon.by_itself)
        self._fails = pattern_of(lexicon.fails)
        self._everyday, self._but = pattern_of(lexicon.everyday), pattern_of(lexicon.but)
        self._figure = pattern_of(lexicon.figure)
        self._innocent = {
            book: (pattern_of(each.says), pattern_of(each.unless)) for book, each in lexicon.innocent.items()
        }
        self._rather = {book: each.rather for book, each in lexicon.innocent.items()}

    def reporting(self, text: str) -> str:
        """Give the sentences of a text that are no mere talk; empty where all are."""
        return self._talk.left_of(text)

    def is_everyday(self, text: str) -> bool:
        """Say whether a text tells how the house is, or the day, and of no machine; or speaks in a figure of what would be bad.

        What is surely a report is one all the same.
        """
        said = plainly_folded(text)
        return bool(self._figure.search(said) or (self._everyday.search(said) and not self._but.search(said)))

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

    def is_small_talk(self, text: str) -> bool:
        """Say whether a text names what people chat about, and nothing that may be trouble."""
        said = plainly_folded(text)
        return len(said) <= _CHAT and bool(self._small_talk.search(said)) and not self._not_small.search(said)

    def says_it_is_real(self, text: str) -> bool:
        """Say whether somebody in a drill says that this is none."""
        return bool(self._real.search(plainly_folded(text))) or self.is_of_no_drill(text)

    def is_of_no_drill(self, text: str) -> bool:
        """Say whether a text says that it is of no drill."""
        return self._no_drill.search(plainly_folded(text)) is not None

    def beside_a_drill(self, text: str) -> str:
        """Give what a text tells without its words that it is of no drill; as it is where it has none, or says nothing else."""
        said = plainly_folded(text)
        rest = self._no_drill.sub("", said)
        return rest.strip(" 、,。.!") or text if rest != said else text

    def works_by_itself(self, text: str) -> bool:
        """Say whether something prints or moves and nobody makes it."""
        return bool(self._by_itself.search(plainly_folded(text)))

    def fails(self, text: str) -> bool:
        """Say whether a text names a machine and that it fails, and nothing else (「プリンターの紙づまり」)."""
        return self._fails.fullmatch(plainly_folded(text).strip()) is not None

    def innocent_of(self, text: str) -> Mapping[str, str]:
        """Name the playbooks of which a text is none, though it names what they are about (a call, a photo, a fall).

        Each with the one whose matter it is instead; empty where it is none's.
        """
        said = plainly_folded(text)
        found = (book for book, (says, no) in self._innocent.items() if says.search(said) and not no.search(said))
        return {book: self._rather[book] for book in found}


def talking(lexicon: GateLexicon | None = None) -> Talking:
    """Give the patterns of mere talk, of the lexicon that comes along if none is given."""
    found = lexicon or shipped(GateLexicon, LEXICON)
    talk = (found.over, found.heard, found.asked, found.own, found.denied)
    return Talking("|".join(talk), f"{found.planned}|{found.said}", found.unless)


@cache
def gate() -> Gate:
    """Give the gate with the lexicon that comes along."""
    return Gate(shipped(GateLexicon, LEXICON))
