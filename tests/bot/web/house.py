"""A home's page, served on loopback beside the terminals of the clinic, and browsers of its people."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from html import unescape
from itertools import count
from pathlib import Path

import httpx

from bot.channels.page import Page
from bot.clock import Clock
from bot.home import Home
from bot.lamp import Lamp
from bot.page_links import Site, site_of
from bot.settings import PagePlan, Secrets
from bot.tending.making_apart import made_here
from bot.web.home_page import HomePage, application
from bot.web.serving import free_socket, hosts_of, serve
from bot.wiring import light
from tests.clinic import Clinic

FIRST_PORT = 18490

_sessions = count(1)


@dataclass(repr=False)
class Window:
    """Somebody's browser, without script: it keeps cookies, and sends forms as the pages hold them."""

    site: Site
    http: httpx.AsyncClient

    async def gets(self, path: str = "/") -> httpx.Response:
        """Ask for a page."""
        return await self.http.get(path)

    async def reads(self, path: str = "/") -> str:
        """Give what a page says, as text and labels."""
        return unescape(re.sub(r"<style>.*?</style>|<[^>]*>", "", (await self.gets(path)).text, flags=re.DOTALL))

    async def posts(self, path: str, origin: str | None = None, **fields: str) -> httpx.Response:
        """Send a form."""
        headers = {"origin": self.site.origins[0] if origin is None else origin}
        return await self.http.post(path, data=fields, headers=headers)

    async def writes(self, text: str, key: str = "") -> httpx.Response:
        """Write a line."""
        return await self.posts("/say", text=text, key=key)

    async def taps(self, label: str) -> httpx.Response:
        """Tap a button by its label, the newest if there are several."""
        page = (await self.gets("/thread")).text
        form = re.findall(r'name="key" value="(\w+)"|name="tap" value="([^"]*)">([^<]*)<', page)
        key = next(key for key, _, _ in form if key)
        return await self.posts(
            "/tap", key=key, tap=unescape([tap for _, tap, said in form if unescape(said) == label][-1])
        )

    async def sends(self, name: str, content: bytes, key: str = "f") -> httpx.Response:
        """Send a file."""
        return await self.http.post(
            "/send", data={"key": key}, files={"file": (name, content)}, headers={"origin": self.site.origins[0]}
        )

    async def enters(self, link: str) -> httpx.Response:
        """Open a link and tap the button on it."""
        page = (await self.gets(link)).text
        token = re.findall(r'name="token" value="([^"]*)"', page)
        return await self.posts("/in", token=unescape(token[0]) if token else "")


@dataclass(repr=False)
class House:
    """The page of a clinic's home at ``site``, with the lamp that it shines by."""

    clinic: Clinic
    site: Site
    page: Page
    lamp: Lamp
    port: int

    @asynccontextmanager
    async def window(self, **headers: str) -> AsyncIterator[Window]:
        """Open a browser that nobody has come in with."""
        told = {"host": self.site.hosts[0]} | headers
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{self.port}", headers=told, timeout=60, trust_env=False
        ) as http:
            yield Window(self.site, http)

    async def link(self, who: str) -> str:
        """Let somebody ask for their page in their own chat; gives the link's path."""
        await self.lamp.hear(self.clinic.act(who, text="/page"))
        await self.clinic.stage.settle()
        found = re.findall(rf"{re.escape(self.site.address)}(/in/\S+)", self.clinic.read(who))
        return str(found[-1])

    @asynccontextmanager
    async def inside(self, who: str) -> AsyncIterator[Window]:
        """Open a browser and let somebody in."""
        async with self.window() as window:
            entered = await window.enters(await self.link(who))
            assert entered.status_code == 303, entered.text
            yield window

    async def settles(self) -> None:
        """Let time do what is due, and deliver everything, on the page and at the terminals."""
        await self.lamp.tick()
        await self.lamp.outbox.flush()
        await self.clinic.stage.settle()


@asynccontextmanager
async def housed(
    clinic: Clinic,
    plan: PagePlan | None = None,
    secret: str = "",
    home: Home | None = None,
    clock: Clock | None = None,
    by: int | None = None,
) -> AsyncIterator[House]:
    """Serve a clinic's page; with a ``home`` opened anew it is another process that does.

    Browsers come ``by`` another port, if there is something between.
    """
    home, clock = home or clinic.home, clock or clinic.clock
    with free_socket(FIRST_PORT) as listening:
        port = int(hosts_of(listening)[0].partition(":")[2])
        chosen = (plan or PagePlan()).model_copy(update={"on": True, "port": by or port})
        site = site_of(chosen, Secrets.model_validate({"tomoshibi_page_key": secret}))
        assert site is not None
        page = Page(clock, f"s{next(_sessions)}-", Path(home.path) / "uploads")
        lamp = light(home, clock, page, make=partial(made_here, home), page=site)
        page.recall, ending = lamp.outbox.still_shown, asyncio.Event()
        app = application(HomePage(lamp=lamp, site=site, page=page, clock=clock, ending=ending))
        serving = asyncio.create_task(serve(app, listening, ending))
        clinic.stage.lamp.desk.people.page = site
        try:
            with page.heard_by(lamp.hear_and_answer):
                yield House(clinic, site, page, lamp, port)
        finally:
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await serving
