"""A bad line to the page, on loopback: 64 kbit/s, 300 ms, and one chunk in ten stalls; run as a module it prints
what pages cost over it.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bot.web.serving import free_socket, hosts_of
from flows.commands.people import TakeCommand
from tests.bot.web.house import housed
from tests.browser import Browser, browsing
from tests.clinic import open_clinic

FIRST_PORT = 18590

CHUNK = 1400
"""Bytes: what a mobile network carries at once."""


@dataclass(repr=False)
class SlowLine:
    """A line that each way carries so many ``bits`` a second, ``away`` seconds far; of its chunks one in ten stalls all of it.

    ``stalls`` is for how long, in seconds, at least and at most; ``towards`` the port that it leads to, and ``down`` how
    many bytes came back so far.
    """

    bits: float = 64_000
    away: float = 0.3
    stalls: tuple[float, float] = (1.0, 3.0)
    seed: int = 0
    towards: int = 0
    down: int = 0
    stalled: int = 0
    port: int = 0
    _ways: tuple[asyncio.Lock, asyncio.Lock] = field(default_factory=lambda: (asyncio.Lock(), asyncio.Lock()))

    @asynccontextmanager
    async def laid(self) -> AsyncIterator[SlowLine]:
        """Take calls while the block lasts."""
        self._chance = Random(self.seed)
        self._calls: set[asyncio.Task[None]] = set()
        with free_socket(FIRST_PORT) as listening:
            self.port = int(hosts_of(listening)[0].partition(":")[2])
            server = await asyncio.start_server(self._call, sock=listening)
            yield self
            server.close()
            for call in self._calls:
                call.cancel()
            await asyncio.gather(*self._calls, return_exceptions=True)

    async def _call(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        if (mine := asyncio.current_task()) is not None:
            self._calls.add(mine)
        try:
            far, to = await asyncio.open_connection("127.0.0.1", self.towards)
            try:
                with suppress(ConnectionError):
                    async with asyncio.TaskGroup() as both:
                        both.create_task(self._carries(near, to, 0))
                        both.create_task(self._carries(far, back, 1))
            finally:
                to.close()
        except (OSError, ExceptionGroup, asyncio.CancelledError):
            return  # whoever called hung up, or the line is taken away
        finally:
            back.close()

    async def _carries(self, coming: asyncio.StreamReader, going: asyncio.StreamWriter, way: int) -> None:
        """Carry one way until it ends: each chunk takes its time on the line, and then the way's length."""
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        arriving = asyncio.create_task(self._arrives(under_way, going))
        now = asyncio.get_running_loop().time
        try:
            while chunk := await coming.read(CHUNK):
                async with self._ways[way]:
                    await asyncio.sleep(len(chunk) * 8 / self.bits + self._stall())
                self.down += way * len(chunk)
                under_way.put_nowait((now() + self.away, chunk))
            under_way.put_nowait((now() + self.away, b""))
            await arriving
        finally:
            arriving.cancel()

    async def _arrives(self, under_way: asyncio.Queue[tuple[float, bytes]], going: asyncio.StreamWriter) -> None:
        now = asyncio.get_running_loop().time
        while True:
            due, chunk = await under_way.get()
            await asyncio.sleep(max(0.0, due - now()))
            if not chunk:
                if going.can_write_eof():
                    going.write_eof()
                return
            going.write(chunk)
            await going.drain()

    def _stall(self) -> float:
        if self._chance.random() >= 0.1:
            return 0.0
        self.stalled += 1
        return self._chance.uniform(*self.stalls)


async def _measured() -> None:
    """Print of each page its bytes, with headers and script, and when the first of it was painted."""
    with tempfile.TemporaryDirectory() as folder:
        clinic = open_clinic(Path(folder))
        await clinic.stage.settle()
        async with SlowLine().laid() as line, housed(clinic, by=line.port) as house:
            line.towards = house.port
            link = house.site.address + await house.link("director")
            run = (await clinic.incident()).id
            clinic.orders(TakeCommand(run), "director")
            await house.settles()
            await clinic.says("director", "/board")
            board = re.findall(r"(http\S+/board/in/\S+)", clinic.read("director"))[-1]

            def told(browser: Browser, name: str) -> None:
                painted = browser.asks(
                    """new Promise((done, late) => {
                        new PerformanceObserver((all) => {
                            const [first] = all.getEntriesByName('first-contentful-paint');
                            if (first) done(first.startTime);
                        }).observe({ type: 'paint', buffered: true });
                        setTimeout(() => late(new Error('nothing was painted')), 30000);
                    })"""
                )
                loaded = browser.asks("performance.getEntriesByType('navigation')[0].loadEventEnd")
                page = browser.asks("performance.getEntriesByType('navigation')[0].transferSize")
                print(f"{name:12} {page:7} bytes   first paint {painted / 1000:5.1f} s   loaded {loaded / 1000:5.1f} s")  # noqa: T201

            def looks() -> None:
                with browsing() as browser:
                    browser.opens(board)
                    told(browser, "board link")
                    browser.follows("この画面に出す")
                    told(browser, "board")
                    browser.opens(link)
                    told(browser, "login")
                    browser.follows("このブラウザで開く")
                    told(browser, "chat")
                    for path in ("/desk", f"/run/{run}"):
                        browser.opens(house.site.address + path)
                        told(browser, path.split("/")[1])

            await asyncio.to_thread(looks)
            print(f"all          {line.down:7} bytes, {line.stalled} stalls")  # noqa: T201
        clinic.home.close()


if __name__ == "__main__":
    asyncio.run(_measured())
