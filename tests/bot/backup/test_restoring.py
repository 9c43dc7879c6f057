"""Restoring: into an empty folder, verified, or not at all; and what a trial says about a backup."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.backup.cipher import Damaged, Newer, WrongKey
from bot.backup.making import Backup, make_backup
from bot.backup.recovery_key import RecoveryKey, key_of
from bot.backup.restoring import NotEmpty, alone_is_proved, alone_is_unproved, restore, tried
from bot.store.seals import Seal
from bot.store.sqlite.journal import JOURNAL_FILE
from bot.tending.evidence import keep
from tests.clinic import MORNING, Clinic
from tests.journals import forge


@pytest.fixture
def made(clinic: Clinic, tmp_path: Path) -> Backup:
    """A backup of the clinic."""
    (tmp_path / "usb").mkdir()
    return make_backup(clinic.home.path, tmp_path / "usb", MORNING)


@pytest.fixture
def key(clinic: Clinic) -> RecoveryKey:
    """The clinic's recovery key."""
    return key_of(clinic.home.path)


@pytest.fixture
def where(tmp_path: Path) -> Iterator[Path]:
    """A folder in which restored homes go; at the end nothing half restored is in it."""
    (tmp_path / "machine").mkdir()
    yield tmp_path / "machine"
    assert list((tmp_path / "machine").glob(".*")) == []


def test_it_is_for_its_owner_alone(made: Backup, key: RecoveryKey, where: Path) -> None:
    """Folders and files, whatever the umask of this machine: it holds telephone numbers."""
    restore(made.path, key, where / "new")

    assert [path for path in (where / "new", *(where / "new").rglob("*")) if path.stat().st_mode & 0o077] == []


def test_an_empty_folder_will_do(made: Backup, key: RecoveryKey, where: Path) -> None:
    """One that is there already, or whose parents aren't."""
    (where / "new").mkdir()

    restore(made.path, key, where / "new")
    restore(made.path, key, where / "a" / "b")

    assert all((where / name / JOURNAL_FILE).exists() for name in ("new", "a/b"))


def test_never_over_something(made: Backup, key: RecoveryKey, where: Path, clinic: Clinic) -> None:
    """A home, a folder with anything in it, a file: refused and left as it is."""
    (where / "file").write_text("x")
    head = clinic.home.journal.head()

    for taken in (clinic.home.path, where, where / "file"):
        with pytest.raises(NotEmpty):
            restore(made.path, key, taken)
    assert (clinic.home.journal.head(), (where / "file").read_text()) == (head, "x")


def test_a_damaged_or_cut_backup(made: Backup, key: RecoveryKey, where: Path) -> None:
    """At whatever place: nothing is left of it."""
    whole = made.path.read_bytes()
    for spoilt in (whole[:-1], whole[: len(whole) // 2], whole[:-200] + b"x" + whole[-199:]):
        made.path.write_bytes(spoilt)
        with pytest.raises(Damaged):
            restore(made.path, key, where / "new")
        assert list(where.iterdir()) == []


def test_another_key(made: Backup, where: Path) -> None:
    """It is refused by its name."""
    with pytest.raises(WrongKey):
        restore(made.path, RecoveryKey.make(), where / "new")


async def test_a_journal_of_a_newer_version(clinic: Clinic, key: RecoveryKey, where: Path, tmp_path: Path) -> None:
    """A home of the future is not opened by a program that would write to it without knowing how."""
    clinic.home.close()
    forge(
        clinic.home.path / JOURNAL_FILE,
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('home', 'of_the_future', '2030')",
    )
    made = make_backup(clinic.home.path, tmp_path, MORNING)

    with pytest.raises(Newer):
        restore(made.path, key, where / "new")


def test_whether_it_is_alone_is_unproved(made: Backup, key: RecoveryKey, where: Path) -> None:
    """Until somebody has looked; the mark never goes into the next backup."""
    restore(made.path, key, where / "new")
    assert alone_is_unproved(where / "new")

    again = make_backup(where / "new", where, MORNING)
    restore(again.path, key, where / "newer")
    alone_is_proved(where / "new")
    alone_is_proved(where / "new")

    assert not alone_is_unproved(where / "new")
    assert json.loads((where / "newer/restored.json").read_text())["made_at"] == again.manifest.made_at


async def test_a_trial_finds_nothing_wrong(clinic: Clinic, key: RecoveryKey, tmp_path: Path) -> None:
    """With the newest seal in it; and leaves nothing in the home."""
    seal = await sealed(clinic)
    made = make_backup(clinic.home.path, tmp_path, clinic.clock.now())

    assert tried(made.path, key, clinic.home.path, [seal]) == ""
    assert list(clinic.home.path.glob(".backup-*")) == []


async def test_a_trial_misses_a_seal(clinic: Clinic, key: RecoveryKey, made: Backup) -> None:
    """A backup that is older than the seal that was posted says so."""
    seal = await sealed(clinic)

    assert tried(made.path, key, clinic.home.path, [seal]) == "seal"


def test_a_trial_says_what_is_wrong(clinic: Clinic, key: RecoveryKey, made: Backup, tmp_path: Path) -> None:
    """Another key, damage, a file that is gone, evidence that was altered before."""
    home = clinic.home.path
    assert tried(made.path, RecoveryKey.make(), home, []) == "key"
    (tmp_path / "cut").write_bytes(made.path.read_bytes()[:-7])
    assert tried(tmp_path / "cut", key, home, []) == "damaged"
    assert tried(tmp_path / "gone", key, home, []) == "gone"


async def sealed(clinic: Clinic) -> Seal:
    """Let a day go by after an incident, and give the seal."""
    await clinic.incident()
    await clinic.passes(2)
    clinic.clock.advance(days=1)
    await clinic.stage.settle()
    [*_, entry] = clinic.entries("sealed")
    return Seal.from_body(entry.body)


def test_evidence_that_was_altered_before(clinic: Clinic, key: RecoveryKey, where: Path, tmp_path: Path) -> None:
    """It comes back as it was, and hinders nothing: an emergency needs the rest."""
    digest = keep(clinic.home.evidence, b"photo")
    (clinic.home.evidence / digest[:2] / digest).write_bytes(b"other")
    made = make_backup(clinic.home.path, tmp_path, MORNING)

    restore(made.path, key, where / "new")

    assert (where / "new/evidence" / digest[:2] / digest).read_bytes() == b"other"
