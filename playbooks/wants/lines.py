"""What is told of the lines of a card by their numbers, and a bare yes or no: read strictly, or not at all.

The words are data (``library/lines.yaml``).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, TypeAlias

from playbooks.authoring.folders import LIBRARY
from playbooks.authoring.shipped import shipped
from playbooks.frozen import frozen
from playbooks.texts import Data
from playbooks.triage.speech import plainly_folded

LEXICON = LIBRARY / "lines.yaml"

How: TypeAlias = Literal["done", "cannot", "unsure", "asks", "open", "bare"]
"""What is said of lines: done, can't be, isn't clear, is asked about, still waits; or they are only named."""

_CIRCLED = {ord("①") + n: f"#{n + 1}" for n in range(9)}
_ENDS = " 、,。.!:"


class LinesLexicon(Data):
    """``library/lines.yaml`` in this shape."""

    number: str
    between: str
    before: str
    front: dict[How, str]
    said: dict[How, str]
    yes: str
    no: str
    yes_label: str
    no_label: str
    left_out: str
    others: str
    place: str
    places: dict[int, str]


@frozen
class Told:
    """What a text says of lines by their numbers, the first line of a card being 1; ``marked``, that they can be nothing else.

    ``why`` says that it gives a reason, too; ``others``, that it is said of all lines but these.
    """

    numbers: tuple[int, ...]
    how: How
    marked: bool
    why: bool = False
    others: bool = False

    def meant(self, lines: int) -> tuple[int, ...]:
        """Give the numbers of the lines that are meant, of as many lines as a card has."""
        return tuple(n for n in range(1, lines + 1) if n not in self.numbers) if self.others else self.numbers


class LinesTold:
    """Reads what is told of lines."""

    def __init__(self, lexicon: LinesLexicon) -> None:
        """Compile the lexicon's patterns."""
        number, between = lexicon.number, lexicon.between
        self._number, self._before = re.compile(number), re.compile(lexicon.before)
        self._numbers = re.compile(rf"(?<![0-9.:]){number}(?:(?:{between}|(?=#)){number})*")
        self._front = {how: re.compile(said) for how, said in lexicon.front.items()}
        self._said = {how: re.compile(said) for how, said in lexicon.said.items()}
        self._bare = {word: re.compile(said) for word, said in (("yes", lexicon.yes), ("no", lexicon.no))}
        self._left_out, self._others = re.compile(lexicon.left_out), re.compile(lexicon.others)
        places = {nth: lexicon.place.replace("@nth", said) for nth, said in lexicon.places.items()}
        self._places = {nth: re.compile(said) for nth, said in places.items()}
        self._labels = {"yes": re.compile(lexicon.yes_label), "no": re.compile(lexicon.no_label)}

    def lines(self, text: str) -> tuple[Told, ...]:
        """Give what a text says of lines; nothing where any of it says something else."""
        plain = plainly_folded(text.translate(_CIRCLED)).strip(_ENDS)
        found = list(self._numbers.finditer(plain))
        if not found:
            return ()
        before = plain[: found[0].start()].strip(_ENDS)
        front = next((how for how, words in self._front.items() if words.fullmatch(before)), None)
        if front is None and not self._before.fullmatch(before):
            return ()
        ends = [*(one.start() for one in found[1:]), len(plain)]
        told = [
            self._told(one[0], plain[one.end() : end].strip(_ENDS), front) for one, end in zip(found, ends, strict=True)
        ]
        return tuple(one for one in told if one is not None) if all(told) else ()

    def place(self, text: str) -> int:
        """Give which of several things a text means that is nothing but its place, the first being 1; 0 for all else."""
        plain = plainly_folded(text.translate(_CIRCLED)).strip(_ENDS)
        return next((nth for nth, said in self._places.items() if said.fullmatch(plain)), 0)

    def yes_or_no(self, text: str) -> str:
        """Give ``yes`` or ``no`` where a text is nothing but that; empty for all else."""
        plain = plainly_folded(text).strip(_ENDS)
        return next((word for word, said in self._bare.items() if said.fullmatch(plain)), "")

    def label_says(self, word: str, label: str) -> bool:
        """Say whether the label of an answer says what a bare ``word`` (``yes``, ``no``) means."""
        return self._labels[word].fullmatch(label) is not None

    def leaves_out(self, said: str, label: str) -> bool:
        """Say whether what is said is a label without its particles (「残りない」: 残りはない)."""
        return said != label and said == self._left_out.sub("", label)

    def _told(self, numbers: str, said: str, front: How | None) -> Told | None:
        if others := self._others.match(said):
            said = said[others.end() :].strip(_ENDS)
        found = ((how, match) for how, words in self._said.items() if (match := words.fullmatch(said)))
        how, match = next(found, (None, None))
        if how is None or match is None or (front is not None and how not in ("bare", front)):
            return None
        why = bool(match.groupdict().get("why") or match.groupdict().get("because") or match.groupdict().get("after"))
        each = (re.search(r"[1-7]", one[0]) for one in self._number.finditer(numbers))
        named = tuple(dict.fromkeys(int(one[0]) for one in each if one is not None))
        marked = any(not one.isdecimal() for one in self._number.findall(numbers))
        if others and (front or how) != "done":
            return None  # of which is said what isn't done, or what is meant at all
        return Told(named, front or how, marked or others is not None, why, others=others is not None)


@cache
def lines_told() -> LinesTold:
    """Give the reader with the lexicon that comes along."""
    return LinesTold(shipped(LinesLexicon, LEXICON))
