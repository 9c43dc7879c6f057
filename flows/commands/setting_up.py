"""What is ordered while a facility is set up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flows.commands.command import FacilityCommand


@dataclass(frozen=True)
class BeginSetup(FacilityCommand):
    """Go through the set-up, also through what was left behind before."""


@dataclass(frozen=True)
class PassSetup(FacilityCommand):
    """Leave a question of the set-up behind."""

    question: str


@dataclass(frozen=True)
class TakeWorkbook(FacilityCommand):
    """Read a workbook that the actor sent; ``reference`` is where the channel keeps its bytes."""

    reference: str
    file_name: str = ""


@dataclass(frozen=True)
class MoveWorkbook(FacilityCommand):
    """Say what became of a workbook; ``told`` are the facts for the message about it."""

    of: int
    state: str
    told: Mapping[str, Any] = field(default_factory=dict)
