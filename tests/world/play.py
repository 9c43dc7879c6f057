"""One morning: four people and the bot side by side, second by second, until half an hour has gone by."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from heapq import heappop, heappush
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.world.nature import Dice, Nature
from tests.world.person import PARTS, Life, Person, Said
from tests.world.phone import Phone
from tests.world.stage import MORNING, Stage
from tests.world.truth import MACHINE_WIFI, World

MINUTES = 30.0
"""How long a morning is followed. What has not come by then counts as never."""

NATURE = Nature()
"""People as the design has them."""

TICK = 15.0
"""Seconds between two looks of the bot at what is due; on its own it looks every five."""


@dataclass(frozen=True)
class Morning:
    """What came of it: when each thing became true (minutes), what each person had to read and do, what nobody answered."""

    seed: int
    came: dict[str, float]
    people: dict[str, dict[int, dict[str, int]]]
    unanswered: tuple[str, ...]
    connected: frozenset[str]


async def morning(
    seed: int,
    folder: Path,
    minutes: float = MINUTES,
    nature: Nature = NATURE,
    watch: Callable[[str], None] = lambda _: None,
) -> Morning:
    """Play one morning by its seed. ``watch`` is told what everybody is shown and does."""
    phones: dict[str, Phone] = {}
    stage = Stage(folder, phones)
    say = watch

    def now() -> float:
        return (stage.clock.now() - MORNING).total_seconds()

    world = World(now)
    if Dice(f"{seed}:house").happens(nature.on_wifi_too):
        world.connected.add(MACHINE_WIFI)
    people: dict[str, Person] = {}
    for part in PARTS:
        phones[part] = Phone(now, partial(_shown, say, now, part))
        people[part] = Person(part, nature, Dice(f"{seed}:{part}"), world, now, phones[part])
    for person in people.values():
        person.others = {other: p for other, p in people.items() if p is not person}
    await stage.settle()
    for phone in phones.values():  # what set-up showed is read and gone
        phone.messages.clear()
        phone.tally.clear()

    order, unanswered = count(), list[str]()
    lives: dict[str, Life] = {part: people[part].lives() for part in PARTS}
    waiting = [(0.0, next(order), part) for part in PARTS] + [(TICK, next(order), "bot")]
    waiting.sort()
    while waiting and waiting[0][0] <= minutes * 60:
        at, _, who = heappop(waiting)
        stage.clock.advance(seconds=max(0.0, at - now()))
        if who == "bot":
            await stage.settle()
            heappush(waiting, (at + TICK, next(order), who))
            continue
        while isinstance(act := next(lives[who]), Said):
            said = act.text or ("(photo)" if act.photo else label_of(phones[who], act))
            say(f"{now() / 60:5.1f} {who} > {said}")
            if not await stage.hear(who, act):
                unanswered.append(f"{now() / 60:.1f} {who}: {said}")
        heappush(waiting, (at + act, next(order), who))
    stage.close()
    return Morning(
        seed,
        {what: seconds / 60 for what, seconds in world.came.items()},
        {part: {first: phones[part].figures(first) for first in (10, 15)} for part in PARTS},
        tuple(unanswered),
        frozenset(world.connected),
    )


def _shown(say: Callable[[str], None], now: Callable[[], float], part: str, line: str) -> None:
    say(f"{now() / 60:5.1f} {part} {line}")


def label_of(phone: Phone, said: Said) -> str:
    """Give the label of a tapped button."""
    shown = phone.messages[said.message or ""]
    return f"[{next(label for label, data in shown.buttons.items() if data == said.button)}]"


def one(seed: int) -> Morning:
    """Play one morning in a folder of its own."""
    with TemporaryDirectory() as folder:
        return asyncio.run(morning(seed, Path(folder)))
