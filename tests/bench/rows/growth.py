"""What must not grow with the house: one step of the engine, and one tick, in small houses and in large ones; CPU alone."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from statistics import median
from time import process_time

from bot.clock import MovableClock
from bot.wiring import light
from flows.commands.command import Command
from tests.bench.figures import Figure, Size
from tests.bench.homes import Facilities, acts

HANDLED, TICKS = 100, 10
"""Commands and ticks timed in a round; an entry comes before each tick."""

CONTACTS, RUNS = 5_000, 100

Fill = Callable[[Facilities, str], object]
Acts = Iterator[tuple[str, Command]]


def steps(size: Size) -> Iterator[Figure]:
    """One command, handled: a long journal, a run of many notes, a house of many contacts, beside a small one of each."""
    long, contacts = size.entries, 5 if size.small else CONTACTS
    pairs: tuple[tuple[str, Fill, str, Fill, str], ...] = (
        (f"{long:,} entries", _to(long), "1,000 entries", _to(1_000), "≤ 1.2 ×"),
        (f"{long:,} notes in a run", _notes(long), "100 notes", _notes(100), "≤ 1.5 ×"),
        (f"{contacts:,} contacts", _contacts(contacts), "no contacts", _contacts(0), "≤ 1.5 ×"),
    )
    for what, large, beside, small, goal in pairs:
        with _house(large) as great, _house(small) as little:
            rounds = [(_step(*great), _step(*little)) for _ in range(size.rounds)]
        ours, theirs = map(list, zip(*rounds, strict=True))
        yield Figure(f"step, {what}", "ms CPU", ours, f"itself, {beside}", theirs, goal)


def ticks(size: Size) -> Iterator[Figure]:
    """Everything that time makes due, looked at once: many open runs, many contacts, beside a house with one run."""
    runs, contacts = (2, 5) if size.small else (RUNS, CONTACTS)
    for what, fill in (
        (f"{runs} open runs", lambda of, _: [of.incident(known=False) for _ in range(runs)]),
        (f"{contacts:,} contacts", _contacts(contacts)),
    ):
        with _house(fill) as great, _house(_contacts(0)) as little:
            rounds = [(asyncio.run(_tick(*great)), asyncio.run(_tick(*little))) for _ in range(size.rounds)]
        ours, theirs = map(list, zip(*rounds, strict=True))
        yield Figure(f"tick, {what}", "ms CPU", ours, "itself, one run", theirs, "≤ 10 ms")


@contextmanager
def _house(fill: Fill) -> Iterator[tuple[Facilities, Acts]]:
    """Give a house that is filled, with an incident under way, and what people do in it."""
    with tempfile.TemporaryDirectory() as folder:
        facility = Facilities(Path(folder), 8)
        run = facility.incident()
        fill(facility, run)
        facility.engine.refresh()
        doing = acts(facility, run)
        facility.does(*next(doing))  # what is read once for all
        yield facility, doing
        facility.close()


def _step(facility: Facilities, doing: Acts) -> float:
    """Give the median of so many commands, in ms."""
    return median(_cpu(lambda act=act: facility.does(*act)) for act in islice(doing, HANDLED))  # type: ignore[misc]


async def _tick(facility: Facilities, doing: Acts) -> float:
    """Give the median of so many ticks, in ms; the reminders of the first are not counted."""
    clock = MovableClock(facility.now())
    lamp = light(facility.home, clock)
    took = []
    for _ in range(TICKS + 1):
        facility.does(*next(doing))
        clock.advance(seconds=5)
        start = process_time()
        await lamp.tick()
        took.append((process_time() - start) * 1e3)
    return median(took[1:])


def _cpu(what: Callable[[], object]) -> float:
    start = process_time()
    what()
    return (process_time() - start) * 1e3


def _to(entries: int) -> Fill:
    return lambda of, _: of.grow_to(entries)


def _notes(how_many: int) -> Fill:
    return lambda of, run: of.notes(run, how_many)


def _contacts(how_many: int) -> Fill:
    return lambda of, _: of.call(how_many)
