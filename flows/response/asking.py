"""What people order in a run, what they are asked to write for it, and what becomes of words that are no answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from flows.commands.command import Command
from flows.events.telling import Corrected, NoteTaken
from flows.events.working import Asked, AskingDropped
from flows.powers import only
from flows.refusals import Refused
from flows.state.work import Work, decides
from flows.written.times import leading_time


def order(work: Work, command: Command) -> None:
    """Let a command come to what it comes to; Refused for whoever may not give it."""
    handler = decides.of(work, command)
    if handler is None:
        raise Refused("not_now", state=work.run.state, move=type(command).__name__)
    only(command, work.context, work.run)
    handler()


Taker = Callable[[Work, Mapping[str, Any], str], None]

TAKERS: dict[str, Taker] = {}
"""Who takes the text that was asked for, by :attr:`flows.events.working.Asked.what`; they are given what it is about, too."""


def takes(*asked: str) -> Callable[[Taker], Taker]:
    """Register who takes a text; ValueError if somebody takes it already."""

    def register(taker: Taker) -> Taker:
        for what in asked:
            if TAKERS.setdefault(what, taker) is not taker:
                raise ValueError(f"{taker.__qualname__}: what is asked as {what!r} is taken by another")
        return taker

    return register


_CORRECTION = re.compile(r"^\s*(?:訂正|ていせい|correction)\s*[:\uff1a、,]?\s*", re.IGNORECASE)


def is_correction(text: str) -> bool:
    """Say whether a text puts right the one before it (「訂正 …」, "correction: …")."""
    return _CORRECTION.match(text) is not None


def put_right(text: str) -> str:
    """Give what a text that puts right the one before it says instead."""
    return _CORRECTION.sub("", text)


def take_note(work: Work, text: str, *, answered: bool = False) -> None:
    """Write a text down; a time at its start is when it happened, 「訂正」 makes it correct the writer's last note.

    ``answered``: what the words did is told.
    """
    zone_now = work.context.roster.facility.local(work.context.said_at)
    found = _CORRECTION.match(text)
    last = max((n.turn for n in work.run.notes.values() if n.by == work.context.actor), default=None)
    if found and last is not None and text[found.end() :].strip():
        right = text[found.end() :]
        timed = leading_time(right, zone_now)
        work.add(Corrected(last, text=right, occurred_at=timed[0].isoformat() if timed else None))
        return
    read = leading_time(text, zone_now)
    if read and read[1].strip():
        work.add(NoteTaken(text, timed=True, answered=answered), occurred_at=read[0])
    else:
        work.add(NoteTaken(text, answered=answered))


def ask_once_more(work: Work, what: str, about: Mapping[str, Any], text: str) -> None:
    """Keep words that are no answer as a note, and ask once more, with an example; the second time nothing is waited for."""
    asked_again = bool(about.get("again"))
    work.add(AskingDropped(work.context.actor))
    take_note(work, text)
    if not asked_again:
        work.add(Asked(work.context.actor, what, {**about, "again": True}))
