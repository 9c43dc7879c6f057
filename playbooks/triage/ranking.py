"""Which playbook somebody's words mean: free text in, playbooks out, best first; nothing if nothing happened.

Every playbook brings its signs, short phrases people would say. A text is compared with them twice: what do its
traits speak for over all signs (votes), and which single signs is it close to (neighbours)? The second finds a playbook
that a facility has added with a handful of signs. What is said all day (``calm``) competes as if it were a playbook.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain

from pydantic import model_validator
from rapidfuzz import distance, process

from playbooks.frozen import frozen
from playbooks.texts import WRITTEN, Data, Language, Texts
from playbooks.triage.speech import LATIN, Speech
from playbooks.triage.traits import Evidence, Meanings

_CALM = ""
"""The name under which everyday talk competes; no playbook can have it."""

_LONGEST = 2000
"""Signs of a text that are read; a story has said by then what happened."""

_OTHER_LANGUAGE = 0.5
"""How much a sign in the other language counts when the speaker's is known: people quote English screens."""

_CALL = 3
"""Signs of a clause that may only call somebody ("院長、…"); without a word of alarm it is not weighed by itself."""

_SMALL = 5
"""Signs added to each playbook's count, so that a rare word of a small playbook doesn't outshout a large one."""

_UNSEEN, _RARE, _SHARPER = 0.15, 0.02, 1.5
_NEIGHBOURS, _CLOSEST = 0.6, 40
_CLAUSE, _UNALARMED, _HUSHED = 0.92, 0.75, 0.55
_FLOOR, _UNALARMED_FLOOR, _BESIDE_BEST, _VAGUE = 0.08, 0.17, 0.2, 0.85
_CALM_IN_ALARM, _DOUBTED, _PART_OF_MORE = 0.8, 0.6, 0.75
"""Measured on the tune part of the utterances, never on the held-out part."""


class Lexicon(Data):
    """What helps to understand people and belongs to no single playbook; ``library/triage.yaml`` in this shape.

    ``means`` are words that mean much the same in this place. ``settles`` names those groups after which a clause
    tells no trouble however it is worded ("restored", "drill", "at a friend's"), unless one of those given with it is in
    the same clause ("ours, too"); ``lasting`` names
    those that hold for the rest of the sentence, too; ``undoes`` names groups that take back those beside them in what was said before
    ("found it" after "lost"); ``hushes`` those that only make it less likely (a
    question, an order, a deed done) unless one of ``alarms`` is in the same clause (``a+b``: only where both meet). ``vague`` names playbooks that give way to
    a more definite one that is nearly as near, ``doubted`` those that give way where one of these is told, too.
    """

    same: dict[str, str] = {}
    stop: tuple[str, ...] = ()
    fine: tuple[str, ...] = ()
    means: dict[str, Texts] = {}
    settles: dict[str, tuple[str, ...]] = {}
    lasting: tuple[str, ...] = ()
    undoes: dict[str, tuple[str, ...]] = {}
    hushes: tuple[str, ...] = ()
    alarms: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()
    doubted: dict[str, tuple[str, ...]] = {}
    calm: Texts = Texts()


@frozen
class Match:
    """A playbook that a text may mean; ``score`` from 0 (hardly) to 1 (in the words of its signs)."""

    playbook: str
    score: float


class Rows(Data):
    """A sparse table by row: row n holds ``shares`` of ``whose`` from ``begins[n]`` until before ``begins[n + 1]``.

    Flat, since it is read back at each start: as lists of pairs that took five times as long.
    """

    begins: tuple[int, ...]
    whose: tuple[int, ...]
    shares: tuple[float, ...]

    @classmethod
    def of(cls, rows: Iterable[Sequence[tuple[int, float]]]) -> Rows:
        """Lay out rows."""
        rows = list(rows)
        cells = list(chain.from_iterable(rows))
        begins = accumulate(map(len, rows), initial=0)
        return cls(
            begins=tuple(begins), whose=tuple(who for who, _ in cells), shares=tuple(share for _, share in cells)
        )

    def fits(self, rows: int, columns: int) -> bool:
        """Say whether it is whole, and as large as that."""
        inside = min(self.whose, default=0) >= 0 and max(self.whose, default=-1) < columns
        return len(self.begins) == rows + 1 and self.begins[-1] == len(self.whose) == len(self.shares) and inside

    def row(self, number: int) -> Iterator[tuple[int, float]]:
        """Give one row."""
        here = slice(self.begins[number], self.begins[number + 1])
        return zip(self.whose[here], self.shares[here], strict=True)


class Scales(Data):
    """All signs, weighed: which playbook a trait speaks for, and how near a text is to each sign.

    ``rarity`` is the weight of each of ``traits``; a row of ``votes`` says how much of it goes to which of ``names``, one of
    ``holders`` which signs have the trait, each with the trait's share in it. ``owners`` says whose each sign is. ``newest``
    is the rarity of a trait that no sign has.
    """

    names: tuple[str, ...]
    newest: float
    traits: tuple[str, ...]
    rarity: tuple[float, ...]
    votes: Rows
    owners: tuple[int, ...]
    holders: Rows

    @classmethod
    def of(cls, signs: Iterable[tuple[str, Evidence, float]]) -> Scales:
        """Weigh signs, each with whose it is, its evidence, and how much it counts."""
        signs = list(signs)
        sizes: Counter[str] = Counter()
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for name, evidence, counts in signs:
            sizes[name] += counts  # type: ignore[assignment]
            for trait in evidence:
                found[trait][name] += counts  # type: ignore[assignment]
        places = {name: place for place, name in enumerate(sizes)}
        rarity = {trait: math.log(1 + len(signs) / sum(names.values())) for trait, names in found.items()}
        votes: list[list[tuple[int, float]]] = []
        for names in found.values():
            shares = {name: count / (sizes[name] + _SMALL) for name, count in names.items()}
            whole = sum(shares.values()) + _RARE
            votes.append([(places[name], (share / whole) ** _SHARPER) for name, share in shares.items()])
        holders: dict[str, list[tuple[int, float]]] = {trait: [] for trait in found}
        for place, (_, evidence, counts) in enumerate(signs):
            heavy = {trait: weight * rarity[trait] for trait, weight in evidence.items()}
            length = math.hypot(*heavy.values()) or 1.0
            for trait, weight in heavy.items():
                holders[trait].append((place, counts * weight / length))
        return cls(
            names=tuple(sizes),
            newest=math.log(1 + len(signs)),
            traits=tuple(found),
            rarity=tuple(rarity.values()),
            votes=Rows.of(votes),
            owners=tuple(places[name] for name, _, _ in signs),
            holders=Rows.of(holders.values()),
        )

    def weigh(self, evidence: Evidence) -> dict[str, float]:
        """Give every playbook's weight, 0 to about 1."""
        votes: dict[int, float] = defaultdict(float)
        heavy: dict[int, float] = {}
        whole = 0.0
        for trait, weight in evidence.items():
            number = self._numbers.get(trait)
            if number is None:
                whole += weight * self.newest * _UNSEEN
                continue
            heavy[number] = weight * self.rarity[number]
            whole += heavy[number]
            for name, share in self.votes.row(number):
                votes[name] += heavy[number] * share
        near = self._near(heavy)
        return {
            name: (1 - _NEIGHBOURS) * votes[place] / (whole or 1.0) + _NEIGHBOURS * near.get(place, 0.0)
            for place, name in enumerate(self.names)
        }

    @model_validator(mode="after")
    def _is_whole(self) -> Scales:
        traits, signs = len(self.traits), len(self.owners)
        whole = (
            len(self.rarity) == traits and self.votes.fits(traits, len(self.names)) and self.holders.fits(traits, signs)
        )
        if not (whole and all(owner < len(self.names) for owner in self.owners)):
            raise ValueError("its parts don't fit each other")
        return self

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {trait: number for number, trait in enumerate(self.traits)}

    def _near(self, heavy: Mapping[int, float]) -> dict[int, float]:
        """Say how close the nearest signs of each playbook are: the nearest counts half, the nearest three the rest."""
        length = math.hypot(*heavy.values()) or 1.0
        likeness: dict[int, float] = defaultdict(float)
        for number, weight in heavy.items():
            for place, part in self.holders.row(number):
                likeness[place] += weight * part / length
        nearest: dict[int, list[float]] = defaultdict(list)
        for place in sorted(likeness, key=likeness.__getitem__, reverse=True)[:_CLOSEST]:
            nearest[self.owners[place]].append(likeness[place])
        return {name: (values[0] + sum(values[:3]) / 3) / 2 for name, values in nearest.items()}


Ready = Callable[[Language | None, Callable[[], Scales]], Scales]
"""Gives the scales for a language, from wherever they are kept, or as they are weighed now."""


class Triage:
    """Ranks playbooks by their ``signs`` for what people say; one language's signs count more if it is known.

    ``ready`` may know the scales already: weighing takes a second and more.
    """

    def __init__(
        self, signs: Mapping[str, Texts], lexicon: Lexicon, ready: Ready = lambda _, weighed: weighed()
    ) -> None:
        self._speech = Speech(lexicon.same, lexicon.stop, lexicon.fine)
        words = {name: [self._speech.term(word) for word in (*t.ja, *t.en)] for name, t in lexicon.means.items()}
        self._meanings = Meanings(words)
        self._settles = {name: frozenset(unless) for name, unless in lexicon.settles.items()}
        self._lasting = frozenset(lexicon.lasting)
        self._undoes = {name: frozenset(undone) for name, undone in lexicon.undoes.items()}
        self._hushes = frozenset(lexicon.hushes)
        self._alarms = _meetings(lexicon.alarms)
        self._doubted = {name: _meetings(signs) for name, signs in lexicon.doubted.items()}
        self._vague = frozenset(lexicon.vague)
        self._words = tuple(word for name in words for word in words[name])
        self._texts = {**signs, _CALM: lexicon.calm}
        self._ready = ready
        self._scales: dict[Language | None, Scales] = {}

    def rank(self, text: str, language: Language | None = None) -> list[Match]:
        """Give the playbooks that ``text`` may mean, best first; an empty list if it tells of no incident."""
        scales = self._scales_for(language)
        telling = self._telling(text[:_LONGEST])
        units = [(" ".join(telling), 1.0)]
        if len(telling) > 1:
            units += [(clause, _CLAUSE) for clause in telling if len(clause) > _CALL or self._hush(clause) == 1.0]
        best: dict[str, float] = {}
        for unit, counts in units:
            weighed = scales.weigh(self._evidence(unit))
            calm = weighed.pop(_CALM, 0.0)
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

    def _scales_for(self, language: Language | None) -> Scales:
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
            for name, texts in self._texts.items()
            for language in WRITTEN
            for sign in texts.in_language(language)
        ]

    @cached_property
    def _vocabulary(self) -> list[str]:
        """Name the Latin words that signs and groups of meaning hold; they are the same on all scales."""
        scales = next(iter(self._scales.values()), None) or self._scales_for(None)
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
        found = process.extractOne(
            word, self._vocabulary, scorer=distance.DamerauLevenshtein.normalized_similarity, score_cutoff=0.8
        )
        return found[0] if found and found[0][0] == word[0] else word


def _meetings(written: Iterable[str]) -> tuple[frozenset[str], ...]:
    """Read groups of which each stands for itself or, joined by "+", only for where all of them meet."""
    return tuple(frozenset(meeting.split("+")) for meeting in written)
