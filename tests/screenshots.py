"""Photographs the page in a real browser, for docs/page; run as a module (``make screenshots``) it takes the pictures anew.

The clinic is made up and its clock stands where the story puts it. The machine's fonts draw it: it should have one for Japanese and one for
emoji (Debian: fonts-noto-cjk, fonts-noto-color-emoji).
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image

from flows.commands.drilling import BeginExercise, LeadExercise
from flows.commands.people import Acknowledge, TakeCommand, TellPresence, Write
from tests.bot.web.house import House, housed
from tests.browser import Browser, browsing
from tests.clinic import open_clinic

FOLDER = Path(__file__).parent.parent / "docs/page"

CARD, PHONE, TABLE, PROJECTOR = (390, 270), (390, 844), (1280, 900), (1920, 1080)

SIZES = {
    "login": CARD,
    "chat": PHONE,
    "board": PROJECTOR,
    "board-phone": PHONE,
    "desk": TABLE,
    "desk-phone": PHONE,
    "record": TABLE,
    "record-phone": PHONE,
    "playbook": PHONE,
    "facilitator": TABLE,
    "facilitator-phone": PHONE,
}
"""What is photographed, and how many pixels wide and high; each stands in ``docs/page`` as a PNG of its name."""

COLOURS = 64
"""So many are kept of a picture: the pages have few, and each picture weighs a third then."""


def light(png: bytes) -> bytes:
    """Give a PNG with few colours and nothing else in it."""
    out = BytesIO()
    with Image.open(BytesIO(png)) as image:
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


@asynccontextmanager
async def _house() -> AsyncIterator[House]:
    """Serve the page of a clinic of its own, whose outbox runs as in life."""
    with tempfile.TemporaryDirectory() as folder:
        clinic = open_clinic(Path(folder))
        await clinic.stage.settle()
        async with housed(clinic) as house:
            sending = asyncio.create_task(house.lamp.outbox.run())
            yield house
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
        clinic.home.close()


def taken_of(browser: Browser, name: str) -> bytes:
    """Give what stands in the browser now, at the size of a picture."""
    return light(browser.pictures(*SIZES[name]))


async def of_an_incident() -> dict[str, bytes]:
    """Give what is seen a few minutes into an attack: a login, the reporter's chat, the board before a room and on a phone, the page of its record."""
    async with _house() as house:
        clinic, address = house.clinic, house.site.address
        link = address + await house.link("reception")
        run = (await clinic.incident()).id
        clinic.orders(TakeCommand(run), "director")
        clinic.orders(Acknowledge(run), "nurse")
        clinic.orders(TellPresence(run, "with_patient"), "nurse")
        await clinic.passes(8)
        clinic.orders(Write(run, "検査会社に電話した"), "nurse")
        await clinic.says("director", "/board")
        director = address + await house.link("director")
        board = re.findall(r"(http\S+/board/in/\S+)", clinic.read("director"))[-1]

        def taken() -> dict[str, bytes]:
            with browsing() as browser:
                browser.opens(link)
                seen = {"login": taken_of(browser, "login")}
                browser.follows("このブラウザで開く")
                browser.shows("LANの線を抜く")
                seen["chat"] = taken_of(browser, "chat")
                browser.opens(board)
                browser.follows("この画面に出す")
                seen |= {name: taken_of(browser, name) for name in ("board", "board-phone")}
                browser.opens(director)
                browser.follows("このブラウザで開く")
                browser.opens(f"{address}/run/{run}")
                return seen | {name: taken_of(browser, name) for name in ("record", "record-phone")}

        return await asyncio.to_thread(taken)


async def of_quiet_times() -> dict[str, bytes]:
    """Give what the director sees in quiet times, the desk and a playbook, and then before a drill that they lead."""
    async with _house() as house:
        clinic, address = house.clinic, house.site.address
        link = address + await house.link("director")

        def sits_down(browser: Browser) -> dict[str, bytes]:
            browser.opens(link)
            browser.follows("このブラウザで開く")
            browser.opens(f"{address}/desk")
            desk = {name: taken_of(browser, name) for name in ("desk", "desk-phone")}
            browser.opens(f"{address}/playbooks/ransomware")
            return desk | {"playbook": taken_of(browser, "playbook")}

        def leads(browser: Browser, run: str) -> dict[str, bytes]:
            browser.opens(f"{address}/drill/{run}")
            return {name: taken_of(browser, name) for name in ("facilitator", "facilitator-phone")}

        with browsing() as browser:
            seen = await asyncio.to_thread(sits_down, browser)
            clinic.orders(BeginExercise("", "tabletop", "partner_ransomware"))
            run = clinic.run().id
            clinic.orders(LeadExercise(run), "director")
            clinic.orders(Acknowledge(run), "nurse")
            await clinic.passes(6)
            clinic.orders(Write(run, "検査会社に電話してみる"), "nurse")
            return seen | await asyncio.to_thread(leads, browser, run)


async def photographed() -> dict[str, bytes]:
    """Give all pictures by name, as they are kept."""
    return await of_an_incident() | await of_quiet_times()


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, png in asyncio.run(photographed()).items():
        (FOLDER / f"{name}.png").write_bytes(png)
