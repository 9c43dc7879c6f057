"""One life of the bot's process: opened as the program opens it, ended by a signal or by death at some instant."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import ExitStack, suppress
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Self

from bot.channels.channel import DeliveryReceipt, RenderedMessage
from bot.channels.telegram.menu_commands import menu_commands
from bot.channels.telegram.telegram import Telegram
from bot.documents.orders import Order
from bot.home import Home
from bot.lamp import Lamp
from bot.opening import open_home
from bot.tending.ticker import EVERY, Ticker
from bot.wiring import light
from flows.record.deliveries import Delivery
from tests.torture.disk import Death, Disk
from tests.torture.wire import Line, Memory

BEGINS = datetime(2027, 3, 31, 23, 50, tzinfo=datetime.fromisoformat("2000-01-01T00:00+00:00").tzinfo)
"""Thursday, 1 April 2027, 8:50 in Japan."""


class Clock:
    """The machine's clock: true but for ``skew``."""

    def __init__(self) -> None:
        self.skew = timedelta()

    def true(self) -> datetime:
        """Give the moment that it is."""
        return BEGINS + timedelta(seconds=asyncio.get_running_loop().time())

    def now(self) -> datetime:
        """Give the moment that the machine takes it for."""
        return self.true() + self.skew


class LoopTicker(Ticker):
    """The ticker on the loop's own time: APScheduler asks the machine's clock."""

    def __init__(self, *ticks: Callable[[], Awaitable[None]], every: float = EVERY) -> None:
        self._ticks, self._every = ticks, every
        self._running: list[asyncio.Task[None]] = []

    def __enter__(self) -> Self:
        self._running = [asyncio.ensure_future(self._go_on(tick)) for tick in self._ticks]
        return self

    def __exit__(self, *_: object) -> None:
        for task in self._running:
            task.cancel()

    async def _go_on(self, tick: Callable[[], Awaitable[None]]) -> None:
        while True:
            await asyncio.sleep(self._every)
            await tick()


@cache
def paper(_: str) -> bytes:
    """Give what stands for a document: papers are tried elsewhere, and pressing one takes a second."""
    return b"%PDF-1.7 a paper"


async def made(order: Order) -> bytes:
    """Make a file."""
    return b"\x89PNG\r\n\x1a\n" if order.name.endswith(".png") else paper(order.name)


class Watched(Telegram):
    """The channel, telling of each message as it begins to be sent."""

    begins: Callable[[RenderedMessage], object] = staticmethod(lambda _: None)

    async def deliver(self, *messages: RenderedMessage, key: str = "", answers: str | None = None) -> DeliveryReceipt:
        """Deliver."""
        self.begins(*messages)
        return await super().deliver(*messages, key=key, answers=answers)


class Process:
    """A bot that runs; ``ended`` is why it ended by itself, which it must not."""

    def __init__(
        self, path: Path, clock: Clock, memory: Memory, disk: Disk, begins: Callable[[Process, Delivery, str], object]
    ) -> None:
        self.path, self.clock, self.memory, self.disk = path, clock, memory, disk
        self.home: Home
        self.lamp: Lamp
        self._begins, self._locks = begins, ExitStack()
        self._send: tuple[int, bool] | None = None
        self._sends = 0
        self._tasks: set[asyncio.Task[object]] = set()
        self._running: asyncio.Task[None] | None = None
        self.ended: BaseException | None = None

    def start(self) -> None:
        """Open the home and run; raises Death."""
        others = asyncio.all_tasks()
        self.home = open_home(self.path, self.clock.now())
        self._locks.enter_context(self.home.running())
        telegram = Watched(
            self.memory.token,
            now=self.clock.now,
            commands=menu_commands(),
            request=lambda: Line(self.memory, self._passes),
        )
        telegram.begins = self._sending
        self.lamp = light(self.home, self.clock, telegram, make=made)
        self._others = others
        self._running = asyncio.ensure_future(self.lamp.run(ticker=LoopTicker))
        self._running.add_done_callback(self._over)

    def dies_at_send(self, number: int, *, after: bool) -> None:
        """Die at a call to come that says something, 0 the next."""
        self._send = (self._sends + number, after)

    async def stop(self) -> None:
        """End as the program does when it is told to."""
        assert self._running is not None
        self._running.remove_done_callback(self._over)
        self._running.cancel()
        await asyncio.gather(self._running, return_exceptions=True)
        self._locks.close()
        self.home.close()

    async def bury(self, mine: set[asyncio.Task[object]]) -> None:
        """Take away what is left of a dead process; ``mine`` are the tasks that are not its."""
        if self._running is not None:
            self._running.remove_done_callback(self._over)
        left = asyncio.all_tasks() - mine - self.memory.works
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        self._locks.close()
        if hasattr(self, "home"):
            for database in self.home.journal.file._open.values():  # type: ignore[attr-defined]
                with suppress(sqlite3.Error):
                    database.close()

    def _over(self, task: asyncio.Task[None]) -> None:
        if not self.disk.dead:
            self.ended = None if task.cancelled() else task.exception() or RuntimeError("it ended by itself")

    def _passes(self, method: str, done: bool) -> None:
        self.disk.is_over()
        if method == "getUpdates" or (self._send is None and not done):
            return
        if self._send is not None and self._send == (self._sends, done):
            self.disk.die(f"{method} {'after' if done else 'before'}")
        self._sends += done

    def _sending(self, message: RenderedMessage) -> None:
        book = self.home.journal.deliveries
        [number] = self.home.journal.file.here.execute(  # type: ignore[attr-defined]
            "SELECT max(id) FROM deliveries WHERE state = 'sending' AND address = ?", [message.address]
        ).fetchone()
        if number is not None:
            self._begins(self, book.get(number), message.text)


__all__ = ["BEGINS", "Clock", "Death", "Process"]
