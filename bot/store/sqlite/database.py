"""A home's file as SQLite sees it: opened, migrated and guarded; a connection a thread, and errors in our own terms."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, Thread, current_thread
from typing import ClassVar, Literal

from bot.store.sqlite.schema import FORMER_TRIGGERS, MIGRATIONS, SWEPT, TRIGGERS
from bot.store.trouble import NewerStore, StorageTrouble
from flows.record.chain import BrokenChain
from flows.record.journal import Head

BUSY_MS = 500
"""How long a writer waits for another process before it gives up and lets the act be brought again."""

DONE = "_sqlite_migrations"
"""The table that names the migrations a file has behind it."""

NO_JOURNAL = "there is no journal in it"

_TROUBLE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PROTOCOL,
    }
)
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


@contextmanager
def our_errors() -> Iterator[None]:
    """Turn SQLite's errors into ours: StorageTrouble may pass, BrokenChain (entry 0: unknown) won't; others stay bugs."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is not None and code & 0xFF in _TROUBLE:
            raise StorageTrouble(str(error)) from error
        undecodable = code is None and "decode" in str(error)  # a text that is no UTF-8: nobody here wrote it
        if undecodable or (code is not None and code & 0xFF in _DAMAGE):
            raise BrokenChain(0, Head(), str(error)) from error
        raise


Mode = Literal["write", "read", "still", "found"]
"""``write``: tables and triggers are brought up to date. ``read``: nothing is written. ``still``: and nobody else writes
either, so no file appears beside it. ``found``: open to be written, but left as it was found."""

_URI = {"write": "mode=rwc", "read": "mode=ro", "still": "mode=ro&immutable=1", "found": "mode=rw"}


class HomeFile:
    """The one file of a home. Threads and processes may share it; each thread gets a connection of its own.

    ``repaired`` names the triggers that were missing or changed when it was opened to write; nobody does that by
    accident. ``connection`` is what its connections are made of.
    """

    connection: ClassVar[type[sqlite3.Connection]] = sqlite3.Connection

    def __init__(self, path: Path, mode: Mode = "write", *, busy_ms: int = BUSY_MS) -> None:
        self.path = path
        self._mode = mode
        self._busy_ms = busy_ms
        self._open: dict[Thread, sqlite3.Connection] = {}
        self._lock = Lock()
        self.repaired: tuple[str, ...] = ()
        self._unswept = False
        if mode == "write":
            try:
                with self.transaction() as database:
                    self.repaired = prepare(database)
                self._unswept = True  # whoever was here last may have been stopped before it could
                self.sweep()
            except BaseException:
                self.close()
                raise

    @property
    def here(self) -> sqlite3.Connection:
        """Give this thread's connection, opened when first asked for; raises StorageTrouble or BrokenChain."""
        thread = current_thread()
        database = self._open.get(thread)
        if database is None:
            with our_errors():
                database = self._connect()
            with self._lock:
                for gone in [t for t in self._open if not t.is_alive()]:
                    self._open.pop(gone).close()
                self._open[thread] = database
        return database

    def _connect(self) -> sqlite3.Connection:
        """Open a connection with our settings."""
        there = self._inode()
        if there is not None and not self._open and self._mode in {"write", "found"}:
            self._probe()
        # closing is the one thing that another thread does to it
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?{_URI[self._mode]}",
            uri=True,
            timeout=self._busy_ms / 1000,
            check_same_thread=False,
            isolation_level=None,  # transactions begin where we say so
            factory=self.connection,
        )
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            self._must_be(there)
            if self._mode == "write":
                if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                    connection.execute("PRAGMA journal_mode = wal")
                connection.execute("PRAGMA synchronous = full")
                connection.execute("PRAGMA secure_delete = on")
            connection.execute("PRAGMA recursive_triggers = on")  # what REPLACE removes is removed
            return connection
        except BaseException:
            connection.close()
            raise

    def _probe(self) -> None:
        """Look at the file without the right to write: with it, SQLite deletes the log beside what is no database."""
        probe = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True, timeout=self._busy_ms / 1000)
        try:
            probe.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error as error:
            if error.sqlite_errorcode & 0xFF in _DAMAGE:
                raise
        finally:
            probe.close()

    def _must_be(self, inode: int | None) -> None:
        """Refuse a file that was set aside while we opened it: what we would write there, nobody would read."""
        if inode is not None and inode != self._inode():
            raise StorageTrouble("the journal was replaced at this very moment")

    def _inode(self) -> int | None:
        try:
            return self.path.stat().st_ino
        except OSError:
            return None

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Hold the one write lock over all processes; commits at the end, takes everything back on an exception.

        Inside a transaction of the same thread it joins it, and takes back only its own part.
        """
        database = self.here
        with our_errors():
            if database.in_transaction:
                with _part_of_it(database):
                    yield database
                return
            # at once: begun deferred, two could read the same head before either one writes
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
                database.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):  # a full disk has rolled back already
                    database.rollback()
                raise
        if self._unswept:
            self.sweep()

    def forgets(self, *, everywhere: bool = False) -> None:
        """Note, inside a transaction, that it removes what must be nowhere on disk after it.

        ``everywhere``: where so much is removed that SQLite may have moved some of it between pages before, the whole file
        is written anew by the next sweep.
        """
        if everywhere:
            self.here.execute("PRAGMA user_version = 0")
        self._unswept = True

    def sweep(self) -> bool:
        """Fold the write-ahead log into the file and empty it, so that no copy is left of what was removed.

        False while somebody reads from the log, or while the disk fails: then it is still to be done.
        """
        if not self._unswept:
            return True
        with contextlib.suppress(StorageTrouble, BrokenChain, sqlite3.Error):
            connection = self.here
            connection.execute("PRAGMA busy_timeout = 0")  # nobody is to wait for a reader
            try:
                if connection.execute("PRAGMA user_version").fetchone() != (SWEPT,):
                    connection.execute("VACUUM")
                    connection.execute(f"PRAGMA user_version = {SWEPT}")
                self._unswept = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] != 0
            finally:
                connection.execute(f"PRAGMA busy_timeout = {self._busy_ms}")
        return not self._unswept

    @contextmanager
    def held_alone(self) -> Iterator[None]:
        """Keep everybody else out, the write-ahead log folded into the file; StorageTrouble while anybody is connected.

        A file too damaged to be opened can't be held, and nobody else writes to it either.
        """
        with contextlib.suppress(BrokenChain), our_errors():
            self.here.execute("PRAGMA journal_mode = delete")
            self.here.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            for database in self._open.values():
                with contextlib.suppress(sqlite3.Error):
                    database.rollback()

    def close(self) -> None:
        """Close the connections of all threads; the file can be used again afterwards."""
        if self._open:
            self.sweep()
        with self._lock:
            while self._open:
                self._open.popitem()[1].close()


@contextmanager
def _part_of_it(database: sqlite3.Connection) -> Iterator[None]:
    """Take back only what was done in here, unless SQLite has taken back all of it."""
    database.execute("SAVEPOINT part")
    try:
        yield
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK TO part")
            database.execute("RELEASE part")
        raise
    database.execute("RELEASE part")


def tables(database: sqlite3.Connection) -> frozenset[str]:
    """Name the tables of a file."""
    return frozenset(name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))


def columns(database: sqlite3.Connection, table: str) -> frozenset[str]:
    """Name the columns of a table that are written; none if there is no such table."""
    return frozenset(name for (name,) in database.execute("SELECT name FROM pragma_table_info(?)", [table]))


def prepare(database: sqlite3.Connection) -> tuple[str, ...]:
    """Bring tables and triggers up to date; gives the triggers on the journal that had to be set right."""
    there = tables(database)
    is_new = not there
    if not is_new and "journal" not in there:
        raise BrokenChain(0, Head(), NO_JOURNAL)
    done = {name for (name,) in database.execute(f"SELECT name FROM {DONE}")} if DONE in there else set()  # noqa: S608
    known = {migration.__name__ for migration in MIGRATIONS}
    if done - known:
        raise NewerStore
    if known - done:
        from bot.store.sqlite.migrating import migrate  # noqa: PLC0415  (it loads NumPy, and a start seldom needs it)

        migrate(database)
    if is_new:
        database.execute(f"PRAGMA user_version = {SWEPT}")
    wrong = wrong_triggers(database)
    former = [name for name, sql in _triggers(database).items() if sql == FORMER_TRIGGERS.get(name)]
    for name in (*wrong, *former):
        quoted = '"' + name.replace('"', '""') + '"'
        database.execute("DROP TRIGGER IF EXISTS " + quoted)
        if name in TRIGGERS:
            database.execute(TRIGGERS[name])
    return () if is_new else wrong


def wrong_triggers(database: sqlite3.Connection) -> tuple[str, ...]:
    """Name the journal's triggers that are missing, changed or not ours, in the order of their names."""
    there = _triggers(database)
    right = {name: (sql, FORMER_TRIGGERS.get(name)) for name, sql in TRIGGERS.items()}
    return tuple(sorted(name for name in right | there if there.get(name, "") not in right.get(name, ())))


def _triggers(database: sqlite3.Connection) -> dict[str, str]:
    rows = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'")
    return dict(rows.fetchall())


def journal_definition(database: sqlite3.Connection) -> list[tuple[str, str]]:
    """Give the journal's table and indexes as the file defines them, to compare with those of a fresh file."""
    rows = database.execute(
        "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'journal' AND type <> 'trigger' ORDER BY name"
    )
    return [(name, sql) for name, sql in rows.fetchall()]
