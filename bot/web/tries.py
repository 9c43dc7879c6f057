"""Who tried links that open nothing: after some, whoever it was waits, and when everybody does, nobody is told why."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.clock import Clock

WINDOW = timedelta(minutes=10)
MOST = 10
"""Links that open nothing, from one address within the window."""

REMEMBERED = 1000
"""Addresses that are remembered at most; the one that tried first is forgotten first."""


class Tries:
    """Counts what one address tried; it is forgotten with the process. A link is beyond guessing anyway (192 bits)."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failed: dict[str, list[datetime]] = {}

    def may(self, address: str) -> bool:
        """Say whether somebody may try."""
        since = self._clock.now() - WINDOW
        return sum(at > since for at in self._failed.get(address, ())) < MOST

    def failed(self, address: str) -> None:
        """Count a try that opened nothing."""
        tried = [*self._failed.pop(address, ()), self._clock.now()][-MOST:]
        self._failed[address] = tried
        while len(self._failed) > REMEMBERED:
            del self._failed[next(iter(self._failed))]
