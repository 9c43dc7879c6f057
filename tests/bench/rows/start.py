"""From the start of the process to its first answer, and what it holds and uses when nobody says anything, beside echo."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bot.settings import SETTINGS_FILE
from tests.bench.figures import Figure, Size
from tests.bench.homes import FIRST, Facilities, copied
from tests.bench.played import CALM, ECHO_BOT, OUR_BOT, Bot, running
from tests.bench.processes import cpu_of, memory_of

OPEN = 100
"""Runs that are open, in the house that is full of them."""

EMPTY, WITH_PAGE = AT_REST = "an empty home", "an empty home, its page on"
"""The homes that are also left alone; they come first."""

PORT = 18790
"""Where the page is served."""

IDLE = 30.0
"""Seconds for which a bot is left alone."""


@dataclass
class Started:
    """One start: milliseconds and CPU to the first answer, memory after it, CPU of an hour in which nothing happens."""

    took: float
    cpu: float
    memory: float
    idle: float


def start(size: Size) -> Iterator[Figure]:
    """An empty home, one with open runs, one with a long journal."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        many = 2 if size.small else OPEN
        homes = {
            EMPTY: (_home(folder / "empty", lambda _: None), "≤ 2 ×", "≤ 1.5 ×"),
            WITH_PAGE: (_home(folder / "page", _with_page), "≤ 2 ×", "≤ 1.8 ×"),
            f"{many} open runs": (_home(folder / "open", lambda of: _open(of, many)), "≤ 2.5 ×", "≤ 2 ×"),
            f"{size.entries:,} entries": (
                _home(folder / "long", lambda of: of.grow_to(size.entries)),
                "≤ 3 ×",
                "≤ 2 ×",
            ),
        }
        for path, _, _ in homes.values():
            _started(OUR_BOT, path, "できること", 0.0)  # what was owed goes out, so that the first answer is the answer
        rounds = [_round([path for path, _, _ in homes.values()], folder, size) for _ in range(size.rounds)]
        echo, *ours = map(list, zip(*rounds, strict=True))
        theirs = [one.cpu for one in echo]
        for (what, (_, goal, lean)), mine in zip(homes.items(), ours, strict=True):
            yield Figure(
                f"start to first answer, {what}", "s", [m.took for m in mine], "echo", [e.took for e in echo], goal
            )
            yield Figure(f"CPU of it, {what}", "s", [m.cpu for m in mine], "echo", theirs, goal)
            yield Figure(f"memory, {what}", "MiB", [m.memory for m in mine], "echo", [e.memory for e in echo], lean)
        for what, mine in zip(AT_REST, ours, strict=False):
            at_rest = [m.idle for m in mine]
            yield Figure(f"CPU of an idle hour, {what}", "s", at_rest, "echo", [e.idle for e in echo], "≤ 4 ×")


def _round(homes: list[Path], folder: Path, size: Size) -> list[Started]:
    idle = 0.2 if size.small else IDLE
    found = [_started(ECHO_BOT, folder, "/help", idle)]
    for number, path in enumerate(homes):
        with copied(path) as home:
            found.append(_started(OUR_BOT, home, "できること", idle if number < len(AT_REST) else 0.0))
    return found


def _started(bot: Bot, home: Path, sign: str, idle: float) -> Started:
    return asyncio.run(_start(bot, home, sign, idle))


async def _start(bot: Bot, home: Path, sign: str, idle: float) -> Started:
    answered = asyncio.Event()
    begun = perf_counter()
    async with running(bot, home, limits=True) as on:
        found = Started(0.0, 0.0, 0.0, 0.0)

        def called(_: str, values: object, __: int) -> None:
            if isinstance(values, dict) and sign in values.get("text", "") and not answered.is_set():
                found.took, found.cpu = perf_counter() - begun, cpu_of(on.pid)
                answered.set()

        on.api.called = called
        on.api.write(FIRST, "/help")
        async with asyncio.timeout(300):
            await answered.wait()
        await asyncio.sleep(CALM)
        found.memory = memory_of(on.pid)
        if idle:
            before = cpu_of(on.pid)
            await asyncio.sleep(idle)
            found.idle = (cpu_of(on.pid) - before) * 3600 / idle
        return found


def _home(folder: Path, fill: Callable[[Facilities], object]) -> Path:
    facility = Facilities(folder, 8)
    fill(facility)
    return facility.close()


def _with_page(facility: Facilities) -> None:
    settings = facility.path / SETTINGS_FILE
    settings.write_text(f"[page]\non = true\nport = {PORT}\n", encoding="utf-8")


def _open(facility: Facilities, runs: int) -> None:
    for _ in range(runs):
        facility.incident(known=False)
