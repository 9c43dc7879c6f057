"""The facility's own photos of its cables and boxes: they stay in the home and go into no bundle."""

from __future__ import annotations

from flows.events.event import FacilityEvent
from playbooks.frozen import frozen


@frozen
class PhotoReceived(FacilityEvent):
    """Somebody sent the facility's own photo of ``picture``; ``reference`` is where the channel keeps its bytes."""

    picture: str
    member: str
    reference: str


@frozen
class PhotoKept(FacilityEvent):
    """The photo that came at turn ``of`` is on disk, under this digest."""

    of: int
    sha256: str


@frozen
class PhotoLost(FacilityEvent):
    """The photo that came at turn ``of`` never arrived."""

    of: int


@frozen
class PhotoDropped(FacilityEvent):
    """``picture`` is shown as our drawing again."""

    picture: str
