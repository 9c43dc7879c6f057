"""What is said about the end of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flows.messages.message import Message


@dataclass(frozen=True)
class CloseRefused(Message, name="refused.close"):
    """The run can't end yet: what stands in the way."""

    obstacles: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class LeftUndone(Message, name="waived"):
    """What was let go undone."""

    steps: tuple[str, ...] = ()
    sheets: int = 0


@dataclass(frozen=True)
class SignOffAsk(Message, name="sign_off"):
    """The record waits for your signature."""


@dataclass(frozen=True)
class RunClosed(Message):
    """The run has ended."""

    by: str


@dataclass(frozen=True)
class RunSolved(Message):
    """Something small is over, by what was answered."""


@dataclass(frozen=True)
class RunReopened(Message):
    """The run goes on."""

    by: str


@dataclass(frozen=True)
class RunFalseAlarm(Message):
    """It was a false alarm."""

    by: str


@dataclass(frozen=True)
class RunBrokenOff(Message):
    """The drill was broken off."""

    by: str


@dataclass(frozen=True)
class RunAborted(Message):
    """The drill ended because of something real."""

    by: str
