"""The journal on disk: what :class:`flows.record.journal.Journal` promises, in one SQLite file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bot.store.evidence import kept_digest
from bot.store.sqlite.database import BUSY_MS, NO_JOURNAL, HomeFile, Mode, columns, our_errors, tables
from bot.store.sqlite.delivery_book import DeliveryBook
from bot.store.sqlite.guard import guard_findings, guard_signs
from bot.store.sqlite.unhandled import UnhandledTable
from bot.store.storage import Finding, Nonces, chance
from flows.messages.upkeep import SealPosted
from flows.record.chain import NO_BODY, BrokenChain, body_half, linked, restore, unreadable
from flows.record.journal import Draft, Entry, Head, Owed
from flows.record.rows import SALT, Change, Row

JOURNAL_FILE = "journal.db"
"""The file's name inside a home."""

PAGE = 5_000
"""Entries read at a time: no cursor stays open between them, so a slow reader never holds up anybody."""


class SqliteJournal:
    """The journal of a home. Reading and writing from several threads and processes is fine.

    Raises StorageTrouble when the disk is full, locked or not writable, and BrokenChain when the file can't be read.
    ``repaired`` names the triggers that were missing or changed when it was opened.
    """

    def __init__(self, path: Path, *, nonces: Nonces = chance, mode: Mode = "write", busy_ms: int = BUSY_MS) -> None:
        self.file = HomeFile(path, mode, busy_ms=busy_ms)
        self.repaired = self.file.repaired
        self.deliveries = DeliveryBook(self.file)
        self.unhandled = UnhandledTable(self.file)
        self._nonces = nonces

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections of all threads."""
        self.file.close()

    @contextmanager
    def writing(self) -> Iterator[SqliteWriting]:
        """Open the one transaction over all processes; RuntimeError inside another one of the same thread."""
        if self.file.here.in_transaction:
            raise RuntimeError("a transaction is open already")
        with self.file.transaction():
            yield SqliteWriting(self.file, self._nonces)

    def head(self) -> Head:
        """Give the last entry's number and digest."""
        with our_errors():
            return _head(self.file)

    def entries(self, after: int = 0, run: str | None = None) -> Iterator[Entry]:
        """Give entries in order, of all runs or of one; BrokenChain at an envelope that can't be read."""
        return _entries(self.file, after) if run is None else _entries_of_run(self.file, after, run)

    def caused(self, cause: str) -> tuple[Entry, ...]:
        """Give what a cause has written, its parts in order."""
        with our_errors():
            return _caused(self.file, cause)

    def registry(self, kind: str) -> dict[str, str]:
        """Give what the registry holds of a kind, in the order in which the keys first came."""
        with our_errors():
            rows = self.file.here.execute("SELECT key, value FROM registry WHERE kind = ? ORDER BY place", [kind])
            return dict(rows.fetchall())

    def registry_as_of(self, kind: str, seq: int) -> dict[str, str]:
        """Give what the registry held when entry ``seq`` was the last one, in the same order."""
        with our_errors():
            rows = self.file.here.execute(
                """SELECT key, value FROM (
                    SELECT place, key, value FROM registry WHERE kind = :kind AND seq <= :seq
                    UNION ALL
                    SELECT place, key, value FROM registry_history WHERE kind = :kind AND seq <= :seq AND :seq < until
                ) ORDER BY place""",
                {"kind": kind, "seq": seq},
            )
            return dict(rows.fetchall())

    def rows(self) -> tuple[int, tuple[Row, ...]]:
        """Give all rows of the registry and its history as of one moment, and the number of the last entry then."""
        with our_errors():
            if "journal" not in tables(self.file.here):
                raise BrokenChain(0, Head(), NO_JOURNAL)
            salt = "salt" if "salt" in columns(self.file.here, "registry") else "x''"
            sql = _ROWS.replace("salt", salt)
            found = self.file.here.execute(
                f"SELECT (SELECT coalesce(max(seq), 0) FROM journal), r.* FROM ({sql}) r"  # noqa: S608 (both stand here)
            ).fetchall()
        return (found[0][0] if found else self.head().seq), tuple(Row(*row[1:]) for row in found)

    def stored(self) -> Iterator[Entry]:
        """Give all entries as they are stored, also what nobody could have written; BrokenChain where pages are damaged."""
        return stored_entries(self.file)

    def findings(self) -> list[Finding]:
        """Say what is wrong with the file beside its entries."""
        return guard_findings(self.file)

    def signs(self) -> list[Finding]:
        """Say what shows that something else wrote to the file."""
        return guard_signs(self.file)

    def posted_heads(self) -> list[Head]:
        """Give the heads that were posted as seals; those of a file that was set aside count below 1 and are left out."""
        with our_errors():
            rows = self.file.here.execute(
                "SELECT data FROM deliveries WHERE name = ? AND seq > 0 AND state = 'sent'", [SealPosted.kept_as]
            )
            said = [json.loads(data) for (data,) in rows]
        return [Head(int(one["seq"]), bytes.fromhex(one["digest"])) for one in said]

    def evidence(self, sha256: str) -> str | None:
        """Give the true SHA-256 of the evidence kept under this one, in the folder beside the file."""
        return kept_digest(self.file.path.parent, sha256)

    def laid_aside(self, place: str) -> tuple[str, ...]:
        """Give the texts that were laid aside in ``place``, in the order of the alphabet."""
        with our_errors():
            rows = self.file.here.execute("SELECT text, count FROM laid_aside WHERE place = ?", [place]).fetchall()
            return tuple(sorted(text for text, count in rows for _ in range(count)))


class SqliteWriting:
    """The transaction on a journal file."""

    def __init__(self, file: HomeFile, nonces: Nonces) -> None:
        self._file = file
        self._nonces = nonces
        self._first = _head(file).seq + 1
        self._begun: frozenset[str] = frozenset()

    def head(self) -> Head:
        """Give the head as it is inside the transaction."""
        return _head(self._file)

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """Give the entries with ``seq`` above ``after``, in order."""
        return _entries(self._file, after)

    def caused(self, cause: str) -> tuple[Entry, ...]:
        """Give what this cause has already written."""
        return _caused(self._file, cause)

    def has_owed(self, cause: str) -> bool:
        """Say whether this cause has owed a message."""
        found = self._file.here.execute("SELECT 1 FROM deliveries WHERE cause = ? AND cause <> ''", [cause]).fetchone()
        return found is not None

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Open a part of the transaction that an exception takes back alone."""
        begun = self._begun
        try:
            with self._file.transaction():
                yield
        except BaseException:
            self._begun = begun
            raise

    def append(self, drafts: Sequence[Draft], *, cause: str, recorded_at: datetime) -> tuple[Entry, ...]:
        """Write entries at the head; ValueError if the cause has written before or a draft can't be kept."""
        if not drafts:
            return ()
        last: int | None = self._file.here.execute("SELECT max(part) FROM journal WHERE cause = ?", [cause]).fetchone()[
            0
        ]
        if last is not None and cause not in self._begun:
            raise ValueError(f"{cause} has written already")
        turns = {run: self._last_turn(run) for run in {draft.run for draft in drafts}}
        entries = linked(
            drafts,
            head=self.head(),
            turns=turns,
            cause=cause,
            recorded_at=recorded_at,
            nonces=self._nonces,
            part=0 if last is None else last + 1,
        )
        self._file.here.executemany(
            "INSERT INTO journal (seq, envelope, body, nonces, previous, digest) VALUES (?, ?, ?, ?, ?, ?)",
            [(e.seq, e.envelope, e.body, e.nonces, e.previous, e.digest) for e in entries],
        )
        self._begun |= {cause}
        self._first = entries[0].seq
        return entries

    def _last_turn(self, run: str) -> int:
        turn: int | None = self._file.here.execute("SELECT max(turn) FROM journal WHERE run = ?", [run]).fetchone()[0]
        return turn or 0

    def owe(self, owed: Sequence[Owed], *, at: datetime, cause: str = "") -> None:
        """Put messages to the deliveries; one with a ``key`` supersedes its unsent twins."""
        DeliveryBook(self._file).owe(owed, at=at, seq=self.head().seq, cause=cause)

    def lay_aside(self, place: str, text: str) -> None:
        """Keep a text without order, time or writer: the table knows no more than how often it was said."""
        self._file.here.execute(
            """INSERT INTO laid_aside (place, text, count) VALUES (?, ?, 1)
               ON CONFLICT (place, text) DO UPDATE SET count = count + 1""",
            [place, text],
        )

    def clear_aside(self, place: str) -> None:
        """Forget what was laid aside in ``place``."""
        self._file.here.execute("DELETE FROM laid_aside WHERE place = ?", [place])

    def black_out(self, entry: Entry, twin: str, texts: Sequence[str]) -> None:
        """Let the digest of a body and its nonce take their place; the trigger looks that the last entry says so."""
        here = self._file.here
        last = json.loads(here.execute("SELECT body FROM journal ORDER BY seq DESC LIMIT 1").fetchone()[0])
        if entry.body_half is not None or (last.get("seq"), last.get("body")) != (entry.seq, twin):
            raise ValueError(f"the last entry doesn't black entry {entry.seq} out")
        nonces = entry.nonces[:32] + body_half(entry)
        here.execute("UPDATE journal SET body = ?, nonces = ? WHERE seq = ?", [NO_BODY, nonces, entry.seq])
        for quoted in (
            json.dumps(text, ensure_ascii=False) for text in texts
        ):  # as a whole value: no name of ours is one
            here.execute(
                "UPDATE deliveries SET data = replace(data, ?, ?) WHERE instr(data, ?) > 0", [quoted, FORGOTTEN, quoted]
            )
        self._file.forgets()

    def forget_texts(self, run: str) -> int:
        """Forget what the messages of a run said that won't go out any more, but for seals."""
        return DeliveryBook(self._file).forget(run)

    def put(self, kind: str, key: str, value: str | None) -> Change:
        """Keep ``value`` in the registry (None removes), from the first of the last entries on."""
        database = self._file.here
        old = database.execute(
            """INSERT INTO registry_history (place, kind, key, value, salt, seq, until)
               SELECT place, kind, key, value, salt, seq, ? FROM registry WHERE kind = ? AND key = ?
               RETURNING kind, key, value, salt, seq, until""",
            [self._first, kind, key],
        ).fetchall()
        gone = next((Row(*row).digest() for row in old), None)
        if value is None:
            database.execute("DELETE FROM registry WHERE kind = ? AND key = ?", [kind, key])
            return Change(self._first, None, gone)
        json.loads(value)
        held = Row(kind, key, value, self._nonces()[:SALT], self._first)
        # a key that was removed and comes again stands last, as one that never was there
        database.execute(
            """INSERT INTO registry (place, kind, key, value, salt, seq)
               SELECT max(coalesce((SELECT max(place) FROM registry), 0),
                          coalesce((SELECT max(place) FROM registry_history), 0)) + 1, ?, ?, ?, ?, ? WHERE true
               ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value, salt = excluded.salt, seq = excluded.seq""",
            [kind, key, value, held.salt, self._first],
        )
        return Change(self._first, held.digest(), gone)

    def erase(self, kind: str, key: str) -> tuple[str, ...]:
        """Remove all that the registry held before under ``kind`` and ``key``; nothing of it stays in the file or its log."""
        self._file.forgets()
        gone = self._file.here.execute(
            """DELETE FROM registry_history WHERE kind = ? AND key = ?
               RETURNING kind, key, value, salt, seq, until""",
            [kind, key],
        ).fetchall()
        return tuple(Row(*row).digest() for row in gone)

    def salted(self) -> tuple[Row, ...]:
        """Give all rows that hold or held, after giving a salt to those that an older version wrote without one."""
        here = self._file.here
        for table in ("registry", "registry_history"):
            for (place,) in here.execute(f"SELECT rowid FROM {table} WHERE length(salt) = 0").fetchall():  # noqa: S608
                here.execute(f"UPDATE {table} SET salt = ? WHERE rowid = ?", [self._nonces()[:SALT], place])  # noqa: S608
        return tuple(Row(*row) for row in here.execute(_ROWS).fetchall())


_ROWS = """SELECT kind, key, value, salt, seq, NULL AS until FROM registry
    UNION ALL SELECT kind, key, value, salt, seq, until FROM registry_history"""

FORGOTTEN = '"…"'
"""What stands in a message that was sent in the place of what is to be forgotten."""

_SELECT = "SELECT seq, envelope, body, nonces, previous, digest FROM journal"


def _entry(file: HomeFile, row: tuple[Any, ...]) -> Entry:
    """Make an entry of a row; BrokenChain when its envelope can't be read, since nothing may be replayed without it."""
    try:
        return _read(file, restore(*row))
    except ValueError as error:
        raise BrokenChain(row[0], Head(), f"envelope: {error}") from error


def _read(file: HomeFile, entry: Entry) -> Entry:
    """Give an entry with the twin of its body, where that was blacked out; what no entry blacked out stays as it lies there."""
    if entry.body != NO_BODY:
        return entry
    twin = None
    with suppress(sqlite3.Error):  # what can't be read there is altered, and so is this then
        twin = file.here.execute(
            """SELECT json_extract(body, '$.body') FROM journal WHERE seq > ? AND kind IN ('blacked_out', 'house_blacked_out')
               AND json_extract(body, '$.seq') = ? ORDER BY seq LIMIT 1""",
            [entry.seq, entry.seq],
        ).fetchone()
    return replace(entry, body=twin[0], body_half=entry.nonces[32:]) if twin and isinstance(twin[0], str) else entry


def _caused(file: HomeFile, cause: str) -> tuple[Entry, ...]:
    rows = file.here.execute(_SELECT + " WHERE cause = ? ORDER BY part", [cause])
    return tuple(_entry(file, row) for row in rows.fetchall())


def _head(file: HomeFile) -> Head:
    row = file.here.execute("SELECT seq, digest FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return Head(*row) if row else Head()


def _entries(file: HomeFile, after: int) -> Iterator[Entry]:
    rows: list[tuple[Any, ...]] = [(after,)]
    while rows:
        with our_errors():
            rows = file.here.execute(_SELECT + " WHERE seq > ? ORDER BY seq LIMIT ?", [rows[-1][0], PAGE]).fetchall()
        yield from (_entry(file, row) for row in rows)


def _entries_of_run(file: HomeFile, after: int, run: str) -> Iterator[Entry]:
    with our_errors():
        last = "SELECT turn FROM journal WHERE run = ? AND seq <= ? ORDER BY turn DESC LIMIT 1"
        known = file.here.execute(last, [run, after]).fetchone() if after else None
    turn = known[0] if known else 0
    while True:
        with our_errors():
            where = " WHERE run = ? AND turn > ? ORDER BY turn LIMIT ?"
            rows = file.here.execute(_SELECT + where, [run, turn, PAGE]).fetchall()
        if not rows:
            return
        for row in rows:
            entry = _entry(file, row)
            turn = entry.turn
            yield entry


def stored_entries(file: HomeFile) -> Iterator[Entry]:
    """Give all entries as they are stored, also what nobody could have written; BrokenChain where pages are damaged."""
    with our_errors():
        if "journal" not in tables(file.here):
            raise BrokenChain(0, Head(), NO_JOURNAL)
    last = -(2**63)
    while True:
        with our_errors(), _texts_as_stored(file):
            rows = file.here.execute(_SELECT + " WHERE seq > ? ORDER BY seq LIMIT ?", [last, PAGE]).fetchall()
        if not rows:
            return
        last = rows[-1][0]
        for row in rows:
            try:
                yield _read(file, restore(*row))
            except ValueError:
                yield unreadable(*row)


@contextmanager
def _texts_as_stored(file: HomeFile) -> Iterator[None]:
    """Read texts that are no UTF-8 as well; only for a moment, since a replay on this connection must refuse them."""
    connection = file.here
    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        connection.text_factory = str
