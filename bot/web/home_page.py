"""A home's page: login is always asked, then each member sees their own chat, and nobody else's."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.channels.page import Page
from bot.clock import Clock
from bot.lamp import Lamp
from bot.page_links import BOARD_HOLDS, Site, token
from bot.screens.drills.facilitator import leads
from bot.web.answering import answering
from bot.web.board import Boards, Viewer
from bot.web.chat import Chat, Seat
from bot.web.desk import Desk, Facilitating
from bot.web.pages import Pages, says
from bot.web.playbooks import PlaybookPages
from bot.web.records import RunPages, photos_of
from bot.web.tries import Tries
from bot.words.words import Words
from contacts.registry import PAGE_LINK, PAGE_SESSION, board_of_link, member_of_page, page_address
from contacts.roster import Roster
from flows.commands.facility import EnterPage, LeavePage
from flows.deeds import Attempt, Deed
from flows.powers import CHAIN, may
from flows.record.journal import FACILITY
from flows.scene.circle import seen, sees
from flows.state.run import Run
from playbooks.texts import Language

LONGEST_TOKEN = 64

LARGEST_LOGIN = 2048
"""Bytes of a login's form: who isn't known yet has nothing to send."""


@dataclass(frozen=True, kw_only=True)
class HomePage:
    """What a home's page is made of; ``ending`` is set when it ends."""

    lamp: Lamp
    site: Site
    page: Page
    clock: Clock
    ending: asyncio.Event


def application(parts: HomePage) -> Starlette:
    """Make what answers browsers that ask for a home's page."""
    ours = _HomePage(parts)
    return answering(ours.routes, parts.site.hosts, parts.site.origins, lambda: ours.language, ours.stranger)


class _HomePage:
    def __init__(self, parts: HomePage) -> None:
        self._engine, self._site, self._clock = parts.lamp.home.engine, parts.site, parts.clock
        self._lamp, self._desk = parts.lamp, parts.lamp.desk
        self._pages = Pages(lambda moment: self._roster.facility.local(moment))  # noqa: PLW0108  (people may move it)
        self._chat = Chat(parts.page, self._pages, parts.clock, self._seat, parts.ending)
        self._tries = Tries(parts.clock)
        photos = partial(photos_of, folder=parts.lamp.home.evidence)
        self._boards = Boards(parts.lamp.renderer, parts.clock, self._pages, self._viewer, parts.ending, photos)
        self.routes = [
            Route("/", self._show),
            Route("/in/{token}", self._ask),
            Route("/in", self._enter, methods=["POST"]),
            Route("/out", self._leave, methods=["POST"]),
            Route("/board/in/{token}", self._ask_for_board),
            Route("/board/in", self._enter_board, methods=["POST"]),
            *self._boards.routes,
            *Desk(parts.lamp, parts.clock, self._pages, self._seat).routes,
            *Facilitating(parts.lamp, parts.clock, self._pages, self._seat, self._boards.pulse, parts.ending).routes,
            *RunPages(parts.lamp, parts.clock, self._pages, self._seat, parts.lamp.make).routes,
            *PlaybookPages(self._engine, self._pages, self._seat).routes,
            *self._chat.routes(""),
        ]

    @property
    def _roster(self) -> Roster:
        return self._engine.roster()

    @property
    def language(self) -> Language:
        """The language of whoever isn't known."""
        return self._roster.facility.language

    # ── who it is ───────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _cookie(self) -> str:
        return "__Host-tomoshibi" if self._site.public else "tomoshibi"

    @property
    def _board_cookie(self) -> str:
        return f"{self._cookie}-board"

    def _session(self, request: Request) -> str:
        return self._site.digest(request.cookies.get(self._cookie, ""))

    def _seat(self, request: Request) -> Seat:
        """Give whose browser it is; 403 for whoever isn't let in, or no longer."""
        self._engine.refresh()
        registry = self._engine.journal.registry
        known = member_of_page(registry, PAGE_SESSION, self._session(request), self._clock.now())
        member = self._roster.member(known) if known else None
        if member is None or member.status != "active":
            raise HTTPException(403)
        role = Words(member.language, self._roster).role_of(member.id)
        return Seat("", page_address(member.id), member.name, role, member.language)

    def stranger(self, _: Request) -> Response:
        """Say in one sentence how members come in, and nothing else."""
        return self._say("strangers", 403)

    def _say(self, key: str, status: int) -> Response:
        return self._pages.html("said.html", self.language, status, said=says(self.language, key))

    # ── coming in and going ─────────────────────────────────────────────────────────────────────────────────────────

    async def _ask(self, request: Request) -> Response:
        """Show a button, whatever the token is worth: those who only look at links (previews) use nothing up and learn nothing."""
        return self._pages.html("enter.html", self.language, token=request.path_params["token"][:LONGEST_TOKEN])

    async def _ask_for_board(self, request: Request) -> Response:
        token = request.path_params["token"][:LONGEST_TOKEN]
        return self._pages.html("board_enter.html", self.language, token=token)

    async def _token(self, request: Request) -> tuple[str, str]:
        """Give the token that is shown and who shows it; 413 for more than that, 429 for who showed too many."""
        length = request.headers.get("content-length", "")
        if not length.isdigit() or int(length) > LARGEST_LOGIN:
            raise HTTPException(413)
        async with request.form() as form:
            shown = str(form.get("token", ""))
        by = request.client.host if request.client else ""
        if not self._tries.may(by):
            raise HTTPException(429)
        return shown, by

    async def _enter_board(self, request: Request) -> Response:
        """Let a screen look at one board; it may be many screens, and none can do anything."""
        shown, by = await self._token(request)
        self._engine.refresh()
        link = board_of_link(self._engine.journal.registry, self._site.digest(shown), self._clock.now())
        if link is None:
            self._tries.failed(by)
            return self._say("board.closed_link", 403)
        clean = RedirectResponse(f"/board/{link[0]}", 303)
        clean.set_cookie(self._board_cookie, shown, max_age=int(BOARD_HOLDS.total_seconds()), **self._kept)
        return clean

    def _viewer(self, request: Request, run_id: str) -> Viewer:
        """Give who looks at a board: a screen that was let in to this one, or a member who may know of its run."""
        digest = self._site.digest(request.cookies.get(self._board_cookie, ""))
        link = board_of_link(self._engine.journal.registry, digest, self._clock.now())
        run = self._engine.run(run_id)
        if link is not None and link[0] == run_id and run is not None and self._is_for(run, ""):
            return Viewer(self.language, link[1])
        seat = self._seat(request)
        if run is None or not self._is_for(run, seat.address.partition(":")[2]):
            raise HTTPException(404)
        context = self._engine.context(self._clock.now(), seat.address.partition(":")[2])
        return Viewer(seat.language, pictures=may(CHAIN, context))

    def _is_for(self, run: Run, member: str) -> bool:
        """Say whether somebody may know of a run; a room knows of what everybody may."""
        return sees(run, self._engine.context(self._clock.now(), member), member)

    async def _enter(self, request: Request) -> Response:
        """Take a token, once, and let the browser in."""
        shown, by = await self._token(request)
        browser, expires = token(), self._clock.now() + timedelta(days=self._site.days)
        enters = EnterPage(FACILITY, self._site.digest(shown), self._site.digest(browser), expires)
        cause = f"page:in:{enters.session}"
        [outcome] = self._engine.do(Attempt(cause, self._clock.now(), partial(self._entering, enters)))
        if outcome.bug is not None:
            raise outcome.bug
        if outcome.refused is not None or not outcome.events:
            self._tries.failed(by)
            return self._say("worn_out" if self._tries.may(by) else "turned_away.429", 403)
        self._forget(request)
        clean = RedirectResponse("/", 303)
        age = self._site.days * 24 * 3600
        clean.set_cookie(self._cookie, browser, max_age=age, **self._kept)
        return clean

    def _entering(self, enters: EnterPage) -> Deed:
        """Let a browser in; a page that nobody had open until now shows at once where things stand."""
        registry = self._engine.journal.registry
        member = member_of_page(registry, PAGE_LINK, enters.code, self._clock.now()) or ""
        address = page_address(member)
        goes_on = member and address not in registry("address") and self._desk.runs.live_runs(member)
        return Deed(enters, *([lambda: self._desk.runs.show_again(member, to=address)] if goes_on else []))

    async def _leave(self, request: Request) -> Response:
        self._seat(request)
        self._forget(request)
        gone = RedirectResponse("/", 303)
        gone.delete_cookie(self._cookie, **self._kept)
        gone.headers["clear-site-data"] = '"cache"'
        return gone

    def _forget(self, request: Request) -> None:
        """Let a browser's session go, if it has one."""
        session = self._session(request)
        known = member_of_page(self._engine.journal.registry, PAGE_SESSION, session, self._clock.now())
        if known is not None:
            leaves = LeavePage(FACILITY, known, session)
            cause = f"page:out:{session}"
            self._engine.do(Attempt(cause, self._clock.now(), partial(Deed, leaves, by=known)))

    @property
    def _kept(self) -> dict[str, Any]:
        """How the cookie is kept: no script reads it, no other site sends it, and in public it goes over HTTPS alone."""
        return {"path": "/", "httponly": True, "samesite": "lax", "secure": self._site.public}

    # ── the chat ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _show(self, request: Request) -> Response:
        seat = self._seat(request)
        context = self._engine.context(self._clock.now(), seat.address.partition(":")[2])
        looks = partial(self._lamp.renderer.look, context.actor, context.now)
        led = [run.id for run in self._engine.live_runs() if leads(looks(run.id))]
        boards = [run.id for run in seen(self._engine.live_runs(), context, context.actor)]
        facility = self._roster.facility.name
        return self._pages.html(
            "home.html", seat.language, facility=facility, boards=boards, led=led, **self._chat.shows(seat)
        )
