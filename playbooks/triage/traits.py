"""What a folded clause gives away: runs of letters, words, and above all which groups of meaning meet in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, pairwise

from playbooks.triage.speech import LATIN, any_of

Evidence = dict[str, float]
"""How much each trait of a text counts before its rarity is known."""

_RUNS = re.compile(r"[a-z][a-z ]*|[^a-z ]+")
_HIRAGANA = re.compile(r"[ぁ-ん]")

_RUN_OF_SIGNS = {1: 0.25, 2: 0.7, 3: 0.8, 4: 0.6}
_WORD, _WORD_PAIR, _PART_OF_WORD, _PART = 1.0, 1.2, 0.3, 4
_MEANING, _MEETING = 3.0, 4.0
"""A group of meaning outweighs spelling, and two that meet outweigh one: "chart" + "does not open"."""


class Meanings:
    """Finds groups of meaning: ``groups`` is their names with their folded words."""

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        self._groups = {
            name: any_of(word for word in words if len(word) > 1 or not (LATIN.match(word) or _HIRAGANA.match(word)))
            for name, words in groups.items()
        }

    def of(self, clause: str) -> list[str]:
        """Name the groups that a folded clause touches, in order of name."""
        return sorted(name for name, words in self._groups.items() if words.search(clause))

    def evidence(self, clause: str) -> Evidence:
        """Give everything a folded clause gives away."""
        found: Evidence = dict(_spelling(clause))
        groups = self.of(clause)
        found.update({f"={name}": _MEANING for name in groups})
        found.update({f"={one}+{other}": _MEETING for one, other in combinations(groups, 2)})
        return found


def _spelling(clause: str) -> Iterator[tuple[str, float]]:
    for run in _RUNS.findall(clause):
        if LATIN.match(run):
            words = run.split()
            for word in words:
                yield f"{word} ", _WORD
                framed = f"<{word}>"
                yield from ((framed[i : i + _PART], _PART_OF_WORD) for i in range(len(framed) - _PART + 1))
            yield from ((f"{one} {next_}", _WORD_PAIR) for one, next_ in pairwise(words))
            continue
        for length, counts in _RUN_OF_SIGNS.items():
            for start in range(len(run) - length + 1):
                part = run[start : start + length]
                if length > 1 or not _HIRAGANA.match(part):
                    yield part, counts
