"""A journal in memory: the twin of the file, for tests, demonstrations and whoever tries a playbook out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from hashlib import sha512

from flows.record.chain import KINDS_OF_BLACKING, body_half, linked
from flows.record.journal import Draft, Entry, Head, Owed
from flows.record.memory_deliveries import MemoryDeliveries
from flows.record.rows import SALT, Change, Row
from playbooks.frozen import frozen


def counted_nonces() -> Callable[[], bytes]:
    """Give nonces that are the same every time: what lives in memory needs no hiding, and tests want equal digests."""
    count = 0

    def nonces() -> bytes:
        nonlocal count
        count += 1
        return sha512(str(count).encode()).digest()

    return nonces


@frozen
class _Kept(Row):
    """A row at its place in the order of entry."""

    place: int = 0


class MemoryJournal:
    """Entries, registry and deliveries, in lists. For one thread; an exception takes everything back."""

    def __init__(self, nonces: Callable[[], bytes] | None = None) -> None:
        self._nonces = nonces or counted_nonces()
        self._entries: list[Entry] = []
        self._causes: dict[str, tuple[Entry, ...]] = {}
        self._aside: tuple[tuple[str, str], ...] = ()
        self._turns: dict[str, int] = {}
        self.deliveries = MemoryDeliveries()
        self._kept: list[_Kept] = []
        self._places = 0
        self._writing = False
        self._blacked: list[Entry] = []

    @contextmanager
    def writing(self) -> Iterator[MemoryWriting]:
        """Open the one transaction; RuntimeError inside another one."""
        if self._writing:
            raise RuntimeError("a transaction is open already")
        self._writing = True
        try:
            with self._taken_back_on_error():
                yield MemoryWriting(self)
        finally:
            self._writing = False

    @contextmanager
    def _taken_back_on_error(self) -> Iterator[None]:
        """Make everything as it was before, if an exception passes."""
        entries, kept, aside = len(self._entries), list(self._kept), self._aside
        causes, turns, take_back_deliveries = dict(self._causes), dict(self._turns), self.deliveries.snapshot()
        blacked = len(self._blacked)
        try:
            yield
        except BaseException:
            for was in self._blacked[blacked:]:
                self._entries[was.seq - 1] = was
            del self._blacked[blacked:]
            del self._entries[entries:]
            self._kept, self._aside, self._causes, self._turns = kept, aside, causes, turns
            take_back_deliveries()
            raise

    def caused(self, cause: str) -> tuple[Entry, ...]:
        """Give what a cause has written, its parts in order."""
        return self._causes.get(cause, ())

    def head(self) -> Head:
        """Give the last entry's number and digest."""
        return Head(self._entries[-1].seq, self._entries[-1].digest) if self._entries else Head()

    def entries(self, after: int = 0, run: str | None = None) -> Iterator[Entry]:
        """Give entries in order, of all runs or of one."""
        return (e for e in self._entries[after:] if run is None or e.run == run)

    def stored(self) -> Iterator[Entry]:
        """Give all entries as they lie there: nobody alters what is in memory."""
        return iter(self._entries)

    def evidence(self, sha256: str) -> str | None:
        """Give None: files are not kept in memory."""
        return None

    def laid_aside(self, place: str) -> tuple[str, ...]:
        """Give the texts that were laid aside in ``place``, in the order of the alphabet."""
        return tuple(sorted(text for where, text in self._aside if where == place))

    def registry(self, kind: str) -> dict[str, str]:
        """Give what the registry holds of a kind, in the order in which the keys first came."""
        return self._registry(kind, lambda kept: kept.until is None)

    def registry_as_of(self, kind: str, seq: int) -> dict[str, str]:
        """Give what the registry held when entry ``seq`` was the last one."""
        return self._registry(kind, lambda kept: kept.since <= seq and (kept.until is None or seq < kept.until))

    def _registry(self, kind: str, counts: Callable[[_Kept], bool]) -> dict[str, str]:
        found = sorted((k for k in self._kept if k.kind == kind and counts(k)), key=lambda k: k.place)
        return {k.key: k.value for k in found}

    def rows(self) -> tuple[int, tuple[Row, ...]]:
        """Give all rows that hold or held, and the number of the last entry."""
        return self.head().seq, tuple(self._kept)

    def unsent(self) -> tuple[Owed, ...]:
        """Give the messages still owed, in the order in which they go out: by priority, then as they came."""
        return tuple(delivery.owed for delivery in self.deliveries.unsent())


class MemoryWriting:
    """The transaction on a memory journal."""

    def __init__(self, journal: MemoryJournal) -> None:
        self._journal = journal
        self._first = journal.head().seq + 1
        self._begun: frozenset[str] = frozenset()

    def head(self) -> Head:
        """Give the head as it is inside the transaction."""
        return self._journal.head()

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """Give the entries with ``seq`` above ``after``, in order."""
        return self._journal.entries(after)

    def caused(self, cause: str) -> tuple[Entry, ...]:
        """Give what this cause has already written."""
        return self._journal.caused(cause)

    def has_owed(self, cause: str) -> bool:
        """Say whether this cause has owed a message."""
        return self._journal.deliveries.has_owed(cause)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Open a part of the transaction that an exception takes back alone."""
        begun = self._begun
        try:
            with self._journal._taken_back_on_error():
                yield
        except BaseException:
            self._begun = begun
            raise

    def append(self, drafts: Sequence[Draft], *, cause: str, recorded_at: datetime) -> tuple[Entry, ...]:
        """Write entries at the head; ValueError if the cause has written before or a draft can't be kept."""
        journal, before = self._journal, self._journal.caused(cause)
        if not drafts:
            return ()
        if before and cause not in self._begun:
            raise ValueError(f"{cause} has written already")
        entries = linked(
            drafts,
            head=journal.head(),
            turns=journal._turns,
            cause=cause,
            recorded_at=recorded_at,
            nonces=journal._nonces,
            part=len(before),
        )
        journal._entries.extend(entries)
        journal._turns.update((entry.run, entry.turn) for entry in entries)
        journal._causes[cause] = (*before, *entries)
        self._begun |= {cause}
        self._first = entries[0].seq
        return entries

    def owe(self, owed: Sequence[Owed], *, at: datetime, cause: str = "") -> None:
        """Put messages to what is owed; one with a ``key`` takes the place of its unsent twins."""
        self._journal.deliveries.owe(owed, at=at, seq=self.head().seq, cause=cause)

    def lay_aside(self, place: str, text: str) -> None:
        """Keep a text without order, time or writer."""
        self._journal._aside = (*self._journal._aside, (place, text))

    def clear_aside(self, place: str) -> None:
        """Forget what was laid aside in ``place``."""
        self._journal._aside = tuple(kept for kept in self._journal._aside if kept[0] != place)

    def black_out(self, entry: Entry, twin: str, texts: Sequence[str]) -> None:
        """Let the twin of a body and the digest of what it was take its place; messages in memory go with the process."""
        journal, last = self._journal, self._journal._entries[-1]
        said = json.loads(last.body)
        named = (said.get("seq"), said.get("body")) == (entry.seq, twin) and last.kind in KINDS_OF_BLACKING
        if entry.body_half is not None or not named:
            raise ValueError(f"the last entry doesn't black entry {entry.seq} out")
        half = body_half(entry)
        black = replace(entry, body=twin, nonces=entry.nonces[:32] + half, body_half=half)
        journal._blacked.append(journal._entries[entry.seq - 1])
        journal._entries[entry.seq - 1] = black
        caused = journal._causes[entry.cause]
        journal._causes[entry.cause] = tuple(black if one.seq == entry.seq else one for one in caused)

    def forget_texts(self, run: str) -> int:
        """Forget what the messages of a run said that won't go out any more, but for seals."""
        return self._journal.deliveries.forget(run)

    def put(self, kind: str, key: str, value: str | None) -> Change:
        """Keep ``value`` in the registry (None removes), from the first of the last entries on."""
        journal, held = self._journal, None
        old = next((k for k in journal._kept if (k.kind, k.key, k.until) == (kind, key, None)), None)
        if old is not None:
            journal._kept.remove(old)
            journal._kept.append(replace(old, until=self._first))
        if value is not None:
            json.loads(value)
            journal._places += 1
            place = old.place if old is not None else journal._places
            held = _Kept(kind, key, value, journal._nonces()[:SALT], self._first, place=place)
            journal._kept.append(held)
        return Change(self._first, held.digest() if held else None, old.digest() if old else None)

    def erase(self, kind: str, key: str) -> tuple[str, ...]:
        """Remove all that the registry held before under ``kind`` and ``key``."""
        gone = [k for k in self._journal._kept if (k.kind, k.key) == (kind, key) and k.until is not None]
        for one in gone:
            self._journal._kept.remove(one)
        return tuple(one.digest() for one in gone)

    def salted(self) -> tuple[Row, ...]:
        """Give all rows: in memory each has its salt from the first."""
        return tuple(self._journal._kept)
