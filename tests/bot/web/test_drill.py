"""The facilitator's view: what is to come with a hand on each, who has answered, what people do; for nobody else."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest

from flows.commands.drilling import BeginExercise, LeadExercise
from flows.commands.people import Acknowledge, Write
from tests.bot.web.house import House, Window, housed
from tests.clinic import Clinic


@pytest.fixture
async def house(clinic: Clinic) -> AsyncIterator[House]:
    """The page of the clinic, amid a drill that the director leads."""
    async with housed(clinic) as made:
        clinic.orders(BeginExercise("", "tabletop", "partner_ransomware"))
        clinic.orders(LeadExercise(clinic.run().id), "director")
        await clinic.passes(1)
        yield made


async def taps(window: Window, path: str, label: str) -> str:
    """Tap the first button of a label; gives where it leads."""
    page = (await window.gets(path)).text
    key = re.findall(r'name="key" value="(\w+)"', page)[0]
    tap = re.findall(rf'name="tap" value="([^"]*)">{label}<', page)[0]
    answers = [await window.posts("/tap", key=key, tap=tap, back=path) for _ in range(2)]
    return str(answers[-1].headers["location"])


async def test_whoever_leads_has_all_of_it_before_them(house: House) -> None:
    """Sent, held, left out: each tap counts once and leads back; what people write and who hasn't answered stands there."""
    clinic, run = house.clinic, house.clinic.run()
    clinic.orders(Acknowledge(run.id), "nurse")
    clinic.orders(Write(run.id, "検査会社に電話してみる"), "nurse")
    path = f"/drill/{run.id}"
    async with house.inside("director") as window:
        assert path in (await window.gets()).text
        seen = await window.reads(path)
        wanted = ("【訓練】", "これから", "見るところ", "検査会社に電話してみる", "返事待ち: ", "佐藤さん")
        assert [word for word in wanted if word not in seen] == []

        for label, kind, state in (
            ("いま出す", "inject_sent", "送りました"),
            ("止めておく", "inject_held", "止めています"),
            ("飛ばす", "inject_skipped", "とばしました"),
        ):
            before = len(clinic.entries(kind))
            assert await taps(window, path, label) == path
            assert len(clinic.entries(kind)) == before + 1
            assert state in await window.reads(f"{path}/now")


async def test_nobody_else_sees_it(house: House) -> None:
    """Neither what is to come nor what to listen for; nor does whoever led, once it is over."""
    path = f"/drill/{house.clinic.run().id}"
    async with house.inside("nurse") as window, house.window() as stranger:
        assert [(await window.gets(f"{path}{part}")).status_code for part in ("", "/now", "/events")] == [404] * 3
        assert path not in (await window.gets()).text
        assert (await stranger.gets(path)).status_code == 403
    async with house.inside("director") as window:
        assert (await window.gets("/drill/incident-9")).status_code == 404


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/drill/../x", "/drill/x\r\nset-cookie: a=b"]
)
async def test_a_tap_leads_nowhere_else(house: House, back: str) -> None:
    """Only back to a page of a drill; anything else is the chat."""
    async with house.inside("nurse") as window:
        answer = await window.posts("/tap", key="k", tap="1 ack|x", back=back)
        assert answer.headers["location"] == "/#end"
