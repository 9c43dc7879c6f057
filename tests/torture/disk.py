"""The disk under the home: full, slow, read-only, held by somebody else, or the place at which the process dies."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from bot.store.sqlite.database import HomeFile
from tests.virtual_time import VirtualLoop

WRITES = ("BEGIN", "INSERT", "UPDATE", "DELETE", "COMMIT")

Trouble = Literal["full", "read_only", "busy"]

_ERRORS = {
    "full": (sqlite3.SQLITE_FULL, "database or disk is full"),
    "read_only": (sqlite3.SQLITE_READONLY, "attempt to write a readonly database"),
    "busy": (sqlite3.SQLITE_BUSY, "database is locked"),
}


class Death(BaseException):
    """The process is gone: nothing of it goes on, not even what would tidy up."""


class Disk:
    """What a process writes to. ``writes`` counts beginnings, statements and commits; ``transactions`` what was begun.

    ``dies_at`` is the write (counted from here, 0 the next) at which the process dies, ``after`` it was done;
    ``trouble`` is what every write meets, ``slow`` the seconds that a commit takes.
    """

    def __init__(self) -> None:
        self.writes = self.transactions = self.commits = 0
        self.dead = False
        self.trouble: Trouble | None = None
        self.slow = 0.0
        self.died_in = ""
        self._dies_at: int | None = None
        self._in: str | None = None
        self._after = False

    def dies(self, write: int, *, after: bool = False, in_transaction: str | None = None) -> None:
        """Die at that write; with ``in_transaction`` (``before``, ``inside``, ``after`` its commit) in the transaction numbered so."""
        self._dies_at, self._after, self._in = write, after or in_transaction == "after", in_transaction

    def is_over(self) -> None:
        """Raise if the process is dead."""
        if self.dead:
            raise Death

    def die(self, where: str) -> None:
        """Be gone from here on."""
        self.dead, self.died_in = True, where
        raise Death

    def write(self, statement: str, do: Any) -> Any:
        """Do a statement, if the disk does."""
        self.is_over()
        word = statement.split(maxsplit=1)[0].upper()
        if word not in WRITES:
            return do()
        if self.trouble is not None:
            code, text = _ERRORS[self.trouble]
            error = sqlite3.OperationalError(text)
            error.sqlite_errorcode = code
            raise error
        fatal = self._is_fatal(word)
        if fatal and not self._after:
            self.die(f"{statement.split('(', maxsplit=1)[0]} before")
        done = do()
        self.writes += 1
        self.transactions += word == "BEGIN"
        self.commits += word == "COMMIT"
        if word == "COMMIT" and self.slow:
            loop = asyncio.get_running_loop()
            if isinstance(loop, VirtualLoop):
                loop.seconds += self.slow
        if fatal:
            self.die(f"{statement.split('(', maxsplit=1)[0]} after")
        return done

    def _is_fatal(self, word: str) -> bool:
        if self._dies_at is None:
            return False
        if self._in is None:
            return self.writes >= self._dies_at
        if self.commits != self._dies_at:
            return False
        return word == ("BEGIN" if self._in == "before" else "COMMIT")


@contextmanager
def laid_under() -> Iterator[list[Disk]]:
    """Let every connection that is opened from here on write to the last of these disks."""
    disks = [Disk()]

    class Connection(sqlite3.Connection):
        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **more)
            self.disk = disks[-1]
            super().execute("PRAGMA synchronous = off")  # what is tried here is no power cut

        def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
            if sql == "PRAGMA synchronous = full":
                sql = "PRAGMA synchronous = off"
            found: sqlite3.Cursor = self.disk.write(sql, lambda: super(Connection, self).execute(sql, *parameters))
            return found

        def executemany(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
            found: sqlite3.Cursor = self.disk.write(sql, lambda: super(Connection, self).executemany(sql, *parameters))
            return found

    before, HomeFile.connection = HomeFile.connection, Connection
    try:
        yield disks
    finally:
        HomeFile.connection = before
