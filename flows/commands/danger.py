"""What is ordered when somebody's words say that a person is in danger, or that this place burns."""

from __future__ import annotations

from dataclasses import dataclass

from flows.commands.command import FacilityCommand


@dataclass(frozen=True)
class SeeDanger(FacilityCommand):
    """The actor wrote of a danger. What is ``plain`` rings everybody after a while; in a ``drill`` (its run) nothing does."""

    danger: str
    text: str
    plain: bool = False
    drill: str = ""


@dataclass(frozen=True)
class RingDanger(FacilityCommand):
    """Ring everybody for the danger that was seen at turn ``of``."""

    of: int


@dataclass(frozen=True)
class TakeDangerBack(FacilityCommand):
    """There is no danger after all."""

    of: int
