"""The board before a room: how things stand, at once, for whoever looks up; a link of its own, and nothing that can be done."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator

import pytest

from flows.commands.facility import Suspend
from flows.commands.people import Acknowledge, Report, TakeCommand, TellPresence, Write
from flows.record.journal import FACILITY
from tests.bot.web.house import House, Window, housed
from tests.clinic import Clinic

SAID = "ベンダーの山本さんに 03-1234-5678 で電話した"
LARGEST = 14_000


@pytest.fixture
async def house(clinic: Clinic) -> AsyncIterator[House]:
    """The clinic's page, amid an incident."""
    async with housed(clinic) as made:
        await clinic.incident()
        made.clinic.orders(TakeCommand(clinic.run().id), "director")
        yield made


async def board_link(house: House, who: str = "director") -> str:
    """Let somebody ask for the board; gives its link's path."""
    await house.clinic.says(who, "/board")
    return str(re.findall(r"(/board/in/\S+)", house.clinic.read(who))[-1])


async def shows_board(window: Window, link: str) -> str:
    """Open a link on a screen and give where it leads."""
    token = link.rpartition("/")[2]
    entered = await window.posts("/board/in", token=token)
    assert entered.status_code == 303, entered.text
    return entered.headers["location"]


async def test_a_room_reads_it_by_a_link_and_can_do_nothing(house: House) -> None:
    """On as many screens as there are; it leads nowhere else, and names no number and nothing that people wrote."""
    run = house.clinic.run().id
    house.clinic.orders(Write(run, SAID), "nurse")
    link = await board_link(house)
    async with house.window() as preview, house.window() as one, house.window() as two:
        looked = await preview.gets(link)
        assert "高橋" not in looked.text
        for screen in (one, two):
            assert await shows_board(screen, link) == f"/board/{run}"
            seen = await screen.reads(f"/board/{run}")
            assert "【訓練】" not in seen
            assert "【訓練】" not in seen
            assert all(word in seen for word in ("ランサムウェア", "高橋さん", "被害を広げない", "確認", "最近の記録"))
            assert "山本" not in seen
            assert "1234" not in seen
            assert [(await screen.gets(path)).status_code for path in ("/", "/thread")] == [403, 403]
            assert (await screen.posts("/say", text="x")).status_code == 403
        assert (await preview.gets(f"/board/{run}")).status_code == 403


async def test_with_what_people_wrote_only_if_it_is_asked_for(house: House) -> None:
    """By another link, that whoever leads asks for; the one before shows nothing any more."""
    run = house.clinic.run().id
    house.clinic.orders(Write(run, SAID), "nurse")
    first = await board_link(house)
    async with house.window() as old, house.window() as new:
        await shows_board(old, first)
        await house.clinic.says("director", "入力された文も出す")
        second = str(re.findall(r"(/board/in/\S+)", house.clinic.read("director"))[-1])
        assert second != first
        await shows_board(new, second)
        assert "山本" in await new.reads(f"/board/{run}")
        assert (await old.gets(f"/board/{run}")).status_code == 403
        assert (await old.posts("/board/in", token=first.rpartition("/")[2])).status_code == 403


async def test_who_may_make_a_link(house: House) -> None:
    """Whoever leads and the chain; a nurse reads the board with her own page, and makes no link of it."""
    run = house.clinic.run().id
    await house.clinic.says("nurse", "/board")
    assert house.clinic.home.journal.registry("board_link") == {}
    async with house.inside("nurse") as window:
        assert "被害を広げない" in await window.reads(f"/board/{run}")
        assert f"/board/{run}" in (await window.gets()).text


async def test_a_link_ends(house: House) -> None:
    """After twelve hours, on screens that were let in as well."""
    run, link = house.clinic.run().id, await board_link(house)
    async with house.window() as screen:
        await shows_board(screen, link)
        house.clinic.clock.advance(hours=13)
        assert (await screen.gets(f"/board/{run}")).status_code == 403


async def test_a_lost_phone_takes_the_links_in_it_along(house: House) -> None:
    """Whoever finds it reads the link in its chat: it shows nothing any more, nor does a screen that was let in by it."""
    run, link = house.clinic.run().id, await board_link(house, "deputy")
    async with house.window() as screen, house.window() as thief:
        await shows_board(screen, link)
        house.clinic.orders(Suspend(FACILITY, house.clinic.id("deputy")))
        assert (await screen.gets(f"/board/{run}")).status_code == 403
        assert (await thief.posts("/board/in", token=link.rpartition("/")[2])).status_code == 403


async def test_of_one_run_alone(house: House) -> None:
    """A link to one run shows no other, and of a run that isn't there a stranger learns as little."""
    link = await board_link(house)
    async with house.window() as screen:
        await shows_board(screen, link)
        assert [(await screen.gets(f"/board/{other}")).status_code for other in ("incident-9", "facility")] == [
            403,
            403,
        ]


async def test_what_only_a_few_may_know_of_is_on_no_wall(clinic: Clinic) -> None:
    """No link is made to it, and those who aren't of the few read that there is no such page."""
    async with housed(clinic) as house:
        clinic.orders(Report("", "院長が診療報酬を水増ししている", playbook="insider"), "nurse")
        run = clinic.run().id
        await clinic.says("director", "/board")
        assert clinic.home.journal.registry("board_link") == {}
        async with house.inside("reception") as window:
            assert (await window.gets(f"/board/{run}")).status_code == 404
            assert f"/board/{run}" not in (await window.gets()).text


async def test_a_drill_can_be_taken_for_nothing_else(clinic: Clinic) -> None:
    """【訓練】 stands above all, on the wall and in what is drawn anew."""
    async with housed(clinic) as house:
        run = await clinic.drill()
        async with house.inside("nurse") as window:
            for path in (f"/board/{run.id}", f"/board/{run.id}/now"):
                page = (await window.gets(path)).text
                assert '<p class="drill" role="note">【訓練】 これは訓練です</p>' in page


async def test_everything_that_counts_is_on_it(house: House) -> None:
    """Who leads, who is on what and for how long, where people are, who hasn't answered, what is owed, and how long ago it began."""
    clinic, run = house.clinic, house.clinic.run().id
    clinic.orders(Acknowledge(run), "nurse")
    clinic.orders(TellPresence(run, "with_patient"), "nurse")
    await clinic.passes(8)
    async with house.inside("director") as window:
        bare = re.sub(r"\s", "", await window.reads(f"/board/{run}"))
    wanted = (
        "対応の責任者高橋さん",
        "患者さん対応中鈴木さん（看護師）",
        "時間切れ",
        "から8分",
        "返事待ち田中さん（代行者）",
        "📋警察",
    )
    assert [word for word in wanted if word not in bare] == []


async def test_a_board_is_small_and_whole_in_one_answer(house: House) -> None:
    """Fewer than 14 kB with its style, and nothing but our script is fetched after it."""
    clinic, run = house.clinic, house.clinic.run().id
    await clinic.passes(30)
    async with house.inside("director") as window:
        page = (await window.gets(f"/board/{run}")).text
    assert len(page.encode()) < LARGEST
    assert re.findall(r'(?:src|href)="([^"]*)"', page) == ["/page.js"]


async def test_it_is_no_second_behind(house: House) -> None:
    """An entry of another process, too, is told to whoever looks within a second; two hundred who look are drawn one board."""
    clinic, run = house.clinic, house.clinic.run().id
    async with house.inside("director") as window, window.http.stream("GET", f"/board/{run}/events") as stream:
        lines = (line async for line in stream.aiter_lines() if line.startswith("data:"))
        for _ in range(2):
            await anext(lines)
        clinic.orders(Acknowledge(run), "nurse")
        async with asyncio.timeout(1):
            await anext(lines)
        before = await window.reads(f"/board/{run}/now")
        assert "最近の記録" in before


async def test_ten_thousand_entries_are_not_read_for_it(house: House) -> None:
    """A board reads the newest entries of a long record, not its beginning."""
    clinic, run = house.clinic, house.clinic.run().id
    for number in range(300):
        clinic.orders(Write(run, f"メモ {number}"), "nurse")
    read = []
    entries = clinic.home.journal.entries

    def counted(after: int = 0, run: str | None = None) -> object:
        for entry in entries(after, run):
            read.append(entry.seq)
            yield entry

    clinic.home.journal.entries = counted  # type: ignore[method-assign, assignment]
    async with house.inside("director") as window:
        read.clear()
        await window.gets(f"/board/{run}")
        drawn = len(read)
        await window.gets(f"/board/{run}")
    assert 0 < drawn < 100
    assert len(read) == drawn
