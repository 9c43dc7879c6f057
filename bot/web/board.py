"""The board of a run before a room: read by whoever may know of it, or by a link of its own, and never acted on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.clock import Clock
from bot.screens.renderer import Renderer
from bot.screens.scene import Scene
from bot.screens.wall import wall
from bot.web.chat import streamed
from bot.web.pages import Pages
from bot.web.records import Photo
from bot.words.words import Words
from flows.engine import Engine
from playbooks.frozen import frozen
from playbooks.texts import Language

LOOKED_EVERY = 0.4
"""Seconds between two looks at whether the record has grown, also by another process."""

PHOTOS = 6
"""So many photos are shown, the newest."""

REMEMBERED = 32
"""So many boards are remembered as they were drawn: all who look at one see the same."""


@frozen
class Viewer:
    """Who looks at a board: their language, and whether it is shown with what people wrote, and with photos."""

    language: Language
    texts: bool = False
    pictures: bool = False


class Pulse:
    """Knows when a home's record has grown or another minute has begun; it looks only as long as somebody waits."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock
        self.version = 0
        self._seen: tuple[int, datetime] | None = None
        self._waiting = 0
        self._beat = asyncio.Event()
        self._beating: asyncio.Task[None] | None = None

    def stamp(self) -> tuple[int, datetime]:
        """Give what a board depends on: the record's last entry, and the minute."""
        return self._engine.journal.head().seq, self._clock.now().replace(second=0, microsecond=0)

    async def after(self, version: int) -> int:
        """Wait until something has changed since ``version``; gives which it is now."""
        self._waiting += 1
        if self._beating is None or self._beating.done():
            self._beating = asyncio.create_task(self._look())
        try:
            while self.version == version:
                await self._beat.wait()
            return self.version
        finally:
            self._waiting -= 1

    async def _look(self) -> None:
        never = asyncio.Event()
        while self._waiting:
            with suppress(Exception):  # what the disk refuses now is looked at again
                if (stamp := self.stamp()) != self._seen:
                    self._seen, self.version = stamp, self.version + 1
                    self._beat.set()
                    self._beat = asyncio.Event()
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOKED_EVERY):
                    await never.wait()


class Boards:
    """The boards of a home. ``viewer_of`` says who looks at a run's, or raises HTTPException."""

    def __init__(
        self,
        renderer: Renderer,
        clock: Clock,
        pages: Pages,
        viewer_of: Callable[[Request, str], Viewer],
        ending: asyncio.Event,
        photos: Callable[[Scene], Sequence[Photo]] = lambda _: (),
    ) -> None:
        """``photos`` gives those of a run, for whoever may see them."""
        self._photos = photos
        self._renderer, self._engine, self._clock, self._pages = renderer, renderer.engine, clock, pages
        self._viewer_of, self._ending = viewer_of, ending
        self.pulse = Pulse(renderer.engine, clock)
        self._drawn: dict[tuple[str, Viewer], tuple[object, str]] = {}
        self.routes = [
            Route("/board/{run}", self._show),
            Route("/board/{run}/now", self._now),
            Route("/board/{run}/events", self._events),
        ]

    async def _show(self, request: Request) -> Response:
        run, viewer = self._asked(request)
        now = Markup(self._part(run, viewer))  # noqa: S704  (just drawn by a template)
        return self._pages.html("board.html", viewer.language, run=run, now=now)

    async def _now(self, request: Request) -> Response:
        return HTMLResponse(self._part(*self._asked(request)))

    async def _events(self, request: Request) -> Response:
        self._asked(request)
        return streamed(self.pulse.version, self.pulse.after, self._ending)

    def _asked(self, request: Request) -> tuple[str, Viewer]:
        """Give the run that is asked for and who asks; 404 for one that there isn't."""
        run: str = request.path_params["run"]
        self._engine.refresh()
        viewer = self._viewer_of(request, run)
        if self._engine.run(run) is None:
            raise HTTPException(404)
        return run, viewer

    def _part(self, run: str, viewer: Viewer) -> str:
        """Draw the board as it is now, once for all who look."""
        stamp = self.pulse.stamp()
        drawn = self._drawn.get((run, viewer))
        if drawn is not None and drawn[0] == stamp:
            return drawn[1]
        here = self._renderer.look("", self._clock.now(), run)
        scene = replace(here, words=Words(viewer.language, here.context.roster))
        part = self._pages.part(
            "board_now.html",
            viewer.language,
            board=wall(scene, texts=viewer.texts),
            facility=scene.context.roster.facility.name,
            now=self._clock.now(),
            run=run,
            photos=[photo for photo in self._photos(scene) if photo.drawn][-PHOTOS:] if viewer.pictures else (),
        )
        self._drawn.pop((run, viewer), None)
        self._drawn[run, viewer] = stamp, part
        while len(self._drawn) > REMEMBERED:
            del self._drawn[next(iter(self._drawn))]
        return part
