"""Redaction: what one recipient sees of a journal, entry by entry, after the table; whatever isn't allowed is withheld."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from bot.bundle.table import Recipient, Table
from bot.phrasing import phrase
from bot.store.seals import SEALED
from bot.store.set_aside import JOURNAL_BROKEN, RUN_CARRIED
from flows.events.event import Event
from flows.record.journal import FACILITY, Entry
from flows.record.withholding import Part, left_out, withheld
from playbooks.texts import Language

WITHHELD: Final = phrase("sheet.withheld")

_ABOUT_THE_JOURNAL: Final = frozenset({SEALED, JOURNAL_BROKEN, RUN_CARRIED})
"""Kinds of the facility's that go along with a run, unless they speak of another one."""

_LOOKED_UP: Final = frozenset(
    {
        "track",
        "step",
        "shown",
        "answer",
        "decision",
        "choice",
        "of",
        "item",
        "question",
        "playbook",
        "duty",
        "kind",
        "language",
    }
)
"""Fields by which the timeline finds its words: without one of them, nothing of the entry can be said."""


@dataclass(frozen=True)
class View:
    """A journal through the eyes of one recipient; ``name`` is theirs in the table, ``run`` what the bundle is about."""

    table: Table
    name: str
    run: str
    language: Language

    @property
    def recipient(self) -> Recipient:
        """Give the recipient."""
        return self.table.recipients[self.name]

    def part(self, entry: Entry) -> Part:
        """Give what may be seen of an entry: all of it, some fields beside a digest, or that there was one."""
        body = _body(entry)
        if body is None or not self._concerns(entry, body) or not self.table.knows_of(self.name, entry.kind):
            return left_out(entry)
        shown = {field: value for field, value in body.items() if self._sees(entry.kind, field)}
        return entry if len(shown) == len(body) else withheld(entry, shown)

    def event(self, kind: str, event: Event) -> Event | None:
        """Give an event as the timeline may say it, what is withheld marked; None if nothing of it may be said."""
        if not self.table.knows_of(self.name, kind):
            return None
        mark = WITHHELD.in_language(self.language)
        marks: dict[str, Any] = {}
        for field in fields(event):
            value = getattr(event, field.name)
            if self._sees(kind, field.name) or value is None:
                continue
            if field.name in _LOOKED_UP or not isinstance(value, str | dict | tuple):
                return None
            if value:
                marks[field.name] = (
                    mark if isinstance(value, str) else {"text": mark} if isinstance(value, dict) else ()
                )
        return replace(event, **marks)

    def sees_corrections(self) -> bool:
        """Say whether what a later entry put right may stand beside the earlier one."""
        return all(self._sees("corrected", field) for field in ("of", "text", "occurred_at"))

    def _sees(self, kind: str, field: str) -> bool:
        return self.table.sees(self.name, kind, field)

    def _concerns(self, entry: Entry, body: Mapping[str, Any]) -> bool:
        if entry.run == FACILITY and entry.kind in _ABOUT_THE_JOURNAL:
            return body.get("run", FACILITY) in (self.run, FACILITY)
        return entry.run == self.run


def _body(entry: Entry) -> Mapping[str, Any] | None:
    """Read a body; None if it is none of ours, which nobody may see."""
    try:
        said = json.loads(entry.body)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None
