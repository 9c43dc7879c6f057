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
from bot.home import Home
from bot.page_links import Site, token
from bot.web.answering import answering
from bot.web.chat import Chat, Seat
from bot.web.pages import Pages, says
from bot.web.tries import Tries
from bot.words.words import Words
from contacts.registry import PAGE_SESSION, member_of_page, page_address
from contacts.roster import Roster
from flows.commands.facility import EnterPage, LeavePage
from flows.deeds import Attempt, Deed
from flows.record.journal import FACILITY
from playbooks.texts import Language

LONGEST_TOKEN = 64

LARGEST_LOGIN = 2048
"""Bytes of a login's form: who isn't known yet has nothing to send."""


@dataclass(frozen=True, kw_only=True)
class HomePage:
    """What a home's page is made of; ``ending`` is set when it ends."""

    home: Home
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
        self._engine, self._site, self._clock = parts.home.engine, parts.site, parts.clock
        self._pages = Pages(lambda moment: self._roster.facility.local(moment))  # noqa: PLW0108  (people may move it)
        self._chat = Chat(parts.page, self._pages, parts.clock, self._seat, parts.ending)
        self._tries = Tries(parts.clock)
        self.routes = [
            Route("/", self._show),
            Route("/in/{token}", self._ask),
            Route("/in", self._enter, methods=["POST"]),
            Route("/out", self._leave, methods=["POST"]),
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

    async def _enter(self, request: Request) -> Response:
        """Take a token, once, and let the browser in."""
        length = request.headers.get("content-length", "")
        if not length.isdigit() or int(length) > LARGEST_LOGIN:
            raise HTTPException(413)
        async with request.form() as form:
            shown = str(form.get("token", ""))
        by = request.client.host if request.client else ""
        if not self._tries.may(by):
            raise HTTPException(429)
        browser, expires = token(), self._clock.now() + timedelta(days=self._site.days)
        enters = EnterPage(FACILITY, self._site.digest(shown), self._site.digest(browser), expires)
        [outcome] = self._engine.do(self._attempt(enters, f"page:in:{enters.session}"))
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
            self._engine.do(self._attempt(leaves, f"page:out:{session}", by=known))

    def _attempt(self, command: EnterPage | LeavePage, cause: str, by: str = "") -> Attempt:
        return Attempt(cause, self._clock.now(), partial(Deed, command, by=by))

    @property
    def _kept(self) -> dict[str, Any]:
        """How the cookie is kept: no script reads it, no other site sends it, and in public it goes over HTTPS alone."""
        return {"path": "/", "httponly": True, "samesite": "lax", "secure": self._site.public}

    # ── the chat ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _show(self, request: Request) -> Response:
        seat = self._seat(request)
        return self._pages.html(
            "home.html", seat.language, facility=self._roster.facility.name, **self._chat.shows(seat)
        )
