"""Every transaction of a whole incident, and death before it, inside it and after its commit.

The play goes on calmly. Before each thing that it lets the bot do the home is copied; in the copy the bot dies at one
point of just that, is opened again and asked for it anew, as a channel does. Then the copy must hold what the play's own
home holds: so whatever comes later comes to the same.
"""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from zlib import crc32

from bot.channels.channel import Attachment, Heard
from bot.clock import MovableClock
from bot.demo.play import Play, demo_start, open_demo
from bot.home import Home
from bot.lamp import Lamp
from bot.opening import open_home
from bot.wiring import light
from flows.engine import Engine
from tests.clinic import MORNING, Post
from tests.test_whole_or_not_at_all import _OF_A_DELIVERY, _RANDOM
from tests.torture.disk import Death, Disk, laid_under
from tests.torture.laws import state_of
from tests.torture.process import made

Where = Literal["before", "inside", "after"]
POINTS: tuple[Where, ...] = ("before", "inside", "after")
Call = tuple[str, tuple[Heard, ...]]
"""What the play lets the bot do: ``hear`` acts, ``tick`` or ``flush``."""


class _Twin(Post):
    """The other end of the copy: it takes every message, and has the files that were sent at the play's terminals."""

    def __init__(self, fetch: Callable[[Attachment], Awaitable[bytes]]) -> None:
        super().__init__()
        self._fetch = fetch

    async def fetch(self, attachment: Attachment) -> bytes:
        """Bring a file's bytes."""
        return await self._fetch(attachment)


@dataclass
class Found:
    """What was tried: crash points by where they were, calls and transactions; ``differ`` is what was lost or doubled."""

    points: Counter[str] = field(default_factory=Counter)
    calls: int = 0
    transactions: int = 0
    differ: list[str] = field(default_factory=list)


def held(home: Home) -> dict[str, list[str]]:
    """Give all that a home holds, and what its bot remembers, without what is random.

    Whether a board that stands as it should is changed once more is no matter: only a bot that lives on knows how it stands.
    """
    file = home.journal.file.here  # type: ignore[attr-defined]
    columns = ", ".join(column for column in _OF_A_DELIVERY if column != "state")
    lines: dict[str, list[object]] = {
        "entries": [(e.run, e.turn, e.kind, e.actor, e.cause, e.part, e.body) for e in home.journal.entries()],
        "registry": file.execute("SELECT kind, key, value FROM registry ORDER BY kind, key").fetchall(),
        "deliveries": file.execute(f"SELECT {columns}, {_STOOD} FROM deliveries ORDER BY id").fetchall(),  # noqa: S608
        "state": [*state_of(Engine(home.journal, home.engine.handbook))],
    }
    return {name: [_RANDOM.sub("…", str(line)) for line in found] for name, found in lines.items()}


_STOOD = "CASE WHEN edits AND state = 'superseded' THEN 'sent' ELSE state END"


class _Enough(Exception):
    """The play has gone far enough."""


class Crashes:
    """Looks on at a play, and lets copies of its home die; one point in ``one_in`` by its hash, up to so many ``calls``."""

    def __init__(self, folder: Path, playbook: str, one_in: int, calls: int | None) -> None:
        self.folder, self.playbook, self.one_in, self.calls = folder, playbook, one_in, calls
        self.found = Found()
        self._disks: list[Disk] = []

    async def play(self) -> Found:
        """Play it all; gives what was tried."""
        with laid_under() as self._disks:
            cast = open_demo(self.folder / "play", demo_start(MORNING), lambda _, __: None)
            self._stage = stage = cast.stage
            lamp, outbox = stage.lamp, stage.lamp.outbox
            outbox._make = made
            hear, tick, flush = lamp.hear, lamp.tick, outbox.flush
            lamp.hear = lambda *acts: self._watched(("hear", acts), lambda: hear(*acts))  # type: ignore[method-assign]
            lamp.tick = lambda: self._watched(("tick", ()), tick)  # type: ignore[method-assign]
            outbox.flush = lambda: self._watched(("flush", ()), flush)  # type: ignore[method-assign]
            with closing(stage.home), suppress(_Enough):
                run = await Play(cast, self.folder, lambda _, __: None).play(self.playbook)
                if run.state != "closed":
                    self.found.differ.append(f"the play ended as {run.state}")
        return self.found

    async def _watched(self, call: Call, do: Callable[[], Awaitable[Any]]) -> Any:
        before, stage = self.folder / "before", self._stage
        if self.found.calls == self.calls:
            raise _Enough
        chosen = self.found.calls % self.one_in == 0
        self.found.calls += 1
        if chosen:
            shutil.rmtree(before, ignore_errors=True)
            shutil.copytree(stage.home.path, before)
        disk = self._disks[-1]
        commits = disk.commits
        came = await do()
        done = disk.commits - commits
        self.found.transactions += done
        if chosen and done:
            after = held(stage.home)
            for number in range(done):
                for where in POINTS:
                    if crc32(f"{self.found.calls}.{number}.{where}".encode()) % self.one_in == 0:
                        await self._dies(call, number, where, before, after)
        return came

    async def _dies(self, call: Call, number: int, where: Where, before: Path, after: dict[str, list[str]]) -> None:
        copy = self.folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(before, copy)
        self.found.points[where] += 1
        clock, mine = self._stage.clock, self._disks[-1]
        self._disks.append(dying := Disk())
        try:
            await self._once(copy, clock, call, dying, (number, where))
            self._disks.append(Disk())
            home = await self._once(copy, clock, call, self._disks[-1], None)
            now = held(home)
            home.close()
        finally:
            self._disks.append(mine)
        for name, lines in after.items():
            if now[name] != lines:
                theirs, ours = Counter(now[name]), Counter(lines)
                lost, more = sorted((ours - theirs).elements()), sorted((theirs - ours).elements())
                said = f"{call[0]} {[act.cause for act in call[1]]}, transaction {number}, {where}: {name}"
                self.found.differ.append(f"{said}\n  lost {lost[:2]}\n  more {more[:2]}")

    async def _once(self, path: Path, clock: MovableClock, call: Call, disk: Disk, dies: Any) -> Home:
        """Open the copy and let the bot do it; it may die of that, and then its home is let go as it stands."""
        home = open_home(path, clock.now())
        home.journal.deliveries.resume()
        if dies is not None:
            disk.dies(disk.commits + dies[0], in_transaction=dies[1])
        lamp = light(home, clock, _Twin(self._stage.fetch), make=made)
        with suppress(Death):
            await _does(lamp, call)
        if dies is not None:
            for database in home.journal.file._open.values():  # type: ignore[attr-defined]
                database.close()
        return home


async def _does(lamp: Lamp, call: Call) -> None:
    name, acts = call
    if name == "hear":
        await lamp.hear(*acts)
    elif name == "tick":
        await lamp.tick()
    else:
        await lamp.outbox.flush()


def points(folder: Path, *, one_in: int = 1, calls: int | None = None, playbook: str = "ransomware") -> Found:
    """Try crash points of a play: all of them, or one in so many (always the same) of the first so many calls."""
    return asyncio.run(Crashes(folder, playbook, one_in, calls).play())
