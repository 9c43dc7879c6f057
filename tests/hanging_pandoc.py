"""A Pandoc that never ends: what is made with it is never done."""

from __future__ import annotations

import asyncio
import os
import stat
from pathlib import Path

import pytest

PATIENCE = 60.0


def pandoc_that_hangs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Put a Pandoc in place that tells its version and then never ends; gives what it touches, and a pipe that it holds."""
    asked, pipe, program = folder / "asked", folder / "pipe", folder / "pandoc"
    os.mkfifo(pipe)
    program.write_text(
        f'#!/bin/sh\ncase "$1" in --version) echo "pandoc 99.0";; *) touch {asked}; exec > {pipe}; echo; exec sleep 600;; esac\n',
        encoding="utf-8",
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PYPANDOC_PANDOC", str(program))
    return asked, pipe


async def is_asked(reading: int) -> None:
    """Wait until somebody asks it for something; ``reading`` is its pipe, open to be read without waiting."""
    loop, wrote = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(reading, wrote.set)
    try:
        await asyncio.wait_for(wrote.wait(), PATIENCE)
    finally:
        loop.remove_reader(reading)


async def is_gone(reading: int) -> None:
    """Wait until nobody holds the other end of its pipe any more, and close this one."""
    os.set_blocking(reading, True)
    with os.fdopen(reading, "rb") as pipe:
        assert await asyncio.wait_for(asyncio.to_thread(pipe.read), PATIENCE) in (b"", b"\n")
