"""What is ordered about documents that are handed to others."""

from __future__ import annotations

from dataclasses import dataclass

from flows.commands.command import FacilityCommand, LateCommand


@dataclass(frozen=True)
class ApproveDocument(LateCommand):
    """I stand behind this document, as it reads with the journal up to and with entry ``until``."""

    kind: str
    language: str
    sha256: str
    until: int


@dataclass(frozen=True)
class ApprovePlan(FacilityCommand):
    """I stand behind the facility's plan as it reads with the journal up to and with entry ``until``."""

    sha256: str
    until: int


@dataclass(frozen=True)
class ReadPlan(FacilityCommand):
    """I have read that ``version`` of the facility's plan."""

    version: int


@dataclass(frozen=True)
class BlackOut(LateCommand):
    """Forget for ever what people wrote at turn ``of``."""

    of: int


@dataclass(frozen=True)
class BlackOutHere(FacilityCommand):
    """Forget for ever what people wrote at turn ``of`` of the facility's own affairs."""

    of: int


@dataclass(frozen=True)
class LookAtTexts(LateCommand):
    """I looked at what people wrote at these turns: it may go to others (``to`` one of them) as it is, or is withheld for a reason."""

    of: tuple[int, ...]
    keep: bool
    reason: str = ""
    to: str = ""


@dataclass(frozen=True)
class OpenAtMachine(LateCommand):
    """Whoever sits at the machine opens what only a few may know of: ``what`` they ordered, in whose name (``by``)."""

    what: str
    by: str = ""
