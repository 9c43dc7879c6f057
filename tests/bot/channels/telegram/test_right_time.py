"""What the other side of the line tells by answering: that it works, and what time it is there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.command_line.checks import check_home
from bot.settings import Secrets
from bot.wiring import light
from flows.commands.people import CallOff, Report
from tests.bot.channels.rig import Rig
from tests.clinic import Clinic


@pytest.mark.parametrize(
    ("behind", "told"), [(timedelta(minutes=9), "約9分進んで"), (timedelta(hours=-9), "約9時間遅れて")]
)
async def test_a_clock_that_is_wrong(clinic: Clinic, rig: Rig, behind: timedelta, told: str) -> None:
    """Those who decide are told, once a day; nothing is sealed until it is right, and then what waited for it is."""
    rig.now = clinic.clock.now()
    rig.double.date = rig.now - behind
    channel = rig.channel()
    await channel._open()
    lamp = light(clinic.home, clinic.clock, channel)
    clinic.orders(Report("", "画面に英語"), "reception")
    clinic.orders(CallOff("incident-1", "まちがい"), "director")
    for _ in range(3):
        await lamp.tick()
    assert clinic.entries("sealed") == []
    await clinic.stage.lamp.outbox.flush()

    assert told in clinic.read("director")
    assert clinic.read("director").count(told) == 1
    assert "の時計" not in clinic.read("nurse")

    rig.double.date = rig.now - timedelta(minutes=2)
    await channel._open()
    await lamp.tick()
    assert len(clinic.entries("sealed")) == 1


async def test_what_check_says_of_it(clinic: Clinic, rig: Rig) -> None:
    """Fast or slow by minutes is said; a right clock, and a server that tells no time, are not."""
    secrets = Secrets.model_validate({"telegram_bot_token": rig.double.token, "telegram_api_url": rig.double.url})
    said = []
    for ahead in (timedelta(minutes=5), timedelta(minutes=-5), timedelta(minutes=1), None):
        rig.double.date = clinic.clock.now() - ahead if ahead is not None else None
        found = await check_home(clinic.home, secrets, clinic.clock.now())
        said.append([f.what.split(" / ")[1][:41] for f in found if "computer is" in f.what])

    assert said == [
        ["The clock of this computer is 5 minutes f"],
        ["The clock of this computer is 5 minutes s"],
        [],
        [],
    ]


async def test_well_is_what_works(clinic: Clinic, rig: Rig) -> None:
    """A bot is well once its clock has ticked and its line was answered: neither alone will do, nor a line that is away."""
    channel = rig.channel()
    lamp = light(clinic.home, clinic.clock, channel)
    listening = rig.listens(channel)
    await rig.double.until(lambda: channel.silent_for() < 60, what="the line was answered")
    well = [lamp.is_well]
    await lamp.tick()
    well.append(lamp.is_well)
    listening.cancel()
    channel._line.answered_at -= 121
    assert [*well, lamp.is_well] == [False, True, False]
