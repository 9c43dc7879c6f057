"""A ZIP file that is the same, byte for byte, whenever and wherever it is made, and that is there whole or not at all."""

from __future__ import annotations

import os
import struct
import tempfile
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from shutil import copyfileobj
from typing import IO
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


READ_WHOLE = 32 << 20
"""Bytes that one of our own texts may have: the record of a facility's ten years has less."""

UNPACKED = 100
"""So many times its packed size something may have; ours pack to a twentieth at most."""

_ROOM = 1 << 20
"""Bytes that anything may unpack to."""

_END, _LOCAL = 22, 30
"""Bytes at the end of a ZIP file, and before each of its files."""


def too_big(archive: ZipFile, size: int, texts: Collection[str]) -> str | None:
    """Name what in a ZIP file of ``size`` bytes must not be unpacked: it would grow beyond all measure, or be a text too long to read."""
    infos = archive.infolist()
    if sum(info.compress_size for info in infos) > size and all(info.compress_size <= size for info in infos):
        return "…"  # its files share their bytes
    for info in infos:
        grows = info.file_size > max(_ROOM, UNPACKED * info.compress_size)
        if grows or (info.filename in texts and info.file_size > READ_WHOLE):
            return info.filename
    return None


def beside(archive: ZipFile, file: IO[bytes], size: int) -> int:
    """Give how many bytes of a ZIP file belong to none of its files, nor to its list: nothing of them was looked at."""
    ours = 0
    for info in archive.infolist():
        file.seek(info.header_offset)
        head = file.read(_LOCAL)
        if len(head) < _LOCAL:
            return 0  # it is cut, which shows elsewhere
        name, extra = struct.unpack("<HH", head[26:30])
        ours += _LOCAL + name + extra + info.compress_size
        if info.flag_bits & 8:  # a packer that did not know the size before wrote it after
            file.seek(info.header_offset + _LOCAL + name + extra + info.compress_size)
            ours += 16 if file.read(4) == b"PK\7\10" else 12
        ours += 46 + len(info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437", "replace"))
        ours += len(info.extra) + len(info.comment)
    return max(0, size - ours - _END)


def is_safe(name: str) -> bool:
    """Say whether a file may have this name in any folder it is unpacked into."""
    parts = name.split("/")
    return all(part not in ("", ".", "..") for part in parts) and not any(c in name for c in '\\:*?"<>|\0')
