"""The line to the server: any address, no endless wait, and no token in a log."""

from __future__ import annotations

import logging

import pytest
import structlog

from bot.channels.channel import RenderedMessage, Undelivered
from tests.bot.channels.rig import Rig
from tests.telegram_double import Phone, TelegramDouble


async def test_an_address_may_end_with_a_slash(rig: Rig, sato: Phone) -> None:
    """TELEGRAM_API_URL works with and without a slash at its end."""
    rig.listens(rig.channel(slash="/"))
    sato.writes("はい")

    assert [heard.text for heard in await rig.hears(1)] == ["はい"]


async def test_a_poll_that_is_never_answered_is_given_up(rig: Rig, double: TelegramDouble, sato: Phone) -> None:
    """A connection gone silent ends after the poll's time and the patience, and another is made."""
    double.misbehaves("getMe", "timeout")
    rig.listens(rig.channel(patience=0.1))
    sato.writes("はい")

    assert len(await rig.hears(1)) == 1
    assert rig.pauses.asked == [1.0]


async def test_no_log_shows_the_token(rig: Rig, sato: Phone, caplog: pytest.LogCaptureFixture) -> None:
    """Not at DEBUG either: the libraries beneath write addresses, which hold the token."""
    caplog.set_level(logging.DEBUG)
    with structlog.testing.capture_logs() as logs:
        rig.double.misbehaves("getUpdates", "drop_before")
        channel = rig.channel()
        rig.listens(channel)
        sato.writes("はい")
        await rig.hears(1)
        rig.double.goes_down()
        with pytest.raises(Undelivered) as undelivered:
            await channel.deliver(RenderedMessage("telegram:1234", "はい"))
    secret = rig.double.token.split(":")[1]

    assert secret not in caplog.text
    assert secret not in str(logs)
    assert secret not in repr(undelivered.value) + str(undelivered.value) + repr(channel)
