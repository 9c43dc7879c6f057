"""What was heard while our own code failed: kept whole with its trace, so that nothing a person did is lost."""

from __future__ import annotations

from datetime import datetime

from bot.store.sqlite.database import HomeFile, our_errors
from bot.store.storage import Unhandled
from flows.record.chain import moment_text


class UnhandledTable:
    """The acts of a home that wait for somebody to look into them; raises StorageTrouble like all writing."""

    def __init__(self, file: HomeFile) -> None:
        self._file = file

    def keep(self, *, at: datetime, cause: str, raw: str, trace: str) -> int:
        """Keep an act and give the number under which a person can speak of it."""
        with self._file.transaction() as database:
            known = database.execute("SELECT id FROM unhandled WHERE cause = ?", [cause]).fetchone()
            if known is not None:  # it was brought again and failed again
                return int(known[0])
            values = [moment_text(at), cause, raw, trace]
            cursor = database.execute("INSERT INTO unhandled (at, cause, raw, trace) VALUES (?, ?, ?, ?)", values)
            return int(cursor.lastrowid or 0)

    def all(self) -> list[Unhandled]:
        """Give all of them, the oldest first."""
        with our_errors():
            rows = self._file.here.execute("SELECT id, at, cause, raw, trace FROM unhandled ORDER BY id").fetchall()
        return [Unhandled(number, datetime.fromisoformat(at), *rest) for number, at, *rest in rows]

    def drop(self, unhandled_id: int) -> bool:
        """Forget one that was looked into; False if there is none of this number."""
        with self._file.transaction() as database:
            return bool(database.execute("DELETE FROM unhandled WHERE id = ?", [unhandled_id]).rowcount)
