"""The page over a bad line: it crawls and stalls, and nothing is lost or doubled."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Literal

import pytest

from tests.bot.web.house import housed
from tests.browser import Browser, browsing
from tests.clinic import Clinic
from tests.cut_line import CutLine
from tests.slow_line import SlowLine

REPORT = "電子カルテが動かない、画面に英語が出てる"
ATTACK = "画面に脅し文・読めない英語が出た"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00" + bytes(range(256)) * 40
NOTES = ("9:10 検査会社に電話した", "受付の紙を出した", "9:20 患者さん三人に説明した")


async def test_a_bad_line(clinic: Clinic) -> None:
    """It crawls and stalls: the story gets through, what is written while it hangs counts once, and the chat shows in the end what it should."""
    line = SlowLine(bits=1_000_000, away=0.03, stalls=(0.1, 0.3))
    async with line.laid(), housed(clinic, by=line.port) as house:
        line.towards = house.port
        sending = asyncio.create_task(house.lamp.outbox.run())
        link = house.site.address + await house.link("reception")

        def writes(browser: Browser, text: str) -> None:
            """Write a line and wait until it is taken; the chat may still be on its way."""
            browser.asks(f"document.querySelector('textarea').value = {text!r}")
            browser.clicks("送る")
            browser.asks(
                """new Promise((done, late) => {
                    const look = () => document.querySelector('textarea').value ? setTimeout(look, 20) : done();
                    setTimeout(() => late(new Error('not sent')), 30000);
                    look();
                })"""
            )

        def goes_through(browser: Browser) -> None:
            browser.opens(link)
            browser.follows("このブラウザで開く")
            writes(browser, REPORT)
            browser.shows(ATTACK)
            browser.clicks(ATTACK)
            browser.clicks(ATTACK)
            browser.shows("LANの線を抜く")
            for note in NOTES:
                writes(browser, note)
            for note in NOTES:
                browser.shows(note)

        with browsing() as browser:
            await asyncio.to_thread(goes_through, browser)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
    assert line.stalled
    assert [len(clinic.entries(kind)) for kind in ("reported", "declared")] == [1, 1]
    noted = [json.loads(entry.body)["text"] for entry in clinic.entries("note_taken")]
    assert [noted.count(note) for note in NOTES] == [1] * len(NOTES)


@pytest.mark.parametrize("where", ["before it arrives", "before its answer does"])
async def test_a_line_that_is_cut_at_every_request(
    clinic: Clinic, tmp_path: Path, where: Literal["before it arrives", "before its answer does"]
) -> None:
    """Once each: pages, the live line, what is written, tapped and sent. Whoever does it again, as the page asks, loses and doubles nothing."""
    photo = tmp_path / "IMG_1.HEIC"
    photo.write_bytes(HEIC)
    async with CutLine(where).laid() as line, housed(clinic, by=line.port) as house:
        line.towards = house.port
        sending = asyncio.create_task(house.lamp.outbox.run())
        link = house.site.address + await house.link("reception")

        def again(browser: Browser, label: str, done: str) -> None:
            """Tap a button, and tap it again as long as the page says that it was not sent, until ``done`` holds."""
            for _ in range(5):
                browser.clicks(label)
                went = browser.asks(
                    f"""new Promise((done, late) => {{
                        const look = () => ({done}) ? done(true) : !document.getElementById('unsent').hidden
                            && ![...document.forms].some((form) => form.dataset.busy) ? done(false) : setTimeout(look, 20);
                        setTimeout(() => late(new Error(document.body.innerText)), 30000);
                        look();
                    }})"""
                )
                if went:
                    return
            raise AssertionError(label)

        def opens(browser: Browser) -> None:
            """Open the chat, and look again until all of it is there."""
            for _ in range(5):
                browser.opens(house.site.address)
                script = "performance.getEntriesByName(location.origin + '/page.js')[0]?.responseStatus === 200"
                if browser.asks(f"!!document.querySelector('textarea') && {script}"):
                    return
            raise AssertionError(browser.asks("document.body.innerText"))

        def goes_through(browser: Browser) -> None:
            browser.opens(link)
            browser.follows("このブラウザで開く")
            line.cuts = True
            opens(browser)
            for text in (REPORT, *NOTES[:1]):
                browser.asks(f"document.querySelector('textarea').value = {text!r}")
                again(browser, "送る", "!document.querySelector('textarea').value")
                browser.shows(text)
                if text == REPORT:
                    browser.shows(ATTACK)
                    again(browser, ATTACK, "document.body.innerText.includes('LANの線を抜く')")
            browser.asks("document.querySelectorAll('details').forEach((d) => d.open = true)")
            browser.chooses("input[type=file]", photo)
            again(browser, "写真を送る", "!document.querySelector('input[type=file]').value")
            browser.shows("IMG_1.HEIC")

        with browsing() as browser:
            await asyncio.to_thread(goes_through, browser)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
    paths = {one.rpartition(" ")[0] for one in line.cut}
    assert {"GET /", "GET /thread", "GET /events", "POST /say", "POST /tap", "POST /send"} <= paths
    counts = {kind: len(clinic.entries(kind)) for kind in ("reported", "declared", "note_taken", "evidence_received")}
    assert counts == {"reported": 1, "declared": 1, "note_taken": 1, "evidence_received": 1}
