"""The evidence of a run as a list: what it is, who brought it, and whether its bytes are still what they were."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from bot.documents.paper.markdown import lines
from bot.documents.source import Source
from flows.state.run import Evidence
from playbooks.frozen import frozen

Found = Literal["whole", "missing", "altered", "unread", "lost", "awaited", "removed"]


@frozen
class Piece:
    """One piece: ``number`` counts within the run, ``seq`` is its entry. ``unread``: nobody could look at the file."""

    number: int
    seq: int
    name: str
    by: str
    at: datetime
    sha256: str | None
    found: Found


def pieces(source: Source) -> tuple[Piece, ...]:
    """List the evidence in the order in which it came; the bytes of each are read and compared with its SHA-256."""
    return tuple(
        Piece(
            number,
            source.seq_of(e.turn),
            e.file_name or e.media,
            source.words.who(e.by).unescape(),
            e.at,
            e.sha256,
            _found(source, e),
        )
        for number, e in enumerate(source.run.evidence.values(), start=1)
    )


def evidence_rows(source: Source) -> list[tuple[object, ...]]:
    """Give the list as rows: number, entry, name, who brought it when, SHA-256, how its bytes were found."""
    words, local = source.words, source.roster.facility.local
    return [
        (
            f"E{piece.number}",
            piece.seq,
            piece.name,
            lines((piece.by, f"{local(piece.at):%m-%d %H:%M}")),
            piece.sha256 or "—",
            words.say(f"paper.evidence.{piece.found}"),
        )
        for piece in pieces(source)
    ]


def _found(source: Source, evidence: Evidence) -> Found:
    if evidence.lost is not None:
        return "lost"
    if evidence.sha256 is None:
        return "awaited"
    if evidence.disposed is not None:
        return "removed"
    try:
        found = source.engine.journal.evidence(evidence.sha256)
    except OSError:
        return "unread"
    if found is None:
        return "removed" if _removed_since(source, evidence) else "missing"
    return "whole" if found == evidence.sha256 else "altered"


def _removed_since(source: Source, evidence: Evidence) -> bool:
    """Say whether an entry after those that the document is made of had it removed: it tells no alarm then."""
    run = source.engine.run(source.run_id)
    now = run.evidence.get(evidence.turn) if run is not None else None
    return now is not None and now.disposed is not None
