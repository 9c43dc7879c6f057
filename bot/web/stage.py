"""The demo's page: a made-up facility, whose people are chosen freely, each with a chat of their own."""

from __future__ import annotations

import asyncio
import secrets
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.channels.page import Page, Shown, Thread
from bot.phrasing import phrase
from bot.store.trouble import StorageTrouble
from bot.web.guard import Guard
from bot.web.pictures import is_picture
from playbooks.texts import Language

HERE = Path(__file__).parent
STYLE = (HERE / "templates" / "style.css").read_text(encoding="utf-8")
SCRIPT = (HERE / "templates" / "page.js").read_text(encoding="utf-8")

QUIET = 20.0
"""Seconds after which a stream says that it is alive, so that a proxy doesn't take it for dead."""

LONGEST = 4096
"""Characters that one may write at once, as in any chat."""

LATEST = 60
"""Minutes by which the clock may be moved on at once."""

_PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


@dataclass(frozen=True)
class Seat:
    """Whom one may be: ``part`` names them in an address of the page, ``address`` is their chat."""

    part: str
    address: str
    name: str
    role: str


@dataclass(frozen=True, kw_only=True)
class Play:
    """What the page shows: a facility, whom one may be, its time of day, and how its clock is moved on by so many minutes."""

    facility: str
    language: Language
    seats: Mapping[str, Seat]
    page: Page
    now: Callable[[], datetime]
    local: Callable[[datetime], datetime]
    later: Callable[[int], Awaitable[object]]
    example: str


def application(play: Play, hosts: tuple[str, ...]) -> Starlette:
    """Make what answers browsers that ask for one of ``hosts`` (``127.0.0.1:8390``)."""
    says = partial(_says, play.language)
    style = b64encode(sha256(STYLE.encode()).digest()).decode()
    guard = Middleware(Guard, hosts=hosts, style=style, turned_away=lambda status: says(f"turned_away.{status}"))

    async def refused(_: Request, why: Exception) -> Response:
        status = why.status_code if isinstance(why, HTTPException) else 500
        return PlainTextResponse(says(f"turned_away.{status if status in (404, 405) else 400}"), status)

    return Starlette(
        routes=_StagePage(play, says).routes, middleware=[guard], exception_handlers={HTTPException: refused}
    )


def _says(language: Language, key: str, **facts: Any) -> str:
    return phrase(f"page.{key}", **facts).in_language(language)


class _StagePage:
    def __init__(self, play: Play, says: Callable[..., str]) -> None:
        self._play, self._says = play, says
        pages = Environment(
            autoescape=True, undefined=StrictUndefined, loader=FileSystemLoader(HERE / "templates"), trim_blocks=True
        )
        pages.globals |= {
            "say": says,
            "style": Markup(STYLE),  # noqa: S704  (our own file)
            "language": play.language,
            "facility": play.facility,
            "at": lambda moment: f"{play.local(moment):%H:%M}",
        }
        self._pages = pages
        self.routes = [
            Route("/", self._choose),
            Route("/page.js", self._script),
            Route("/favicon.ico", self._nothing),
            Route("/later", self._later, methods=["POST"]),
            Route("/as/{part}", self._chat),
            Route("/as/{part}/thread", self._thread),
            Route("/as/{part}/events", self._events),
            Route("/as/{part}/files/{number}/{which}", self._file),
            Route("/as/{part}/say", self._say, methods=["POST"]),
            Route("/as/{part}/tap", self._tap, methods=["POST"]),
            Route("/as/{part}/send", self._send, methods=["POST"]),
        ]

    # ── what is shown ───────────────────────────────────────────────────────────────────────────────────────────────

    async def _choose(self, _: Request) -> Response:
        return self._html("choose.html", seats=self._play.seats.values(), example=self._play.example)

    async def _chat(self, request: Request) -> Response:
        seat, thread = self._seat(request)
        others = [one for one in self._play.seats.values() if one is not seat]
        return self._html("chat.html", seat=seat, others=others, example=self._play.example, **self._shown(thread))

    async def _thread(self, request: Request) -> Response:
        seat, thread = self._seat(request)
        return self._html("thread.html", seat=seat, **self._shown(thread))

    def _shown(self, thread: Thread) -> dict[str, Any]:
        return {
            "thread": thread,
            "now": self._play.now(),
            "key": secrets.token_hex(8),
            "text": _text,
        }

    async def _events(self, request: Request) -> Response:
        _, thread = self._seat(request)
        return StreamingResponse(_changes(thread), media_type="text/event-stream", headers={"x-accel-buffering": "no"})

    async def _file(self, request: Request) -> Response:
        _, thread = self._seat(request)
        shown = thread.shown.get(request.path_params["number"])
        found = shown and {"picture": shown.message.picture, "document": shown.message.document}.get(
            request.path_params["which"]
        )
        if not found:
            raise HTTPException(404)
        name, content = found
        if shown and found is shown.message.picture and (kind := _PICTURES.get(Path(name).suffix.lower())):
            return Response(content, media_type=kind)
        return Response(
            content,
            media_type="application/octet-stream",
            headers={"content-disposition": f"attachment; filename*=UTF-8''{_quoted(name)}"},
        )

    async def _script(self, _: Request) -> Response:
        return Response(SCRIPT, media_type="text/javascript", headers={"cache-control": "max-age=3600"})

    async def _nothing(self, _: Request) -> Response:
        return Response(status_code=204)

    # ── what is done ────────────────────────────────────────────────────────────────────────────────────────────────

    async def _say(self, request: Request) -> Response:
        async with request.form() as form:
            text = str(form.get("text", "")).replace("\r\n", "\n").strip()[:LONGEST]
            return await self._done(request, text and partial(self._page.writes, key=_key(form), text=text))

    async def _tap(self, request: Request) -> Response:
        async with request.form() as form:
            number, _, data = str(form.get("tap", "")).partition(" ")
            key = f"{_key(form)}-{number}-{sha256(data.encode()).hexdigest()[:8]}"
            return await self._done(request, data and partial(self._page.taps, key=key, number=number, data=data))

    async def _send(self, request: Request) -> Response:
        async with request.form(max_files=1) as form:
            sent = form.get("file")
            if not isinstance(sent, UploadFile) or not sent.filename:
                return await self._done(request, "")
            content = await sent.read()
            sends = partial(self._page.sends, key=_key(form), name=Path(sent.filename).name, content=content)
            return await self._done(request, partial(sends, picture=is_picture(content)))

    async def _later(self, request: Request) -> Response:
        async with request.form() as form:
            minutes, back = str(form.get("minutes", "")), str(form.get("part", ""))
        if not minutes.isdigit() or not 0 < int(minutes) <= LATEST or back not in self._play.seats:
            raise HTTPException(400)
        await self._play.later(int(minutes))
        return _back(request, f"/as/{back}")

    async def _done(self, request: Request, do: Callable[[str], Awaitable[None]] | str) -> Response:
        """Do it, if there is anything to be done, and show the chat again; what is not on disk is not done."""
        seat, _ = self._seat(request)
        try:
            if not isinstance(do, str):
                await do(seat.address)
        except StorageTrouble:
            return PlainTextResponse(self._says("turned_away.503"), 503)
        return _back(request, f"/as/{seat.part}")

    @property
    def _page(self) -> Page:
        return self._play.page

    def _seat(self, request: Request) -> tuple[Seat, Thread]:
        seat = self._play.seats.get(request.path_params["part"])
        if seat is None:
            raise HTTPException(404)
        return seat, self._page.thread(seat.address)

    def _html(self, template: str, **shown: Any) -> Response:
        return HTMLResponse(self._pages.get_template(template).render(**shown))


def _back(request: Request, path: str) -> Response:
    """Show a page again, so that going back or loading it anew does nothing twice; the script does that by itself."""
    return Response(status_code=204) if "x-live" in request.headers else RedirectResponse(f"{path}#end", 303)


async def _changes(thread: Thread) -> AsyncIterator[str]:
    """Tell each change of a chat, from now on, until whoever looks is gone."""
    version = thread.version
    yield f"data: {version}\n\n"
    while True:
        try:
            version = await asyncio.wait_for(thread.after(version), QUIET)
            yield f"data: {version}\n\n"
        except TimeoutError:
            yield ": here\n\n"


def _key(form: Any) -> str:
    """Give what makes an act the same when it is sent again; one without it is another each time."""
    key = str(form.get("key", ""))
    return key if key.isalnum() and len(key) <= 64 else secrets.token_hex(8)


def _text(shown: Shown) -> Markup:
    """Give what a message says as HTML: the bot's own is that already, what a person wrote is none."""
    return Markup.escape(shown.message.text) if shown.own else Markup(shown.message.text)  # noqa: S704


def _quoted(name: str) -> str:
    return quote(name, safe="")
