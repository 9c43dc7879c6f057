"""A chat on the page: what somebody reads, writes, taps and sends; the demo's stage and a home's page show it alike."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.channels.page import Page, Thread
from bot.clock import Clock
from bot.web.pages import Pages
from bot.web.pictures import is_file, is_picture
from playbooks.frozen import frozen
from playbooks.texts import Language

QUIET = 20.0
"""Seconds after which a stream says that it is alive, so that a proxy doesn't take it for dead."""

LONGEST = 4096
"""Characters that one may write at once, as in any chat."""

LARGEST = 20 * 1024 * 1024
"""Bytes of a photo or a file."""

_PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


@frozen
class Seat:
    """Whose chat it is: ``path`` stands before its addresses, ``address`` is their own on the channel."""

    path: str
    address: str
    name: str
    role: str
    language: Language


class Chat:
    """The chats of a page. ``seat_of`` says whose a request is, or raises HTTPException."""

    def __init__(
        self, page: Page, pages: Pages, clock: Clock, seat_of: Callable[[Request], Seat], ending: asyncio.Event
    ) -> None:
        """Streams end once ``ending`` is set."""
        self._page, self._pages, self._clock, self._seat_of, self._ending = page, pages, clock, seat_of, ending

    def routes(self, path: str) -> list[Route]:
        """Give what stands under a path: all of a chat but its page."""
        return [
            Route(f"{path}/thread", self._thread),
            Route(f"{path}/events", self._events),
            Route(f"{path}/files/{{number}}/{{which}}", self._file),
            Route(f"{path}/say", self._say, methods=["POST"]),
            Route(f"{path}/tap", self._tap, methods=["POST"]),
            Route(f"{path}/send", self._send, methods=["POST"]),
        ]

    def shows(self, seat: Seat) -> dict[str, Any]:
        """Give what the template of a chat needs."""
        thread = self._page.thread(seat.address)
        return {"seat": seat, "thread": thread, "now": self._clock.now(), "key": secrets.token_hex(8)}

    # ── what is shown ───────────────────────────────────────────────────────────────────────────────────────────────

    async def _thread(self, request: Request) -> Response:
        seat = self._seat_of(request)
        return self._pages.html("thread.html", seat.language, **self.shows(seat))

    async def _events(self, request: Request) -> Response:
        thread = self._page.thread(self._seat_of(request).address)
        return streamed(thread.version, thread.after, self._ending)

    async def _file(self, request: Request) -> Response:
        thread: Thread = self._page.thread(self._seat_of(request).address)
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
            headers={"content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"},
        )

    # ── what is done ────────────────────────────────────────────────────────────────────────────────────────────────

    async def _say(self, request: Request) -> Response:
        seat = self._seat_of(request)  # before anything of the form is read
        async with request.form() as form:
            text = str(form.get("text", "")).replace("\r\n", "\n").strip()[:LONGEST]
            return await self._done(request, seat, text and partial(self._page.writes, key=_key(form), text=text))

    async def _tap(self, request: Request) -> Response:
        seat = self._seat_of(request)
        async with request.form() as form:
            number, _, data = str(form.get("tap", "")).partition(" ")
            tap = data and partial(self._page.taps, key=_key(form), number=number, data=data)
            return await self._done(request, seat, tap, _from(form))

    async def _send(self, request: Request) -> Response:
        seat = self._seat_of(request)
        async with request.form(max_files=1) as form:
            sent = form.get("file")
            if not isinstance(sent, UploadFile) or not sent.filename:
                return await self._done(request, seat, "")
            content = await sent.read()
            picture = is_picture(content)
            if len(content) > LARGEST:
                raise HTTPException(413)
            if not (picture or is_file(content)):
                raise HTTPException(415)
            sends = partial(self._page.sends, key=_key(form), name=_name(sent.filename), content=content)
            return await self._done(request, seat, partial(sends, picture=picture))

    async def _done(
        self, request: Request, seat: Seat, do: Callable[[str], Awaitable[None]] | str, to: str = ""
    ) -> Response:
        """Do it, if there is anything to be done, and show the chat again; StorageTrouble where it isn't on disk, and so not done."""
        if not isinstance(do, str):
            await do(seat.address)
        return back(request, to or f"{seat.path or '/'}#end")


def back(request: Request, path: str) -> Response:
    """Show a page again, so that going back or loading it anew does nothing twice; the script does that by itself."""
    return Response(status_code=204) if "x-live" in request.headers else RedirectResponse(path, 303)


def streamed(version: int, after: Callable[[int], Awaitable[int]], ending: asyncio.Event) -> Response:
    """Tell each version of something, from this one on, until whoever looks is gone or all ends."""
    told = _changes(version, after, ending)
    return StreamingResponse(told, media_type="text/event-stream", headers={"x-accel-buffering": "no"})


async def _changes(version: int, after: Callable[[int], Awaitable[int]], ending: asyncio.Event) -> AsyncIterator[str]:
    yield f"data: {version}\n\n"
    ends = asyncio.ensure_future(ending.wait())
    changes: asyncio.Future[int] | None = None
    try:
        while not ending.is_set():
            changes = changes or asyncio.ensure_future(after(version))
            await asyncio.wait((changes, ends), timeout=QUIET, return_when=asyncio.FIRST_COMPLETED)
            if changes.done():
                version, changes = changes.result(), None
                yield f"data: {version}\n\n"
            else:
                yield ": here\n\n"
    finally:
        ends.cancel()
        if changes is not None:
            changes.cancel()


def _from(form: Any) -> str:
    """Give the page that a tap was made on, if it goes back to one of a drill; nothing of another shape is followed."""
    page = str(form.get("back", ""))
    return page if re.fullmatch(r"/drill/[\w-]{1,40}", page, re.ASCII) else ""


def _name(written: str) -> str:
    """Give the name of a file without folders, of this system or another."""
    return written.replace("\\", "/").rpartition("/")[2][-100:] or "file"


def _key(form: Any) -> str:
    """Give what makes an act the same when it is sent again; one without it is another each time."""
    key = str(form.get("key", ""))
    return key if key.isascii() and key.isalnum() and len(key) <= 64 else secrets.token_hex(8)
