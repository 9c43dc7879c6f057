"""What is said about the end of a run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flows.messages.message import Message
from playbooks.frozen import frozen


@frozen
class CloseRefused(Message, name="refused.close"):
    """The run can't end yet: what stands in the way."""

    obstacles: tuple[Mapping[str, Any], ...] = ()


@frozen
class LeftUndone(Message, name="waived"):
    """What was let go undone."""

    steps: tuple[str, ...] = ()
    sheets: int = 0


@frozen
class SignOffAsk(Message, name="sign_off"):
    """The record waits for your signature."""


@frozen
class RunClosed(Message):
    """The run has ended."""

    by: str


@frozen
class RunSolved(Message):
    """Something small is over, by what was answered."""


@frozen
class RunReopened(Message):
    """The run goes on."""

    by: str


@frozen
class RunFalseAlarm(Message):
    """It was a false alarm."""

    by: str


@frozen
class RunBrokenOff(Message):
    """The drill was broken off."""

    by: str


@frozen
class RunAborted(Message):
    """The drill ended because of something real."""

    by: str
