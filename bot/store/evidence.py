"""The evidence's bytes: files beside the journal, each named by its SHA-256."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from errno import EBUSY
from hashlib import file_digest
from pathlib import Path

from bot.store.locking import locked

EVIDENCE_FOLDER = "evidence"
PHOTO_FOLDER = "photos"
"""The facility's own photos of its cables and boxes: beside the evidence, so that no bundle ever looks here."""

EVIDENCE_KEPT = "evidence_kept"
EVIDENCE_RECEIVED = "evidence_received"
EVIDENCE_DISPOSED = "evidence_disposed"
EVIDENCE_ERASED = "evidence_erased"

EVIDENCE_LOCK = "evidence.lock"
"""Whoever reads evidence to hand it on (a bundle, a backup) shares this lock of the home; what is erased waits for them."""

_BLOCK = 1024 * 1024

Photos = Callable[[str], bytes | None]
"""Looks for one of the facility's own photos by its digest."""

Evidence = Callable[[str], tuple[int, str] | None]
"""Looks for a file by its name, a SHA-256 (hex): gives its size and true SHA-256, or None where there is none."""


def kept(folder: Path, digest: str) -> bytes | None:
    """Give the bytes that lie under a digest; None where they are not there or can't be read."""
    try:
        return (folder / digest[:2] / digest).read_bytes()
    except OSError:
        return None


def beginning(folder: Path, digest: str, count: int = 12) -> bytes:
    """Give the first bytes of what lies under a digest; none where it is not there or can't be read."""
    try:
        with (folder / digest[:2] / digest).open("rb") as file:
            return file.read(count)
    except OSError:
        return b""


def no_photos(_: str) -> None:
    """Look where no photos are kept."""


def erase(folder: Path, digest: str) -> bool:
    """Overwrite what lies under a digest and take it away, and its folder if it was the last there; False where nothing lies.

    A disk that writes elsewhere than it is told (most flash does, and whatever keeps snapshots) may hold it all the same.
    OSError where it can't be done.
    """
    path = folder / digest[:2] / digest
    try:
        with path.open("r+b") as file:
            left = path.stat().st_size
            while left > 0:
                left -= file.write(bytes(min(left, _BLOCK)))
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:
        return False
    path.unlink()
    with suppress(OSError):
        path.parent.rmdir()
    return True


@contextmanager
def handed_on(home: Path) -> Iterator[None]:
    """Let no evidence of a home be erased while the block lasts; what is being erased right now is waited for.

    OSError where that takes too long.
    """
    if not (home / EVIDENCE_FOLDER).exists():
        yield  # there is none, and a home that is only looked at stays as it is
        return
    with locked(home / EVIDENCE_LOCK, shared=True) as mine:
        if not mine:
            raise OSError(EBUSY, "evidence is being erased")
        yield


def evidence_in(folder: Path) -> Evidence:
    """Find the evidence by hash: each file is named by its SHA-256, whatever its suffix or folder."""
    files = {path.stem: path for path in folder.rglob("*") if path.is_file()}

    def look(name: str) -> tuple[int, str] | None:
        if name not in files:
            return None
        return files[name].stat().st_size, _digest(files[name])

    return look


def kept_digest(home: Path, sha256: str) -> str | None:
    """Give the true SHA-256 of what a home keeps under this one; None if it is not there, OSError if it can't be read."""
    try:
        return _digest(home / EVIDENCE_FOLDER / sha256[:2] / sha256)
    except FileNotFoundError:
        return None


def files_in(folder: Path) -> list[Path]:
    """Give whatever lies among the evidence and is no folder, but for what is being written."""
    return [path for path in sorted(folder.rglob("*")) if not path.is_dir() and path.suffix != ".part"]


def is_whole(path: Path) -> bool:
    """Say whether a file holds what its name says."""
    return path.is_file() and _digest(path) == path.stem


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
