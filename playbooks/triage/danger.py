"""Whether somebody's words say that a person is in danger, or that this place burns: told apart from everyday words.

What counts stands in ``library/danger.yaml``. A clause is looked at by itself: what happens there, to whom (the nearest
subject before it), and whether something in it makes it talk about what is over, planned, asked or denied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from playbooks.authoring.shipped import shipped
from playbooks.catalogue import LIBRARY
from playbooks.texts import Data
from playbooks.triage.speech import SENTENCE, pattern_of, plainly_folded

LEXICON = LIBRARY / "danger.yaml"

Kind = Literal["person", "violence", "fire"]
KINDS: tuple[Kind, ...] = ("fire", "violence", "person")
"""What may be in danger, in the order in which it is told where a text says several: out first, then away, then help."""

_CLAUSE = re.compile(r"[、,。.!\n]+(?!$)|けれども?|けど|(?<=[たる])ので|ですが|\bbut\b")
_BESIDE = re.compile(
    r"の?(?:前|まえ|横|よこ|下|上|裏|うら|中|なか|そば|隣|となり|所|ところ|方|棚|部屋)|[でにからと](?!き)"
)
"""What stands after a thing that tells where something happens, not to what."""
_SAID = re.compile(r"[\s、,。.!?〜~ー…]+|(?:です|だ|や|で|よ)+$")
_LONGEST = 1000


class DangerState(Data):
    """One thing that happens to people or places; see the file."""

    name: str
    kind: Kind
    words: str
    needs: Literal["person"] | None = None
    alone: bool = False
    doubtful: bool = False


class DangerLexicon(Data):
    """``library/danger.yaml`` in this shape: patterns over folded text."""

    spelt: dict[str, str]
    person: str
    thing: str
    states: tuple[DangerState, ...]
    bare: dict[Kind, str]
    lifts: str
    stories: str
    moods: str
    moody: str
    past: str
    going_on: str
    asks: str
    pleas: str
    doubts: str


@dataclass(frozen=True)
class Danger:
    """A danger that was told; ``plain`` where there is no doubt, so that others may be rung for it."""

    kind: Kind
    plain: bool


class DangerEars:
    """Hears danger in what people write."""

    def __init__(self, lexicon: DangerLexicon) -> None:
        """Compile the lexicon's patterns."""
        self._states = [(state, pattern_of(state.words)) for state in lexicon.states]
        self._spelt = [(pattern_of(spelt), meant) for spelt, meant in lexicon.spelt.items()]
        self._person, self._thing = pattern_of(lexicon.person), pattern_of(lexicon.thing)
        self._lifts, self._past, self._going_on = map(pattern_of, (lexicon.lifts, lexicon.past, lexicon.going_on))
        self._bare = {kind: pattern_of(cries) for kind, cries in lexicon.bare.items()}
        self._stories = pattern_of(lexicon.stories)
        self._moods, self._moody = map(pattern_of, (lexicon.moods, lexicon.moody))
        self._asks, self._pleas, self._doubts = map(pattern_of, (lexicon.asks, lexicon.pleas, lexicon.doubts))

    def hear(self, text: str) -> Danger | None:
        """Give the danger that a text tells of, the plainest and most pressing first; None for everyday words."""
        folded = plainly_folded(text[:_LONGEST])
        for spelt, meant in self._spelt:
            folded = spelt.sub(meant, folded)
        cried = _SAID.sub("", folded)
        for kind, cries in self._bare.items():
            if cries.fullmatch(cried):
                return Danger(kind, plain=True)
        found = list(self._dangers(folded))
        return min(found, key=lambda danger: (not danger.plain, KINDS.index(danger.kind)), default=None)

    def _dangers(self, text: str) -> Iterator[Danger]:
        for sentence in filter(None, SENTENCE.split(text)):
            before = ""
            asked = bool(self._asks.search(sentence)) and not self._pleas.search(sentence)
            doubted = bool(self._lifts.search(sentence))
            for clause in () if asked or self._stories.search(sentence) else _CLAUSE.split(sentence):
                yield from self._in_clause(clause, before, doubted=doubted)
                before += clause

    def _in_clause(self, clause: str, before: str, *, doubted: bool) -> Iterator[Danger]:
        over = self._past.search(clause) and not self._going_on.search(clause)
        if self._lifts.search(clause) or over or self._is_mood(clause):
            return
        for state, words in self._states:
            if happens := words.search(clause):
                who = self._subject(before + clause[: happens.start()])
                doubt = doubted or state.doubtful or bool(self._doubts.search(clause))
                if state.kind == "person" and who == "thing":
                    continue
                if state.needs is None or who == "person":
                    yield Danger(state.kind, plain=not doubt)
                elif who is None and state.alone:
                    yield Danger(state.kind, plain=False)

    def _is_mood(self, clause: str) -> bool:
        moody = self._moods.search(clause) and self._moody.search(clause)
        return bool(moody) and not self._person.search(clause)

    def _subject(self, said: str) -> Literal["person", "thing"] | None:
        """Say what the nearest subject before something is."""
        ends = {
            "person": max((found.end() for found in self._person.finditer(said)), default=-1),
            "thing": max((f.end() for f in self._thing.finditer(said) if not _BESIDE.match(said, f.end())), default=-1),
        }
        nearest = max(ends, key=ends.__getitem__)
        return None if ends[nearest] < 0 else "person" if nearest == "person" else "thing"


@cache
def danger_ears() -> DangerEars:
    """Give what hears danger with the lexicon that comes along."""
    return DangerEars(shipped(DangerLexicon, LEXICON))
