"""What is ordered while a facility is set up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from flows.commands.command import FacilityCommand
from playbooks.frozen import frozen


@frozen
class BeginSetup(FacilityCommand):
    """Go through the set-up, also through what was left behind before."""


@frozen
class PassSetup(FacilityCommand):
    """Leave a question of the set-up behind."""

    question: str


@frozen
class TakeWorkbook(FacilityCommand):
    """Read a workbook that the actor sent; ``reference`` is where the channel keeps its bytes."""

    reference: str
    file_name: str = ""


@frozen
class MoveWorkbook(FacilityCommand):
    """Say what became of a workbook; ``told`` are the facts for the message about it."""

    of: int
    state: str
    told: Mapping[str, Any] = field(default_factory=dict)
