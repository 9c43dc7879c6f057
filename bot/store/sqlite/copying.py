"""Copying a home's file while the bot writes to it, and telling whether a newer version has written it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bot.store.sqlite.database import BUSY_MS, DONE, our_errors, tables
from bot.store.sqlite.schema import MIGRATIONS

_PAGES = 2_000
"""Pages (of 4 KiB) a step: between two of them whoever wants to stop is heard."""


def copy_file(source: Path, target: Path, stopped: Callable[[], bool]) -> bool:
    """Copy a file as it is at one moment; False if it was ``stopped`` before its end.

    All steps read in one transaction, so that a writer in between does not make it begin anew; in the log's mode it
    holds no writer up. Raises StorageTrouble (also for a full disk) or BrokenChain.
    """
    with (
        our_errors(),
        closing(_read(source)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.execute("BEGIN")
        old.execute("SELECT count(*) FROM sqlite_master").fetchone()
        try:
            old.backup(new, pages=_PAGES, progress=lambda *_: _stop(stopped))
        except _Stopped:
            return False
        new.execute("PRAGMA journal_mode = delete")
    return True


def unknown_migrations(path: Path) -> frozenset[str]:
    """Name the migrations that a file has behind it and this version doesn't know."""
    with our_errors(), closing(_read(path)) as connection:
        if DONE not in tables(connection):
            return frozenset()
        rows = connection.execute(f"SELECT name FROM {DONE}").fetchall()  # noqa: S608  (ours)
    return frozenset(str(name) for (name,) in rows) - {migration.__name__ for migration in MIGRATIONS}


class _Stopped(Exception):
    """Whoever copies is to stop."""


def _stop(stopped: Callable[[], bool]) -> None:
    if stopped():
        raise _Stopped


def _read(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_MS / 1000)
