"""The page over a bad line: it crawls and stalls, and nothing is lost or doubled."""

from __future__ import annotations

import asyncio
import json

from tests.bot.web.house import housed
from tests.browser import Browser, browsing
from tests.clinic import Clinic
from tests.slow_line import SlowLine

REPORT = "電子カルテが動かない、画面に英語が出てる"
ATTACK = "画面に脅し文・読めない英語が出た"
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
