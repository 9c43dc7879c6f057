"""All signs of all playbooks, weighed: how near a text comes to each, and what its traits speak for."""

from __future__ import annotations

import json
import math
import sys
from array import array
from base64 import b64decode, b64encode
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain
from typing import Any

from playbooks.frozen import frozen
from playbooks.phrasing import Language
from playbooks.remembering import remembered
from playbooks.triage.traits import Evidence

MOST = 8
"""Scales that are remembered, some megabytes each: those of two versions of the program, or of two facilities, in all languages."""

_SMALL = 5
"""Signs added to each playbook's count, so that a rare word of a small playbook doesn't outshout a large one."""

_UNSEEN, _RARE, _SHARPER = 0.15, 0.02, 1.5
_NEIGHBOURS, _CLOSEST = 0.6, 40
"""Measured as those of `playbooks.triage.ranking` are."""

_WHOLE, _REAL = "I", "d"
"""Numbers that count, and shares: as numbers of the machine, a fifth of what they take as Python's own, and read back at once."""


@frozen
class Rows:
    """A sparse table by row: row n holds ``shares`` of ``whose`` from ``begins[n]`` until before ``begins[n + 1]``."""

    begins: array[int]
    whose: array[int]
    shares: array[float]

    @classmethod
    def of(cls, rows: Iterable[Sequence[tuple[int, float]]]) -> Rows:
        """Lay out rows."""
        rows = list(rows)
        cells = list(chain.from_iterable(rows))
        begins = accumulate(map(len, rows), initial=0)
        whose, shares = (who for who, _ in cells), (share for _, share in cells)
        return cls(array(_WHOLE, begins), array(_WHOLE, whose), array(_REAL, shares))

    def fits(self, rows: int, columns: int) -> bool:
        """Say whether it is whole, and as large as that."""
        inside = max(self.whose, default=-1) < columns
        return len(self.begins) == rows + 1 and self.begins[-1] == len(self.whose) == len(self.shares) and inside

    def row(self, number: int) -> Iterator[tuple[int, float]]:
        """Give one row."""
        here = slice(self.begins[number], self.begins[number + 1])
        return zip(self.whose[here], self.shares[here], strict=True)


@frozen
class Scales:
    """All signs, weighed: which playbook a trait speaks for, and how near a text is to each sign.

    ``rarity`` is the weight of each of ``traits``; a row of ``votes`` says how much of it goes to which of ``names``, one of
    ``holders`` which signs have the trait, each with the trait's share in it. ``owners`` says whose each sign is. ``newest``
    is the rarity of a trait that no sign has.
    """

    names: tuple[str, ...]
    newest: float
    traits: tuple[str, ...]
    rarity: array[float]
    votes: Rows
    owners: array[int]
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
            rarity=array(_REAL, rarity.values()),
            votes=Rows.of(votes),
            owners=array(_WHOLE, (places[name] for name, _, _ in signs)),
            holders=Rows.of(holders.values()),
        )

    @classmethod
    def model_validate_json(cls, json_data: bytes) -> Scales:
        """Read them back; ValueError for what is none, or was written by another kind of machine."""
        try:
            kept = json.loads(json_data)
            if kept["machine"] != _machine():
                raise ValueError("the numbers are another machine's")
            votes, holders = (
                Rows(_numbers(_WHOLE, begins), _numbers(_WHOLE, whose), _numbers(_REAL, shares))
                for begins, whose, shares in (kept["votes"], kept["holders"])
            )
            read = cls(
                tuple(kept["names"]),
                float(kept["newest"]),
                tuple(kept["traits"]),
                _numbers(_REAL, kept["rarity"]),
                votes,
                _numbers(_WHOLE, kept["owners"]),
                holders,
            )
            read._check()
        except (KeyError, TypeError) as error:
            raise ValueError("these are no scales") from error
        return read

    def model_dump_json(self, *, exclude_unset: bool) -> str:
        """Write them down; the numbers as they lie in memory, in base64."""
        rows = {
            name: [_packed(each.begins), _packed(each.whose), _packed(each.shares)]
            for name, each in (("votes", self.votes), ("holders", self.holders))
        }
        kept = {"machine": _machine(), "names": self.names, "newest": self.newest, "traits": self.traits}
        kept |= {"rarity": _packed(self.rarity), "owners": _packed(self.owners), **rows}
        return json.dumps(kept, ensure_ascii=False)

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

    def _check(self) -> None:
        traits, signs, names = len(self.traits), len(self.owners), len(self.names)
        whole = len(self.rarity) == traits and self.votes.fits(traits, names) and self.holders.fits(traits, signs)
        if not (whole and max(self.owners, default=-1) < names):
            raise ValueError("its parts don't fit each other")

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


def remembered_as(name: str) -> Ready:
    """Give what finds scales under a name where they were weighed before: weighing takes a second and more."""

    def ready(language: Language | None, weighed: Callable[[], Scales]) -> Scales:
        return remembered(Scales, [name.encode(), (language or "").encode()], weighed, most=MOST) or weighed()

    return ready


def _machine() -> list[Any]:
    """Say how numbers lie in memory here."""
    return [sys.byteorder, array(_WHOLE).itemsize, array(_REAL).itemsize]


def _packed(numbers: array[Any]) -> str:
    return b64encode(numbers.tobytes()).decode()


def _numbers(kind: str, packed: str) -> array[Any]:
    return array(kind, b64decode(packed))
