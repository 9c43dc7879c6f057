"""Setting a broken journal aside: the altered file is kept, a new one goes on with what is still needed."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.store.seals import SEALED
from bot.store.sqlite.database import HomeFile, our_errors
from bot.store.sqlite.journal import JOURNAL_FILE, SqliteJournal, SqliteWriting, chance
from bot.store.trouble import StorageTrouble
from bot.store.verifying import stored_entries
from flows.record.chain import BrokenChain
from flows.record.journal import FACILITY, Draft, Entry

FOLDER = "set-aside"
JOURNAL_BROKEN = "journal_broken"
RUN_CARRIED = "run_carried"

_ABOUT_THE_FILE = frozenset({SEALED, JOURNAL_BROKEN, RUN_CARRIED})
"""Kinds that speak about the file they stand in, so they are not carried into another."""


@dataclass(frozen=True)
class SetAside:
    """Where the broken file lies now, the first entry of the new journal, and the runs that were carried over."""

    folder: Path
    first: Entry
    carried: tuple[str, ...]


@dataclass
class _Saved:
    """What could still be read of the broken file; ``unreadable`` are numbers of entries that say nothing."""

    entries: list[Entry] = field(default_factory=list)
    unreadable: list[int] = field(default_factory=list)
    tables: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)


def set_aside(
    home: Path,
    broken: BrokenChain,
    open_runs: Collection[str],
    *,
    now: datetime,
    nonces: Callable[[], bytes] = chance,
) -> SetAside:
    """Keep the broken journal under ``set-aside/`` and put a new one in its place; the caller has closed its own.

    The new one opens with ``journal_broken``; then come the entries of each open run, turn by turn as they were, with
    their old recorded_at so that nothing waits anew, after a ``run_carried`` that names those from the break on, which
    nothing proves. Registry, deliveries and unhandled acts are copied; their numbers of entries become 0 and less,
    which reads as: before the first. StorageTrouble while another process has the journal open, or when the disk
    fails; then everything is as it was.
    """
    path, new_path = home / JOURNAL_FILE, home / f"{JOURNAL_FILE}.new"
    old = HomeFile(path, "found")
    try:
        with _disk_errors(), old.held_alone():
            folder = _folder(home / FOLDER, now)
            _remove(new_path)
            saved = _save(old)
            try:
                with SqliteJournal(new_path, nonces=nonces) as journal, journal.writing() as writing:
                    _copy_tables(journal.file, saved)
                    where = f"{FOLDER}/{folder.name}"
                    first = _name_the_break(writing, broken, saved, where, now)
                    carried = tuple(_carry(writing, saved, broken.first_bad, open_runs, where, now))
                if new_path.with_name(new_path.name + "-wal").exists():
                    raise StorageTrouble("the new journal is not in one piece yet")
                _keep(path, folder)
            except BaseException:
                _remove(new_path)
                with suppress(OSError):
                    shutil.rmtree(folder)
                raise
            if os.name != "nt":  # under the lock, so that nobody writes into the old one in between
                _replace(path, new_path)
    finally:
        old.close()
    if os.name == "nt":  # Windows moves no file that is open
        with _disk_errors():
            _replace(path, new_path)
    return SetAside(folder, first, carried)


@contextmanager
def _disk_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageTrouble(str(error)) from error


def _folder(parent: Path, now: datetime) -> Path:
    """Make a new folder named by the time in UTC."""
    name = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    parent.mkdir(exist_ok=True)
    taken = {path.name for path in parent.iterdir()}
    folder = parent / next(n for n in (name, *(f"{name}-{again}" for again in range(2, 1000))) if n not in taken)
    folder.mkdir()
    return folder


_TABLES = {
    "registry": ("place, kind, key, value, seq", ("seq",)),
    "registry_history": ("id, place, kind, key, value, seq, until", ("seq", "until")),
    "deliveries": (
        """id, recipient, run, name, data, key, priority, silent, edits, state, attempts, not_before, last_error,
        owed_at, sent_at, address, message_id, seq""",
        ("seq",),
    ),
    "unhandled": ("id, at, cause, raw, trace", ()),
}
"""What is copied: each table's columns, and which of them count entries."""


def _save(old: HomeFile) -> _Saved:
    """Read what can be read; where pages are damaged, what comes before them."""
    saved = _Saved()
    for table, (columns, _) in _TABLES.items():
        rows = saved.tables.setdefault(table, [])
        with suppress(BrokenChain), our_errors():
            if old.here[table].exists():
                rows.extend(old.here.execute(f"SELECT {columns} FROM {table} ORDER BY 1"))  # noqa: S608  (both stand above)
    with suppress(BrokenChain):
        for entry in stored_entries(old):
            if _is_writable(entry):
                saved.entries.append(entry)
            else:
                saved.unreadable.append(entry.seq)
    return saved


def _is_writable(entry: Entry) -> bool:
    """Say whether an entry could be one of ours: its envelope was read, its body is JSON, its texts are Unicode."""
    try:
        json.loads(entry.body)
        f"{entry.run}{entry.kind}{entry.actor}{entry.body}".encode()
    except ValueError:
        return False
    return entry.turn > 0


def _copy_tables(new: HomeFile, saved: _Saved) -> None:
    """Copy the ordinary tables; the last number that the old file counted becomes 0."""
    last = max((entry.seq for entry in saved.entries), default=0)
    for table, (columns, counting) in _TABLES.items():
        names = columns.replace(",", " ").split()
        values = ", ".join(
            f"?{place} - {last}" if n in counting else f"?{place}" for place, n in enumerate(names, start=1)
        )
        sql = f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({values})"  # noqa: S608  (all of it stands above)
        new.here.conn.executemany(sql, saved.tables[table])


def _name_the_break(writing: SqliteWriting, broken: BrokenChain, saved: _Saved, where: str, now: datetime) -> Entry:
    body = {
        "set_aside": where,
        "first_bad_seq": broken.first_bad,
        "last_good_seq": broken.last_good.seq,
        "last_good_digest": broken.last_good.digest.hex(),
        "fault": broken.fault,
        "unreadable": saved.unreadable,
    }
    return _note(writing, JOURNAL_BROKEN, body, f"{JOURNAL_BROKEN}:{where}", now)


def _note(writing: SqliteWriting, kind: str, body: dict[str, object], cause: str, now: datetime) -> Entry:
    draft = Draft(FACILITY, kind, json.dumps(body, ensure_ascii=False), "clock", now)
    return writing.append([draft], cause=cause, recorded_at=now)[0]


def _carry(
    writing: SqliteWriting, saved: _Saved, first_bad: int, open_runs: Collection[str], where: str, now: datetime
) -> Iterator[str]:
    """Write the open runs again, in the order in which they began; yields each that had entries."""
    seen: set[bytes] = set()
    carried = [e for e in saved.entries if e.run in open_runs and e.kind not in _ABOUT_THE_FILE]
    for run in dict.fromkeys(entry.run for entry in carried):
        entries = [entry for entry in carried if entry.run == run]
        body: dict[str, object] = {
            "run": run,
            "from_seq": entries[0].seq,
            "to_seq": entries[-1].seq,
            "unproven": [entry.seq for entry in entries if entry.seq >= first_bad],
        }
        # of the facility, not of the run: entries of a run point at each other by turn
        _note(writing, RUN_CARRIED, body, f"{RUN_CARRIED}:{where}:{run}", now)
        for entry in entries:
            again = f":{entry.seq}" if entry.digest in seen else ""  # a forger may have copied a digest
            seen.add(entry.digest)
            draft = Draft(run, entry.kind, entry.body, entry.actor, entry.occurred_at)
            writing.append([draft], cause=f"carried:{entry.digest.hex()}{again}", recorded_at=entry.recorded_at)
        yield run


_BESIDE = ("", "-wal", "-shm")


def _keep(path: Path, folder: Path) -> None:
    """Put the old file and its log into the folder, under their own names, without opening them.

    A second name for the same file is all it takes: opening and closing it here would drop SQLite's lock on it (POSIX).
    """
    for name in (path.name + ending for ending in _BESIDE):
        if path.with_name(name).exists():
            try:
                os.link(path.with_name(name), folder / name)
            except OSError:  # a disk without hard links
                shutil.copy2(path.with_name(name), folder / name)


def _replace(path: Path, new_path: Path) -> None:
    """Put the new file in the old one's place; the old log must go first, or SQLite would play it into the new file."""
    _remove(path, _BESIDE[1:])
    new_path.replace(path)
    with suppress(OSError):  # Windows opens no folders
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _remove(path: Path, endings: Sequence[str] = _BESIDE) -> None:
    for ending in endings:
        path.with_name(path.name + ending).unlink(missing_ok=True)
