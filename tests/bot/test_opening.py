"""What another version wrote closes up what this one can't read of it, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.home import NoHome
from bot.opening import open_home
from bot.store.sqlite.journal import JOURNAL_FILE, SqliteJournal
from bot.store.verifying import verify_home
from flows.commands.people import Report
from flows.record.journal import Draft
from tests.bundles import small_home
from tests.clinic import Clinic


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    """A clinic with an incident that is over and one that is alive."""
    return small_home(tmp_path)


def written_by_another_version(clinic: Clinic, run: str, kind: str, body: str) -> None:
    """Write an entry whose body says nothing to this version."""
    now = clinic.clock.now()
    with clinic.home.journal.writing() as writing:
        writing.append([Draft(run, kind, body, "m1", now)], cause="another version", recorded_at=now)
    clinic.home.close()


@pytest.mark.parametrize(
    ("kind", "body"), [("step_shown", '{"x":1}'), ("note_taken", "[]"), ("declared", '{"playbook":{}}')]
)
def test_a_run_that_this_version_can_not_read(clinic: Clinic, kind: str, body: str) -> None:
    """It is kept; all other runs go on, those who decide are told once, and no new run takes its name."""
    written_by_another_version(clinic, "incident-2", kind, body)
    for _ in range(2):
        home = open_home(clinic.home.path, clinic.clock.now())
        told = {d.owed.message for d in home.journal.deliveries.unsent() if d.owed.name == "run_unreadable"}
        entered = [json.loads(e.body)["run"] for e in home.journal.entries() if e.kind == "run_unread"]
        runs = [run.id for run in home.engine.runs()]
        home.close()

        assert (runs, entered, len(told)) == (["incident-1"], ["incident-2"], 1)
        assert verify_home(clinic.home.path).findings == ()
    home = open_home(clinic.home.path, clinic.clock.now())
    outcome = home.engine.handle(
        Report("", "画面が動かない"), actor=clinic.id("nurse"), now=clinic.clock.now(), cause="new"
    )

    assert outcome.run == "incident-3"
    home.close()


def test_an_entry_of_the_house_that_this_version_can_not_read(clinic: Clinic) -> None:
    """That entry alone is passed over: everybody is still known, and every run is there."""
    written_by_another_version(clinic, "facility", "task_opened", '{"x":1}')
    home = open_home(clinic.home.path, clinic.clock.now())

    assert [run.id for run in home.engine.runs()] == ["incident-1", "incident-2"]
    assert home.engine.roster().member(clinic.id("nurse"))
    assert list(home.engine.unread) == ["facility"]
    home.close()


def test_a_home_from_the_future(clinic: Clinic) -> None:
    """It is read and never written: opening it says why, and not a byte of it changes."""
    clinic.home.close()
    with SqliteJournal(clinic.home.path / JOURNAL_FILE) as journal, journal.file.transaction() as database:
        database.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('home', 'of_2030', '2030-01-01')"
        )
    before = (clinic.home.path / JOURNAL_FILE).read_bytes()

    with pytest.raises(NoHome, match="newer version"):
        open_home(clinic.home.path, clinic.clock.now())
    assert (clinic.home.path / JOURNAL_FILE).read_bytes() == before
    assert verify_home(clinic.home.path).findings == ()


def test_a_proof_that_this_version_can_not_read(clinic: Clinic) -> None:
    """The home opens all the same."""
    written_by_another_version(clinic, "facility", "registry_proved", '{"x":1}')
    home = open_home(clinic.home.path, clinic.clock.now())

    assert home.engine.roster().member(clinic.id("nurse"))
    home.close()
