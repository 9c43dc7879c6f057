"""The timeline as a table for any spreadsheet: no cell can become a formula, and nothing stands in it that is withheld."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Final

import structlog

from bot.bundle.redaction import WITHHELD, View
from bot.bundle.snapshot import Snapshot
from bot.documents.paper.markdown import visible
from bot.phrasing import phrase
from bot.words.timeline import TimelineRow, timeline
from bot.words.words import Words
from contacts.roster import Roster
from flows.record.journal import Entry
from flows.record.withholding import Part, Withheld

_log = structlog.get_logger(__name__)

COLUMNS: Final = (
    phrase("sheet.number"),
    phrase("sheet.happened"),
    phrase("sheet.recorded"),
    phrase("sheet.who"),
    phrase("sheet.what"),
    phrase("sheet.corrected"),
    phrase("sheet.kind"),
    phrase("sheet.shown"),
    phrase("sheet.evidence"),
    phrase("sheet.digest"),
)

_EXTENT: Final = {True: phrase("sheet.whole"), False: phrase("sheet.in_part")}

AT_TERMINAL: Final = phrase("sheet.at_terminal")

_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def defused(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would take for a formula; the full-width signs count too."""
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell


def sheet(snapshot: Snapshot, view: View, parts: list[Part], files: dict[int, str]) -> bytes:
    """Write the run's timeline as CSV (UTF-8 with a mark, CRLF); ``files`` are names of evidence by entry."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    language, local = view.language, snapshot.roster.facility.local
    writer.writerow(column.in_language(language) for column in COLUMNS)
    extents = {**dict.fromkeys((p.seq for p in parts if isinstance(p, Entry)), True)}
    extents |= dict.fromkeys((p.entry.seq for p in parts if isinstance(p, Withheld)), False)
    for row in _rows(snapshot, view):
        if row.seq not in extents:
            continue
        cells = (
            str(row.seq),
            f"{local(row.occurred_at):%Y-%m-%d %H:%M:%S}",
            f"{local(row.recorded_at):%Y-%m-%d %H:%M:%S}",
            row.who + AT_TERMINAL.in_language(language) * row.at_terminal,
            row.what if row.what != row.kind else WITHHELD.in_language(language) if not extents[row.seq] else "",
            row.corrected if view.sees_corrections() else "",
            row.kind,
            _EXTENT[extents[row.seq]].in_language(language),
            files.get(row.seq, ""),
            row.digest,
        )
        writer.writerow(defused(visible(cell)) for cell in cells)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _rows(snapshot: Snapshot, view: View) -> list[TimelineRow]:
    """Give the rows in words; of a journal so altered that it can't be told, who and when alone."""
    entries, roster = snapshot.of_run(), _roster(snapshot.roster, view)
    try:
        return timeline(view.run, entries, roster, view.language, view.event)
    except Exception as why:  # noqa: BLE001  (an altered body can break anything, but not what proves that it is altered)
        _log.warning("bundle.timeline_untold", why=repr(why))
    who = Words(view.language, roster).who
    return [
        TimelineRow(
            e.seq, e.turn, e.occurred_at, e.recorded_at, who(e.actor).unescape(), e.kind, e.kind, e.digest.hex()
        )
        for e in entries
    ]


def _roster(roster: Roster, view: View) -> Roster:
    """Call people by the ids that the journal has, unless their names may be seen."""
    if view.recipient.names:
        return roster
    return replace(roster, members=tuple(m.model_copy(update={"name": m.id}) for m in roster.members))
