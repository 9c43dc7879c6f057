"""What is said about promises of people outside."""

from __future__ import annotations

from flows.messages.message import Message
from playbooks.frozen import frozen


@frozen
class PromiseTaken(Message):
    """A promise was noted: the one of ``turn``."""

    turn: int


@frozen
class PromiseMissed(Message):
    """The time of a promise is over, for the ``count``-th time."""

    turn: int
    count: int = 1


@frozen
class PromiseSettled(Message):
    """What came of a promise."""

    turn: int
