"""The journal alone: appended one by one, and verified, beside SQLite without us."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter, process_time
from uuid import uuid4

from bot.store.sqlite.journal import JOURNAL_FILE, SqliteJournal
from bot.store.verifying import verify_home
from flows.record.journal import Draft
from tests.bench.figures import Figure, Size
from tests.bench.homes import Facilities

APPENDED = 600
BODY = '{"track":"containment","step":"unplug","answer":"done","note":"LANケーブルを抜きました","shown":41}'
NOON = datetime(2027, 4, 1, 3, 0, tzinfo=UTC)


def appends(size: Size) -> Iterator[Figure]:
    """One entry a transaction, each on disk before the next, with the clock and in CPU."""
    count = 10 if size.small else APPENDED
    ways = {"ours": _append_ours, "bare sqlite3 loop": _append_bare}
    if find_spec("eventsourcing"):
        ways["eventsourcing's recorder"] = _append_recorder
    rounds = [[_timed(way, count) for way in ways.values()] for _ in range(size.rounds)]
    ours, *others = (
        [[1 / wall for wall, _ in way], [cpu * 1e3 for _, cpu in way]] for way in zip(*rounds, strict=True)
    )
    for name, theirs in zip(list(ways)[1:], others, strict=True):
        yield Figure("durable appends", "/s", ours[0], name, theirs[0], "≥ 0.95 ×")
        yield Figure("CPU an append", "ms", ours[1], name, theirs[1])


def verify(size: Size) -> Iterator[Figure]:
    """A whole home, integrity check and people's digests included, beside reading and hashing alone."""
    with tempfile.TemporaryDirectory() as folder:
        facility = Facilities(Path(folder), 8)
        facility.grow_to(size.entries)
        home = facility.close()
        rounds = [
            (_cpu(lambda: verify_home(home)), _cpu(lambda: _read_and_hash(home / JOURNAL_FILE)))
            for _ in range(size.rounds)
        ]
        ours, theirs = map(list, zip(*rounds, strict=True))
        yield Figure(f"verify {size.entries:,} entries", "s CPU", ours, "sqlite3 read + sha256", theirs, "≤ 2.5 ×")


def _timed(way: Callable[[Path, int], None], count: int) -> tuple[float, float]:
    """Give the seconds of the clock and of CPU of one append."""
    with tempfile.TemporaryDirectory() as folder:
        start, cpu = perf_counter(), process_time()
        way(Path(folder), count)
        return (perf_counter() - start) / count, (process_time() - cpu) / count


def _append_ours(folder: Path, count: int) -> None:
    with SqliteJournal(folder / JOURNAL_FILE) as journal:
        for number in range(count):
            with journal.writing() as writing:
                draft = Draft("incident-1", "step_answered", BODY, "m1", NOON)
                writing.append([draft], cause=f"bench:{number}", recorded_at=NOON)


def _append_bare(folder: Path, count: int) -> None:
    with closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = wal")
        database.execute("PRAGMA synchronous = full")
        database.execute("CREATE TABLE journal (seq INTEGER PRIMARY KEY, body TEXT, digest BLOB) STRICT")
        digest = bytes(32)
        for _ in range(count):
            digest = sha256(digest + BODY.encode()).digest()
            database.execute("BEGIN IMMEDIATE")
            database.execute("INSERT INTO journal (body, digest) VALUES (?, ?)", (BODY, digest))
            database.execute("COMMIT")


def _append_recorder(folder: Path, count: int) -> None:
    from eventsourcing.persistence import StoredEvent  # only where the bench's own packages are
    from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore

    store = SQLiteDatastore(str(folder / "recorded.db"))
    recorder = SQLiteApplicationRecorder(store)
    recorder.create_table()
    run = uuid4()
    for number in range(count):
        recorder.insert_events([StoredEvent(run, number, "step_answered", BODY.encode())])
    store.close()


def _read_and_hash(file: Path) -> None:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        before = bytes(32)
        for envelope, body, nonces in database.execute("SELECT envelope, body, nonces FROM journal ORDER BY seq"):
            halves = sha256(nonces[:32] + envelope.encode()).digest() + sha256(nonces[32:] + body.encode()).digest()
            before = sha256(before + sha256(halves).digest()).digest()


def _cpu(what: Callable[[], object]) -> float:
    start = process_time()
    what()
    return process_time() - start
