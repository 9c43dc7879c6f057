"""What is said when somebody is in danger; ``turn`` is that at which it was seen."""

from __future__ import annotations

from dataclasses import dataclass

from flows.messages.message import Message


@dataclass(frozen=True)
class DangerWords(Message):
    """Whom to call and what to do, at once: nothing to answer."""

    danger: str


@dataclass(frozen=True)
class DangerAsked(Message):
    """Everybody will be rung, or may be; say so if it is none."""

    turn: int


@dataclass(frozen=True)
class DangerAlarm(Message):
    """Somebody here is in danger: come."""

    turn: int


@dataclass(frozen=True)
class DangerOver(Message):
    """The danger of which you were told is none."""

    turn: int
