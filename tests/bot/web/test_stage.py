"""The demo in a browser: whoever opens it becomes somebody, reports what they see, and goes through it; with script or without."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest

from bot.demo.play import picture
from bot.page_links import LOOPBACK
from bot.web.serving import TRIES, NoPort, free_socket
from tests.bot.web.conftest import FIRST_PORT, Site
from tests.browser import Browser, browsing

REPORT = "電子カルテが動かない、画面に英語が出てる"
ATTACK = "画面に脅し文・読めない英語が出た"


async def test_two_people_go_through_it(site: Site) -> None:
    """Whoever opens it chooses whom to be; a report is answered at once, and the director reads the alarm in another window."""
    first = (await site.browser.get("/")).text
    assert [name in first for name in ("佐藤さん", "鈴木さん", "田中さん", "高橋さん")] == [True] * 4
    assert len(first.encode()) < 14_000

    written = await site.writes("reception", REPORT)
    assert (written.status_code, written.headers["location"]) == (303, "/as/reception#end")
    assert "さわらない" in await site.sees("reception")
    await site.taps("reception", ATTACK)

    assert "LANの線を抜く" in await site.until("reception", "LANの線を抜く")
    assert "対応の責任者になる" in await site.until("director", "🚨")


async def test_sent_again_it_is_done_once(site: Site) -> None:
    """A form that is sent twice, by a double tap, by going back or by a line that was cut, changes nothing twice."""
    for _ in range(3):
        await site.writes("reception", REPORT, key="once")
    seen = await site.sees("reception")

    assert seen.count(REPORT) == 1
    assert seen.count("どれに近いですか") == 1


async def test_another_text_is_not_lost_behind_a_key(site: Site) -> None:
    """Whoever goes back to an old page, whose form has an old key, and types something else is heard."""
    await site.writes("reception", REPORT, key="old")
    await site.taps("reception", ATTACK)
    for text in ("業者に電話した", "業者は10時に来る"):
        await site.writes("reception", text, key="old")
        assert text in await site.sees("reception")
    assert (await site.sees("reception")).count("記録しました") >= 2


async def test_what_was_masked_leaves_the_chat(site: Site) -> None:
    """A patient's name and birth date stand nowhere on the page, as if they had been taken out of the chat."""
    await site.writes("reception", REPORT)
    await site.taps("reception", ATTACK)
    await site.writes("reception", "患者の山田花子さん 昭和30年5月1日生まれ が待っています")
    seen = await site.until("reception", "〔")
    assert "山田花子" not in seen


async def test_the_clock_can_be_moved_on(site: Site) -> None:
    """What happens later happens in its order: the director is silent, and the deputy is asked."""
    await site.writes("reception", REPORT)
    await site.taps("reception", ATTACK)
    moved = await site.posts("/later", minutes="10", part="reception")

    assert moved.status_code == 303
    assert "対応の責任者になる" in await site.until("deputy", "いま判断できません")
    assert "09:00" in await site.sees("reception")
    assert [(await site.posts("/later", minutes=m, part="reception")).status_code for m in ("0", "61", "x", "-1")] == [
        400
    ] * 4


async def test_a_photo_is_sent_as_it_is(site: Site) -> None:
    """What begins as one, whatever it is called; another thing is refused, and a form without one changes nothing."""
    await site.writes("reception", REPORT)
    await site.taps("reception", ATTACK)
    for name, content, status in (("list.png", b"<html>no picture</html>", 415), ("screen", picture(), 303)):
        sent = await site.browser.post(
            "/as/reception/send",
            data={"key": name.replace(".", "")},
            files={"file": (name, content, "image/png")},
            headers={"origin": site.address},
        )
        assert sent.status_code == status
    assert "写真に、患者さんの顔・名前" in await site.until("reception", "写真に、患者さんの顔・名前")
    before = await site.sees("reception")
    await site.browser.post("/as/reception/send", data={"key": "none"}, headers={"origin": site.address})
    assert await site.sees("reception") == before


async def test_what_people_write_is_never_markup(site: Site) -> None:
    """Not in what they wrote, not in the answer."""
    await site.writes("reception", "<script>alert(1)</script><img src=x onerror=alert(1)>")
    page = (await site.browser.get("/as/reception")).text

    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example"}, 421),
        ({"host": "127.0.0.1:1"}, 421),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({}, 403),
    ],
    ids=str,
)
async def test_what_comes_from_elsewhere_is_turned_away(site: Site, headers: dict[str, str], status: int) -> None:
    """By another name of this machine, from a form on another site, from one that doesn't say where it is."""
    answer = await site.browser.post("/as/reception/say", data={"text": "hello"}, headers=headers)

    assert answer.status_code == status
    assert "何も変わっていません" in answer.text or status == 421
    assert "hello" not in await site.sees("reception")


@pytest.mark.parametrize("says_how_much", [True, False])
async def test_more_than_a_photo_is_turned_away(site: Site, *, says_how_much: bool) -> None:
    """Whether its sender says how much it will be or not."""

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(22):
            yield b"x" * 1024 * 1024

    headers = {"origin": site.address, "content-type": "application/x-www-form-urlencoded"}
    content = b"x" * 22 * 1024 * 1024 if says_how_much else endless()
    answer = await site.browser.post("/as/reception/say", content=content, headers=headers)

    assert (answer.status_code, "何も" in answer.text) in ((413, True), (400, True))


async def test_every_answer_keeps_to_itself(site: Site) -> None:
    """No script but its own file, nothing from elsewhere, nothing that tells others where one was, nothing kept."""
    for path in ("/", "/as/reception", "/as/reception/thread", "/nowhere", "/as/nobody"):
        headers = (await site.browser.get(path)).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"


async def test_a_stream_tells_each_change(site: Site) -> None:
    """Whoever looks is told at once, and again when there is more."""
    async with site.browser.stream("GET", "/as/director/events") as stream:
        assert stream.headers["x-accel-buffering"] == "no"
        lines = stream.aiter_lines()
        told = [await anext(lines)]
        await site.writes("reception", REPORT)
        await site.taps("reception", ATTACK)
        async with asyncio.timeout(30):
            while len(told) < 2:
                if line := await anext(lines):
                    told.append(line)
    assert [line.startswith("data: ") for line in told] == [True, True]
    assert told[0] != told[1]


def test_a_port_that_is_taken_is_passed_over() -> None:
    """The next one is opened; where all are taken it is said."""
    with free_socket(FIRST_PORT) as one, free_socket(FIRST_PORT) as other:
        assert one.getsockname()[0] == LOOPBACK
        assert other.getsockname()[1] > one.getsockname()[1]
    with socket.socket() as last:
        last.bind((LOOPBACK, 65535))
        last.listen()
        with pytest.raises(NoPort):
            free_socket(65535)
    assert TRIES > 1


async def test_in_a_real_browser(site: Site) -> None:
    """With script the page never goes away while one writes and taps; without it the same is there, page by page."""

    def goes_through(browser: Browser) -> list[str]:
        browser.opens(f"{site.address}/as/reception")
        browser.asks(f"window.stayed = 1; document.querySelector('textarea').value = {REPORT!r}")
        browser.clicks("送る")
        browser.shows(ATTACK)
        browser.clicks(ATTACK)
        browser.shows("LANの線を抜く")
        assert browser.asks("[window.stayed, document.querySelector('textarea').value]") == [1, ""]
        assert browser.asks("scrollY + innerHeight >= document.documentElement.scrollHeight - 1")
        browser.clicks("時計を10分進める")
        browser.shows("いま 09:00")
        browser.goes_without_script()
        browser.opens(f"{site.address}/as/nurse")
        assert "目の前の患者さん" in browser.asks("document.body.innerText")
        return browser.requests

    with browsing() as browser:
        asked = await asyncio.to_thread(goes_through, browser)
    assert {address.startswith((site.address, "about:")) for address in asked} == {True}
