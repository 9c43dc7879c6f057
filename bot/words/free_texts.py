"""The free texts of a run: what people wrote in their own words, entry by entry, for whoever looks at it before it goes out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flows.record.journal import Entry
from flows.written.free_text import KEPT_HERE, written

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
