"""The desk: what somebody keeps in order in quiet times, on one page: each topic's main screen, and for those who decide what failed."""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.clock import Clock
from bot.lamp import Lamp
from bot.screens.drills.facilitator import facilitation, leads
from bot.screens.house.keeping import backup_line
from bot.screens.runs.run import title
from bot.screens.scene import Rows, Scene
from bot.web.board import Pulse
from bot.web.chat import Seat, streamed
from bot.web.pages import Pages
from contacts.registry import member_at
from flows.messages.calling import RunsListed
from flows.messages.contacts import ContactsOffered
from flows.messages.drills import DrillsShown
from flows.messages.members import PeopleListed
from flows.messages.message import Message
from flows.messages.reporting import ReportSubjects
from flows.messages.upkeep import ReadinessShown, TasksListed
from flows.powers import CHAIN, may
from flows.record.journal import FACILITY, Owed
from flows.scene.circle import seen
from flows.state.run import Run
from playbooks.frozen import frozen

TOPICS: Final[tuple[Message, ...]] = (
    ReadinessShown(),
    TasksListed(),
    DrillsShown(),
    ContactsOffered(),
    RunsListed(),
    ReportSubjects(),
    PeopleListed(),
)
"""Whose main screens stand on the desk, in this order; those that somebody may not see are left out."""

FAILED_WITHIN = timedelta(days=14)
"""How far back it is told what could not be delivered."""

WAITS = timedelta(minutes=5)
"""From here on a message that waits is named."""

NEWEST_RUNS = 12
"""So many incidents and drills lead to their own page."""

NUMBER = "desk"
"""What a tap on the desk is said to have been made on: no message of the chat."""


@frozen
class Topic:
    """One topic: what its screen says, as HTML, and its buttons."""

    text: str
    rows: Rows


@frozen
class Undelivered:
    """How many messages did not get to somebody over a channel, and when the last of them was owed; they may ``wait`` still."""

    who: str
    channel: str
    count: int
    last: datetime
    waits: bool


@frozen
class Proof:
    """How far the record goes, up to which entry it was sealed (0: never), what is known of backups, and what did not get through."""

    entries: int
    sealed: int
    backup: str
    undelivered: tuple[Undelivered, ...]


class Facilitating:
    """The facilitator's view of a drill that goes on; for all others there is no such page."""

    def __init__(
        self,
        lamp: Lamp,
        clock: Clock,
        pages: Pages,
        seat_of: Callable[[Request], Seat],
        pulse: Pulse,
        ending: asyncio.Event,
    ) -> None:
        """``seat_of`` says whose a request is, or raises HTTPException; ``pulse`` when something has changed."""
        self._lamp, self._clock, self._pages, self._seat_of = lamp, clock, pages, seat_of
        self._pulse, self._ending = pulse, ending
        self.routes = [
            Route("/drill/{run}", self._show),
            Route("/drill/{run}/now", self._now),
            Route("/drill/{run}/events", self._events),
        ]

    async def _show(self, request: Request) -> Response:
        seat, scene = self._led(request)
        part = Markup(self._part(seat, scene))  # noqa: S704  (just drawn by a template)
        return self._pages.html("drill.html", seat.language, run=scene.run_id, now=part, seat=seat)

    async def _now(self, request: Request) -> Response:
        return HTMLResponse(self._part(*self._led(request)))

    async def _events(self, request: Request) -> Response:
        self._led(request)
        return streamed(self._pulse.version, self._pulse.after, self._ending)

    def _led(self, request: Request) -> tuple[Seat, Scene]:
        """Give who asks and the drill that they lead; 404 where they lead none of this name."""
        seat = self._seat_of(request)
        member = seat.address.partition(":")[2]
        scene = self._lamp.renderer.look(member, self._clock.now(), request.path_params["run"])
        if not leads(scene):
            raise HTTPException(404)
        return seat, scene

    def _part(self, seat: Seat, scene: Scene) -> str:
        shown: dict[str, Any] = {"drill": facilitation(scene), "key": secrets.token_hex(8), "number": NUMBER}
        return self._pages.part("drill_now.html", seat.language, run=scene.run_id, now=self._clock.now(), **shown)


class Desk:
    """The desks of a home's members; a tap is an act in their chat, where its answer stands."""

    def __init__(self, lamp: Lamp, clock: Clock, pages: Pages, seat_of: Callable[[Request], Seat]) -> None:
        """``seat_of`` says whose a request is, or raises HTTPException."""
        self._lamp, self._clock, self._pages, self._seat_of = lamp, clock, pages, seat_of
        self.routes = [Route("/desk", self._show)]

    async def _show(self, request: Request) -> Response:
        seat = self._seat_of(request)
        member, now = seat.address.partition(":")[2], self._clock.now()
        here = self._lamp.renderer.look(member, now)
        shown: dict[str, Any] = {
            "topics": tuple(self._topics(here, member)),
            "runs": tuple(self._runs(here)) if here.may(CHAIN) else (),
            "proof": self._proof(here) if here.may(CHAIN) else None,
            "facility": here.context.roster.facility.name,
        }
        return self._pages.html("desk.html", seat.language, seat=seat, key=secrets.token_hex(8), number=NUMBER, **shown)

    def _runs(self, here: Scene) -> Iterator[tuple[Run, str]]:
        """Give the newest runs that its reader may know of, the newest first, and what each is called."""
        known = seen(here.engine.runs(), here.context, here.context.actor)
        for run in reversed(known[-NEWEST_RUNS:]):
            yield run, title(self._lamp.renderer.look(here.context.actor, here.context.now, run.id))

    def _topics(self, here: Scene, member: str) -> Iterator[Topic]:
        powers = dict(desk.main for desk in self._lamp.desk.desks if desk.main is not None)
        for message in TOPICS:
            power = powers.get(message)
            if power is None or may(power, here.context):
                screen = self._lamp.renderer.render(Owed(member, message, FACILITY), member, here.context.now)
                yield Topic(Markup(screen.text), screen.rows)  # noqa: S704  (the bot's own)

    def _proof(self, here: Scene) -> Proof:
        journal = self._lamp.home.journal
        sealed = max((head.seq for head in journal.posted_heads()), default=0)
        backup = str(backup_line(here))
        return Proof(journal.head().seq, sealed, backup, tuple(self._undelivered(here)))

    def _undelivered(self, here: Scene) -> Iterator[Undelivered]:
        """Give what did not get through, by person and channel, those with the newest first."""
        now, book = here.context.now, self._lamp.home.journal.deliveries
        found = [*book.failed(now - FAILED_WITHIN), *(d for d in book.unsent() if now - d.owed_at >= WAITS)]
        found.sort(key=lambda one: one.owed_at, reverse=True)
        counted = Counter((one.owed.to, one.state == "owed") for one in found)
        last = {(one.owed.to, one.state == "owed"): one.owed_at for one in reversed(found)}
        for to, waits in counted:
            member = member_at(here.engine.journal.registry, to)
            who = here.words.who(member).unescape()
            yield Undelivered(who, to.partition(":")[0], counted[to, waits], last[to, waits], waits)
