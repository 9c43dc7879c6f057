"""What all commands have in common."""

from __future__ import annotations

from playbooks.frozen import frozen


@frozen
class Command:
    """An order for one run; ``run`` is its id."""

    run: str


@frozen
class LateCommand(Command):
    """An order that an ended run takes, too: later facts, evidence, corrections, and to go on."""


@frozen
class FacilityCommand(Command):
    """An order in the facility's own affairs; ``run`` is :data:`flows.record.journal.FACILITY`."""
