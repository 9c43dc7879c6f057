"""Which playbook somebody's words mean: free text in, playbooks out, best first; nothing if nothing happened.

Every playbook brings its signs, short phrases people would say. A text is compared with them twice: what do its
traits speak for over all signs (votes), and which single signs is it close to (neighbours)? The second finds a playbook
that a facility has added with a handful of signs. What is said all day (``calm``) competes as if it were a playbook.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from playbooks.frozen import frozen
from playbooks.phrasing import Language
from playbooks.remembering import Plain
from playbooks.triage.scales import Ready, Scales
from playbooks.triage.speech import LATIN, Speech
from playbooks.triage.traits import Evidence, Meanings

CALM = ""
"""The name under which everyday talk competes; no playbook can have it."""

_LONGEST = 2000
"""Signs of a text that are read; a story has said by then what happened."""

_OTHER_LANGUAGE = 0.5
"""How much a sign in the other language counts when the speaker's is known: people quote English screens."""

_CALL = 3
"""Signs of a clause that may only call somebody ("院長、…"); without a word of alarm it is not weighed by itself."""

_CLAUSE, _UNALARMED, _HUSHED = 0.92, 0.75, 0.55
_FLOOR, _UNALARMED_FLOOR, _BESIDE_BEST, _VAGUE = 0.08, 0.17, 0.2, 0.85
_CALM_IN_ALARM, _DOUBTED, _PART_OF_MORE = 0.8, 0.6, 0.75
"""Measured on the tune part of the utterances, never on the held-out part."""


@frozen
class Knowledge(Plain):
    """A lexicon (`playbooks.triage.lexicon.Lexicon`) made ready: ``words`` are its groups of meaning as they stand in folded clauses.

    Plain, so that it is read back at a start without a second reading of all words, and without Pydantic.
    """

    same: Mapping[str, str]
    stop: Sequence[str]
    fine: Sequence[str]
    words: Mapping[str, Sequence[str]]
    settles: Mapping[str, Sequence[str]]
    lasting: Sequence[str]
    undoes: Mapping[str, Sequence[str]]
    hushes: Sequence[str]
    alarms: Sequence[str]
    vague: Sequence[str]
    doubted: Mapping[str, Sequence[str]]


Sign = tuple[str, Language, str]
"""Whose a sign is, its language, and the sign itself."""


@frozen
class Match:
    """A playbook that a text may mean; ``score`` from 0 (hardly) to 1 (in the words of its signs)."""

    playbook: str
    score: float


class Triage:
    """Ranks playbooks by their ``signs`` for what people say; one language's signs count more if it is known.

    ``ready`` may know the scales already: weighing takes a second and more.
    """

    def __init__(
        self, known: Knowledge, signs: Iterable[Sign] = (), ready: Ready = lambda _, weighed: weighed()
    ) -> None:
        self._speech = Speech(known.same, known.stop, known.fine)
        self._meanings = Meanings(known.words)
        self._settles = {name: frozenset(unless) for name, unless in known.settles.items()}
        self._lasting = frozenset(known.lasting)
        self._undoes = {name: frozenset(undone) for name, undone in known.undoes.items()}
        self._hushes = frozenset(known.hushes)
        self._alarms = _meetings(known.alarms)
        self._doubted = {name: _meetings(signs) for name, signs in known.doubted.items()}
        self._vague = frozenset(known.vague)
        self._words = tuple(word for words in known.words.values() for word in words)
        self._said = tuple(signs)
        self._ready = ready
        self._scales: dict[Language | None, Scales] = {}

    def rank(self, text: str, language: Language | None = None) -> list[Match]:
        """Give the playbooks that ``text`` may mean, best first; an empty list if it tells of no incident."""
        scales = self.scales(language)
        telling = self._telling(text[:_LONGEST])
        units = [(" ".join(telling), 1.0)]
        if len(telling) > 1:
            units += [(clause, _CLAUSE) for clause in telling if len(clause) > _CALL or self._hush(clause) == 1.0]
        best: dict[str, float] = {}
        for unit, counts in units:
            weighed = scales.weigh(self._evidence(unit))
            calm = weighed.pop(CALM, 0.0)
            hushed = self._hush(unit)
            calm *= _CALM_IN_ALARM if hushed == 1.0 else 1.0
            for name in self._vague & weighed.keys():
                weighed[name] *= _VAGUE
            if max(weighed.values(), default=0.0) * hushed > max(calm, _FLOOR if hushed == 1.0 else _UNALARMED_FLOOR):
                for name, score in weighed.items():
                    part = _PART_OF_MORE if name in self._doubted and counts < 1.0 else counts
                    best[name] = max(best.get(name, 0.0), (score * hushed - max(0.0, calm - score)) * part)
        told = frozenset(self._meanings.of(units[0][0]))
        for name in self._doubted.keys() & best.keys():
            best[name] *= _DOUBTED if any(meeting <= told for meeting in self._doubted[name]) else 1.0
        ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))
        floor = _BESIDE_BEST * ranked[0][1] if ranked else 1.0
        return [Match(name, round(min(score, 1.0), 3)) for name, score in ranked if score >= floor]

    def alarms(self, text: str) -> bool:
        """Say whether a text holds a word of alarm in a clause that can tell of trouble: "lost", "does not open"."""
        return any(self._alarms_in(frozenset(self._meanings.of(clause))) for clause in self._telling(text[:_LONGEST]))

    def scales(self, language: Language | None) -> Scales:
        """Give all signs, weighed for a speaker of this language."""
        if language not in self._scales:
            self._scales[language] = self._ready(language, lambda: self._weighed(language))
        return self._scales[language]

    def _weighed(self, language: Language | None) -> Scales:
        return Scales.of(
            (name, evidence, 1.0 if language in {None, written} else _OTHER_LANGUAGE)
            for name, written, evidence in self._signs
        )

    @cached_property
    def _signs(self) -> list[tuple[str, Language, Evidence]]:
        """Whose each sign is, in which language, and what it gives away."""
        return [
            (name, language, self._evidence(" ".join(self._speech.clauses(sign))))
            for name, language, sign in self._said
        ]

    @cached_property
    def _vocabulary(self) -> list[str]:
        """Name the Latin words that signs and groups of meaning hold; they are the same on all scales."""
        scales = next(iter(self._scales.values()), None) or self.scales(None)
        said = (*self._words, *(trait for trait in scales.traits if trait.endswith(" ")))
        return sorted({part for word in said for part in word.split() if LATIN.match(part)})

    def _evidence(self, clause: str) -> Evidence:
        return self._meanings.evidence(clause)

    def _telling(self, text: str) -> list[str]:
        """Give the clauses that can tell of trouble and that none after them takes back."""
        telling: list[str] = []
        taken_back: set[str] = set()
        for sentence in reversed(self._speech.sentences(text)):
            clauses = [self._mend(clause) for clause in sentence]
            for clause, tells in reversed([*zip(clauses, self._tell(clauses), strict=True)]):
                groups = self._meanings.of(clause)
                if tells and taken_back.isdisjoint(groups):
                    telling.append(clause)
                taken_back.update(*(self._undoes[name] for name in groups if name in self._undoes))
        return telling[::-1]

    def _tell(self, clauses: Sequence[str]) -> Iterator[bool]:
        """Say of each clause of a sentence whether it can tell of trouble: not of working order, of a lesson, of others."""
        lasting: set[str] = set()
        for clause in clauses:
            groups = frozenset(self._meanings.of(clause))
            lasting |= groups & self._lasting
            settled = any(self._settles[name].isdisjoint(groups) for name in self._settles.keys() & (groups | lasting))
            yield not settled and (self._alarms_in(groups) or not self._speech.is_fine(clause))

    def _hush(self, clause: str) -> float:
        """Say how much of a clause's weight stays: less without a word of alarm, still less if it asks or reports."""
        groups = frozenset(self._meanings.of(clause))
        if self._alarms_in(groups):
            return 1.0
        return _UNALARMED if self._hushes.isdisjoint(groups) else _HUSHED

    def _alarms_in(self, groups: frozenset[str]) -> bool:
        return any(alarm <= groups for alarm in self._alarms)

    def _mend(self, clause: str) -> str:
        """Replace a mistyped Latin word by the one it is nearest to."""
        if not LATIN.search(clause):
            return clause
        return " ".join(self._mended(word) for word in clause.split())

    def _mended(self, word: str) -> str:
        if len(word) < 5 or not word.isascii() or word in self._vocabulary:
            return word
        from rapidfuzz import distance, process  # noqa: PLC0415  (a start needn't wait for it: few write a Latin word wrongly)

        found = process.extractOne(
            word, self._vocabulary, scorer=distance.DamerauLevenshtein.normalized_similarity, score_cutoff=0.8
        )
        return found[0] if found and found[0][0] == word[0] else word


def _meetings(written: Iterable[str]) -> tuple[frozenset[str], ...]:
    """Read groups of which each stands for itself or, joined by "+", only for where all of them meet."""
    return tuple(frozenset(meeting.split("+")) for meeting in written)
