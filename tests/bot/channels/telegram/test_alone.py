"""Is anybody else polling? Telegram ends one of two polls, and nothing that waits is lost by looking."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.channel import Undelivered
from bot.channels.telegram.alone import LISTENS_FOR, is_alone
from bot.channels.telegram.telegram import CONFLICT_PAUSE, TokenRefused
from tests.bot.channels.rig import Rig
from tests.telegram_double import Phone, TelegramDouble


def test_it_listens_for_long_enough() -> None:
    """A bot whose poll was ended comes again after its pause; until then nobody knows."""
    assert LISTENS_FOR > CONFLICT_PAUSE


async def test_nobody_else(double: TelegramDouble) -> None:
    """One poll that nobody ends."""
    assert await is_alone(double.token, double.url, listens_for=0.5)


async def test_another_one_polls_again(rig: Rig, double: TelegramDouble) -> None:
    """The bot that is still running elsewhere ends ours with its next poll, and then we know."""
    looking = asyncio.create_task(is_alone(double.token, double.url, listens_for=60))
    while double.poller is None:
        await double.settled()
    rig.listens()

    assert await looking is False


async def test_what_waits_goes_on_waiting(rig: Rig, double: TelegramDouble, sato: Phone) -> None:
    """Whoever wrote meanwhile is heard by the bot that runs then; a webhook that was left there hides nobody."""
    double.webhook = "https://example.org/hook"
    sato.writes("はい")
    assert await is_alone(double.token, double.url, listens_for=0.5)
    rig.listens()

    assert [heard.text for heard in await rig.hears(1)] == ["はい"]


async def test_nobody_can_say(double: TelegramDouble) -> None:
    """A wrong token and a dead line are no proof of being alone."""
    with pytest.raises(TokenRefused):
        await is_alone("7001:AAE-another", double.url, listens_for=1)
    double.misbehaves("getUpdates", "500")
    with pytest.raises(Undelivered):
        await is_alone(double.token, double.url, listens_for=1)
