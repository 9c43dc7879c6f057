"""The demo on a page: everybody of the made-up facility in a browser, on a clock that goes by itself and can be moved on."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.channels.page import Page
from bot.clock import Clock, LeapingClock
from bot.demo.play import Cast, open_demo
from bot.lamp import Lamp
from bot.phrasing import phrase
from bot.tending.making_apart import made_here
from bot.web.chat import Seat
from bot.web.serving import hosts_of, serve
from bot.web.stage import Play, application
from bot.wiring import light
from bot.words.words import Words
from playbooks.model import FacilityKind
from playbooks.texts import LANGUAGES, Language, everywhere

EVERY = 0.5
"""Seconds between two looks at what time has made due."""

FIRST = ("reception", "nurse", "deputy", "director")
"""In what order one is asked whom to be: whoever sees it first stands first."""


async def on_page(
    folder: Path,
    start: datetime,
    runs_by: Clock,
    kind: FacilityKind,
    listening: socket.socket,
    say: Callable[[str], None],
    language: Language = LANGUAGES[0],
) -> None:
    """Serve the made-up facility until cancelled; ``say`` is told where it is."""
    cast = open_demo(folder, start, lambda _, __: None, kind, language, Page.name)
    await cast.stage.settle()  # what greets everybody is nothing to begin with
    home, clock = cast.stage.home, LeapingClock(start, runs_by)
    page = Page(clock)
    lamp = light(home, clock, page, make=partial(made_here, home))

    async def later(minutes: int) -> None:
        for _ in range(minutes):  # so that everything happens in its order
            clock.advance(minutes=1)
            await lamp.tick()
            await lamp.outbox.flush()
        page.changes()

    roster = home.engine.roster()
    play = Play(
        facility=roster.facility.name,
        language=language,
        seats={part: _seat(cast, part) for part in FIRST},
        page=page,
        clock=clock,
        lamp=lamp,
        local=roster.facility.local,
        later=later,
        example=phrase("demo.first.ransomware").in_language(language),
    )
    hosts, ending = hosts_of(listening), asyncio.Event()
    going = asyncio.create_task(_goes_on(lamp))
    try:
        with page.heard_by(lamp.hear_and_answer):
            say("\n\n".join(everywhere(phrase("page.serves", address=f"http://{hosts[0]}/")).values()))
            await serve(application(play, hosts, ending), listening, ending)
    finally:
        going.cancel()
        await asyncio.gather(going, return_exceptions=True)
        home.close()


def _seat(cast: Cast, part: str) -> Seat:
    member = cast.members[part]
    role = Words(cast.language, cast.stage.home.engine.roster()).role_of(member)
    return Seat(f"/as/{part}", f"{Page.name}:{member}", cast.names[member], role, cast.language)


async def _goes_on(lamp: Lamp) -> None:
    while True:
        await asyncio.sleep(EVERY)
        await lamp.tick()
        await lamp.outbox.flush()
