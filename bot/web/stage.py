"""The demo's page: a made-up facility, whose people are chosen freely, each with a chat of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.page import Page
from bot.clock import Clock
from bot.lamp import Lamp
from bot.web.answering import answering
from bot.web.board import Boards, Viewer
from bot.web.chat import Chat, Seat, back
from bot.web.pages import Local, Pages
from playbooks.texts import Language

LATEST = 60
"""Minutes by which the clock may be moved on at once."""


@dataclass(frozen=True, kw_only=True)
class Play:
    """What the page shows: a facility, whom one may be, its time of day, and how its clock is moved on by so many minutes.

    ``seats`` stand under the part that names them in an address of the page.
    """

    facility: str
    language: Language
    seats: Mapping[str, Seat]
    page: Page
    clock: Clock
    local: Local
    lamp: Lamp
    later: Callable[[int], Awaitable[object]]
    example: str


def application(play: Play, hosts: tuple[str, ...], ending: asyncio.Event) -> Starlette:
    """Make what answers browsers that ask for one of ``hosts`` (``127.0.0.1:8390``), until ``ending`` is set."""
    routes = _StagePage(play, ending).routes
    return answering(routes, hosts, [f"http://{host}" for host in hosts], lambda: play.language)


class _StagePage:
    def __init__(self, play: Play, ending: asyncio.Event) -> None:
        self._play, self._pages = play, Pages(play.local)
        self._chat = Chat(play.page, self._pages, play.clock, self._seat, ending)
        self.routes = [
            Route("/", self._choose),
            Route("/later", self._later, methods=["POST"]),
            Route("/as/{part}", self._show),
            *self._chat.routes("/as/{part}"),
            *Boards(play.lamp.renderer, play.clock, self._pages, lambda *_: Viewer(play.language), ending).routes,
        ]

    async def _choose(self, _: Request) -> Response:
        play = self._play
        seats = play.seats.values()
        return self._pages.html("choose.html", play.language, facility=play.facility, seats=seats, example=play.example)

    async def _show(self, request: Request) -> Response:
        seat = self._seat(request)
        others = [one for one in self._play.seats.values() if one is not seat]
        boards = [run.id for run in self._play.lamp.home.engine.live_runs()]
        shown = {"facility": self._play.facility, "others": others, "boards": boards, **self._chat.shows(seat)}
        return self._pages.html("stage.html", seat.language, **shown)

    async def _later(self, request: Request) -> Response:
        async with request.form() as form:
            minutes, part = str(form.get("minutes", "")), str(form.get("part", ""))
        if not minutes.isdigit() or not 0 < int(minutes) <= LATEST or part not in self._play.seats:
            raise HTTPException(400)
        await self._play.later(int(minutes))
        return back(request, f"/as/{part}#end")

    def _seat(self, request: Request) -> Seat:
        seat = self._play.seats.get(request.path_params["part"])
        if seat is None:
            raise HTTPException(404)
        return seat
