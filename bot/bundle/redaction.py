"""Redaction: what one recipient sees of a journal, entry by entry, after the table; whatever isn't allowed is withheld."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import field, fields, replace
from typing import Any, Final

from bot.bundle.table import Recipient, Table
from bot.documents.forms.forms import forms_for
from bot.phrasing import phrase
from bot.store.seals import SEALED
from bot.store.set_aside import JOURNAL_BROKEN, RUN_CARRIED
from bot.store.time_stamps import STAMPED
from bot.words.free_texts import FreeText, free_texts
from bot.words.words import phrases
from flows.events.event import Event
from flows.record.journal import FACILITY, Entry
from flows.record.proving import KINDS_OF_PROOF
from flows.record.withholding import Part, left_out, withheld
from flows.state.run import Looked
from flows.written.free_text import FREE_TEXT, written
from playbooks.frozen import frozen
from playbooks.texts import Language

WITHHELD: Final = phrase("sheet.withheld")

_ABOUT_THE_JOURNAL: Final = frozenset({SEALED, STAMPED, JOURNAL_BROKEN, RUN_CARRIED, *KINDS_OF_PROOF})
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


@frozen
class View:
    """A journal through the eyes of one recipient; ``name`` is theirs in the table, ``run`` what the bundle is about.

    ``looked_at`` says, by turns of the run, of which entries somebody let the words go out, and of which not.
    """

    table: Table
    name: str
    run: str
    language: Language
    looked_at: Mapping[int, Looked] = field(default_factory=dict)

    @property
    def recipient(self) -> Recipient:
        """Give the recipient."""
        return self.table.recipients[self.name]

    def part(self, entry: Entry) -> Part:
        """Give what may be seen of an entry: all of it, some fields beside a digest, or that there was one."""
        body = _body(entry)
        if body is None or not self._concerns(entry, body) or not self.table.knows_of(self.name, entry.kind):
            return left_out(entry)
        hidden = self._unseen_words(entry, body)
        shown = {name: value for name, value in body.items() if self._sees(entry.kind, name) and name not in hidden}
        whole = len(shown) == len(body) and entry.body_half is None
        return entry if whole else withheld(entry, shown)

    def event(self, entry: Entry, event: Event) -> Event | None:
        """Give an event as the timeline may say it, what is withheld marked; None if nothing of it may be said."""
        if not self.table.knows_of(self.name, entry.kind):
            return None
        mark, marks = self._mark(entry), dict[str, Any]()
        hidden = self._unseen_words(entry, _body(entry) or {})
        for one in fields(event):
            value = getattr(event, one.name)
            if (self._sees(entry.kind, one.name) and one.name not in hidden) or value is None:
                continue
            if one.name in _LOOKED_UP or not isinstance(value, str | dict | tuple):
                return None
            if value:
                marks[one.name] = mark if isinstance(value, str) else {"text": mark} if isinstance(value, dict) else ()
        return replace(event, **marks)

    def free_texts(self, entries: Iterable[Entry]) -> list[FreeText]:
        """Give what people wrote that the recipient may have once it was looked at: by the table, and in documents."""
        of_run = [entry for entry in entries if entry.run == self.run]
        kinds = {e.seq: [f for f in FREE_TEXT.get(e.kind, ()) if self._sees(e.kind, f)] for e in of_run}
        stated = bool(forms_for(self.name))
        return [one for one in free_texts(of_run) if stated or kinds[one.seq]]

    def _unseen_words(self, entry: Entry, body: Mapping[str, Any]) -> frozenset[str]:
        """Name the fields whose words nobody has let go out."""
        looked = self.looked_at.get(entry.turn)
        if self.recipient.inside or entry.kind not in FREE_TEXT or (looked is not None and looked.keep):
            return frozenset()
        return frozenset(written(entry.kind, body))

    def _mark(self, entry: Entry) -> str:
        """Say in the place of words that they are withheld, and why if somebody said so."""
        looked = self.looked_at.get(entry.turn)
        reason = looked.reason if looked is not None and not looked.keep else ""
        said = phrases(self.language).get(f"withheld.{reason}", reason)
        return (phrase("sheet.withheld_for", reason=said) if reason else WITHHELD).in_language(self.language)

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
