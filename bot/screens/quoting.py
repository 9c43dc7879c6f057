"""What others wrote, as one reader may have it quoted: words that may find fault with them stay away from them, whatever shows them.

A report that names its reader and may find fault with them stands before them without its words, on every screen; what is said
*to* them by name goes to them as it is, and so does a call for help.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bot.screens.scene import CUT
from contacts.model import Member
from contacts.naming import is_said_of
from flows.engine import Engine
from flows.record.chain import KINDS_OF_BLACKING
from flows.record.journal import FACILITY
from flows.written.free_text import FREE_TEXT, texts_in
from playbooks.triage.whispers import whispers


@dataclass
class _Said:
    """The texts of one run up to an entry, each with those who wrote it."""

    seq: int = 0
    by: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


class Quotes:
    """Knows who wrote what in each run, and reads only what came since it was asked last."""

    def __init__(self, engine: Engine) -> None:
        """``engine`` holds the runs, and the journal in which the texts stand."""
        self._engine, self._said = engine, defaultdict[str, _Said](_Said)

    def about(self, reader: Member, run: str) -> Callable[[str], bool]:
        """Give what says of a text on a screen of ``run`` whether others wrote it and may find fault with ``reader``, whom it names."""

        def tells_of_them(text: str) -> bool:
            return is_said_of(text, reader) and whispers().finds_fault(text)

        def is_about(text: str) -> bool:
            if text.endswith(CUT):
                begun = text.removesuffix(CUT)
                return any(said.startswith(begun) and tells_of_them(said) for said in self._by_others(reader, run))
            return tells_of_them(text) and text in self._by_others(reader, run)

        return is_about

    def _by_others(self, reader: Member, here: str) -> Iterator[str]:
        """Give what others wrote in this run, in those that go on and of the facility's own affairs."""
        live = (run.id for run in self._engine.runs() if run.live)
        for run in dict.fromkeys((here, *live, FACILITY)):
            yield from (said for said, by in self._of(run).by.items() if by - {reader.id})

    def _of(self, run: str) -> _Said:
        said = self._said[run]
        known = said.seq
        for entry in self._engine.journal.entries(after=known, run=run):
            if known and entry.kind in KINDS_OF_BLACKING:
                del self._said[run]  # words that are to be nowhere any more
                return self._of(run)
            if entry.kind in FREE_TEXT:
                for text in texts_in(entry.kind, json.loads(entry.body)):
                    said.by[text].add(entry.actor)
            said.seq = entry.seq
        return said
