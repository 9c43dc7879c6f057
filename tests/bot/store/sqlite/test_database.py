"""A home's file: shared, guarded, and honest about what went wrong."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.sqlite.database import HomeFile, journal_definition
from bot.store.sqlite.schema import MIGRATIONS, TRIGGERS
from bot.store.trouble import StorageTrouble
from flows.record.chain import BrokenChain
from tests.journals import file_with, forge


def test_a_new_file_is_made_for_good(tmp_path: Path) -> None:
    """WAL, synchronous FULL, all tables STRICT, all migrations noted by name; opening it again changes nothing."""
    with closing(HomeFile(tmp_path / "journal.db")) as file:
        assert file.here.execute("PRAGMA journal_mode").fetchall() == [("wal",)]
        assert file.here.execute("PRAGMA synchronous").fetchall() == [(2,)]
        assert file.here.execute("PRAGMA recursive_triggers").fetchall() == [(1,)]
        listed = file.here.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'")
        assert all(strict for name, strict in listed if not name.startswith(("_", "sqlite_")))
        noted = [name for (name,) in file.here.execute("SELECT name FROM _sqlite_migrations ORDER BY id").fetchall()]
        definition = journal_definition(file.here)
    with closing(HomeFile(tmp_path / "journal.db")) as again:
        assert (definition, ()) == (journal_definition(again.here), again.repaired)

    assert [migration.__name__ for migration in MIGRATIONS] == noted


def test_dropped_triggers_are_made_again_and_named(tmp_path: Path) -> None:
    """A missing, a changed and a strange trigger are set right at opening, and told."""
    path = tmp_path / "journal.db"
    file_with(path, 2).close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("DROP TRIGGER journal_refuses_update")
        other.execute("DROP TRIGGER journal_refuses_delete")
        other.execute("CREATE TRIGGER journal_refuses_delete BEFORE DELETE ON journal BEGIN SELECT 1; END")
        other.execute(
            """CREATE TRIGGER "a ""strange"" one" AFTER INSERT ON journal BEGIN DELETE FROM deliveries; END"""
        )

    with closing(HomeFile(path)) as file:
        assert file.repaired == ('a "strange" one', "journal_refuses_delete", "journal_refuses_update")
        with pytest.raises(sqlite3.IntegrityError, match="only grows"), file.transaction() as database:
            database.execute("DELETE FROM journal")
    with closing(HomeFile(path)) as file:
        assert file.repaired == ()


def test_rebuilding_the_table_loses_the_triggers_until_the_next_opening(tmp_path: Path) -> None:
    """What sqlite-utils' transform() drops is found missing."""
    path = tmp_path / "journal.db"
    with closing(HomeFile(path)) as file:
        for name in TRIGGERS:
            file.here.execute(f"DROP TRIGGER {name}")

    with closing(HomeFile(path)) as file:
        assert tuple(sorted(TRIGGERS)) == file.repaired


def test_a_lock_held_by_another_is_trouble_that_passes(tmp_path: Path) -> None:
    """While another process writes, ours waits shortly, raises StorageTrouble, and works again afterwards."""
    path = tmp_path / "journal.db"
    with closing(HomeFile(path, busy_ms=10)) as file, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageTrouble, match="locked"), file.transaction():
            pass
        other.execute("ROLLBACK")
        with file.transaction() as database:
            database.execute("INSERT INTO unhandled (at, cause, raw, trace) VALUES ('', '', '', '')")


def test_a_joined_transaction_takes_back_its_own_part(tmp_path: Path) -> None:
    """A block inside a block is undone alone when it fails, and with the outer one when that fails."""
    sql = "INSERT INTO unhandled (at, cause, raw, trace) VALUES ('', ?, '', '')"

    def fail(file: HomeFile) -> None:
        with file.transaction() as database:
            database.execute(sql, ["inner"])
            raise KeyError

    with closing(HomeFile(tmp_path / "journal.db")) as file:
        with file.transaction() as database:
            database.execute(sql, ["outer"])
            with pytest.raises(KeyError):
                fail(file)
        kept = file.here.execute("SELECT cause FROM unhandled").fetchall()

    assert kept == [("outer",)]


@pytest.mark.parametrize("content", [b"this is no database", b"SQLite format 3\x00" + bytes(range(200)) * 20])
def test_a_file_that_is_no_database_is_a_broken_chain(tmp_path: Path, content: bytes) -> None:
    """It is told apart from trouble that passes, and the file stays as it is."""
    path = tmp_path / "journal.db"
    path.write_bytes(content)

    with pytest.raises(BrokenChain):
        HomeFile(path)

    assert content == path.read_bytes()


def test_a_file_whose_journal_is_gone_is_a_broken_chain(tmp_path: Path) -> None:
    """Dropping the whole table is no way to a fresh start."""
    path = tmp_path / "journal.db"
    file_with(path, 2).close()
    forge(path, "DROP TABLE journal")

    with pytest.raises(BrokenChain, match="no journal"):
        HomeFile(path)


def test_a_folder_that_is_not_there_is_storage_trouble(tmp_path: Path) -> None:
    """An unplugged disk is trouble that may pass."""
    with pytest.raises(StorageTrouble):
        HomeFile(tmp_path / "unplugged" / "journal.db")


def test_our_own_mistakes_stay_bugs(tmp_path: Path) -> None:
    """A wrong statement is neither trouble nor damage."""
    with (
        closing(HomeFile(tmp_path / "journal.db")) as file,
        pytest.raises(sqlite3.OperationalError, match="syntax"),
        file.transaction() as database,
    ):
        database.execute("SELEKT")


def test_each_thread_has_its_own_connection(tmp_path: Path) -> None:
    """Threads read and write side by side; a finished thread's connection is closed when another one opens."""
    with closing(HomeFile(tmp_path / "journal.db", busy_ms=10_000)) as file:

        def write(n: int) -> object:
            with file.transaction() as database:
                database.execute("INSERT INTO unhandled (at, cause, raw, trace) VALUES ('', ?, '', '')", [str(n)])
                return database

        for _ in range(3):
            with ThreadPoolExecutor(2) as pool:
                assert file.here not in list(pool.map(write, range(10)))
        count = file.here.execute("SELECT count(*) FROM unhandled").fetchall()
        open_now = len(file._open)

    assert count == [(30,)]
    assert open_now <= 1 + 2 + 2


def test_a_reader_writes_nothing(tmp_path: Path) -> None:
    """Opened to read, writing is refused as trouble; opened still, not even a file appears beside it."""
    path = tmp_path / "journal.db"
    file_with(path, 2).close()
    before = path.read_bytes()

    with closing(HomeFile(path, "still")) as file:
        assert file.here.execute("SELECT count(*) FROM journal").fetchall() == [(2,)]
        assert [path] == list(tmp_path.iterdir())
    with (
        closing(HomeFile(path, "read")) as file,
        pytest.raises(StorageTrouble, match="readonly"),
        file.transaction() as database,
    ):
        database.execute("INSERT INTO unhandled (at, cause, raw, trace) VALUES ('', '', '', '')")
    assert before == path.read_bytes()


def test_holding_a_file_alone(tmp_path: Path) -> None:
    """Not while anybody is connected; and nobody else reads or writes meanwhile."""
    path = tmp_path / "journal.db"
    other = file_with(path, 2)
    with closing(HomeFile(path, "found", busy_ms=10)) as file:
        with pytest.raises(StorageTrouble), file.held_alone():
            pass
        other.close()
        with file.held_alone(), pytest.raises(StorageTrouble):
            HomeFile(path, busy_ms=10)
        assert [path] == list(tmp_path.iterdir())
