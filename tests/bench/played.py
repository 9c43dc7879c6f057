"""One bot as a process, and a crowd that acts on it over the double."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

from bot.store.sqlite.journal import JOURNAL_FILE
from tests.bench.crowd import Crowd, Signs
from tests.bench.double import BotApi
from tests.bench.homes import Facilities
from tests.bench.processes import ROOT, Fsyncs, cpu_of, python, surroundings

CALM = 2.5
"""Seconds without a call after which a bot has nothing in hand: longer than a board waits for silence."""

AT_LAST = 300.0
"""Seconds after which a bot that still owes something does not keep up, and its row fails."""

OURS = Signs({"here": "院内にいます", "with_patient": "患者さん対応中"}, "📎")
ECHO = Signs({"here": "here", "with_patient": "with_patient"}, "photo")


def _incident(folder: Path, people: int) -> Path:
    """Make a home in which an incident is under way; who reported it has no phone, so that each of ``people`` has a card."""
    facility = Facilities(folder, people)
    facility.incident(known=False)
    return facility.close()


@dataclass(frozen=True)
class Bot:
    """One of the bots that are compared. ``makes`` makes what it starts from, and gives where that is."""

    name: str
    signs: Signs
    makes: Callable[[Path, int], Path]
    greets: bool = True


OUR_BOT = Bot("ours", OURS, _incident, greets=False)
ECHO_BOT = Bot("echo", ECHO, lambda folder, _: folder)
CONVERSATION = Bot("conversation", OURS, lambda folder, _: folder / "kept")


@dataclass
class Played:
    """What a bot did with a crowd's acts; seconds, and counts an act."""

    acts: int
    seconds: float
    cpu: float
    doubles_cpu: float
    calls: float
    fsyncs: float | None
    unmatched: int
    middle: float
    slowest: float

    @property
    def counts(self) -> str:
        """Say what an act costs beside time."""
        fsyncs = "?" if self.fsyncs is None else f"{self.fsyncs:.1f}"
        return f"{self.calls:.1f} calls, {fsyncs} fsyncs an act, {self.unmatched} unanswered"


@dataclass
class Running:
    """A bot that runs, on a double of its own."""

    api: BotApi
    pid: int
    fsyncs: Fsyncs


@asynccontextmanager
async def running(bot: Bot, home: Path, *, limits: bool, slow: bool = False) -> AsyncIterator[Running]:
    """Start a bot on a home, ours maybe on a slow disk, and stop it."""
    fsyncs = Fsyncs(home.parent)
    async with BotApi() as api:
        command = python(
            "-m", f"tests.bench.bots.{bot.name}", api.url, "limits" if limits else "free", str(home), *["slow"] * slow
        )
        said = home.parent / "said"
        with said.open("wb") as errors:
            process = await asyncio.create_subprocess_exec(
                *command,
                env=surroundings(**fsyncs.environment),
                cwd=ROOT,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=errors,
            )
        try:
            yield Running(api, process.pid, fsyncs)
        finally:
            if process.returncode is not None:
                last = said.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-3:]
                raise RuntimeError(f"{bot.name} ended by itself ({process.returncode}): {' '.join(last)}")
            process.terminate()
            await process.wait()


def play(
    bot: Bot,
    folder: Path,
    *,
    people: int,
    acts: int,
    limits: bool = False,
    rate: float | None = None,
    seed: int = 1,
    calm: float = CALM,
) -> Played:
    """Let people act on a bot: each after the last answer, or ``rate`` times a second in all; it ends once nothing is owed.

    It begins once the bot has been silent for ``calm`` seconds.
    """
    return asyncio.run(_play(bot, folder, people, acts, limits, rate, seed, calm))


async def _play(
    bot: Bot, folder: Path, people: int, acts: int, limits: bool, rate: float | None, seed: int, calm: float
) -> Played:
    home = bot.makes(folder, people)
    async with running(bot, home, limits=limits) as on:
        crowd = Crowd(on.api, people, bot.signs, seed)
        if bot.greets:
            for person in crowd.people:
                on.api.write(person, "/start")
        await crowd.seated()
        await crowd.in_turn(people)  # what is loaded at the first act is the row of the start
        await _nothing_owed(home)
        await crowd.quiet(calm)
        crowd.forget()
        calls, synced = on.api.calls.total(), on.fsyncs.count()
        cpu, own, start = cpu_of(on.pid), process_time(), perf_counter()
        await (crowd.in_turn(acts) if rate is None else crowd.at(rate, acts))
        await _nothing_owed(home)
        seconds, cpu, own = perf_counter() - start, cpu_of(on.pid) - cpu, process_time() - own
        middle, slowest = crowd.milliseconds()
        now = on.fsyncs.count()
        return Played(
            acts=acts,
            seconds=seconds,
            cpu=cpu / acts,
            doubles_cpu=own / acts,
            calls=(on.api.calls.total() - calls) / acts,
            fsyncs=None if now is None or synced is None else (now - synced) / acts,
            unmatched=crowd.unmatched(),
            middle=middle,
            slowest=slowest,
        )


async def _nothing_owed(home: Path) -> None:
    """Wait until our book of deliveries owes nothing; the others keep none. Raises TimeoutError."""
    file = home / JOURNAL_FILE
    if not file.exists():
        return
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as book:
        async with asyncio.timeout(AT_LAST):
            owed = "SELECT count(*) FROM deliveries WHERE state IN ('owed', 'sending')"
            while book.execute(owed).fetchone()[0]:  # noqa: ASYNC110  (it is another process that delivers)
                await asyncio.sleep(0.02)
