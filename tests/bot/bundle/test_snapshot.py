"""A snapshot: a home as it stood at one entry."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.bundle.snapshot import NoSuchEntry, NoSuchRun, take
from bot.store.sqlite.journal import JOURNAL_FILE
from flows.commands.people import CallOff, Report
from tests.clinic import Clinic
from tests.journals import forge


def test_as_of_an_entry(clinic: Clinic) -> None:
    """Entries, names and the run's state as they were; what came later is not there."""
    clinic.orders(Report("", "画面に英語"), "reception")
    until = clinic.home.journal.head().seq
    clinic.orders(CallOff("incident-1", "まちがい"))
    told: list[float] = []

    then, now = (take(clinic.home.path, "incident-1", seq, told.append) for seq in (until, None))

    assert (then.head.seq, then.state, then.live, then.findings) == (until, "reported", True, ())
    assert (now.head, now.state, now.live) == (clinic.home.journal.head(), "false_alarm", False)
    assert then.at == then.entries[-1].recorded_at
    assert then.roster.members == clinic.engine.roster().members
    assert [e.run for e in then.of_run()] == ["incident-1"]


def test_what_there_is_not(small: Clinic) -> None:
    """Names the runs there are, and where the journal ends."""
    path = small.home.path
    with pytest.raises(NoSuchRun) as known:
        take(path, "incident-9", None, lambda _: None)
    with pytest.raises(NoSuchEntry) as last:
        take(path, "incident-1", 999, lambda _: None)

    assert known.value.args == ("facility", "incident-1", "incident-2")
    assert last.value.args == (small.home.journal.head().seq,)


def test_of_an_altered_journal(small: Clinic, tmp_path: Path) -> None:
    """Everything that can be read, and what is wrong with it; nothing is set aside."""
    shutil.copytree(small.home.path, tmp_path / "home")
    for statement in (
        "UPDATE journal SET body = '[]' WHERE seq = 21",
        "UPDATE registry SET value = '{}'",
    ):
        forge(tmp_path / "home" / JOURNAL_FILE, statement)
    found = take(tmp_path / "home", "incident-1", None, lambda _: None)

    assert ("altered", 21) in {(f.kind, f.seq) for f in found.findings}
    assert "trigger" in {f.kind for f in found.findings}
    assert (found.roster.facility.name, found.state) == ("?", "")
    assert not (tmp_path / "home" / "set-aside").exists()
