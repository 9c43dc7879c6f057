"""What is ordered about the facility's own photos of its cables and boxes, shown instead of our drawings."""

from __future__ import annotations

from flows.commands.command import FacilityCommand
from playbooks.frozen import frozen


@frozen
class TakePhoto(FacilityCommand):
    """Show this photo for ``picture`` from now on; ``reference`` is where the channel keeps its bytes."""

    picture: str
    reference: str


@frozen
class KeepPhoto(FacilityCommand):
    """The bytes of the photo that came at turn ``of`` are on disk."""

    of: int
    sha256: str


@frozen
class LosePhoto(FacilityCommand):
    """The bytes of the photo that came at turn ``of`` will never come."""

    of: int


@frozen
class DropPhoto(FacilityCommand):
    """Show our drawing of ``picture`` again."""

    picture: str
