"""The free texts of a run: what people wrote in their own words, entry by entry, for whoever looks at it before it goes out."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from itertools import accumulate
from typing import Any, Final

from contacts.roster import Roster
from contacts.written.mentions import Mention, mentions
from flows.events.calling import CircleAsked, Declared, Reported, ReportedAgain
from flows.events.telling import NoteTaken
from flows.events.working import HandedOver
from flows.naming import kept_name
from flows.record.journal import Entry
from flows.state.run import Looked, Run
from flows.written.free_text import KEPT_HERE, written
from playbooks.frozen import frozen

MOST_TEXTS: Final = 12
MOST_SIGNS: Final = 2400
"""What a page holds at most; a longer text has one for itself, and is shown so far."""

_AROUND: Final = 60
"""Signs that stand around a text: when, who, in what."""

_ASKED: Final = kept_name(CircleAsked)
_BEGUN: Final = frozenset(map(kept_name, (Declared, HandedOver)))
_TOLD: Final = frozenset(map(kept_name, (Reported, ReportedAgain, NoteTaken)))
"""Kinds of entries in which somebody tells what they have seen."""

PARTIES: Final = ("ppc", "police", "mhlw", "health_centre", "insurer", "vendor", "persons")
"""To whom words may go."""


@frozen
class FreeText:
    """What somebody (``by``) wrote in one entry; ``digest`` is the entry's, which no other has.

    ``corrected`` says that a later entry puts other words in its place, ``confided`` that it tells of a matter for a few:
    whatever stands in it is about somebody, named or not.
    """

    turn: int
    seq: int
    digest: bytes
    at: datetime
    by: str
    kind: str
    text: str
    corrected: bool = False
    confided: bool = False

    def stands_out(self, roster: Roster) -> tuple[Mention, ...]:
        """Give what in it seems to name somebody or to be a number of theirs."""
        return (Mention(0, len(self.text), "name"),) if self.confided else mentions(self.text, roster)


@frozen
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
    return Page(tuple((text, text.stands_out(roster)) for text in page), len(left))


def free_texts(entries: Iterable[Entry]) -> list[FreeText]:
    """Give what may go out of one run's entries once it was looked at, in order."""
    bodies = [(entry, body) for entry in entries if (body := _body(entry))]
    confided = _TOLD if any(_for_a_few(entry.kind, body) for entry, body in bodies) else frozenset()
    found = [(entry, written(entry.kind, body)) for entry, body in bodies]
    corrected = {json.loads(e.body).get("of") for e, words in found if e.kind == "corrected" and words}
    return [
        FreeText(
            e.turn,
            e.seq,
            e.digest,
            e.occurred_at,
            e.actor,
            e.kind,
            said(words),
            corrected=e.turn in corrected,
            confided=e.kind in confided,
        )
        for e, words in found
        if words
    ]


def let_go(entries: Iterable[Entry], looked: Mapping[int, Looked], to: Collection[str]) -> Mapping[int, Looked]:
    """Give what was decided as it holds for those to whom something goes (all of them: ``to``).

    Of a matter for a few, what was told goes only to whom the decision named; for others nobody has looked at it yet.
    """
    if not any(one.keep for one in looked.values()):
        return looked
    confided = {text.turn for text in free_texts(entries) if text.confided}
    held = {t for t, one in looked.items() if one.keep and t in confided and not (to and {*to} <= {*one.to})}
    return {turn: one for turn, one in looked.items() if turn not in held}


def said(words: Mapping[str, str]) -> str:
    """Join what was written in the fields of an entry."""
    return "\n".join(words.values())


def _for_a_few(kind: str, body: Mapping[str, Any]) -> bool:
    """Say whether an entry tells that its run is a matter for those who decide alone."""
    return kind == _ASKED or (kind in _BEGUN and bool(body["playbook"].get("calls") == "deciders"))


def _body(entry: Entry) -> Mapping[str, Any] | None:
    """Read a body of which something may go out; None if there is none, or it can't be read."""
    if entry.kind in KEPT_HERE:
        return None
    try:
        body = json.loads(entry.body)
    except ValueError:
        return None
    return body if isinstance(body, dict) else None
