"""What people outside promised on the telephone; ``of`` is the turn of the answer that first held the promise."""

from __future__ import annotations

from flows.events.event import RunEvent
from playbooks.frozen import frozen


@frozen
class PromiseMoved(RunEvent):
    """The time promised is ``until`` (ISO 8601): the text was read wrongly, or named none."""

    of: int
    until: str


@frozen
class PromiseReminded(RunEvent):
    """The time promised has passed and nobody has said that they called back; for the ``count``-th time."""

    of: int
    count: int


@frozen
class PromiseKept(RunEvent):
    """They called back."""

    of: int


@frozen
class PromiseRenewed(RunEvent):
    """They were called again and promised ``text``, until ``until`` (ISO 8601; None if no time was named)."""

    of: int
    text: str
    until: str | None = None
