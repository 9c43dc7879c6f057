"""Two processes over one home: what both do at the same moment is done once each, and what only one may have, one has."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from bot.channels.channel import Heard
from bot.clock import MovableClock
from bot.demo.stage import Stage
from bot.home import Home
from bot.invitations import Invitation, member_with
from bot.store.trouble import StorageTrouble
from bot.store.verifying import verify_home
from flows.powers import CONSOLE
from tests.clinic import MORNING, Clinic

ROUNDS = 6


def at_the_same_moment(home: Path, acts: list[tuple[str, str]], start: Barrier, number: int) -> None:
    """Hear one act after the other, each when the other process is about to hear its own; what fails is brought again."""
    opened = Home(home)
    lamp = Stage(opened, MovableClock(MORNING), lambda _, __: None).lamp

    async def play() -> None:
        for place, (address, text) in enumerate(acts):
            start.wait(timeout=60)
            heard = Heard(address=address, cause=f"process:{number}:{place}", at=MORNING, text=text)
            for _ in range(20):
                try:
                    await lamp.hear(heard)
                    break
                except StorageTrouble:
                    continue

    asyncio.run(play())
    opened.close()


def both(home: Path, acts_of: Callable[[int], list[tuple[str, str]]]) -> None:
    """Let two processes hear what each of them is given."""
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(2)
    processes: list[Any] = [
        context.Process(target=at_the_same_moment, args=(home, acts_of(number), start, number)) for number in (0, 1)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=120)
    assert [process.exitcode for process in processes] == [0, 0]


async def test_two_processes_do_each_thing_once(clinic: Clinic) -> None:
    """Two phones send the same code at the same moment, six times over: each time one is let in and one is told no.

    Then director and reception write at the same moment, each over another process: all of it is kept, in one chain.
    """
    await clinic.incident()
    people = ["director", "reception"]
    codes = [
        Invitation.make(
            clinic.engine,
            member_with("nurse", f"看護師{n}", rank=9),
            "nurse",
            actor=CONSOLE,
            now=MORNING,
            days=7,
            cause=f"invited:{n}",
        ).code
        for n in range(ROUNDS)
    ]
    both(
        clinic.home.path,
        lambda number: [
            *((f"terminal:phone-{number}-{n}", f"/start {code}") for n, code in enumerate(codes)),
            *(
                (f"terminal:{clinic.id(people[number])}", f"9:{n:02} に電話しました {number}")
                for n in range(10, 10 + ROUNDS)
            ),
        ],
    )

    clinic.engine.refresh()
    enrolled = [e for e in clinic.entries("member_enrolled") if e.cause.startswith("process:")]
    assert len({e.body for e in enrolled}) == len(enrolled) == ROUNDS
    names = [d.owed.name for d in clinic.book.unsent() if "phone-" in d.owed.to]
    assert sum(name.startswith("refused.") for name in names) == ROUNDS
    written = {e.cause for e in clinic.home.journal.entries() if e.cause.startswith("process:")} - {
        e.cause for e in enrolled
    }
    assert len(written) == 2 * ROUNDS
    assert verify_home(clinic.home.path).findings == ()
