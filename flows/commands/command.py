"""What all commands have in common."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """An order for one run; ``run`` is its id."""

    run: str
