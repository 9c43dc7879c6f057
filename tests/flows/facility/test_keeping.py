"""What is entered about backups, and who hears of it: what is wrong once, what is well nobody."""

from __future__ import annotations

from flows.commands.command import Command
from flows.commands.upkeep import NoteBackup, NoteNoBackup, NoteRestore, NoteTrial
from flows.powers import CONSOLE
from flows.record.journal import FACILITY
from tests.flows.clinic import MORNING, SATO, SUZUKI, TAKAHASHI, TANAKA, Clinic

CHAIN = [TAKAHASHI, TANAKA]


def owed(clinic: Clinic, name: str) -> list[str]:
    """List to whom messages of a name were owed."""
    return [message.to.partition(":")[2] for message in clinic.heard if message.name == name]


def orders(clinic: Clinic, *commands: Command) -> None:
    """Let the command line order something."""
    for command in commands:
        clinic.act(CONSOLE, command)


def test_what_goes_well_is_told_to_nobody(clinic: Clinic) -> None:
    """A backup, and a trial whatever came of it: upkeep and readiness say that."""
    before = len(clinic.heard)
    orders(clinic, NoteBackup(FACILITY, "a", 9, 5), NoteTrial(FACILITY, "a", "damaged", 0))

    assert len(clinic.heard) == before


def test_what_fails_is_told_once(clinic: Clinic) -> None:
    """To those who decide; again when it is for another reason, and after it had gone well in between."""
    for _ in range(3):
        orders(clinic, NoteNoBackup(FACILITY, "full"))
    assert owed(clinic, "no_backup_now") == CHAIN
    orders(clinic, NoteNoBackup(FACILITY, "missing"))
    assert owed(clinic, "no_backup_now") == CHAIN * 2
    orders(clinic, NoteBackup(FACILITY, "a", 9, 5))
    orders(clinic, NoteNoBackup(FACILITY, "missing"))
    assert owed(clinic, "no_backup_now") == CHAIN * 3
    assert [e.kind for e in clinic.journal.entries()].count("backup_failed") == 3


def test_altered_evidence_is_told(clinic: Clinic) -> None:
    """Once, however often it is backed up."""
    for name in "ab":
        orders(clinic, NoteBackup(FACILITY, name, 9, 5, altered=2))

    assert owed(clinic, "no_backup_now") == CHAIN


def test_everybody_hears_of_a_restore(clinic: Clinic) -> None:
    """Whoever did something after the backup has to do it again, whatever their role."""
    orders(clinic, NoteRestore(FACILITY, MORNING.isoformat(), 9, "ab"))

    assert sorted(owed(clinic, "home_restored")) == [TAKAHASHI, TANAKA, SATO, SUZUKI]
