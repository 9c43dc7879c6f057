"""Processes to measure: their seconds of CPU, their memory, and how often they had the disk write for good. Linux alone."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from mmap import PAGESIZE, mmap
from pathlib import Path
from shutil import which
from time import perf_counter

_TICKS = os.sysconf("SC_CLK_TCK")
ROOT = Path(__file__).parents[2]


def python(*arguments: str) -> list[str]:
    """Give the command of a Python program that finds the project."""
    return [sys.executable, *arguments]


def surroundings(**more: str) -> dict[str, str]:
    """Give the environment of a process: the project on its path, and nobody's token."""
    ours = {"TELEGRAM_BOT_TOKEN", "TELEGRAM_API_URL", "TOMOSHIBI_HOME", "PYTHONDONTWRITEBYTECODE"}
    return {name: value for name, value in os.environ.items() if name not in ours} | {"PYTHONPATH": str(ROOT)} | more


def cpu_of(pid: int) -> float:
    """Give the seconds of CPU that a process has had, its ended children's among them."""
    return sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15])) / _TICKS


def memory_of(pid: int) -> float:
    """Give how many MiB of a process are in memory."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def ran(command: Sequence[str], env: Mapping[str, str] | None = None) -> tuple[float, float]:
    """Run a command to its end; gives its seconds of CPU and of the clock."""
    before, start = _children(), perf_counter()
    subprocess.run(
        command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env or surroundings(), cwd=ROOT
    )
    return _children() - before, perf_counter() - start


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Fsyncs:
    """Counts the fsyncs of a process that is started with ``environment``; without a C compiler it counts none."""

    def __init__(self, folder: Path) -> None:
        self._count = None
        self.environment: dict[str, str] = {}
        library = _counter()
        if library is not None:
            file = folder / "fsyncs"
            file.write_bytes(bytes(PAGESIZE))
            with file.open("r+b") as opened:
                self._count = mmap(opened.fileno(), PAGESIZE)
            self.environment = {"LD_PRELOAD": str(library), "FSYNCS": str(file)}

    def count(self) -> int | None:
        """Give how many there have been."""
        return int.from_bytes(self._count[:8], "little") if self._count is not None else None


@cache
def _counter() -> Path | None:
    compiler = which("cc")
    if compiler is None:
        return None
    made = Path(tempfile.mkdtemp(prefix="bench-")) / "fsyncs.so"
    source = Path(__file__).with_name("fsyncs.c")
    built = subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", made, source, "-ldl"], check=False, capture_output=True
    )
    return made if built.returncode == 0 else None
