"""A ZIP file that is the same, byte for byte, whenever and wherever it is made, and that is there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from shutil import copyfileobj
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from bot.bundle.snapshot import Watch

Content = bytes | Path
"""What a file of the bundle holds, or where that lies."""

_UNIX, _FILE = 3, 0o100644


def write_zip(out: Path, files: Mapping[str, Content], at: datetime, watch: Watch) -> None:
    """Write ``files`` into ``out``, sorted by name and all dated ``at``; OSError leaves everything as it was.

    Nothing is compressed: what packers make of the same bytes differs from machine to machine, and photos don't shrink.
    """
    descriptor, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.", suffix=".part")
    unfinished = Path(name)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            with ZipFile(file, "w", ZIP_STORED) as archive:
                for done, (inside, content) in enumerate(sorted(files.items())):
                    watch(done / len(files))
                    _add(archive, inside, content, at)
            file.flush()
            os.fsync(file.fileno())
        unfinished.chmod(0o600)
        unfinished.replace(out)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink()
        raise
    _settle(out.parent)


def _add(archive: ZipFile, name: str, content: Content, at: datetime) -> None:
    info = ZipInfo(name, date_time=(max(at.year, 1980), at.month, at.day, at.hour, at.minute, at.second // 2 * 2))
    info.create_system, info.external_attr = _UNIX, _FILE << 16
    info.file_size = content.stat().st_size if isinstance(content, Path) else len(content)
    with archive.open(info, "w") as into:
        if isinstance(content, Path):
            with content.open("rb") as source:
                copyfileobj(source, into)
        else:
            into.write(content)


def _settle(folder: Path) -> None:
    """Bring the new name to the disk as well; Windows opens no folders."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def is_safe(name: str) -> bool:
    """Say whether a file may have this name in any folder it is unpacked into."""
    parts = name.split("/")
    return all(part not in ("", ".", "..") for part in parts) and not any(c in name for c in '\\:*?"<>|\0')
