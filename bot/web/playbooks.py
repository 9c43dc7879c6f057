"""What is followed, to be read in quiet times: each playbook as a page, its tracks drawn; for all members."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web.chat import Seat
from bot.web.pages import Pages
from flows.engine import Engine
from playbooks.kinds import worded
from playbooks.model import Playbook, Track
from playbooks.pages.drawing import begins, drawing
from playbooks.phrasing import Phrase
from playbooks.texts import Language


class PlaybookPages:
    """The playbooks of a home as they are followed there: its own in the place of those that come along."""

    def __init__(self, engine: Engine, pages: Pages, seat_of: Callable[[Request], Seat]) -> None:
        """``seat_of`` says whose a request is, or raises HTTPException."""
        self._engine, self._pages, self._seat_of = engine, pages, seat_of
        self.routes = [Route("/playbooks", self._list), Route("/playbooks/{name}", self._show)]

    async def _list(self, request: Request) -> Response:
        seat = self._seat_of(request)
        kind = self._engine.roster().facility.kind
        here = [worded(book, kind) for book in self._engine.handbook.playbooks.values() if kind in book.facilities]
        uses = {use: [book for book in here if use == book.use[0]] for use in ("incident", "drill")}
        return self._pages.html("playbooks.html", seat.language, uses=uses, say_event=_event)

    async def _show(self, request: Request) -> Response:
        seat = self._seat_of(request)
        facility = self._engine.roster().facility
        found = self._engine.handbook.playbooks.get(request.path_params["name"])
        if found is None or facility.kind not in found.facilities:
            raise HTTPException(404)
        book = worded(found, facility.kind)

        def draw(track: Track) -> Markup:
            return Markup(drawing(book, track, facility.kind, seat.language))  # noqa: S704  (all words in it are escaped)

        tracks = {n: t for n, t in book.tracks.items() if any(facility.kind in s.facilities for s in t.steps.values())}
        shown: dict[str, Any] = {
            "book": book,
            "tracks": tracks,
            "draw": draw,
            "begins": partial(begins, book),
        }
        return self._pages.html("playbook.html", seat.language, **shown)


def _event(book: Playbook, language: Language) -> str:
    return Phrase("playbooks", f"pages.event.{book.event}").in_language(language)
