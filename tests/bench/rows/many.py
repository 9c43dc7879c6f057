"""Many people at once: what is urgent amid bulk, an alarm to all, everybody's confirmation, and a disk that is slow."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from flows.commands.people import TellPresence
from tests.bench.figures import Figure, Size
from tests.bench.homes import FIRST, Facilities, copied
from tests.bench.played import OUR_BOT, running

PEOPLE, CONFIRM = 1_000, (200, 50)
RATE = 30
"""Messages a second that Telegram takes of a bot."""

LONGEST = 300.0
"""Seconds after which a row has failed."""

SLOW_HOUSE, SLOW_TAPS = 200, 60


def many(size: Size) -> Iterator[Figure]:
    """First words amid greetings, and an alarm, in a house of a thousand, limits on."""
    people = 5 if size.small else PEOPLE
    urgent, alarm, first = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        facility = Facilities(Path(folder), people)
        for _ in range(size.rounds):
            with copied(facility.path) as home:  # everybody is still to be greeted
                urgent.append(asyncio.run(_amid_bulk(home, people)))
        facility.greeted()
        facility.incident(known=False)
        home_in_alarm = facility.close()
        for _ in range(size.rounds):
            with copied(home_in_alarm) as home:
                took, reporters = asyncio.run(_alarm(home, people))
                alarm.append(took)
                first.append(reporters)
    yield Figure(f"first words to who reports, amid {people:,} greetings", "s", urgent, goal="≤ 1 s")
    yield Figure(f"alarm to {people:,}", "s", alarm, f"{people:,} ÷ {RATE}", [people / RATE] * size.rounds, "≤ 1.05 ×")
    yield Figure("the reporter's first words amid it", "s", first, goal="≤ 1 s")


def confirming(size: Size) -> Iterator[Figure]:
    """Everybody says where they are: CPU of all of it in the engine, beside four times that of a quarter of them."""
    large, small = (8, 2) if size.small else CONFIRM
    rounds = [(_confirmed(large), _confirmed(small) * large / small) for _ in range(size.rounds)]
    ours, theirs = map(list, zip(*rounds, strict=True))
    yield Figure(f"{large} people confirm", "s CPU", ours, f"{large // small} × that of {small}", theirs, "≤ 1.5 ×")


def slow_disk(size: Size) -> Iterator[Figure]:
    """Commits take 20 to 250 ms, as on an SD card: 60 of 200 people acknowledge at once."""
    people, taps = (4, 2) if size.small else (SLOW_HOUSE, SLOW_TAPS)
    rounds = []
    with tempfile.TemporaryDirectory() as folder:
        facility = Facilities(Path(folder), people)
        facility.greeted()
        run = facility.incident(known=False)
        made = facility.close()
        for _ in range(size.rounds):
            with copied(made) as home:
                rounds.append(asyncio.run(_acknowledged(home, run, people, taps)))
    whole, middle = map(list, zip(*rounds, strict=True))
    yield Figure(f"slow disk: {taps} of {people} acknowledge, all", "s", whole, goal="≤ 10 s")
    yield Figure(f"slow disk: {taps} of {people} acknowledge, the median tap", "s", middle, goal="≤ 1 s")


async def _amid_bulk(home: Path, people: int) -> float:
    """Give the seconds until who reports trouble is told what to do, a quarter of the bulk having gone: everybody is greeted."""
    async with running(OUR_BOT, home, limits=True) as on:
        asked = answered = 0.0
        sent, done = 0, asyncio.Event()

        def called(method: str, values: Mapping[str, str], _: int) -> None:
            nonlocal asked, answered, sent
            sent += method.startswith("send")
            if not asked and sent >= people // 4:
                asked = perf_counter()
                on.api.write(FIRST, "画面に身代金を払えと出ています")
            elif asked and method.startswith("send") and int(values["chat_id"]) == FIRST and not answered:
                answered = perf_counter()
                done.set()

        on.api.called = called
        async with asyncio.timeout(LONGEST):
            await done.wait()
        return answered - asked


async def _alarm(home: Path, people: int) -> tuple[float, float]:
    """Give the seconds from the first message of an alarm to everybody's call, and to the words for whoever reported."""
    async with running(OUR_BOT, home, limits=True) as on:
        begun = told = ended = 0.0
        uncalled, done = set(range(FIRST, FIRST + people)), asyncio.Event()

        def called(method: str, values: Mapping[str, str], _: int) -> None:
            nonlocal begun, told, ended
            if not method.startswith("send"):
                return
            now, chat = perf_counter(), int(values["chat_id"])
            begun = begun or now
            if chat == FIRST + people:
                told = told or now
            if "🚨" in values.get("text", ""):
                uncalled.discard(chat)
            if not uncalled and told:
                ended = now
                done.set()

        on.api.called = called
        async with asyncio.timeout(LONGEST):
            await done.wait()
        return ended - begun, told - begun


def _confirmed(people: int) -> float:
    """Give the CPU of an alarm's confirmations in the engine."""
    with tempfile.TemporaryDirectory() as folder:
        facility = Facilities(Path(folder), people)
        run = facility.incident(known=False)
        start = process_time()
        for member in facility.members[:-1]:
            facility.does(member, TellPresence(run, "here"))
        took = process_time() - start
        facility.close()
        return took


async def _acknowledged(home: Path, run: str, people: int, taps: int) -> tuple[float, float]:
    """Give the seconds until so many taps at once are all answered, and those of the median."""
    async with running(OUR_BOT, home, limits=True, slow=True) as on:
        begun, took, done = 0.0, list[float](), asyncio.Event()
        called_by = dict[int, int]()
        everybody = asyncio.Event()

        def called(method: str, values: Mapping[str, str], message: int) -> None:
            if method == "answerCallbackQuery":
                took.append(perf_counter() - begun)
                if len(took) == taps:
                    done.set()
            elif "🚨" in values.get("text", ""):
                called_by[int(values["chat_id"])] = message
                if len(called_by) == people:
                    everybody.set()

        on.api.called = called
        async with asyncio.timeout(LONGEST):
            await everybody.wait()
            begun = perf_counter()
            for number, (person, message) in enumerate(sorted(called_by.items())[:taps]):
                on.api.tap(person, message, f"whe|{run}|here", f"q{number}")
            await done.wait()
        return max(took), median(took)
