"""What is ordered when somebody doesn't know what a step means."""

from __future__ import annotations

from flows.commands.command import Command
from playbooks.frozen import frozen


@frozen
class CallHelp(Command):
    """Let somebody in the house come to me: I don't know what the step shown at turn ``shown`` means."""

    shown: int


@frozen
class GoHelp(Command):
    """I go to whoever called for help at turn ``of``."""

    of: int


@frozen
class LeaveUndone(Command):
    """Nobody here can do the step shown at turn ``shown``: it stays undone, by name, and the track goes on."""

    shown: int


@frozen
class MakeUp(Command):
    """What was left undone has been done after all."""

    track: str
    step: str


@frozen
class SpareMinute(Command):
    """I am with a patient, and can go for the minute that was asked for at turn ``of``."""

    of: int
