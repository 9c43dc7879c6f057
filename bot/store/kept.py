"""In which store a home is kept: the one place that names one. Another store is a folder beside `sqlite` and a line here."""

from __future__ import annotations

from pathlib import Path

from bot.store.sqlite.storage import SqliteStorage
from bot.store.storage import Storage


def storage_of(home: Path) -> Storage:
    """Give the storage of a home, whether there is anything in it or not."""
    return SqliteStorage(home)
