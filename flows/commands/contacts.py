"""What people say about a telephone number: right as of today, wrong, or the new one."""

from __future__ import annotations

from dataclasses import dataclass

from flows.commands.command import FacilityCommand


@dataclass(frozen=True)
class VerifyNumber(FacilityCommand):
    """I have made sure today that the numbers of ``contact`` are right."""

    contact: str


@dataclass(frozen=True)
class DoubtNumber(FacilityCommand):
    """The number in the field ``which`` of ``contact`` is wrong."""

    contact: str
    which: str = "number"


@dataclass(frozen=True)
class EnterNumber(FacilityCommand):
    """The right number for the field ``which`` of ``contact``, as somebody wrote it."""

    contact: str
    written: str
    which: str = "number"
