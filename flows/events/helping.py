"""What happened when somebody didn't know what a step meant."""

from __future__ import annotations

from dataclasses import field

from flows.events.event import RunEvent
from playbooks.frozen import frozen


@frozen
class HelpCalled(RunEvent):
    """Whoever has the step of turn ``shown`` wants somebody to come; ``asked`` were told."""

    shown: int
    member: str
    asked: tuple[str, ...]


@frozen
class HelpComing(RunEvent):
    """``member`` goes to whoever called at turn ``of``."""

    of: int
    member: str


@frozen
class MadeUp(RunEvent):
    """A step that had been left undone was done after all, as ``member`` says."""

    track: str
    step: str
    member: str
    sets: dict[str, str] = field(default_factory=dict)


@frozen
class MinuteAsked(RunEvent):
    """All who answered are with patients or outside: ``asked`` are asked for a minute, for the lead in ``picture``."""

    track: str
    step: str
    picture: str
    asked: tuple[str, ...]


@frozen
class MinuteSpared(RunEvent):
    """``member`` leaves their patient for the minute that was asked for at turn ``of``."""

    of: int
    member: str
