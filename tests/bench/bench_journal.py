"""How fast the journal is here: ``python tests/bench/bench_journal.py``. Prints, proves nothing.

The ratios travel from machine to machine; the times don't.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

import pytest

from bot.store.sqlite.journal import SqliteJournal
from flows.messages.steps import StepOpen
from flows.record.chain import proven
from flows.record.journal import Draft, Owed
from flows.record.memory_journal import MemoryJournal

ENTRIES = 30_000
BODY = '{"track":"containment","step":"unplug","answer":"done","note":"LANケーブルを抜きました","shown":41}'
NOON = datetime(2027, 4, 1, 3, 0, tzinfo=UTC)


def timed(what: Callable[[], object]) -> float:
    """Give how many seconds something takes."""
    start = perf_counter()
    what()
    return perf_counter() - start


def syncing(folder: Path) -> float:
    """Give how many seconds the disk takes to write 4 kB for good."""
    with (folder / "sync").open("wb") as file:

        def write() -> None:
            for _ in range(100):
                file.write(bytes(4096))
                file.flush()
                os.fsync(file.fileno())

        return timed(write) / 100


def fill(journal: SqliteJournal | MemoryJournal, causes: int, parts: int, offset: int = 0) -> None:
    """Write ``causes`` transactions of ``parts`` entries and one message each."""
    for cause in range(causes):
        at = NOON + timedelta(seconds=cause)
        with journal.writing() as writing:
            drafts = [Draft(f"r{cause % 7}", "step_answered", BODY, "m1", at)] * parts
            writing.append(drafts, cause=f"telegram:1:{offset + cause}", recorded_at=at)
            writing.owe([Owed("m1", StepOpen(7), key="board")], at=at)


def bench() -> None:
    """Measure and print."""
    out = sys.stdout.write
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sync = syncing(folder)
        with SqliteJournal(folder / "journal.db") as journal:
            append = timed(lambda: fill(journal, 300, 1)) / 300
            fill(journal, ENTRIES // 1000, 1000, offset=300)
            count = journal.head().seq
            replay = count / timed(lambda: deque(journal.entries(), maxlen=0))
            check = count / timed(lambda: proven(journal.entries()))
        memory = MemoryJournal()
        in_memory = timed(lambda: fill(memory, 300, 1)) / 300
    out(f"one fsync of 4 kB         {sync * 1e3:9.3f} ms\n")
    out(f"append, one cause, owing  {append * 1e3:9.3f} ms    {append / sync:6.1f} fsyncs\n")
    out(f"the same in memory        {in_memory * 1e3:9.3f} ms    {append / in_memory:6.1f} times as fast\n")
    out(f"read entries              {replay:9,.0f} a second\n")
    out(f"verify the chain          {check:9,.0f} a second    {replay / check:6.1f} times the work of reading\n")


@pytest.mark.bench
def test_bench() -> None:
    """The journal's speed is printed."""
    bench()


if __name__ == "__main__":
    bench()
