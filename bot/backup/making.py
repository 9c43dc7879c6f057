"""Making a backup: written beside its place, read back whole, and only then put there; the last good one is never touched."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from bot.backup.archive import OWN_BACKUPS, STAGING, Manifest, Stop, Stopped, members, never, write
from bot.backup.cipher import Damaged
from bot.backup.recovery_key import NoKey, RecoveryKey, key_of
from bot.settings import BackupPlan
from bot.store.evidence import handed_on
from bot.store.kept import storage_of
from bot.store.locking import locked
from bot.store.seals import SEALED
from bot.store.storage import Store
from bot.store.trouble import StorageTrouble
from bot.store.verifying import first_break
from flows.record.chain import BrokenChain
from flows.record.journal import Head
from playbooks.frozen import frozen

Why = Literal["missing", "full", "unwritable", "unread", "key", "altered", "busy", "too_big", "unsent", "inside"]
"""Why there is no backup: its folder is away; its disk is full, or can't be written to; it can't be read back; the key is
damaged; the journal was altered; another backup is being made; it is too big for the chat, or can't be sent there, and there is no folder;
its folder lies in the home itself."""

LOCK_FILE = "backup.lock"

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""The last of them is what a USB stick says (FAT32) of more than 4 GB."""

_NAME = re.compile(r"tomoshibi-([0-9a-f]{8})-(\d{8})T(\d{6})Z(?:-\d+)?\.backup")


class NoBackup(Exception):
    """There is no backup now, and those there are were left alone."""

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(f"{why}: {detail}")
        self.why, self.detail = why, detail


@frozen
class Backup:
    """A backup that was made and read back: its file, its size in bytes, and what is in it.

    ``altered`` names evidence that isn't what it was when it was kept: then older backups are worth more than this one.
    """

    path: Path
    size: int
    manifest: Manifest
    altered: tuple[str, ...] = ()


def make_backup(home: Path, folder: Path, now: datetime, stopped: Stop = never) -> Backup:
    """Back a home up into a folder, also while the bot runs; raises NoBackup, or Stopped, and then nothing has changed.

    ``now`` is aware.
    """
    with _our_errors(folder):
        if not folder.is_dir():
            raise NoBackup("missing", str(folder))
        with locked(home / LOCK_FILE) as mine:
            if not mine:
                raise NoBackup("busy")
            key = key_of(home)
            _clear(home, folder, key)
            with tempfile.TemporaryDirectory(dir=home, prefix=STAGING) as staging, handed_on(home):
                manifest = _copied(home, Path(staging), now, stopped)
                return _written(home, Path(staging), folder, key, manifest, stopped)


def folder_of(home: Path, plan: BackupPlan) -> Path | None:
    """Give the folder into which backups go by themselves; None where nobody wants any."""
    if plan.folder:
        return Path(plan.folder).expanduser()
    return home / OWN_BACKUPS if plan.chat else None


def backups_in(folder: Path) -> list[Path]:
    """Give the backups that lie in a folder, the oldest first, whoever made them; empty where there is no folder."""
    found = [path for path in folder.glob("tomoshibi-*.backup") if _NAME.fullmatch(path.name)]
    return sorted(found, key=lambda path: (path.stem[19:], path.name))


def made_before(folder: Path, moment: datetime) -> int:
    """Count the backups in a folder that were made before a moment (aware): what went then, they still hold."""
    made = (_NAME.fullmatch(path.name) for path in backups_in(folder))
    at = moment.astimezone(UTC).strftime("%Y%m%d%H%M%S")
    return sum(found is not None and f"{found[2]}{found[3]}" < at for found in made)


def prune(folder: Path, made: Backup, keep: int) -> list[Path]:
    """Remove what newer backups have made needless and give it: of each day the newest stays, of the last ``keep`` days.

    Only those under the same key count. Where evidence was found altered, nothing goes.
    """
    if made.altered:
        return []
    own = [path for path in backups_in(folder) if path.name[:19] == made.path.name[:19]]
    newest = {path.name[19:27]: path for path in own}
    stay = {made.path, *(newest[day] for day in sorted(newest)[-keep:])}
    gone = [path for path in own if path not in stay]
    for path in gone:
        with suppress(OSError):
            path.unlink()
    return gone


def read_through(path: Path, key: RecoveryKey, stopped: Stop = never) -> None:
    """Read a backup to its end as a restore would; raises as :func:`bot.backup.archive.members` does, and OSError."""
    with path.open("rb") as file:
        for _, content in members(file, key, stopped):
            while content.read(1024 * 1024):
                pass


def _copied(home: Path, staging: Path, now: datetime, stopped: Stop) -> Manifest:
    if not storage_of(home).copy_to(staging, stopped):
        raise Stopped
    return storage_of(staging).look(lambda store: _looked_at(store, now))


def _looked_at(store: Store, now: datetime) -> Manifest:
    broken = first_break(store)
    if broken is not None:
        raise broken
    head, seal = Head(), 0
    for entry in store.stored():
        head = Head(entry.seq, entry.digest)
        seal = entry.seq if entry.kind == SEALED else seal
    return Manifest(now.astimezone(UTC).isoformat(timespec="seconds"), head.seq, head.digest.hex(), seal)


def _written(home: Path, staging: Path, folder: Path, key: RecoveryKey, manifest: Manifest, stopped: Stop) -> Backup:
    stem = f"tomoshibi-{key.fingerprint}-{datetime.fromisoformat(manifest.made_at):%Y%m%dT%H%M%SZ}"
    path = folder / f"{stem}.backup"
    number = 2
    while path.exists():
        path, number = folder / f"{stem}-{number}.backup", number + 1
    unfinished = path.with_suffix(".part")
    try:
        descriptor = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            altered = write(home, staging, file, key, manifest, stopped)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        try:
            read_through(unfinished, key, stopped)
        except Damaged as damaged:
            raise NoBackup("unread") from damaged
        unfinished.replace(path)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise
    with suppress(OSError):  # Windows opens no folders
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    return Backup(path, size, manifest, tuple(altered))


def _clear(home: Path, folder: Path, key: RecoveryKey) -> None:
    """Sweep away what a process that was stopped has left half done."""
    for path in home.glob(f"{STAGING}*"):
        shutil.rmtree(path, ignore_errors=True)
    for path in folder.glob(f"tomoshibi-{key.fingerprint}-*.part"):
        path.unlink(missing_ok=True)


@contextmanager
def _our_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except NoKey as error:
        raise NoBackup("key") from error
    except BrokenChain as error:
        raise NoBackup("altered", f"{error.first_bad} {error.fault}") from error
    except StorageTrouble as error:
        raise NoBackup("full" if "full" in str(error) else "unwritable", str(error)) from error
    except OSError as error:
        away = not folder.is_dir()
        why: Why = "missing" if away else "full" if error.errno in _FULL else "unwritable"
        raise NoBackup(why, str(error)) from error
