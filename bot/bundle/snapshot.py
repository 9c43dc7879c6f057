"""A snapshot: a home's journal, people and findings as they stood at one entry. Reads everything, changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from datetime import UTC, datetime
from pathlib import Path

from bot.store.kept import storage_of
from bot.store.seals import known_keys
from bot.store.storage import Finding, Store
from bot.store.verifying import ChainWalk
from contacts.model import Facility
from contacts.registry import roster_from
from contacts.roster import Roster
from flows.record import codec
from flows.record.chain import BrokenChain
from flows.record.journal import FACILITY, Entry, Head
from flows.record.rows import Row
from flows.refusals import Refused
from flows.state.replay import replay
from flows.state.run import Looked, Run
from flows.state.stamp import Stamp
from playbooks.frozen import frozen

Watch = Callable[[float], None]
"""Is told how much of the work is done, from 0 to 1."""


_Kept = tuple[int, tuple[Row, ...]] | None


class NoSuchEntry(Exception):
    """The journal has no such entry to stop at; the number is where it ends."""


class NoSuchRun(Exception):
    """There is no such run at that entry; the arguments are those there are."""


@frozen
class Snapshot:
    """What a bundle is made of: all entries up to ``head`` of all runs; ``findings`` are what is wrong with them.

    ``people`` are the members' rows as of ``head``, where an entry proves them.
    ``state`` is the run's, empty for the facility and where an altered journal no longer tells. ``looked_at`` is what
    was decided in the chat of the words people wrote, by the run's turns.
    """

    home: Path
    run: str
    entries: tuple[Entry, ...]
    head: Head
    roster: Roster
    findings: tuple[Finding, ...]
    keys: frozenset[str]
    mode: str
    state: str
    live: bool
    people: tuple[Row, ...] = ()
    looked_at: Mapping[int, Looked] = field(default_factory=dict)

    @property
    def at(self) -> datetime:
        """Give the time of the last entry; the bundle is dated by it, so that it is the same whenever it is made."""
        return self.entries[-1].recorded_at if self.entries else datetime(2000, 1, 1, tzinfo=UTC)

    def of_run(self) -> list[Entry]:
        """Give the run's own entries."""
        return [entry for entry in self.entries if entry.run == self.run]


def take(home: Path, run: str, until: int | None, watch: Watch) -> Snapshot:
    """Read a home as of entry ``until`` (None: now); an altered journal is read as far as it goes.

    Raises NoSuchEntry, NoSuchRun, and StorageTrouble when the file can't be read.
    """
    findings, entries, kept = storage_of(home).look(lambda store: _read(store, until, watch))
    keys = known_keys(home)
    walk = ChainWalk((), keys, None)
    if kept is not None and until is None:
        walk.compares(*kept)
    walk.along(entries)
    report = walk.report(findings)
    runs = list(dict.fromkeys(entry.run for entry in entries))
    if run not in runs:
        raise NoSuchRun(*(known for known in runs if known))
    stands = _standing(run, entries)
    head = Head(entries[-1].seq, entries[-1].digest)
    so_far = home, run, tuple(entries), head, _roster(home, head.seq), report.findings, keys
    people = _people(kept[1], head.seq) if kept is not None and report.people_since is not None else ()
    if stands is None:
        return Snapshot(*so_far, "", "", live=False, people=people)
    return Snapshot(*so_far, stands.mode, stands.state, stands.live, people, stands.looked_at)


def _read(store: Store, until: int | None, watch: Watch) -> tuple[list[Finding], list[Entry], _Kept]:
    findings: list[Finding] = []
    entries: list[Entry] = []
    kept: _Kept = None
    try:
        findings += store.findings()
        kept = store.rows()
        last = store.head().seq
        if until is not None and not 1 <= until <= last:
            raise NoSuchEntry(last)
        entries.extend(_watched(store.stored(), until or last, watch))
    except BrokenChain as broken:
        findings.append(Finding("file", None, broken.fault))
    return findings, entries, kept


def _people(rows: Sequence[Row], seq: int) -> tuple[Row, ...]:
    return tuple(r for r in rows if r.kind == "member" and r.since <= seq and (r.until is None or seq < r.until))


def standing(home: Path, run: str) -> tuple[Run | None, bool]:
    """Give a run as it stands, None where there is none or nothing tells, and whether the journal could be read to its end."""
    entries, sound = storage_of(home).look(_as_far_as_it_reads)
    if not sound:
        return _standing(run, entries), False
    return (_standing(run, entries) if any(entry.run == run for entry in entries) else None), True


def _as_far_as_it_reads(store: Store) -> tuple[list[Entry], bool]:
    entries: list[Entry] = []
    try:
        entries.extend(store.stored())
    except BrokenChain:
        return entries, False
    return entries, True


def _watched(entries: Iterator[Entry], until: int, watch: Watch) -> Iterator[Entry]:
    for entry in entries:
        if entry.seq > until:
            return
        if entry.seq % 500 == 0:
            watch(entry.seq / until)
        yield entry


def _standing(run: str, entries: list[Entry]) -> Run | None:
    """Give a run as it stands; None for the facility, and where an altered journal no longer tells."""
    if run == FACILITY:
        return None
    with suppress(ValueError, KeyError, TypeError, AttributeError, Refused):
        return replay(
            run,
            [
                (codec.decode(e.kind, e.body), Stamp(e.turn, e.recorded_at, e.occurred_at, e.actor))
                for e in entries
                if e.run == run
            ],
        )
    return None


def _roster(home: Path, seq: int) -> Roster:
    """Give people and contacts as of an entry; nobody where nothing of them can be read any more."""
    try:
        return storage_of(home).look(lambda store: roster_from(lambda kind: store.registry_as_of(kind, seq)))
    except (BrokenChain, KeyError, ValueError):
        return Roster(Facility(name="?", kind="clinic"))
