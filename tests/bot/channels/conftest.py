"""The Telegram channel, connected to the double over real HTTP, with a clock and pauses of the test's own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from tests.bot.channels.rig import Ear, Pauses, Rig
from tests.telegram_double import Phone, TelegramDouble


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """A channel's surroundings, cleared away afterwards."""
    async with TelegramDouble() as double:
        made = Rig(double, Ear(double), Pauses())
        yield made
        for task in made.listening:
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task
        for channel in made.channels:
            await channel.close()


@pytest.fixture
def double(rig: Rig) -> TelegramDouble:
    """Telegram's side."""
    return rig.double


@pytest.fixture
def sato(double: TelegramDouble) -> Phone:
    """A person who has started the bot."""
    return double.person(1234, "佐藤", started=True)
