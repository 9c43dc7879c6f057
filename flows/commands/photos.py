"""What is ordered about the facility's own photos of its cables and boxes, shown instead of our drawings."""

from __future__ import annotations

from dataclasses import dataclass

from flows.commands.command import FacilityCommand


@dataclass(frozen=True)
class TakePhoto(FacilityCommand):
    """Show this photo for ``picture`` from now on; ``reference`` is where the channel keeps its bytes."""

    picture: str
    reference: str


@dataclass(frozen=True)
class KeepPhoto(FacilityCommand):
    """The bytes of the photo that came at turn ``of`` are on disk."""

    of: int
    sha256: str


@dataclass(frozen=True)
class LosePhoto(FacilityCommand):
    """The bytes of the photo that came at turn ``of`` will never come."""

    of: int


@dataclass(frozen=True)
class DropPhoto(FacilityCommand):
    """Show our drawing of ``picture`` again."""

    picture: str
