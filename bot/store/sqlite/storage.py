"""A home's storage as one SQLite file: what :class:`bot.store.storage.Storage` promises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from bot.store.sqlite.copying import copy_file, unknown_migrations
from bot.store.sqlite.database import HomeFile, Mode
from bot.store.sqlite.journal import JOURNAL_FILE, SqliteJournal
from bot.store.sqlite.replacing import HeldFile
from bot.store.storage import Store

T = TypeVar("T")


class SqliteStorage:
    """The journal's file in a home's folder."""

    name = JOURNAL_FILE

    def __init__(self, home: Path) -> None:
        self._path = home / JOURNAL_FILE

    def exists(self) -> bool:
        """Say whether the file is there; OSError if nobody may look."""
        return self._path.is_file()

    def open(self) -> SqliteJournal:
        """Open the file to write, or make it; triggers are set right."""
        return SqliteJournal(self._path)

    def read(self) -> SqliteJournal:
        """Open the file to read."""
        return SqliteJournal(self._path, mode="read")

    def look(self, at: Callable[[Store], T]) -> T:
        """Look at the file; where nobody has it open, not even a log appears beside it."""
        log = self._path.with_name(self._path.name + "-wal")
        quiet, before = not log.exists(), self._path.stat()
        seen = self._look(at, "still" if quiet else "read")
        after = self._path.stat()
        if quiet and (log.exists() or (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size)):
            seen = self._look(at, "read")  # the bot was started meanwhile
        return seen

    def _look(self, at: Callable[[Store], T], mode: Mode) -> T:
        with SqliteJournal(self._path, mode=mode) as store:
            return at(store)

    def copy_to(self, folder: Path, stopped: Callable[[], bool]) -> bool:
        """Copy the file by SQLite's online backup: it holds what was committed, whatever is still in the log beside it."""
        return copy_file(self._path, folder / self._path.name, stopped)

    def unknown(self) -> frozenset[str]:
        """Name the migrations of the file that this version doesn't know."""
        return unknown_migrations(self._path)

    @contextmanager
    def held(self) -> Iterator[HeldFile]:
        """Hold the file; its successor takes its place under the lock, so that nobody writes into the old one in between."""
        file = HomeFile(self._path, "found")
        held = HeldFile(file)
        try:
            with file.held_alone():
                yield held
        finally:
            file.close()
            held.let_go()
        if held.waits_for_close:
            held.replace()
