"""What is ordered about a promise that somebody outside gave; ``of`` is the turn of the answer that holds it."""

from __future__ import annotations

from dataclasses import dataclass

from flows.commands.command import Command


@dataclass(frozen=True)
class AskPromisedTime(Command):
    """Let me put right until when it was promised."""

    of: int


@dataclass(frozen=True)
class KeepPromise(Command):
    """They called back."""

    of: int


@dataclass(frozen=True)
class CallAgain(Command):
    """I call them again, and say what they promise now."""

    of: int


@dataclass(frozen=True)
class RemindPromise(Command):
    """The time promised has passed."""

    of: int
