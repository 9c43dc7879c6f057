"""The heartbeat, a dead man's switch: an address elsewhere is asked at an interval, and whoever runs it notices when it isn't.

Nothing is told there: an empty GET, no facility, no state. It beats only while the clock ticks and the line is answered,
so that a bot that only seems to run is noticed, too.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import structlog

from bot.clock import Clock
from bot.store.noted import note, noted
from playbooks.frozen import frozen

FILE = "heartbeat.json"
"""In the home: what became of the last beats, for `tomoshibi check`, which is another process."""

PATIENCE = 10.0
"""Seconds."""

_log = structlog.get_logger(__name__)

Ask = Callable[[str], Awaitable[str]]
"""Asks an address; gives why that failed, empty for a success."""


@frozen
class Beats:
    """When the last beat arrived, and why those since did not (empty: they did); times in ISO 8601, UTC."""

    arrived_at: str = ""
    failing: str = ""


class Heartbeat:
    """Beats every so often, if it may."""

    def __init__(self, url: str, every: timedelta, home: Path, clock: Clock, ask: Ask | None = None) -> None:
        """``url`` is https and public (see :func:`bot.settings.public_https`)."""
        self._url, self._every, self._home, self._clock, self._ask = url, every, home, clock, ask or asked
        self._last: datetime | None = None

    async def beat_due(self, *, well: bool) -> None:
        """Beat if it is time and all is ``well``; what fails is noted and tried again at the next time."""
        now = self._clock.now()
        if not well or (self._last is not None and timedelta() <= now - self._last < self._every):
            return
        self._last = now
        why = await self._ask(self._url)
        if why:
            _log.warning("heartbeat.failed", why=why)
        before = last_beats(self._home)
        arrived = before.arrived_at if why else now.isoformat(timespec="seconds")
        note(self._home / FILE, Beats(arrived, why))


def last_beats(home: Path) -> Beats:
    """Give what is known of the last beats; nothing where nothing can be read."""
    return noted(home / FILE, Beats)


async def asked(url: str) -> str:
    """Ask an address, read nothing of its answer and follow it nowhere; gives why it failed, without the address."""
    try:
        async with (
            httpx.AsyncClient(timeout=PATIENCE, headers={"User-Agent": "tomoshibi"}) as client,
            client.stream("GET", url) as answer,
        ):
            return "" if answer.is_success else f"HTTP {answer.status_code}"
    except httpx.HTTPError as error:
        return type(error).__name__
