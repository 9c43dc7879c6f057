"""Danger to people: who wrote of it, and that everybody was rung; ``of`` is the turn at which it was seen."""

from __future__ import annotations

from dataclasses import dataclass

from flows.events.event import FacilityEvent


@dataclass(frozen=True)
class DangerSeen(FacilityEvent):
    """``member`` wrote of a danger (``person``, ``violence`` or ``fire``) and was told whom to call.

    ``plain`` says that nothing spoke against it; ``drill`` is the drill that was going on.
    """

    member: str
    danger: str
    text: str
    plain: bool = False
    drill: str = ""


@dataclass(frozen=True)
class DangerRung(FacilityEvent):
    """Everybody in ``ring`` was called."""

    of: int
    ring: tuple[str, ...] = ()


@dataclass(frozen=True)
class DangerTakenBack(FacilityEvent):
    """It was none."""

    of: int
