"""A Pandoc that never ends: what is made with it is never done."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest


def pandoc_that_hangs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Put a Pandoc in place that tells its version and then never ends; gives what it touches, and a pipe that it holds."""
    asked, pipe, program = folder / "asked", folder / "pipe", folder / "pandoc"
    os.mkfifo(pipe)
    program.write_text(
        f'#!/bin/sh\ncase "$1" in --version) echo "pandoc 99.0";; *) touch {asked}; exec sleep 600 > {pipe};; esac\n',
        encoding="utf-8",
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PYPANDOC_PANDOC", str(program))
    return asked, pipe
