"""What lies in a backup: the home's files as a tar stream inside the encrypted one, the journal first, nothing in memory."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, Protocol

from bot.backup.cipher import Damaged, NotOurs, Opening, Sealing
from bot.backup.recovery_key import RecoveryKey
from bot.store.evidence import EVIDENCE_FOLDER, EVIDENCE_LOCK, PHOTO_FOLDER
from bot.store.kept import storage_of
from playbooks.frozen import frozen

MANIFEST = "backup.json"
STAGING = ".backup-"
"""The beginning of a folder's name inside a home in which a copy of its journal lies while a backup is made."""

OWN_BACKUPS = "backups"
"""The folder inside a home for backups that only go to a chat."""

LEFT_OUT = frozenset(
    {
        *("running.lock", "backup.lock", EVIDENCE_LOCK, "restored.json", "heartbeat.json", "time-stamps.json"),
        *("line.json", OWN_BACKUPS),
    }
)
"""What belongs to this machine and this start alone."""

_SOME = 1024 * 1024


class Stopped(Exception):
    """Whoever makes or reads a backup is to stop."""


class Stop(Protocol):
    """Says whether to stop."""

    def __call__(self) -> bool:
        """Say so."""
        ...


def never() -> bool:
    """Go on."""
    return False


@frozen
class Manifest:
    """What a backup tells of itself once it is opened: the journal's head (``seq``, ``digest`` in hex), and the entry of the last seal.

    ``seal`` is 0 where nothing was sealed yet; ``made_at`` is ISO 8601 in UTC.
    """

    made_at: str
    seq: int
    digest: str
    seal: int


def files_of(home: Path) -> Iterator[Path]:
    """Give a home's files but for the journal, relative to it and in order; no links, and nothing that is being written."""
    journal = storage_of(home).name
    for path in sorted(home.rglob("*")):
        inside = path.relative_to(home)
        first = inside.parts[0]
        if first in LEFT_OUT or first.startswith((STAGING, journal)) or inside.suffix == ".part":
            continue
        if path.is_file() and not path.is_symlink():
            yield inside


def write(home: Path, copied: Path, file: BinaryIO, key: RecoveryKey, manifest: Manifest, stopped: Stop) -> list[str]:
    """Write a backup of a home whose journal was copied into a folder before; gives the evidence that isn't what its name says.

    The journal was copied first, so that all evidence which its entries name is there. Raises OSError, and Stopped.
    """
    altered: list[str] = []
    sealing = Sealing(file, key, manifest.made_at)
    with tarfile.open(fileobj=sealing, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        _add_bytes(tar, MANIFEST, json.dumps(asdict(manifest)).encode())
        name = storage_of(home).name
        _add(tar, copied / name, name, stopped)
        for inside in files_of(home):
            digest = _add(tar, home / inside, inside.as_posix(), stopped)
            if digest and inside.parts[0] in (EVIDENCE_FOLDER, PHOTO_FOLDER) and digest != inside.stem:
                altered.append(inside.as_posix())
    sealing.finish()
    return altered


def members(file: BinaryIO, key: RecoveryKey, stopped: Stop = never) -> Iterator[tuple[str, IO[bytes]]]:
    """Give each file of a backup with its name and a stream to be read before the next; the manifest is the first.

    Raises what :class:`bot.backup.cipher.Opening` raises, Damaged for a name that may not be and for whatever is no file,
    and Stopped.
    """
    opening = Opening(file, key)
    names = set[str]()
    with _tar_errors(), tarfile.open(fileobj=opening, mode="r|") as tar:
        for member in tar:
            if stopped():
                raise Stopped
            content = tar.extractfile(member) if member.isreg() else None
            if content is None or not is_safe(member.name) or member.name.casefold() in names:
                raise Damaged
            names.add(member.name.casefold())
            yield member.name, content
    while opening.read(_SOME):  # the last piece proves that nothing behind it is missing
        pass
    if MANIFEST not in names:
        raise NotOurs


def manifest_in(content: IO[bytes]) -> Manifest:
    """Read the manifest; Damaged for what is none."""
    try:
        said = json.load(content)
        return Manifest(str(said["made_at"]), int(said["seq"]), str(said["digest"]), int(said["seal"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Damaged from None


def is_safe(name: str) -> bool:
    """Say whether a name stays inside the folder that it is unpacked in, on every system."""
    parts = name.split("/")
    return (
        all(part and part not in {".", ".."} and part == part.rstrip(" .") for part in parts)
        and not set(name) & set('\\:*?"<>|')
        and name.isprintable()
        and not PurePosixPath(name).is_absolute()
    )


def copied_out(content: IO[bytes], target: BinaryIO, stopped: Stop) -> None:
    """Copy a member into a file, some of it at a time."""
    while some := content.read(_SOME):
        if stopped():
            raise Stopped
        target.write(some)


@contextmanager
def _tar_errors() -> Iterator[None]:
    try:
        yield
    except tarfile.TarError:
        raise Damaged from None


class _Watched:
    """A file that is read for the archive: it sums up what it gives, and stops."""

    def __init__(self, file: BinaryIO, stopped: Callable[[], bool]) -> None:
        self._file, self._stopped = file, stopped
        self.digest = sha256()

    def read(self, size: int) -> bytes:
        if self._stopped():
            raise Stopped
        some = self._file.read(size)
        self.digest.update(some)
        return some


def _add(tar: tarfile.TarFile, path: Path, name: str, stopped: Stop) -> str:
    """Add a file and give the SHA-256 of what was added; empty for one that is gone meanwhile. OSError if it grew shorter."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return ""
    with file:
        info = _info(name, path.stat().st_size)
        watched = _Watched(file, stopped)
        tar.addfile(info, watched)  # type: ignore[arg-type]  # it reads, and nothing else
    return watched.digest.hexdigest()


def _add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    tar.addfile(_info(name, len(content)), BytesIO(content))


def _info(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info
