"""What people say about a telephone number: right as of today, wrong, or the new one."""

from __future__ import annotations

from flows.commands.command import FacilityCommand
from playbooks.frozen import frozen


@frozen
class VerifyNumber(FacilityCommand):
    """I have made sure today that the numbers of ``contact`` are right."""

    contact: str


@frozen
class DoubtNumber(FacilityCommand):
    """The number in the field ``which`` of ``contact`` is wrong."""

    contact: str
    which: str = "number"


@frozen
class EnterNumber(FacilityCommand):
    """The right number for the field ``which`` of ``contact``, as somebody wrote it."""

    contact: str
    written: str
    which: str = "number"


@frozen
class OfferNumber(FacilityCommand):
    """I wrote a ``number`` of somebody outside; the other fields are those of :class:`flows.events.facility.NumberOffered`."""

    number: str
    contact: str = ""
    kind: str = ""
    service: str = ""
    drill: bool = False


@frozen
class KeepNumber(FacilityCommand):
    """Keep the number offered at turn ``of``: of ``contact``, or of somebody new by ``name``."""

    of: int
    contact: str = ""
    name: str = ""


@frozen
class TakeNumberBack(FacilityCommand):
    """What was kept of the offer at turn ``of`` was a mistake."""

    of: int
