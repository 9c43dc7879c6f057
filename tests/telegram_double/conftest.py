"""Somebody who calls the double without any library in between."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.telegram_double import Phone, TelegramDouble
from tests.telegram_double.client import Client


@pytest.fixture
async def double() -> AsyncIterator[TelegramDouble]:
    """A running double."""
    async with TelegramDouble() as running:
        yield running


@pytest.fixture
async def client(double: TelegramDouble) -> AsyncIterator[Client]:
    """Somebody who calls it."""
    async with httpx.AsyncClient(trust_env=False, timeout=5) as http:
        yield Client(double, http)


@pytest.fixture
def sato(double: TelegramDouble) -> Phone:
    """A person who has started the bot."""
    return double.person(1234, "佐藤", started=True)
