"""A disk that fails at the write one names: SQLite itself does the rest, rolling back and starting anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread
from typing import Any

from bot.store.sqlite.database import HomeFile

_WRITES = ("BEGIN", "INSERT", "UPDATE", "DELETE", "COMMIT")


class Disk:
    """Counts writes (beginning and commit among them), and fails one of those to come.

    ``begun`` and ``committed`` count transactions.
    """

    def __init__(self) -> None:
        self.writes = self.begun = self.committed = 0
        self._fails_at: int | None = None
        self._after = False

    @contextmanager
    def failing(self, write: int, *, after: bool = False) -> Iterator[None]:
        """Let a write fail, 0 the next one; ``after`` it was done, as when only the answer gets lost."""
        self._fails_at, self._after = self.writes + write, after
        try:
            yield
        finally:
            self._fails_at = None

    def write(self, statement: str, do: Any) -> Any:
        """Do a statement, unless it is the one that fails."""
        word = statement.split(maxsplit=1)[0].upper()
        if word not in _WRITES:
            return do()
        fails, self.writes = self.writes == self._fails_at, self.writes + 1
        if fails and not self._after:
            raise _full()
        done = do()
        self.begun += word == "BEGIN"
        self.committed += word == "COMMIT"
        if fails:
            raise _full()
        return done


def _full() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error


def put_under(file: HomeFile) -> Disk:
    """Let this thread's connection to a home's file write to a disk that can fail."""
    disk = Disk()

    class Connection(sqlite3.Connection):
        def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
            found: sqlite3.Cursor = disk.write(sql, lambda: super(Connection, self).execute(sql, *parameters))
            return found

        def executemany(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
            found: sqlite3.Cursor = disk.write(sql, lambda: super(Connection, self).executemany(sql, *parameters))
            return found

    file.here.close()
    connection = sqlite3.connect(file.path, factory=Connection, check_same_thread=False, isolation_level=None)
    connection.execute("PRAGMA synchronous = off")  # what is tried here is no power cut
    file._open[current_thread()] = connection
    return disk
