"""Journals for tests: drafts, a file with something in it, and a forger who knows SQL."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from bot.store.sqlite.database import HomeFile
from bot.store.sqlite.journal import SqliteJournal
from flows.record.chain import Verification, digest_of
from flows.record.deliveries import Deliveries
from flows.record.journal import Draft, Entry, Journal, Owed
from flows.record.memory_journal import counted_nonces

NOON = datetime(2027, 4, 1, 3, 0, tzinfo=UTC)


class Twin(Journal, Protocol):
    """What all stores have in common, the one in memory too."""

    @property
    def deliveries(self) -> Deliveries:
        """What is owed and what became of it."""
        ...


def draft(run: str = "r1", kind: str = "note_taken", body: str = '{"text":"電話した"}', minutes: int = 0) -> Draft:
    """Make a draft that happened some minutes after noon."""
    return Draft(run, kind, body, "m1", NOON + timedelta(minutes=minutes))


def write(journal: Journal, *drafts: Draft, cause: str) -> tuple[Entry, ...]:
    """Write drafts in one transaction, recorded when the last one happened."""
    with journal.writing() as writing:
        return writing.append(drafts, cause=cause, recorded_at=max(d.occurred_at for d in drafts))


def file_with(path: Path, count: int, runs: tuple[str, ...] = ("r1", "r2")) -> SqliteJournal:
    """Make a journal file with ``count`` entries, the runs taking turns; the caller closes it."""
    journal = SqliteJournal(path, nonces=counted_nonces())
    for n in range(count):
        write(journal, draft(runs[n % len(runs)], body=f'{{"n":{n}}}', minutes=n), cause=f"telegram:1:{n}")
    return journal


def unsent(journal: Twin) -> list[Owed]:
    """List the messages still owed, in the order in which they go out."""
    return [delivery.owed for delivery in journal.deliveries.unsent()]


def bytes_in(folder: Path) -> bytes:
    """Give the bytes of all files in a folder and below, one after the other."""
    return b"\0".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def home_file(journal: Journal) -> HomeFile:
    """Give the file in which a journal lies, to do to it what no code of ours does."""
    assert isinstance(journal, SqliteJournal)
    return journal.file


def forge(path: Path, *statements: str) -> None:
    """Change a file as somebody with a copy of SQLite would: triggers off, checks off."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = on")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def rehashed(entry: Entry, **changes: object) -> Entry:
    """Change an entry and give it the digest that then fits, as a careful forger does."""
    changed = replace(entry, **changes)  # type: ignore[arg-type]
    return replace(changed, digest=digest_of(changed))


def kinds(entries: list[Entry]) -> list[tuple[int, str]]:
    """List a chain's faults as pairs of number and kind."""
    verification = Verification()
    return [(fault.seq, fault.kind) for entry in entries for fault in verification.faults(entry)]
