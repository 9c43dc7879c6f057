"""A home's page in a real browser, with script and without, on a phone and on a projector."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from flows.commands.drilling import BeginExercise, LeadExercise
from flows.commands.people import Acknowledge, TakeCommand
from tests.bot.web.house import House, housed
from tests.browser import Browser, browsing
from tests.clinic import Clinic

REPORT = "電子カルテが動かない、画面に英語が出てる"
ATTACK = "画面に脅し文・読めない英語が出た"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00" + bytes(range(256))
LOOK = """(() => {
    const wrong = [], said = (e) => (e.textContent.trim() || e.getAttribute('aria-label') || e.querySelector('img')?.alt || '').trim();
    if (!document.documentElement.lang) wrong.push('no language');
    if (!document.title.trim()) wrong.push('no title');
    if (document.querySelectorAll('h1').length !== 1) wrong.push('not one h1');
    if (document.querySelectorAll('main').length !== 1) wrong.push('not one main');
    for (const e of document.querySelectorAll('button, a, summary')) if (!said(e)) wrong.push('nameless ' + e.outerHTML);
    for (const e of document.querySelectorAll('input:not([type=hidden]), textarea, progress, img'))
        if (!(e.getAttribute('aria-label') || e.alt || e.labels?.length)) wrong.push('nameless ' + e.outerHTML);
    const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
    if (new Set(ids).size !== ids.length) wrong.push('an id twice');
    if (document.documentElement.scrollWidth > innerWidth) wrong.push('wider than the screen');
    const light = (c) => { const v = c.match(/[\\d.]+/g).slice(0, 3).map((x) => x / 255).map((x) => x <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4);
        return .2126 * v[0] + .7152 * v[1] + .0722 * v[2]; };
    const ground = (e) => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!c.endsWith(', 0)')) return c; } return 'rgb(255,255,255)'; };
    for (const e of document.querySelectorAll('body *')) {
        if (!e.checkVisibility() || getComputedStyle(e).backgroundImage !== 'none' || ![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
        const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
        if ((a + .05) / (b + .05) < 4.5) wrong.push('faint ' + e.outerHTML.slice(0, 80));
    }
    return wrong;
})()"""
"""What a screen reader, a keyboard or weak eyes would stumble over (a few of WCAG's rules, worked out in the page itself)."""

PHONE, PROJECTOR = (390, 844), (1920, 1080)


@pytest.fixture
async def house(clinic: Clinic) -> AsyncIterator[House]:
    """The page of the clinic, whose outbox runs as in life."""
    async with housed(clinic) as made:
        sending = asyncio.create_task(made.lamp.outbox.run())
        yield made
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)


def looks(browser: Browser, width: int, height: int) -> None:
    """Hold a page against what anybody may stumble over, at a size."""
    assert browser.pictures(width, height).startswith(b"\x89PNG")
    assert browser.asks(LOOK) == []


@pytest.mark.parametrize("script", [True, False])
async def test_a_report_by_link_and_chat(house: House, script: bool, tmp_path: Path) -> None:
    """From the link to the first step and a photo: with script the page never goes away, without it all of it goes by forms."""
    link = house.site.address + await house.link("reception")
    photo = tmp_path / "IMG_1.HEIC"
    photo.write_bytes(HEIC)

    def goes_through(browser: Browser) -> None:
        acts = browser.clicks if script else browser.follows
        if not script:
            browser.goes_without_script()
        browser.opens(link)
        looks(browser, *PHONE)
        browser.follows("このブラウザで開く")
        assert browser.asks("location.pathname") == "/"
        browser.asks(f"window.stayed = 1; document.querySelector('textarea').value = {REPORT!r}")
        acts("送る")
        shows(browser, ATTACK)
        looks(browser, *PHONE)
        acts(ATTACK)
        shows(browser, "LANの線を抜く")
        browser.asks("document.querySelectorAll('details').forEach((d) => d.open = true)")
        looks(browser, *PHONE)
        browser.chooses("input[type=file]", photo)
        acts("写真を送る")
        shows(browser, "IMG_1.HEIC")
        assert browser.asks("window.stayed || 0") == (1 if script else 0)
        browser.follows("ログアウト")
        assert "働く人だけ" in browser.asks("document.body.innerText")

    def shows(browser: Browser, text: str) -> None:
        """Wait for a text; without script somebody looks again."""
        if script:
            browser.shows(text)
            return
        for _ in range(100):
            if text in browser.asks("document.body.innerText"):
                return
            browser.opens(f"{house.site.address}/")
        raise AssertionError(browser.asks("document.body.innerText"))

    with browsing() as browser:
        await asyncio.to_thread(goes_through, browser)
    await house.lamp.fetcher.fetch_due()
    assert [path.read_bytes() for path in house.clinic.home.evidence.rglob("*") if path.is_file()] == [HEIC]


@pytest.mark.parametrize("kind", ["incident", "drill"])
async def test_a_board_lives(house: House, kind: str) -> None:
    """It changes by itself; on a projector all of it is to be seen at once, on a phone nothing is cut; a drill says so above all."""
    clinic = house.clinic
    run = (await clinic.incident() if kind == "incident" else await clinic.drill()).id
    clinic.orders(TakeCommand(run), "director")
    await clinic.says("director", "/board")
    link = house.site.address + clinic.read("director").partition(house.site.address)[2].split()[0]
    loop = asyncio.get_running_loop()

    def looks_on(browser: Browser) -> None:
        browser.opens(link)
        browser.follows("この画面に出す")
        assert browser.asks("location.pathname") == f"/board/{run}"
        for size in (PHONE, PROJECTOR):
            looks(browser, *size)
        assert browser.asks("document.documentElement.scrollHeight <= innerHeight")
        assert (browser.asks("document.querySelector('.drill')?.getBoundingClientRect().top ?? -1") == 0) == (
            kind == "drill"
        )
        loop.call_soon_threadsafe(clinic.orders, Acknowledge(run), "deputy")
        browser.shows("確認: 田中さん（代行者）")
        browser.goes_without_script()
        browser.opens(f"{house.site.address}/board/{run}")
        assert browser.asks("document.querySelectorAll('meta[http-equiv=refresh]').length") == 1

    with browsing() as browser:
        await asyncio.to_thread(looks_on, browser)


@pytest.mark.parametrize("who", ["director", "nurse"])
async def test_the_desk_is_read_and_tapped(house: House, who: str) -> None:
    """On a phone and on a large screen; a tap leads to the chat, where its answer comes by itself."""
    link = house.site.address + await house.link(who)

    def goes_through(browser: Browser) -> None:
        browser.opens(link)
        browser.follows("このブラウザで開く")
        browser.opens(f"{house.site.address}/desk")
        for size in (PHONE, PROJECTOR):
            looks(browser, *size)
        browser.follows("一覧")
        assert browser.asks("location.pathname") == "/"
        browser.shows("どの一覧を見ますか")

    with browsing() as browser:
        await asyncio.to_thread(goes_through, browser)


async def test_a_drill_is_led_before_a_projector(house: House) -> None:
    """What is to come and what people do stand side by side; a tap sends it, and what others do comes by itself. Its page has its timeline drawn."""
    clinic = house.clinic
    clinic.orders(BeginExercise("", "tabletop", "partner_ransomware"))
    run = clinic.run().id
    clinic.orders(LeadExercise(run), "director")
    link = house.site.address + await house.link("director")
    loop = asyncio.get_running_loop()

    def leads(browser: Browser) -> None:
        browser.opens(link)
        browser.follows("このブラウザで開く")
        browser.opens(f"{house.site.address}/drill/{run}")
        for size in (PHONE, PROJECTOR):
            looks(browser, *size)
        browser.follows("いま出す")
        assert browser.asks("location.pathname") == f"/drill/{run}"
        browser.shows("これまでの出来事")
        loop.call_soon_threadsafe(clinic.orders, Acknowledge(run), "deputy")
        browser.shows("確認: 田中さん（代行者）")
        browser.opens(f"{house.site.address}/run/{run}")
        assert browser.asks("document.querySelector('img').naturalWidth") == 1440
        for size in (PHONE, PROJECTOR):
            looks(browser, *size)

    with browsing() as browser:
        await asyncio.to_thread(leads, browser)
    assert len(clinic.entries("inject_sent")) == 1
