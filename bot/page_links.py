"""The way in to a home's page: where it is, links that open it once, and what a browser shows from then on. Only digests are kept."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from bot.settings import PagePlan, Secrets
from flows.commands.facility import OfferBoard, OfferPage
from flows.engine import Engine
from flows.record.journal import FACILITY
from playbooks.frozen import frozen

LOOPBACK: Final = "127.0.0.1"

HOLDS = timedelta(minutes=30)
"""How long a link holds that somebody asked for in their chat."""

HOLDS_ON_PAPER = timedelta(hours=24)
"""How long one holds that was made at the machine, to be shown or handed to somebody."""

BOARD_HOLDS = timedelta(hours=12)
"""How long a room may read a board by one link."""

_BYTES = 24
"""Bytes of chance in a link and in what a browser shows: 192 bits, beyond any guessing."""


@frozen
class Site:
    """Where a home's page is: ``address`` (without a slash at its end) is what browsers ask for, ``bind`` and ``port`` where we listen.

    ``key`` goes into every digest of links and browsers: with another one all of them are worthless at once.
    """

    address: str
    bind: str
    port: int
    key: bytes
    public: bool
    days: int

    @property
    def hosts(self) -> tuple[str, ...]:
        """Give by which names, with the port, browsers may ask for it."""
        return (
            (urlsplit(self.address).netloc,) if self.public else (f"{LOOPBACK}:{self.port}", f"localhost:{self.port}")
        )

    @property
    def origins(self) -> tuple[str, ...]:
        """Give from which addresses acts may come."""
        return tuple(f"{'https' if self.public else 'http'}://{host}" for host in self.hosts)

    def digest(self, shown: str) -> str:
        """Give the digest (hex) under which a link or a browser is kept."""
        return hmac.new(self.key, shown.encode("utf-8", "replace"), "sha256").hexdigest()

    def link(self, token: str) -> str:
        """Give the address that opens the page by a token."""
        return f"{self.address}/in/{token}"


def site_of(plan: PagePlan, secrets: Secrets) -> Site | None:
    """Say where the page of a home is; None where it isn't switched on.

    Without a public address *and* a secret it is on this machine alone, whatever else is set.
    """
    if not plan.on:
        return None
    told = secrets.tomoshibi_page_key.get_secret_value().strip() if secrets.tomoshibi_page_key else ""
    if plan.public is None or not told:
        return Site(f"http://{LOOPBACK}:{plan.port}", LOOPBACK, plan.port, told.encode(), public=False, days=plan.days)
    return Site(plan.public.rstrip("/"), plan.bind, plan.port, told.encode(), public=True, days=plan.days)


def token() -> str:
    """Give a new token, for a link or a browser."""
    return secrets.token_urlsafe(_BYTES)


def offer_board(
    site: Site, engine: Engine, run: str, now: datetime, *, texts: bool, to: str = ""
) -> tuple[OfferBoard, str]:
    """Give the command that lets a room read the board of a run, and its link; with an address ``to`` it is shown there."""
    made, expires = token(), now + BOARD_HOLDS
    until = engine.roster().facility.local(expires)
    link = f"{site.address}/board/in/{made}"
    shown = {"link": link, "until": f"{until:%m/%d %H:%M}", "here": not site.public, "texts": texts} if to else {}
    return OfferBoard(FACILITY, run, site.digest(made), expires, texts, to, shown), link


def offer(
    site: Site, engine: Engine, member: str, now: datetime, holds: timedelta, to: str = ""
) -> tuple[OfferPage, str]:
    """Give the command that lets a member in once, and their link; with an address ``to`` it is shown there."""
    made, expires = token(), now + holds
    until = engine.roster().facility.local(expires)
    shown = {"link": site.link(made), "until": f"{until:%m/%d %H:%M}", "here": not site.public} if to else {}
    return OfferPage(FACILITY, member, site.digest(made), expires, to, shown), site.link(made)
