"""The one job that APScheduler runs: tell the bot, every few seconds, that time has gone by. Nothing is persisted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Self

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

EVERY = 5
"""Seconds between two ticks; what is due is computed from the journal, so a late or lost tick loses nothing."""


class Ticker:
    """Calls ``tick`` while the block lasts; a tick that takes long is not overtaken by the next."""

    def __init__(self, tick: Callable[[], Awaitable[None]], every: float = EVERY) -> None:
        """``every`` is in seconds."""
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        trigger = IntervalTrigger(seconds=every, timezone="UTC")
        self._scheduler.add_job(tick, trigger, max_instances=1, coalesce=True, misfire_grace_time=None)

    def __enter__(self) -> Self:
        self._scheduler.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._scheduler.shutdown(wait=False)
