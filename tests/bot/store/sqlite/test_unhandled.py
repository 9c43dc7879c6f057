"""What we failed at is kept."""

from __future__ import annotations

from pathlib import Path

from bot.store.sqlite.journal import SqliteJournal
from bot.store.storage import Unhandled
from tests.journals import NOON


def test_an_act_is_kept_until_somebody_drops_it(tmp_path: Path) -> None:
    """With its raw text and trace, over a restart, the oldest first."""
    with SqliteJournal(tmp_path / "journal.db") as journal:
        first = journal.unhandled.keep(at=NOON, cause="telegram:1:7", raw='{"text":"火事"}', trace="Traceback …")
        second = journal.unhandled.keep(at=NOON, cause="telegram:1:8", raw="{}", trace="")
    with SqliteJournal(tmp_path / "journal.db") as journal:
        kept = journal.unhandled.all()
        assert kept[0] == Unhandled(first, NOON, "telegram:1:7", '{"text":"火事"}', "Traceback …")
        assert [act.id for act in kept] == [first, second]

        assert journal.unhandled.drop(first)
        assert not journal.unhandled.drop(first)
        assert [act.id for act in journal.unhandled.all()] == [second]


def test_an_act_that_fails_again_keeps_its_number(tmp_path: Path) -> None:
    """Brought twice, it is one act: the number that somebody was told still finds it."""
    with SqliteJournal(tmp_path / "journal.db") as journal:
        first, again = (journal.unhandled.keep(at=NOON, cause="telegram:1:7", raw="{}", trace="") for _ in range(2))

        assert first == again
        assert [act.id for act in journal.unhandled.all()] == [first]
