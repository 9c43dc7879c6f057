"""What happened when somebody didn't know what a step meant."""

from __future__ import annotations

from dataclasses import dataclass, field

from flows.events.event import RunEvent


@dataclass(frozen=True)
class HelpCalled(RunEvent):
    """Whoever has the step of turn ``shown`` wants somebody to come; ``asked`` were told."""

    shown: int
    member: str
    asked: tuple[str, ...]


@dataclass(frozen=True)
class HelpComing(RunEvent):
    """``member`` goes to whoever called at turn ``of``."""

    of: int
    member: str


@dataclass(frozen=True)
class MadeUp(RunEvent):
    """A step that had been left undone was done after all, as ``member`` says."""

    track: str
    step: str
    member: str
    sets: dict[str, str] = field(default_factory=dict)
