"""The timeline (時系列記録): every entry of a run with both its times, who, what, evidence and digest; nothing is left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.documents.facts.evidence_list import evidence_rows, pieces
from bot.documents.facts.run_header import head_rows
from bot.documents.kinds import Written, document
from bot.documents.paper.markdown import Markdown, escape, lines, strong, write
from bot.documents.source import Source
from bot.store.verifying import first_break
from bot.words.timeline import TimelineRow, timeline

LATE = timedelta(minutes=1)
"""From this on, what was recorded after it happened is marked as entered later."""

WEIGHTY = frozenset(
    {
        "reported",
        "declared",
        "command_taken",
        "decided",
        "ratified",
        "waived",
        "handed_over",
        "known_at_moved",
        "duty_filed",
        "duty_withdrawn",
        "duty_refused",
        "document_approved",
        "evidence_received",
        "evidence_lost",
        "explanation_approved",
        "closed",
        "reopened",
        "false_alarm",
        "aborted",
    }
)
"""Kinds of entries that a reader looks for; they stand out."""


@document("timeline", of="run", carries_log=True)
def timeline_record(source: Source) -> Written:
    """Write the record of a run."""
    words = source.words
    title = words.say("paper.timeline.title").unescape()
    rows = timeline(source.run_id, source.entries, source.roster, words.language)
    made = write(
        "timeline",
        words,
        title=title,
        source=source,
        head=head_rows(source),
        rows=list(_rows(source, rows)),
        evidence=evidence_rows(source),
        broken=broken_at(source),
        live=source.run.live,
    )
    return Written(title, made)


def broken_at(source: Source) -> int | None:
    """Give the entry at which the journal's chain breaks first, None where it is whole as far as this document goes."""
    broken = first_break(source.engine.journal)
    return broken.first_bad if broken is not None and broken.first_bad <= source.seq else None


def _rows(source: Source, rows: list[TimelineRow]) -> Iterator[tuple[object, ...]]:
    numbers = {piece.seq: f"E{piece.number}" for piece in pieces(source)}
    local, words = source.roster.facility.local, source.words
    for row in rows:
        happened, recorded = local(row.occurred_at), local(row.recorded_at)
        late = words.say("paper.late").unescape() if recorded - happened >= LATE else ""
        yield (
            row.seq,
            f"{happened:%m-%d %H:%M}",
            f"{recorded:%H:%M:%S}" if recorded.date() == happened.date() else f"{recorded:%m-%d %H:%M:%S}",
            row.who,
            _what(row, late),
            numbers.get(row.seq, ""),
            row.digest[:8],
        )


def _what(row: TimelineRow, late: str) -> Markdown:
    what = strong(row.what) if row.kind in WEIGHTY else escape(row.what)
    return lines([what, *([strong(row.corrected)] if row.corrected else []), *([escape(late)] if late else [])])
