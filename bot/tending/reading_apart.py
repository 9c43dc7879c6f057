"""A workbook is read in a process of its own: a file made to fill memory or time ends that process, and nobody else waits."""

from __future__ import annotations

import asyncio
import os
import pickle
import sys

import structlog

from contacts.phrasing import say
from contacts.rows.tables import Workbook
from contacts.written.mistakes import Mistake

READING_LASTS = 60.0
"""Seconds of the clock on the wall that reading may take."""

MOST_SECONDS, MOST_MEMORY = 30, 1024
"""Seconds of a processor and MB of memory that it may take, where the system has such limits (Windows has none)."""

_log = structlog.get_logger(__name__)


async def read_apart(content: bytes, lasts: float = READING_LASTS, memory: int = MOST_MEMORY) -> Workbook:
    """Read a file's bytes; what takes more than it may is a mistake of the file, told like the others."""
    pipe = asyncio.subprocess.PIPE
    reading = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.tending.reading_apart", str(memory)),
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        env=without_secrets(),
    )
    try:
        async with asyncio.timeout(lasts):
            read, trouble = await reading.communicate(content)
    except TimeoutError:
        read, trouble = b"", b"no end"
    finally:
        if reading.returncode is None:
            reading.kill()
            await reading.communicate()  # so that nothing of it stays open
    if reading.returncode == 0 and isinstance(workbook := pickle.loads(read), Workbook):  # noqa: S301  (our own process)
        return workbook
    _log.warning("workbook.not_read", status=reading.returncode, why=trouble[-200:].decode(errors="replace"))
    return Workbook(mistakes=(Mistake(say("workbook.takes_too_much")),))


def without_secrets() -> dict[str, str]:
    """Give the environment of a process that reads a stranger's file: it knows no token and no home."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM_", "TOMOSHIBI_"))}


def _limit(memory: int) -> None:
    try:
        import resource  # noqa: PLC0415  (Windows has none)
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (memory * 1024**2, memory * 1024**2))


def _main() -> None:
    """Read what comes in, and give the workbook out."""
    from contacts.workbook import read  # noqa: PLC0415  (whoever only waits for it needs no openpyxl)

    content = sys.stdin.buffer.read()
    _limit(int(sys.argv[1]))
    sys.stdout.buffer.write(pickle.dumps(read(content)))


if __name__ == "__main__":
    _main()
