"""What an act in a chat costs and how soon it is answered, beside bots of python-telegram-bot on the same line."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.bench.figures import Figure, Size
from tests.bench.played import CONVERSATION, ECHO_BOT, OUR_BOT, Bot, Played, play

PEOPLE = 8
LOADS = ((8, 2.4, "≤ 3 ×"), (30, 9.0, "≤ 4 ×"))
"""People, what they do in a second together, and what is aimed at."""


def acts(size: Size) -> Iterator[Figure]:
    """Acts a second of eight people in a closed loop, no limits on either side, and the CPU of each."""
    bots = (OUR_BOT, ECHO_BOT) if size.small else (OUR_BOT, ECHO_BOT, CONVERSATION)
    rounds = [[_played(bot, seed, people=PEOPLE, acts=size.acts) for bot in bots] for seed in range(size.rounds)]
    ours, *others = map(list, zip(*rounds, strict=True))
    for bot, theirs, fast, dear in zip(bots[1:], others, ("≥ 0.9 ×", "≥ 1.2 ×"), ("≤ 1.1 ×", ""), strict=False):
        counts = f"{ours[-1].counts}; {bot.name}: {theirs[-1].counts}"
        yield Figure("acts a second, 8 people", "/s", _rates(ours), bot.name, _rates(theirs), fast, counts)
        yield Figure("CPU an act", "ms", _cpu(ours), bot.name, _cpu(theirs), dear)
    echo = others[0]
    yield Figure(
        "CPU an act", "ms", _each(echo, lambda one: one.doubles_cpu * 1e3), "double alone", _cpu(echo), "", "echo's act"
    )


def answers(size: Size) -> Iterator[Figure]:
    """From an act to the first message that carries its content, at Poisson moments, limits on."""
    how_many = size.acts if size.small else max(size.acts, 1_000)
    for people, rate, goal in LOADS[: 1 if size.small else None]:
        bots = (OUR_BOT, ECHO_BOT)
        rounds = [
            [_played(bot, seed, people=people, acts=how_many, limits=True, rate=rate) for bot in bots]
            for seed in range(size.rounds)
        ]
        ours, echo = map(list, zip(*rounds, strict=True))
        load = f"{people} people, {rate:g}/s"
        middle, slowest = (lambda one: one.middle), (lambda one: one.slowest)
        yield Figure(f"answer p50, {load}", "ms", _each(ours, middle), "echo", _each(echo, middle))
        counts = f"{ours[-1].counts}; echo: {echo[-1].unmatched} unanswered"
        yield Figure(f"answer p99, {load}", "ms", _each(ours, slowest), "echo", _each(echo, slowest), goal, counts)


def _played(bot: Bot, seed: int, *, people: int, acts: int, limits: bool = False, rate: float | None = None) -> Played:
    with tempfile.TemporaryDirectory() as folder:
        return play(bot, Path(folder), people=people, acts=acts, limits=limits, rate=rate, seed=seed)


def _rates(played: Sequence[Played]) -> list[float]:
    return _each(played, lambda one: one.acts / one.seconds)


def _cpu(played: Sequence[Played]) -> list[float]:
    return _each(played, lambda one: one.cpu * 1e3)


def _each(played: Sequence[Played], what: Callable[[Played], float]) -> list[float]:
    return [what(one) for one in played]
