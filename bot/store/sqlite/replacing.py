"""A file that gives way to a new one: the tables that have no chain are copied, the old file is kept byte by byte."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from bot.store.sqlite.database import HomeFile, our_errors
from bot.store.sqlite.journal import SqliteJournal, SqliteWriting, stored_entries
from bot.store.storage import Nonces
from bot.store.trouble import StorageTrouble
from flows.record.chain import BrokenChain
from flows.record.journal import Entry

_TABLES = {
    "registry": ("place, kind, key, value, seq", ("seq",)),
    "registry_history": ("id, place, kind, key, value, seq, until", ("seq", "until")),
    "deliveries": (
        """id, recipient, run, name, data, key, priority, silent, edits, state, attempts, not_before, last_error,
        owed_at, sent_at, address, message_id, seq, cause""",
        ("seq",),
    ),
    "unhandled": ("id, at, cause, raw, trace", ()),
}
"""What is copied: each table's columns, and which of them count entries."""

_BESIDE = ("", "-wal", "-shm")


class HeldFile:
    """An open file, held alone, and the new one beside it that takes its place."""

    def __init__(self, file: HomeFile) -> None:
        self._file, self._path = file, file.path
        self._new_path = file.path.with_name(file.path.name + ".new")
        self.waits_for_close = False

    def stored(self) -> Iterator[Entry]:
        """Give all entries as they are stored."""
        return stored_entries(self._file)

    @contextmanager
    def successor(self, last: int, nonces: Nonces) -> Iterator[SqliteWriting]:
        """Begin the new file with the ordinary tables; what it could not be made whole is swept away."""
        _remove(self._new_path)
        try:
            with SqliteJournal(self._new_path, nonces=nonces) as journal, journal.writing() as writing:
                _copy_tables(self._file, journal.file, last)
                yield writing
            if self._new_path.with_name(self._new_path.name + "-wal").exists():
                raise StorageTrouble("the new journal is not in one piece yet")
        except BaseException:
            _remove(self._new_path)
            raise

    def keep_in(self, folder: Path) -> None:
        """Put the file and its log into the folder, under their own names, without opening them.

        A second name for the same file is all it takes: opening and closing it here would drop SQLite's lock on it
        (POSIX).
        """
        for name in (self._path.name + ending for ending in _BESIDE):
            if self._path.with_name(name).exists():
                try:
                    os.link(self._path.with_name(name), folder / name)
                except OSError:  # a disk without hard links
                    shutil.copy2(self._path.with_name(name), folder / name)

    def give_way(self) -> None:
        """Put the new file in the old one's place; on Windows that waits until the old one is closed."""
        if os.name == "nt":
            self.waits_for_close = True
        else:
            self.replace()

    def replace(self) -> None:
        """Move the new file; the old log must go first, or SQLite would play it into the new file."""
        _remove(self._path, _BESIDE[1:])
        self._new_path.replace(self._path)
        with suppress(OSError):  # Windows opens no folders
            folder = os.open(self._path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


def _copy_tables(old: HomeFile, new: HomeFile, last: int) -> None:
    """Copy what can be read of the ordinary tables, before damaged pages; entry ``last`` becomes number 0."""
    for table, (columns, counting) in _TABLES.items():
        names = columns.replace(",", " ").split()
        values = ", ".join(
            f"?{place} - {last}" if n in counting else f"?{place}" for place, n in enumerate(names, start=1)
        )
        sql = f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({values})"  # noqa: S608  (all of it stands above)
        new.here.conn.executemany(sql, _rows(old, table, columns))


def _rows(old: HomeFile, table: str, columns: str) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    with suppress(BrokenChain), our_errors():
        if old.here[table].exists():
            rows.extend(old.here.execute(f"SELECT {columns} FROM {table} ORDER BY 1"))  # noqa: S608  (both stand above)
    return rows


def _remove(path: Path, endings: Sequence[str] = _BESIDE) -> None:
    for ending in endings:
        path.with_name(path.name + ending).unlink(missing_ok=True)
