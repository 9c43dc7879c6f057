"""People who tap, write and photograph: each act is matched with the first message that carries its own content."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, count
from statistics import median, quantiles
from time import perf_counter

from tests.bench.double import BotApi
from tests.bench.homes import FIRST

MIX = {"tap": 6, "note": 3, "photo": 1}
"""What people do, in tenths. It is fixed: figures of different days are to be compared."""

PLACES = ("here", "with_patient")
PATIENCE = 60.0
"""Seconds after which an act counts as never answered."""


@dataclass(frozen=True)
class Signs:
    """By what a bot's answers are known: its words for each of PLACES, and for a photo; a note's answer holds its time."""

    places: Mapping[str, str]
    photo: str


@dataclass(eq=False)
class Act:
    """One thing that somebody did; ``sign`` stands in its answer, in the message ``card`` where it is a tap."""

    person: int
    kind: str
    sign: str
    begun: float
    card: int = 0
    query: str = ""
    answered: float | None = None
    toasted: float | None = None

    @property
    def took(self) -> float:
        """Give the milliseconds to its answer."""
        assert self.answered is not None
        return (self.answered - self.begun) * 1e3


class Crowd:
    """So many people, each in their own chat; what they do comes from one seed."""

    def __init__(self, api: BotApi, people: int, signs: Signs, seed: int = 1) -> None:
        self._api, self._signs = api, signs
        self.people = range(FIRST, FIRST + people)
        self.acts: list[Act] = []
        self._waiting = dict[int, list[Act]]()
        self._cards, self._taps = dict[int, tuple[int, str]](), Counter[int]()
        self._chance, self._numbers, self._news = random.Random(seed), count(), asyncio.Event()
        api.called = self._called

    async def seated(self) -> None:
        """Wait until everybody has a card on which they can say where they are."""
        await self._until(lambda: all(person in self._cards for person in self.people))

    async def in_turn(self, acts: int) -> float:
        """Let each do the next thing once the last was answered, so many in all; gives the seconds."""
        todo = iter(range(acts))
        start = perf_counter()

        async def one(person: int) -> None:
            for _ in todo:
                act = self._begin(person)
                await self._until(lambda act=act: act.answered is not None)  # type: ignore[misc]

        await asyncio.gather(*(one(person) for person in self.people))
        return perf_counter() - start

    async def at(self, rate: float, acts: int) -> float:
        """Let somebody do something ``rate`` times a second, at moments of a Poisson process; gives the seconds to the last answer."""
        start = due = perf_counter()
        for _ in range(acts):
            due += self._chance.expovariate(rate)
            await asyncio.sleep(max(due - perf_counter(), 0))
            self._begin(self._chance.choice(self._free() or list(self.people)))
        await self._until(lambda: not any(self._waiting.values()))
        return perf_counter() - start

    def milliseconds(self) -> tuple[float, float]:
        """Give the median and the 99th percentile to an answer."""
        took = [act.took for act in self.acts if act.answered is not None]
        return median(took), quantiles(took, n=100, method="inclusive")[98]

    def forget(self) -> None:
        """Begin to count anew."""
        self.acts.clear()
        self._waiting.clear()

    def unmatched(self) -> int:
        """Give how many acts have no answer."""
        return sum(act.answered is None for act in self.acts)

    async def quiet(self, seconds: float) -> None:
        """Wait until the bot has called nothing but polls for so long."""
        while True:
            before = self._api.calls.total() - self._api.calls["getUpdates"]
            await asyncio.sleep(seconds)
            if self._api.calls.total() - self._api.calls["getUpdates"] == before:
                return

    def _begin(self, person: int) -> Act:
        number = next(self._numbers)
        [kind] = self._chance.choices(list(MIX), list(MIX.values()))
        time = f"{number // 60 % 24:02}:{number % 60:02}"
        act = Act(person, kind, time if kind == "note" else self._signs.photo, perf_counter())
        if kind == "note":
            self._api.write(person, f"{time} 業者に電話した")
        elif kind == "photo":
            self._api.photograph(person, b"\xff\xd8\xff" + self._chance.randbytes(2000), "")
        else:
            self._taps[person] += 1
            place = PLACES[self._taps[person] % 2]
            act.card, start = self._cards[person]
            act.sign, act.query = self._signs.places[place], f"q{number}"
            self._api.tap(person, act.card, f"{start}{place}", act.query)
        self.acts.append(act)
        self._waiting.setdefault(person, []).append(act)
        return act

    def _called(self, method: str, values: Mapping[str, str], message: int) -> None:
        now = perf_counter()
        if method == "answerCallbackQuery":
            for act in self.acts[-400:]:
                if act.query == values["callback_query_id"]:
                    act.toasted = now
        if "chat_id" not in values:
            return
        person = int(values["chat_id"])
        self._look_for_card(person, values.get("reply_markup"), message)
        for act in self._waiting.get(person, ()):
            if (
                act.sign in values.get("text", "")
                and (act.card in (0, message))
                and bool(act.card) == method.startswith("edit")
            ):
                act.answered = now
                self._waiting[person].remove(act)
                self._stir()
                return

    def _look_for_card(self, person: int, keyboard: str | None, message: int) -> None:
        if person in self._cards or not keyboard:
            return
        for button in chain.from_iterable(json.loads(keyboard).get("inline_keyboard", ())):
            if button.get("callback_data", "").endswith(PLACES[0]):
                self._cards[person] = message, button["callback_data"].removesuffix(PLACES[0])
                self._stir()

    def _free(self) -> list[int]:
        """Give who waits for nothing: nobody taps a card that still turns."""
        return [person for person in self.people if not self._waiting.get(person)]

    def _stir(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    async def _until(self, reached: Callable[[], bool]) -> None:
        """Wait for something, PATIENCE at most: what has no answer by then is counted."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while not reached():
                    await self._news.wait()
