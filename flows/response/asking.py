"""What people are asked to write, and who takes what they write then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flows.state.work import Work

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
