"""The record in a second place: backups and who hears what is wrong with them, and seals that somebody outside keeps."""

from __future__ import annotations

from collections.abc import Iterator

from flows.commands.upkeep import NoteBackup, NoteKeyShown, NoteNoBackup, NoteRestore, NoteSealHandedOn, NoteTrial
from flows.events.upkeep import BackupFailed, BackupMade, BackupTried, RecoveryKeyShown, Restored, SealHandedOn
from flows.facility.settling import Matter, Settlement, settles
from flows.messages.upkeep import HomeRestored, NoBackupNow
from flows.record.journal import AT_ONCE, LATER, Owed
from flows.refusals import Refused


@settles
def note_backup(matter: Matter, command: NoteBackup) -> Settlement:
    """Enter it, and tell once what is wrong with it."""
    owed = [*_told(matter, "evidence")] if command.altered else []
    return Settlement([BackupMade(command.name, command.size, command.head, command.altered)], owed=owed)


@settles
def note_no_backup(matter: Matter, command: NoteNoBackup) -> Settlement:
    """Enter why there is none and tell it, once until it is otherwise; later upkeep says it."""
    if matter.house.backups.failing == command.why:
        return Settlement()
    return Settlement([BackupFailed(command.why)], owed=[*_told(matter, command.why)])


@settles
def note_trial(_: Matter, command: NoteTrial) -> Settlement:
    """Enter how it went; what is wrong upkeep brings up."""
    return Settlement([BackupTried(command.name, command.why, command.seal)])


@settles
def note_key(_: Matter, command: NoteKeyShown) -> Settlement:
    """Enter that it was shown, whatever it is."""
    return Settlement([RecoveryKeyShown(command.key)])


@settles
def note_seal_handed_on(matter: Matter, command: NoteSealHandedOn) -> Settlement:
    """Enter it, once."""
    if command.seq <= matter.house.seal_outside:
        raise Refused("stale")
    return Settlement([SealHandedOn(command.seq, command.contact)])


@settles
def note_restore(matter: Matter, command: NoteRestore) -> Settlement:
    """Enter it, and tell everybody that what came after the backup has to be said again."""
    event = Restored(command.made_at, command.head, command.digest, command.missing)
    told = HomeRestored(command.made_at, bool(command.missing))
    return Settlement([event], owed=[Owed(m.id, told, priority=AT_ONCE) for m in matter.here.roster.active()])


def _told(matter: Matter, why: str) -> Iterator[Owed]:
    last = matter.house.backups.made_at
    told = NoBackupNow(why, last.isoformat() if last else "")
    for member in matter.here.chain():
        if matter.house.backups.failing != why:
            yield Owed(member.id, told, key="backup", priority=LATER, silent=True)
