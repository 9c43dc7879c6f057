"""Restoring a backup: unpacked beside its place, verified, and only then put there. A home that is in use is never touched."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from bot.backup.archive import MANIFEST, STAGING, Manifest, Stop, copied_out, manifest_in, members, never
from bot.backup.cipher import Damaged, Newer, WrongKey
from bot.backup.recovery_key import RecoveryKey
from bot.store.kept import storage_of
from bot.store.seals import Seal
from bot.store.trouble import StorageTrouble
from bot.store.verifying import VerificationReport, verify_home
from flows.record.chain import BrokenChain
from flows.record.journal import Head
from playbooks.frozen import frozen

MARK = "restored.json"
"""Beside the journal of a home that was restored and has not run since: whether another process polls is looked at first."""

_ROOM = 200 * 1024 * 1024
"""Bytes that stay free on the disk on which a backup is tried."""


class NotEmpty(Exception):
    """There is something already where a backup was to be restored."""


@frozen
class Unpacked:
    """What came out of a backup, and what a verification of it found."""

    manifest: Manifest
    report: VerificationReport


def restore(path: Path, key: RecoveryKey, home: Path, heads: Sequence[Head] = ()) -> Unpacked:
    """Restore a backup into a folder that is not there yet, or empty.

    Raises NotEmpty, what :func:`bot.backup.archive.members` raises, Newer also for a journal of a newer version, and
    OSError; then there is nothing where the home was to be. What the verification finds is given and hinders nothing:
    it was so when the backup was made. ``heads`` are what seals that were posted say; those behind its end are findings, too.
    """
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise NotEmpty
    home.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(dir=home.parent, prefix=f".{home.name}.restoring-"))
    try:
        unpacked = unpack(path, key, unfinished, heads=heads)
        with _own_file(unfinished / MARK) as mark:
            mark.write(json.dumps({"made_at": unpacked.manifest.made_at}).encode())
        if home.exists():
            home.rmdir()
        unfinished.replace(home)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return unpacked


def unpack(
    path: Path,
    key: RecoveryKey,
    folder: Path,
    seals: Sequence[Seal] = (),
    stopped: Stop = never,
    heads: Sequence[Head] = (),
) -> Unpacked:
    """Unpack a backup into an empty folder, readable by its owner alone, and verify it; ``seals`` and ``heads`` have to be in it."""
    manifest: Manifest | None = None
    with path.open("rb") as file:
        for name, content in members(file, key, stopped):
            if name == MANIFEST:
                manifest = manifest_in(content)
                continue
            target = folder.joinpath(*name.split("/"))
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with _own_file(target) as out:
                copied_out(content, out, stopped)
                out.flush()
                os.fsync(out.fileno())
    storage = storage_of(folder)
    if manifest is None or not storage.exists():
        raise Damaged
    if storage.unknown():
        raise Newer
    report = verify_home(folder, seals, heads)
    if (report.head.seq, report.head.digest.hex()) != (manifest.seq, manifest.digest):
        raise Damaged
    return Unpacked(manifest, report)


def _own_file(path: Path) -> BinaryIO:
    """Make a new file that its owner alone may read, whatever the umask."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600), "wb")


def tried(path: Path, key: RecoveryKey, home: Path, seals: Sequence[Seal], stopped: Stop = never) -> str:
    """Restore a backup of a home into an empty folder, verify it, and say what is wrong with it; empty for nothing.

    ``damaged``, ``key``, ``newer``, ``gone`` (the file can't be read), ``findings`` (what is in it is altered), ``seal``
    (a seal that was posted isn't in it), ``full`` (there is no room to try). Raises Stopped.
    """
    try:
        if shutil.disk_usage(home).free < path.stat().st_size + _ROOM:
            return "full"
        with tempfile.TemporaryDirectory(dir=home, prefix=STAGING) as folder:
            kinds = {finding.kind for finding in unpack(path, key, Path(folder), seals, stopped).report.findings}
    except (Damaged, BrokenChain, StorageTrouble):
        return "damaged"
    except WrongKey:
        return "key"
    except Newer:
        return "newer"
    except OSError:
        return "gone"
    if kinds & {"seal_cut", "seal_digest"}:
        return "seal"
    return "findings" if kinds else ""


def alone_is_unproved(home: Path) -> bool:
    """Say whether a home was restored and has not run since."""
    return (home / MARK).exists()


def alone_is_proved(home: Path) -> None:
    """Note that no other process hears for this home."""
    with suppress(FileNotFoundError):
        (home / MARK).unlink()
