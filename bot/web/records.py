"""A run's page on the desk: its timeline as a picture, and what photos were kept of it, small; for those who decide and may know of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.clock import Clock
from bot.documents.orders import PICTURE, THUMBNAIL, Order
from bot.lamp import Lamp
from bot.screens.runs.run import title
from bot.screens.scene import Scene
from bot.store.evidence import beginning
from bot.tending.apart import TookTooMuch
from bot.tending.making_apart import Make
from bot.web.chat import Seat
from bot.web.pages import Pages
from bot.web.pictures import is_drawn
from flows.powers import CHAIN
from flows.scene.circle import sees
from flows.state.run import Evidence, Run
from playbooks.frozen import frozen

NEWEST: Final = 12
"""So many photos are shown, the newest."""

HELD: Final = 64
"""So many pictures are held as they were drawn."""


@frozen
class Photo:
    """A photo or file that was kept: entry ``turn``; ``drawn``: its picture is shown, else that it is there."""

    turn: int
    who: str
    evidence: Evidence
    drawn: bool


def photos_of(scene: Scene, folder: Path) -> tuple[Photo, ...]:
    """Give the newest photos and files that are held of the scene's run, the newest last; their bytes lie in ``folder``."""
    run = scene.here()
    return tuple(
        Photo(one.turn, scene.words.who(one.by).unescape(), one, _may_be_drawn(run, one, folder))
        for one in [one for one in run.evidence.values() if one.held][-NEWEST:]
    )


def _may_be_drawn(run: Run, one: Evidence, folder: Path) -> bool:
    """Say whether a photo is shown: held, one that can be drawn, and of nobody who said that patients are on theirs."""
    if not one.held or one.sha256 is None or any(o.patients for o in run.evidence.values() if o.by == one.by):
        return False
    return is_drawn(beginning(folder, one.sha256))


class RunPages:
    """The pages of a home's incidents and drills."""

    def __init__(self, lamp: Lamp, clock: Clock, pages: Pages, seat_of: Callable[[Request], Seat], make: Make) -> None:
        """``seat_of`` says whose a request is, or raises HTTPException; ``make`` draws."""
        self._lamp, self._clock, self._pages, self._seat_of, self._make = lamp, clock, pages, seat_of, make
        self._drawn: dict[Order, bytes] = {}
        self._drawing = asyncio.Lock()
        self.routes = [
            Route("/run/{run}", self._show),
            Route("/run/{run}/timeline.png", self._timeline),
            Route("/run/{run}/photo/{turn:int}.png", self._photo),
        ]

    async def _show(self, request: Request) -> Response:
        seat, scene = self._asked(request)
        run = scene.here()
        photos = photos_of(scene, self._lamp.home.evidence)
        shown: dict[str, Any] = {"run": run, "title": title(scene), "photos": photos}
        return self._pages.html("run.html", seat.language, **shown)

    async def _timeline(self, request: Request) -> Response:
        seat, scene = self._asked(request)
        until = scene.engine.journal.head().seq
        return await self._picture(Order("timeline.png", PICTURE, "png", scene.here().id, seat.language, until))

    async def _photo(self, request: Request) -> Response:
        _, scene = self._asked(request)
        run, turn = scene.here(), request.path_params["turn"]
        one = run.evidence.get(turn)
        if one is None or not _may_be_drawn(run, one, self._lamp.home.evidence):
            raise HTTPException(404)
        return await self._picture(Order("photo.png", THUMBNAIL, "png", run.id, until=turn))

    def _asked(self, request: Request) -> tuple[Seat, Scene]:
        """Give who asks and the run; 404 for a run that there isn't, and for whoever may not have its picture."""
        seat = self._seat_of(request)
        name = request.path_params["run"]
        scene = self._lamp.renderer.look(seat.address.partition(":")[2], self._clock.now(), name)
        run = scene.engine.run(name)
        if run is None or not scene.may(CHAIN) or not sees(run, scene.context, scene.context.actor):
            raise HTTPException(404)
        return seat, scene

    async def _picture(self, order: Order) -> Response:
        """Draw a picture, one at a time, once for all who look; it is 404 if it can't be drawn."""
        async with self._drawing:
            if order not in self._drawn:
                try:
                    self._drawn[order] = await self._make(order)
                except (TookTooMuch, LookupError):
                    raise HTTPException(404) from None
                while len(self._drawn) > HELD:
                    del self._drawn[next(iter(self._drawn))]
        return Response(self._drawn[order], media_type="image/png")
