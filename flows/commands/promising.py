"""What is ordered about a promise that somebody outside gave; ``of`` is the turn of the answer that holds it."""

from __future__ import annotations

from flows.commands.command import Command
from playbooks.frozen import frozen


@frozen
class AskPromisedTime(Command):
    """Let me put right until when it was promised."""

    of: int


@frozen
class KeepPromise(Command):
    """They called back."""

    of: int


@frozen
class CallAgain(Command):
    """I call them again, and say what they promise now."""

    of: int


@frozen
class RemindPromise(Command):
    """The time promised has passed."""

    of: int
