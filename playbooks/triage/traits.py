"""What a folded clause gives away: runs of letters, words, and above all which groups of meaning meet in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, pairwise

from playbooks.triage.speech import LATIN, PATTERN, remembered

Evidence = dict[str, float]
"""How much each trait of a text counts before its rarity is known."""

_RUNS = re.compile(r"[a-z][a-z ]*|[^a-z ]+")
_BETWEEN = ".{0,14}?"
"""What a pattern's "…" may stand for: a few words of the same clause."""
_HIRAGANA = re.compile(r"[ぁ-ん]")

_RUN_OF_SIGNS = {1: 0.25, 2: 0.7, 3: 0.8, 4: 0.6}
_WORD, _WORD_PAIR, _PART_OF_WORD, _PART = 1.0, 1.2, 0.3, 4
_MEANING, _MEETING = 3.0, 3.2
"""A group of meaning outweighs spelling, and two that meet outweigh one: "chart" + "does not open"."""


class Meanings:
    """Finds groups of meaning: ``groups`` is their names with their folded words and patterns (`Speech.term`)."""

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        self._words: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._patterns: list[tuple[str, re.Pattern[str]]] = []
        for name, words in groups.items():
            for word in words:
                if PATTERN.search(word):
                    self._patterns.append((name, _compiled(word)))
                elif len(word) > 1 or not (LATIN.match(word) or _HIRAGANA.match(word)):
                    self._words[word[:2]].append((word, name))

        self.of = remembered(self._of)

    def _of(self, clause: str) -> tuple[str, ...]:
        """Name the groups that a folded clause touches, in order of name."""
        found = {name for name, pattern in self._patterns if pattern.search(clause)}
        for start in range(len(clause)):
            for opening in (clause[start], clause[start : start + 2]):
                for word, name in self._words.get(opening, ()):
                    if name not in found and clause.startswith(word, start) and _whole(clause, start, word):
                        found.add(name)
        return tuple(sorted(found))

    def evidence(self, clause: str) -> Evidence:
        """Give everything a folded clause gives away."""
        found: Evidence = dict(_spelling(clause))
        groups = self.of(clause)
        found.update({f"={name}": _MEANING for name in groups})
        found.update({f"={one}+{other}": _MEETING for one, other in combinations(groups, 2)})
        return found


def _whole(clause: str, start: int, word: str) -> bool:
    """Say whether a word that stands there is not a part of a longer Latin one."""
    end = start + len(word)
    inside_before = start > 0 and LATIN.match(word[0]) and LATIN.match(clause[start - 1])
    inside_after = end < len(clause) and LATIN.match(word[-1]) and LATIN.match(clause[end])
    return not (inside_before or inside_after)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("(", "(?:").replace("…", _BETWEEN))


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
