"""What is ordered about documents that are handed to others, and about what is forgotten or removed of what was kept."""

from __future__ import annotations

from datetime import date

from flows.commands.command import FacilityCommand, LateCommand
from playbooks.frozen import frozen


@frozen
class ApproveDocument(LateCommand):
    """I stand behind this document, as it reads with the journal up to and with entry ``until``."""

    kind: str
    language: str
    sha256: str
    until: int


@frozen
class ApprovePlan(FacilityCommand):
    """I stand behind the facility's plan as it reads with the journal up to and with entry ``until``."""

    sha256: str
    until: int


@frozen
class ReadPlan(FacilityCommand):
    """I have read that ``version`` of the facility's plan."""

    version: int


@frozen
class BlackOut(LateCommand):
    """Forget for ever what people wrote at turn ``of``."""

    of: int


@frozen
class BlackOutHere(FacilityCommand):
    """Forget for ever what people wrote at turn ``of`` of the facility's own affairs."""

    of: int


@frozen
class ExtendRetention(LateCommand):
    """Keep the run's files, and the texts of its messages, until that day."""

    until: date


@frozen
class DisposeEvidence(LateCommand):
    """Remove the run's files and the texts of its messages for ever; ``seen`` is the mark of what there was to be seen of them."""

    seen: str


@frozen
class NoteErased(LateCommand):
    """What was disposed of at turn ``of`` is off the disk; see :class:`flows.events.papers.EvidenceErased`."""

    of: int
    count: int
    shared: int = 0
    gone: int = 0
    backups: int = 0


@frozen
class LookAtTexts(LateCommand):
    """I looked at what people wrote at these turns: it may go to others (``to`` one of them) as it is, or is withheld for a reason."""

    of: tuple[int, ...]
    keep: bool
    reason: str = ""
    to: str = ""


@frozen
class OpenAtMachine(LateCommand):
    """Whoever sits at the machine opens what only a few may know of: ``what`` they ordered, in whose name (``by``)."""

    what: str
    by: str = ""
