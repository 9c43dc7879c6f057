"""Every store in turn: what is promised of one is promised of all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from bot.store.sqlite.journal import JOURNAL_FILE, SqliteJournal
from flows.record.memory_journal import MemoryJournal, counted_nonces
from tests.journals import Twin

STORES: dict[str, Callable[[Path], AbstractContextManager[Twin]]] = {
    "memory": lambda _: nullcontext(MemoryJournal()),
    "sqlite": lambda folder: SqliteJournal(folder / JOURNAL_FILE, nonces=counted_nonces()),
}


@pytest.fixture(params=STORES)
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Twin]:
    """Give each store in turn, empty."""
    with STORES[request.param](tmp_path) as twin:
        yield twin
