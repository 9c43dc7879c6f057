"""What APScheduler runs: tell the bot, every few seconds, that time has gone by. Nothing is persisted."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Self

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

EVERY = 5
"""Seconds between two ticks; what is due is computed from the journal, so a late or lost tick loses nothing."""


class Ticker:
    """Calls each of ``ticks`` while the block lasts; one that takes long is not overtaken by its next, and holds up no other."""

    def __init__(self, *ticks: Callable[[], Awaitable[None]], every: float = EVERY) -> None:
        """``every`` is in seconds."""
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        trigger = IntervalTrigger(seconds=every, timezone="UTC")
        for tick in ticks:
            self._scheduler.add_job(
                partial(_until_stopped, tick), trigger, max_instances=1, coalesce=True, misfire_grace_time=None
            )

    def __enter__(self) -> Self:
        self._scheduler.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._scheduler.shutdown(wait=False)


async def _until_stopped(tick: Callable[[], Awaitable[None]]) -> None:
    """Let a tick end in silence when the bot is stopped: APScheduler takes that for a failure."""
    with suppress(asyncio.CancelledError):
        await tick()
