"""A file that gives way to a new one: the tables that have no chain are copied, the old file is kept byte by byte."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from bot.store.sqlite.database import HomeFile, columns, our_errors
from bot.store.sqlite.journal import SqliteJournal, SqliteWriting, stored_entries
from bot.store.sqlite.schema import secrets_apart
from bot.store.storage import Nonces
from bot.store.trouble import StorageTrouble
from flows.record.chain import BrokenChain
from flows.record.journal import Entry

_TABLES = {
    "registry": ("place, kind, key, value, seq, salt", ("seq",)),
    "registry_history": ("id, place, kind, key, value, seq, until, salt", ("seq", "until")),
    "deliveries": (
        """id, recipient, run, name, data, key, priority, silent, edits, state, attempts, not_before, last_error,
        owed_at, sent_at, address, message_id, seq, cause""",
        ("seq",),
    ),
    "delivery_secrets": ("delivery, facts", ()),
    "unhandled": ("id, at, cause, raw, trace", ()),
}
"""What is copied: each table's columns, and which of them count entries."""

_BESIDE = ("", "-wal", "-shm")

_INSIDE = rb'(?:"(?:[^"\\]|\\.)*"|[^"{}])*'
_SECRETS = re.compile(rb'(?<=\{"secret": \{)%b(?=\}\})|(?<=invited\{)"code": %b(?=\})' % (_INSIDE, _INSIDE))
"""The secrets of unsent messages as they lie in the bytes of a file, damaged or not; also as older versions left them."""


class HeldFile:
    """An open file, held alone, and the new one beside it that takes its place."""

    def __init__(self, file: HomeFile) -> None:
        self._file, self._path = file, file.path
        self._new_path = file.path.with_name(file.path.name + ".new")
        self._read: list[BinaryIO] = []
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
        """Put the file and its log into the folder, under their own names: the secrets blank, all else byte by byte.

        What holds no secret gets a second name and no copy.
        """
        for name in (self._path.name + ending for ending in _BESIDE):
            here, there = self._path.with_name(name), folder / name
            if not here.exists():
                continue
            raw = self._bytes(here)
            blank = _SECRETS.sub(lambda found: b" " * len(found.group()), raw)
            if blank != raw:
                with there.open("wb") as copy:
                    copy.write(blank)
                    os.fsync(copy.fileno())
                continue
            try:
                os.link(here, there)
            except OSError:  # a disk without hard links
                shutil.copy2(here, there)

    def _bytes(self, path: Path) -> bytes:
        """Read a file that stays open until SQLite has closed it: closing it would drop SQLite's lock on it (POSIX)."""
        file = path.open("rb")
        self._read.append(file)
        return file.read()

    def let_go(self) -> None:
        """Close what was read, now that SQLite holds no lock any more."""
        while self._read:
            self._read.pop().close()

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
    """Copy what can be read of the ordinary tables, before damaged pages; entry ``last`` becomes number 0.

    What points past it, since damaged pages hid its entry, points at it.
    """
    for table, (wanted, counting) in _TABLES.items():
        names = [name for name in wanted.replace(",", " ").split() if name in _columns(old, table)]
        if not names:
            continue
        values = ", ".join(
            f"min(?{place} - {last}, 0)" if n in counting else f"?{place}" for place, n in enumerate(names, start=1)
        )
        listed = ", ".join(names)
        sql = f"INSERT OR IGNORE INTO {table} ({listed}) VALUES ({values})"  # noqa: S608  (all of it stands above)
        new.here.executemany(sql, _rows(old, table, listed))
    secrets_apart(new.here)


def _columns(old: HomeFile, table: str) -> frozenset[str]:
    """Name the columns that a table has, which in an older version's file may be fewer, or none."""
    with suppress(BrokenChain), our_errors():
        return columns(old.here, table)
    return frozenset()


def _rows(old: HomeFile, table: str, columns: str) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    with suppress(BrokenChain), our_errors():
        rows.extend(old.here.execute(f"SELECT {columns} FROM {table} ORDER BY 1"))  # noqa: S608  (both stand above)
    return rows


def _remove(path: Path, endings: Sequence[str] = _BESIDE) -> None:
    for ending in endings:
        path.with_name(path.name + ending).unlink(missing_ok=True)
