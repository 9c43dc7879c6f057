"""What people order in a run, and what they are asked to write for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flows.commands.command import Command
from flows.powers import only
from flows.refusals import Refused
from flows.state.work import Work, decides


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
