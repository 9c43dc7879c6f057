"""The journal on disk among processes, killers and full disks; what both journals share is in test_journal_twins.py."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.store.sqlite.journal import PAGE, SqliteJournal
from bot.store.trouble import StorageTrouble
from flows.messages.calling import AlarmAgain
from flows.record.chain import BrokenChain, breaks
from flows.record.journal import Head, Owed
from tests.journals import NOON, draft, file_with, forge, unsent, write

ROOT = Path(__file__).parent.resolve().parent.parent.parent

WRITER = """
import sys
from pathlib import Path
from bot.store.sqlite.journal import SqliteJournal
from tests.journals import draft, write

journal = SqliteJournal(Path(sys.argv[1]), busy_ms=30_000)
print("ready", flush=True)
sys.stdin.readline()
for n in range(int(sys.argv[2])):
    write(journal, draft(), draft("r2"), cause=f"child:{n}")
"""

VICTIM = """
import sys
from pathlib import Path
from bot.store.sqlite.journal import SqliteJournal
from flows.messages.calling import Alarm
from flows.record.journal import Owed
from tests.journals import NOON, draft

journal = SqliteJournal(Path(sys.argv[1]))
with journal.writing() as writing:
    writing.append([draft() for _ in range(200)], cause="lost", recorded_at=NOON)
    writing.owe([Owed("m1", Alarm())], at=NOON)
    writing.put("member", "m9", "{}")
    print("ready", flush=True)
    sys.stdin.readline()
"""


def child(program: str, *arguments: str) -> subprocess.Popen[str]:
    """Start another process and wait until it says that it is ready."""
    command = [sys.executable, "-c", program, *arguments]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_two_processes_write_one_chain(tmp_path: Path) -> None:
    """Whoever comes first, numbers follow on each other, nothing is lost and the chain is whole."""
    path = tmp_path / "journal.db"
    with SqliteJournal(path, busy_ms=30_000) as journal, child(WRITER, str(path), "40") as other:
        other.stdin.write("go\n")  # type: ignore[union-attr]
        other.stdin.flush()  # type: ignore[union-attr]
        for n in range(40):
            write(journal, draft(), draft("r3"), cause=f"parent:{n}")
        assert other.wait(60) == 0

        entries = list(journal.entries())
        assert list(breaks(entries)) == []
        assert len(entries) == 160
        assert sum(e.cause.startswith("child") for e in entries) == 80


def test_killed_in_the_middle(tmp_path: Path) -> None:
    """A process killed inside its transaction leaves nothing of it, and no lock."""
    path = tmp_path / "journal.db"
    with file_with(path, 3) as journal:
        before = journal.head()
        with child(VICTIM, str(path)) as other:
            with pytest.raises(StorageTrouble):
                write(journal, draft(), cause="meanwhile")
            other.kill()
            other.wait(60)

        assert (before, [], {}) == (journal.head(), unsent(journal), journal.registry("member"))
        write(journal, draft(), cause="lost")
        assert list(breaks(journal.entries())) == []


def test_the_tail_of_others_is_seen_inside_the_transaction(tmp_path: Path) -> None:
    """What another one wrote since we last looked is there before we write."""
    path = tmp_path / "journal.db"
    with SqliteJournal(path) as ours, SqliteJournal(path) as others:
        (first,) = write(ours, draft(), cause="ours")
        (second,) = write(others, draft(), cause="theirs")
        with ours.writing() as writing:
            assert list(writing.entries(after=first.seq)) == [second]


def test_a_full_disk(tmp_path: Path) -> None:
    """A disk that fills up in the middle is trouble that may pass: nothing is half written, and it goes on after."""
    with file_with(tmp_path / "journal.db", 2) as journal:
        head = journal.head()
        (pages,) = journal.file.here.execute("PRAGMA page_count").fetchone()
        journal.file.here.execute(f"PRAGMA max_page_count = {pages + 2}").fetchall()
        with pytest.raises(StorageTrouble, match="full"):
            write(journal, *(draft(body=f'"{"x" * 3000}"') for _ in range(20)), cause="big")
        assert head == journal.head()

        journal.file.here.execute("PRAGMA max_page_count = 100000").fetchall()
        write(journal, draft(), cause="big")
        assert list(breaks(journal.entries())) == []


def test_a_file_to_read_only(tmp_path: Path) -> None:
    """Reading works, writing is trouble."""
    path = tmp_path / "journal.db"
    file_with(path, 2).close()

    with SqliteJournal(path, mode="read") as journal:
        assert journal.head().seq == 2
        with pytest.raises(StorageTrouble, match="readonly"):
            write(journal, draft(), cause="c")


def test_repaired_triggers_are_told(tmp_path: Path) -> None:
    """Who dropped them could have changed anything, so the one who opens the journal hears of it."""
    path = tmp_path / "journal.db"
    file_with(path, 2).close()
    forge(path)

    with SqliteJournal(path) as journal:
        assert journal.repaired == ("journal_grows_at_its_end", "journal_refuses_delete", "journal_refuses_update")


def test_an_envelope_that_can_not_be_read_stops_a_replay(tmp_path: Path) -> None:
    """No state is ever built on what isn't understood: BrokenChain names the entry."""
    path = tmp_path / "journal.db"
    file_with(path, 3).close()
    forge(path, """UPDATE journal SET envelope = replace(envelope, '"part":0', '"part":0,"more":1') WHERE seq = 2""")

    with SqliteJournal(path, mode="read") as journal, pytest.raises(BrokenChain) as broken:
        list(journal.entries())

    assert broken.value.first_bad == 2


def test_many_entries_come_in_order_over_the_pages(tmp_path: Path) -> None:
    """Reading goes page by page and misses or doubles nothing, of all runs and of one."""
    with SqliteJournal(tmp_path / "journal.db") as journal:
        write(journal, *(draft(f"r{n % 2}") for n in range(PAGE + 10)), cause="many")
        write(journal, *(draft("r0") for _ in range(PAGE)), cause="more")

        assert [e.seq for e in journal.entries()] == list(range(1, 2 * PAGE + 11))
        assert [e.turn for e in journal.entries(run="r0")] == list(range(1, PAGE + PAGE // 2 + 6))


def test_a_reader_in_the_middle_holds_up_nobody(tmp_path: Path) -> None:
    """An iteration left half way doesn't keep a writer from writing, nor the same thread."""
    with SqliteJournal(tmp_path / "journal.db") as journal:
        write(journal, *(draft() for _ in range(PAGE + 1)), cause="many")
        half_way = journal.entries()
        next(half_way)
        write(journal, draft(), cause="meanwhile")

        assert sum(1 for _ in half_way) == PAGE + 1


def test_nonces_come_from_chance(tmp_path: Path) -> None:
    """Two journals with the same entries have other digests: a short text can't be guessed from its digest."""
    with SqliteJournal(tmp_path / "a.db") as one, SqliteJournal(tmp_path / "b.db") as other:
        assert write(one, draft(), cause="c")[0].digest != write(other, draft(), cause="c")[0].digest


def test_entries_outlive_the_process(tmp_path: Path) -> None:
    """Closing and opening gives the same journal, with what it owes and the registry."""
    path = tmp_path / "journal.db"
    with file_with(path, 3) as journal, journal.writing() as writing:
        writing.owe([Owed("m1", AlarmAgain(1))], at=NOON)
        writing.put("member", "m1", '"佐藤"')
    with SqliteJournal(path) as again:
        assert again.head() != Head()
        assert (unsent(again), again.registry("member")) == ([Owed("m1", AlarmAgain(1))], {"m1": '"佐藤"'})
