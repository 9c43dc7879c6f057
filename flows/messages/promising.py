"""What is said about promises of people outside."""

from __future__ import annotations

from dataclasses import dataclass

from flows.messages.message import Message


@dataclass(frozen=True)
class PromiseTaken(Message):
    """A promise was noted: the one of ``turn``."""

    turn: int


@dataclass(frozen=True)
class PromiseMissed(Message):
    """The time of a promise is over, for the ``count``-th time."""

    turn: int
    count: int = 1


@dataclass(frozen=True)
class PromiseSettled(Message):
    """What came of a promise."""

    turn: int
