"""A lock on a file that the system frees when the process ends, however it ends: one process holds it, or several share it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import randrange

_PLACES = 1 << 30
"""Bytes of a lock's file (which needn't hold any) on Windows, where nothing is shared: who shares takes one, who doesn't all of them."""


@contextmanager
def locked(path: Path, *, shared: bool = False) -> Iterator[bool]:
    """Hold a file's lock while the block lasts; gives False where somebody else holds it.

    ``shared``: others may, too, who share it, and who holds it alone is waited for (on Windows ten seconds at most).
    """
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        yield _take(descriptor, shared=shared)
    finally:
        os.close(descriptor)


def _take(descriptor: int, *, shared: bool) -> bool:
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415  (only there on Windows)

            if shared:
                os.lseek(descriptor, randrange(_PLACES), os.SEEK_SET)  # noqa: S311  (any place will do)
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined]
            else:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, _PLACES)  # type: ignore[attr-defined]
        else:
            import fcntl  # noqa: PLC0415  (not there on Windows)

            fcntl.flock(descriptor, fcntl.LOCK_SH if shared else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
