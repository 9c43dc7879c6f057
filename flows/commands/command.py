"""What all commands have in common."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """An order for one run; ``run`` is its id."""

    run: str


@dataclass(frozen=True)
class LateCommand(Command):
    """An order that an ended run takes, too: later facts, evidence, corrections, and to go on."""


@dataclass(frozen=True)
class FacilityCommand(Command):
    """An order in the facility's own affairs; ``run`` is :data:`flows.record.journal.FACILITY`."""
