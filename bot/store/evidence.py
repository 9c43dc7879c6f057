"""The evidence's bytes: files beside the journal, each named by its SHA-256."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import file_digest
from pathlib import Path

EVIDENCE_FOLDER = "evidence"
PHOTO_FOLDER = "photos"
"""The facility's own photos of its cables and boxes: beside the evidence, so that no bundle ever looks here."""

EVIDENCE_KEPT = "evidence_kept"
EVIDENCE_RECEIVED = "evidence_received"

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


def no_photos(_: str) -> None:
    """Look where no photos are kept."""


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
