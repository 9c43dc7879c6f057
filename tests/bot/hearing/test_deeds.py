"""One deed, one transaction: several acts at once, one refused, one with a bug, and a disk that fails at the end."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from bot.store.sqlite.database import HomeFile
from bot.store.sqlite.journal import SqliteJournal
from bot.store.sqlite.schema import MIGRATIONS, deliveries_that_know_their_cause
from bot.store.trouble import StorageTrouble
from flows.commands.command import Command
from flows.commands.facility import AskMember, Suspend
from flows.commands.people import Report
from flows.deeds import Attempt, Deed
from flows.messages.upkeep import TasksListed
from flows.record.journal import FACILITY, Owed
from flows.refusals import Refused
from tests.clinic import Clinic
from tests.failing_disk import put_under
from tests.journals import home_file


def attempt(clinic: Clinic, cause: str, *parts: Command | Owed | Refused, who: str = "director") -> Attempt:
    """Give an act that waits."""
    return Attempt(cause, clinic.clock.now(), lambda: Deed(*parts, by=clinic.id(who)))


async def test_one_refused_and_one_with_a_bug_take_nobody_with_them(clinic: Clinic) -> None:
    """Of four acts in one transaction, the refused one and the one with a bug are taken back alone."""
    ask = AskMember(FACILITY, "contact_search")

    def breaks() -> Deed:
        raise ZeroDivisionError("a bug of ours")

    first, refused, bug, last = clinic.engine.do(
        attempt(clinic, "t:1", ask),
        attempt(clinic, "t:2", ask, Suspend(FACILITY, "m1"), who="nurse"),
        Attempt("t:3", clinic.clock.now(), lambda: Deed(ask, breaks, by="m1")),
        attempt(clinic, "t:4", Report("", "停電", playbook="unknown")),
    )

    assert (len(first.entries), len(last.entries) > 0) == (1, True)
    assert (refused.refused is not None, isinstance(bug.bug, ZeroDivisionError)) == (True, True)
    assert {e.cause for e in clinic.entries() if e.cause.startswith("t:")} == {"t:1", "t:4"}
    assert clinic.id("nurse") not in clinic.engine.house.waiting_for
    assert clinic.engine.runs()[-1].id == last.run


async def test_an_act_that_only_shows_is_recognised_when_it_comes_again(clinic: Clinic) -> None:
    """It writes no entry; its message keeps its cause."""
    shown = Owed(clinic.id("nurse"), TasksListed())
    assert [clinic.engine.do(attempt(clinic, "t:1", shown))[0].repeated for _ in range(2)] == [False, True]
    assert [d.owed.name for d in clinic.book.unsent()] == ["tasks"]


async def test_what_was_refused_is_never_called_recorded(clinic: Clinic) -> None:
    """A tap that is over, brought again since its answer was lost, is called received."""
    tap = clinic.act("nurse", button="menu|task|99")
    await clinic.stage.lamp.hear(tap)
    await clinic.stage.lamp.hear(tap)
    assert clinic.of("nurse")[-1] == "(すでに受け取っています)"


def test_deliveries_of_an_older_file_have_no_cause(tmp_path: Path) -> None:
    """A file that was written before deliveries knew their cause opens, keeps its messages and goes on."""
    path = tmp_path / "journal.db"
    SqliteJournal(path).close()
    file = HomeFile(path, "found")
    with file.transaction() as database:
        database.execute("DROP INDEX deliveries_by_cause")
        database.execute("ALTER TABLE deliveries DROP COLUMN cause")
        database.execute("DELETE FROM _sqlite_migrations WHERE name = ?", [deliveries_that_know_their_cause.__name__])
    file.close()

    with SqliteJournal(path) as journal:
        assert deliveries_that_know_their_cause in MIGRATIONS
        with journal.writing() as writing:
            assert not writing.has_owed("")
            assert not writing.has_owed("t:1")


@pytest.mark.parametrize("write", range(8))
async def test_an_invited_name_ends_its_question(clinic: Clinic, write: int) -> None:
    """Whichever write fails: the next thing the director writes is no name of somebody to invite."""
    await clinic.says("director", "/invite")
    await clinic.does("director", button="menu|invite|nurse")
    name, disk = clinic.act("director", text="山本"), put_under(home_file(clinic.home.journal))
    with disk.failing(write), suppress(StorageTrouble):
        await clinic.stage.lamp.hear(name)
    await clinic.stage.lamp.hear(name)
    await clinic.says("director", "わかりました")

    names = [member.name for member in clinic.engine.roster().members]
    assert (names.count("山本"), names.count("わかりました")) == (1, 0)
    assert len(clinic.entries("member_invited")) == len(names)
