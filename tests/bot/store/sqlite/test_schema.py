"""The tables themselves refuse what the journal must never hold."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.sqlite.schema import MIGRATIONS, TRIGGERS
from tests.journals import file_with

CHANGES = (
    "UPDATE journal SET body = '{}' WHERE seq = 2",
    "DELETE FROM journal WHERE seq = 3",
    "INSERT OR REPLACE INTO journal SELECT seq, envelope, '{}', nonces, previous, digest FROM journal WHERE seq = 2",
    "INSERT INTO journal SELECT seq + 5, envelope, body, nonces, previous, digest FROM journal WHERE seq = 3",
    "INSERT INTO journal SELECT -1, envelope, body, nonces, previous, digest FROM journal WHERE seq = 3",
)


@pytest.mark.parametrize("change", CHANGES)
def test_the_journal_refuses_all_but_a_new_end(tmp_path: Path, change: str) -> None:
    """UPDATE, DELETE, REPLACE and any insert but at the end fail, also from another program."""
    file_with(tmp_path / "journal.db", 3).close()

    with (
        closing(sqlite3.connect(tmp_path / "journal.db")) as other,
        pytest.raises(sqlite3.IntegrityError, match="only grows"),
    ):
        other.execute(change)


@pytest.mark.parametrize(
    "values",
    [
        "4, '{}', '{}', zeroblob(64), zeroblob(32), zeroblob(32)",
        "4, replace(envelope, '\"seq\":3', '\"seq\":9'), '{}', zeroblob(64), zeroblob(32), zeroblob(32)",
        "4, replace(envelope, '\"seq\":3', '\"seq\":4'), 'no JSON', zeroblob(64), zeroblob(32), zeroblob(32)",
        "4, replace(envelope, '\"seq\":3', '\"seq\":4'), '{}', zeroblob(63), zeroblob(32), zeroblob(32)",
        "4, replace(envelope, '\"seq\":3', '\"seq\":4'), '{}', zeroblob(64), zeroblob(31), zeroblob(32)",
        "4, replace(envelope, '\"seq\":3', '\"seq\":4'), '{}', zeroblob(64), zeroblob(32), zeroblob(32)",
    ],
)
def test_rows_that_are_no_entries_are_refused(tmp_path: Path, values: str) -> None:
    """Envelopes without fields, wrong numbers, bodies that are no JSON, short digests, and turns that are taken."""
    file_with(tmp_path / "journal.db", 3).close()
    sql = f"INSERT INTO journal (seq, envelope, body, nonces, previous, digest) SELECT {values} FROM journal WHERE seq = 3"  # noqa: S608

    with closing(sqlite3.connect(tmp_path / "journal.db")) as other, pytest.raises(sqlite3.IntegrityError):
        other.execute(sql)


def test_the_columns_are_read_from_the_envelope(tmp_path: Path) -> None:
    """Whoever opens the file with another program sees the fields as columns, and they index."""
    file_with(tmp_path / "journal.db", 3).close()

    with closing(sqlite3.connect(tmp_path / "journal.db")) as other:
        rows = other.execute(
            "SELECT run, turn, cause, part, kind, actor, recorded_at FROM journal WHERE seq = 3"
        ).fetchall()
        plan = other.execute("EXPLAIN QUERY PLAN SELECT seq FROM journal WHERE run = 'r1' AND turn > 3").fetchall()

    assert rows == [("r1", 2, "telegram:1:2", 0, "note_taken", "m1", "2027-04-01T03:02:00.000000+00:00")]
    assert "journal_by_turn" in str(plan)


def test_every_migration_and_trigger_has_its_own_name() -> None:
    """A migration is remembered by its function's name, a trigger by the one it is made with."""
    assert len({migration.__name__ for migration in MIGRATIONS}) == len(MIGRATIONS)
    assert all(sql.startswith(f"CREATE TRIGGER {name} ") for name, sql in TRIGGERS.items())
