"""The desk: each topic's main screen on one page, as far as its reader may see it, and what did not get through."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest

from bot.settings import PagePlan
from flows.messages.calling import Alarm
from flows.record.journal import FACILITY, Owed
from tests.bot.web.house import House, housed
from tests.clinic import Clinic


@pytest.fixture
async def house(clinic: Clinic) -> AsyncIterator[House]:
    """The page of the clinic on a quiet morning."""
    async with housed(clinic, PagePlan()) as made:
        yield made


async def test_whoever_decides_sees_all_of_it(house: House) -> None:
    """What to do next, tasks, drills, contacts, records, documents, people, and how far the record is proved."""
    async with house.inside("director") as window:
        seen = await window.reads("/desk")
    wanted = (
        "次にすること",
        "備えの点数",
        "担当して",
        "これからの訓練",
        "どなたに電話しますか",
        "まだ記録はありません",
    )
    assert [
        word
        for word in (*wanted, "書類を作りますか", "判断をお願いする順番", "まだ封印はありません")
        if word not in seen
    ] == []


async def test_others_see_what_is_theirs(house: House) -> None:
    """Neither people nor documents nor what failed; contacts, drills and their own tasks are everybody's. Strangers see nothing."""
    async with house.inside("nurse") as window, house.window() as stranger:
        seen = await window.reads("/desk")
        assert "これからの訓練" in seen
        assert [
            word
            for word in ("登録されている人", "書類を作りますか", "備えの点数", "封印", "届かなかった")
            if word in seen
        ] == []
        assert (await stranger.gets("/desk")).status_code == 403


async def test_a_tap_is_answered_in_the_chat(house: House) -> None:
    """It is the same act as there, and refused to whoever may not; sent again it is one."""
    async with house.inside("director") as window, house.inside("nurse") as other:
        page = (await window.gets("/desk")).text
        key = re.findall(r'name="key" value="(\w+)"', page)[0]
        [tap] = re.findall(r'value="(desk [^"]*)">いま訓練をする<', page)
        for _ in range(2):
            answer = await window.posts("/tap", key=key, tap=tap)
            assert (answer.status_code, answer.headers["location"]) == (303, "/#end")
        await house.settles()
        assert (await window.reads()).count("どの訓練を") == 1
        suspends = f"desk menu|suspend|{house.clinic.id('deputy')}|yes"
        await other.posts("/tap", key="x", tap=suspends)
        assert house.clinic.entries("member_suspended") == []


async def test_what_did_not_get_through_is_named(house: House) -> None:
    """By person and channel, with how many and when: what was given up, and what waits for minutes; nothing of what it said."""
    clinic, book = house.clinic, house.clinic.book
    nurse = clinic.id("nurse")
    clinic.engine.owe([Owed(f"terminal:{nurse}", Alarm(), FACILITY)] * 2, clinic.clock.now())
    for one in book.unsent():
        book.mark_sending(one.id, one.owed.to)
        book.fail(one.id, "blocked by the user")
    clinic.engine.owe([Owed("telegram:1", Alarm(), FACILITY)], clinic.clock.now())
    clinic.clock.advance(minutes=6)
    async with house.inside("director") as window:
        seen = await window.reads("/desk")
        assert "鈴木さん（看護師）（terminal）: 2件、届きませんでした" in seen
        assert "（telegram）: 1件、まだ届いていません" in seen
        assert "blocked" not in seen
        clinic.clock.advance(days=15)
        assert "届きませんでした" not in await window.reads("/desk")
