"""What of one text must not be kept, and how it is covered wherever it would be."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.privacy.guard import Guard
from bot.privacy.hits import KINDS, Hit, Kind
from bot.privacy.phones import digits_of
from contacts.written.signs import flat

_AROUND = r"(?<![A-Za-z0-9:._-]){}(?![A-Za-z0-9:._-])"
"""What was found is covered elsewhere, too, but not inside of ids and the like."""

_CALLED = 2
"""Signs behind a name of one sign by which it is known again: 林さん."""


class Cover:
    """Covers what the guard finds in a text, and what it found in the text that was written, wherever that stands again."""

    def __init__(
        self, guard: Guard, written: str, marks: Mapping[Kind, str], *, but: frozenset[Kind] = frozenset()
    ) -> None:
        """``written`` is the whole text; ``marks`` stand in the place of what is found, kinds in ``but`` are left alone."""
        self._guard, self._marks, self._but = guard, marks, but
        self._others = frozenset(map(digits_of, guard.to_keep(written)))
        hits = self._found(written)
        self.kinds: tuple[Kind, ...] = tuple(kind for kind in KINDS if any(hit.kind == kind for hit in hits))
        pieces = {written[hit.start : hit.end + (_CALLED if hit.end - hit.start == 1 else 0)]: hit for hit in hits}
        longest_first = sorted(pieces, key=len, reverse=True)
        self._again = (
            re.compile("|".join(_AROUND.format(re.escape(piece)) for piece in longest_first)) if hits else None
        )
        self._mark_of = {piece: marks[hit.kind] + piece[hit.end - hit.start :] for piece, hit in pieces.items()}

    def __call__(self, text: str) -> str:
        """Give a text with marks in the place of what is in it."""
        covered, last = [], 0
        for hit in self._found(text):
            covered += [text[last : hit.start], self._marks[hit.kind]]
            last = hit.end
        plain = "".join((*covered, text[last:]))
        return self._again.sub(lambda found: self._mark_of[found[0]], plain) if self._again is not None else plain

    def _found(self, text: str) -> tuple[Hit, ...]:
        hits = (hit for hit in self._guard.found(text) if hit.kind not in self._but)
        return tuple(hit for hit in hits if not self._is_others(text[hit.start : hit.end]))

    def _is_others(self, found: str) -> bool:
        """Say whether the whole text tells that a number is a firm's, which now stands without its word."""
        return bool(self._others) and digits_of(flat(found)) in self._others
