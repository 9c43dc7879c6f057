"""What becomes of what was kept of an ended run: whoever decides keeps it longer, or has it removed."""

from __future__ import annotations

from flows.commands.papers import DisposeEvidence, ExtendRetention, NoteErased
from flows.events.papers import EvidenceDisposed, EvidenceErased, RetentionExtended
from flows.refusals import Refused
from flows.retention.due import Holding, holding, is_quiet
from flows.state.work import Work, decides


@decides
def extend(work: Work, command: ExtendRetention) -> None:
    """Keep it until a day that is still to come."""
    _held(work)
    if command.until <= work.context.today or command.until == work.run.kept_until:
        raise Refused("stale")
    work.add(RetentionExtended(command.until.isoformat()))


@decides
def dispose(work: Work, command: DisposeEvidence) -> None:
    """Have it removed as it was seen, while nothing else goes on, a drill neither; the texts go in the same transaction."""
    if not is_quiet(work.context, work.context.actor):
        raise Refused("retention_busy")
    held = _held(work)
    if held.mark != command.seen:
        raise Refused("retention_changed")
    work.add(EvidenceDisposed(tuple(sorted(held.files)), held.bytes))


@decides
def note_erased(work: Work, command: NoteErased) -> None:
    """Record that the files are off the disk, once."""
    found = work.run.disposals.get(command.of)
    if found is None or found.erased:
        raise Refused("stale")
    work.add(EvidenceErased(command.of, command.count, command.shared, command.gone, command.backups))


def _held(work: Work) -> Holding:
    held = holding(work.run, work.context)
    if held is None:
        raise Refused("retention_nothing")
    return held
