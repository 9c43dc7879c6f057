"""The free texts of a run: what people wrote in their own words, entry by entry, for whoever looks at it before it goes out."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import accumulate
from typing import Final

from contacts.roster import Roster
from contacts.written.mentions import Mention, mentions
from flows.record.journal import Entry
from flows.state.run import Run
from flows.written.free_text import KEPT_HERE, written

MOST_TEXTS: Final = 12
MOST_SIGNS: Final = 2400
"""What a page holds at most; a longer text has one for itself, and is shown so far."""

_AROUND: Final = 60
"""Signs that stand around a text: when, who, in what."""

REASONS: Final = ("names", "numbers", "inside")
"""Why words are withheld, where a tap says it: they name somebody, hold a number, or are the house's own business."""


@dataclass(frozen=True)
class FreeText:
    """What somebody (``by``) wrote in one entry; ``digest`` is the entry's, which no other has.

    ``corrected`` says that a later entry puts other words in its place.
    """

    turn: int
    seq: int
    digest: bytes
    at: datetime
    by: str
    kind: str
    text: str
    corrected: bool = False


@dataclass(frozen=True)
class Page:
    """Texts of one page, each with what it seems to name; ``left`` counts all that nobody has looked at yet."""

    texts: tuple[tuple[FreeText, tuple[Mention, ...]], ...]
    left: int

    @property
    def plain(self) -> tuple[int, ...]:
        """The turns of those in which nothing stands out, and that were short enough to be shown whole."""
        return tuple(text.turn for text, marks in self.texts if not marks and len(text.text) <= MOST_SIGNS)

    @property
    def digest(self) -> str:
        """What the page is known by: another one as soon as anything on it is decided, or stands out now."""
        return sha256(repr(self.plain).encode()).hexdigest()[:8]


def page_of(entries: Iterable[Entry], run: Run, roster: Roster, after: int = 0) -> Page:
    """Give the next page after a turn of what nobody has looked at; from the beginning again where nothing comes after."""
    left = [text for text in free_texts(entries) if text.turn not in run.looked_at]
    coming = [text for text in left if text.turn > after] or left
    signs = list(accumulate(len(text.text) + _AROUND for text in coming))
    most = max(1, bisect_right(signs, MOST_SIGNS))
    page = coming[: min(most, MOST_TEXTS)]
    return Page(tuple((text, mentions(text.text, roster)) for text in page), len(left))


def free_texts(entries: Iterable[Entry]) -> list[FreeText]:
    """Give what may go out of one run's entries once it was looked at, in order."""
    found = [(entry, written(entry.kind, body)) for entry in entries if (body := _body(entry))]
    corrected = {json.loads(e.body).get("of") for e, words in found if e.kind == "corrected" and words}
    return [
        FreeText(e.turn, e.seq, e.digest, e.occurred_at, e.actor, e.kind, said(words), e.turn in corrected)
        for e, words in found
        if words
    ]


def said(words: Mapping[str, str]) -> str:
    """Join what was written in the fields of an entry."""
    return "\n".join(words.values())


def _body(entry: Entry) -> Mapping[str, object] | None:
    """Read a body of which something may go out; None if there is none, or it can't be read."""
    if entry.kind in KEPT_HERE:
        return None
    try:
        body = json.loads(entry.body)
    except ValueError:
        return None
    return body if isinstance(body, dict) else None
