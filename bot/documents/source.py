"""What a document is made from: a run, people and seals as they stood at one entry of the journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from bot.store.evidence import Photos, no_photos
from bot.store.seals import SEALED, Seal
from bot.words.free_texts import let_go
from bot.words.words import Words
from contacts.registry import roster_from
from contacts.roster import Roster
from flows.engine import Engine
from flows.record import codec
from flows.record.journal import FACILITY, Entry
from flows.state.house import House
from flows.state.replay import replay
from flows.state.run import Looked, Run
from flows.state.stamp import Stamp
from flows.state.work import Context
from playbooks.frozen import frozen
from playbooks.texts import Language


class UnknownRun(Exception):
    """There is no such run; ``known`` are those there are, the oldest first."""

    def __init__(self, run: str, known: Sequence[str]) -> None:
        super().__init__(run)
        self.known = tuple(known)


@frozen
class Source:
    """The journal up to and with entry ``seq``: nothing later shows, so the same source gives the same document.

    ``entries`` are those of ``run`` (all of the facility's own where ``run_id`` is ``facility``, all there are for a
    year's documents); ``date`` is when the last entry that counts was recorded (aware), the only "today" that a document
    knows. ``year`` is the fiscal year (from April) of a year's documents.
    ``decided`` is what was decided of the words people wrote, by turns, where that is not the run's own to say.
    ``to`` names to whom the document goes, as far as that is somebody in particular.
    ``photos`` finds the facility's own, which are kept under their digests.
    """

    engine: Engine
    run_id: str
    language: Language
    seq: int
    entries: tuple[Entry, ...]
    date: datetime
    roster: Roster
    year: int | None = None
    photos: Photos = no_photos
    decided: Mapping[int, Looked] | None = None
    to: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        engine: Engine,
        run_id: str,
        language: Language,
        until: int | None = None,
        year: int | None = None,
        photos: Photos = no_photos,
    ) -> Source:
        """Gather what is known; UnknownRun if nothing stands of it up to ``until`` (default: the head)."""
        journal = engine.journal
        seq = min(until or journal.head().seq, journal.head().seq)
        entries = tuple(e for e in journal.entries(run=None if year is not None else run_id) if e.seq <= seq)
        if not entries:
            raise UnknownRun(run_id, [run.id for run in engine.runs()])
        roster = roster_from(lambda kind: journal.registry_as_of(kind, seq))
        return cls(engine, run_id, language, seq, entries, entries[-1].recorded_at, roster, year, photos)

    @property
    def is_facility(self) -> bool:
        """Whether it is about the facility itself and no run."""
        return self.run_id == FACILITY

    @cached_property
    def run(self) -> Run:
        """The run as it stood; LookupError for the facility's own documents."""
        if self.is_facility:
            raise LookupError("a document of the facility has no run")
        return replay(self.run_id, [(codec.decode(e.kind, e.body), _stamp(e)) for e in self.entries])

    @cached_property
    def looked_at(self) -> Mapping[int, Looked]:
        """Of which entries, by turn, somebody let the words go to others, and of which not; what nobody saw isn't there."""
        return self.decided if self.decided is not None else let_go(self.entries, self.run.looked_at, self.to)

    @cached_property
    def runs(self) -> dict[str, Run]:
        """Every run by its id as it stood, the oldest first."""
        known: dict[str, list[Entry]] = {}
        for entry in self.engine.journal.entries():
            if entry.seq <= self.seq and entry.run != FACILITY:
                known.setdefault(entry.run, []).append(entry)
        return {
            run: replay(run, [(codec.decode(e.kind, e.body), _stamp(e)) for e in entries])
            for run, entries in known.items()
        }

    @cached_property
    def house(self) -> House:
        """The facility's own state as it stood."""
        house = House()
        for entry in self.engine.journal.entries(run=FACILITY):
            if entry.seq <= self.seq:
                house.apply(codec.decode(entry.kind, entry.body), _stamp(entry))
        return house

    @cached_property
    def words(self) -> Words:
        """The words of the document's language, with the names as they stood."""
        return Words(self.language, self.roster)

    @cached_property
    def context(self) -> Context:
        """What reckoning with duties and facts needs, at the document's date."""
        return Context(roster=self.roster, now=self.date, actor="", handbook=self.engine.handbook)

    @cached_property
    def seal(self) -> Seal | None:
        """The last seal up to the document's entry; None while nothing was sealed."""
        sealed = [e for e in self.engine.journal.entries(run=FACILITY) if e.kind == SEALED and e.seq <= self.seq]
        return Seal.from_body(sealed[-1].body) if sealed else None

    def as_of(self, turn: int) -> Source:
        """Give the same source as it stood with a run's entry, under the names of today."""
        entries = self.entries[:turn]
        return replace(self, seq=entries[-1].seq, entries=entries, date=entries[-1].recorded_at)

    def seq_of(self, turn: int) -> int:
        """Give the number in the whole journal of a run's entry, for the margin."""
        return self.entries[turn - 1].seq


def _stamp(entry: Entry) -> Stamp:
    return Stamp(entry.turn, entry.recorded_at, entry.occurred_at, entry.actor)
