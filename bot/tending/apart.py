"""Work in a process of its own: what takes too much time, memory or room ends that process, and nobody else waits."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress

import structlog

_log = structlog.get_logger(__name__)


class TookTooMuch(Exception):
    """The process took more than it may, or ended without a result."""


async def ran_apart(module: str, *words: str, content: bytes, lasts: float) -> bytes:
    """Run a module of ours with ``content`` to read, at most so many seconds; gives what it wrote. Raises TookTooMuch."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *words),
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        env=without_secrets(),
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(lasts):
            written, trouble = await process.communicate(content)
    except TimeoutError:
        written, trouble = b"", b"no end"
    finally:
        _end(process)
        await process.wait()
    if process.returncode != 0:
        _log.warning(
            "apart.no_result", module=module, status=process.returncode, why=trouble[-400:].decode(errors="replace")
        )
        raise TookTooMuch
    return written


def _end(process: asyncio.subprocess.Process) -> None:
    """End a process and all that it has started."""
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def without_secrets() -> dict[str, str]:
    """Give the environment of such a process: it knows no token and no home but what it is told."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM_", "TOMOSHIBI_"))}


def limit(seconds: int, memory: int) -> None:
    """Let this process take so many seconds of a processor and MB of memory, where the system has such limits (Windows has none)."""
    try:
        import resource  # noqa: PLC0415  (Windows has none)
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory * 1024**2, memory * 1024**2))
