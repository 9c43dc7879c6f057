"""What the commands cost whoever types them: seconds of CPU beside those of a Python that loads Click and ends."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure, Size
from tests.bench.homes import Facilities
from tests.bench.processes import python, ran

AT_LEAST = 5
"""Rounds: a command is so short that three say little."""


def commands(size: Size) -> Iterator[Figure]:
    """``--help``, ``triage``, ``verify`` of an empty home, ``runs list`` of a long one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        empty, long = folder / "empty", folder / "long"
        Facilities(empty, 1).close()
        facility = Facilities(long, 1)
        facility.grow_to(size.entries)
        facility.close()
        listed = f"runs list, {size.entries:,} entries"
        bot = ("-m", "bot")
        asked = {
            "--help": (python(*bot, "--help"), "≤ 2.5 ×"),
            "triage": (python(*bot, "triage", "画面に身代金の要求が出ている"), "≤ 6 ×"),
            "verify, an empty home": (python(*bot, "verify", str(empty / "home")), "≤ 6 ×"),
            listed: (python(*bot, "runs", "list", "--home", str(long / "home")), "≤ 1 s CPU"),
        }
        click = python("-c", "import click")
        for command, _ in asked.values():
            ran(command)  # what is remembered between starts is there for all rounds
        rounds = size.rounds if size.small else max(size.rounds, AT_LEAST)
        took = [[ran(command)[0] * 1e3 for command in (click, *(c for c, _ in asked.values()))] for _ in range(rounds)]
        theirs, *ours = map(list, zip(*took, strict=True))
        for (what, (_, goal)), mine in zip(asked.items(), ours, strict=True):
            yield Figure(what, "ms CPU", mine, 'python -c "import click"', theirs, goal)
