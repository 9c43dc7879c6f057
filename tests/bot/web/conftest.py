"""The demo's page, served on loopback as people get it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import httpx
import pytest

from bot.clock import MovableClock
from bot.demo.on_page import on_page
from bot.web.serving import free_socket, hosts_of
from tests.clinic import MORNING

FIRST_PORT = 18390


@dataclass(repr=False)
class Site:
    """The page at ``address``, and somebody who asks for it as a browser without script does."""

    address: str
    browser: httpx.AsyncClient

    async def sees(self, part: str) -> str:
        """Give what the chat of a part shows, as text and labels."""
        answer = await self.browser.get(f"/as/{part}/thread")
        return unescape(re.sub(r"<[^>]*>", "", answer.text))

    async def until(self, part: str, shown: str) -> str:
        """Wait until a chat shows something, told of each change by its stream; half a minute at most."""
        async with asyncio.timeout(30), self.browser.stream("GET", f"/as/{part}/events") as stream:
            async for _ in stream.aiter_lines():
                if shown in (seen := await self.sees(part)):
                    return seen
        raise AssertionError(shown)

    async def posts(self, path: str, **fields: str) -> httpx.Response:
        """Send a form from a page of its own."""
        return await self.browser.post(path, data=fields, headers={"origin": self.address})

    async def writes(self, part: str, text: str, key: str = "") -> httpx.Response:
        """Write a line in a chat."""
        return await self.posts(f"/as/{part}/say", text=text, key=key)

    async def taps(self, part: str, label: str) -> httpx.Response:
        """Tap a button by its label, the newest if there are several."""
        page = (await self.browser.get(f"/as/{part}/thread")).text
        form = re.findall(r'name="key" value="(\w+)"|name="tap" value="([^"]*)">([^<]*)<', page)
        key = next(key for key, _, _ in form if key)
        return await self.posts(
            f"/as/{part}/tap", key=key, tap=unescape([tap for _, tap, said in form if unescape(said) == label][-1])
        )


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """The page of the made-up clinic on a quiet morning; its clock stands still but for what is asked of it."""
    said: list[str] = []
    with free_socket(FIRST_PORT) as listening:
        address = f"http://{hosts_of(listening)[0]}"
        serving = asyncio.create_task(
            on_page(tmp_path, MORNING, MovableClock(MORNING), "clinic", listening, said.append)
        )
        async with httpx.AsyncClient(base_url=address, timeout=60, trust_env=False) as browser:
            await browser.get("/")
            assert address in said[0]
            yield Site(address, browser)
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving
