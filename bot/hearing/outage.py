"""Outages: when the line was away, which is what can be said of the time of a tap that waited for it.

No channel tells when somebody tapped. What comes in after an outage counts as of when it is heard; the entry of the outage
stands before it, so that everybody sees between what times it was done.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from math import inf
from pathlib import Path

from bot.channels.channel import Answering, Channel
from bot.clock import Clock
from bot.store.noted import note, noted
from flows.commands.clock import NoteOutage
from flows.deeds import Attempt, Deed
from flows.engine import Engine
from flows.state.work import CLOCK
from playbooks.frozen import frozen

FILE = "line.json"
"""In the home: when the line was answered last, for the next start."""

AWAY = 150.0
"""Seconds: a line that was not answered for so long was away; a poll that brings nothing is answered after 50 seconds."""

NOTED = timedelta(minutes=1)
"""As often it is noted on disk that the line is answered."""


@frozen
class _Line:
    """When it was answered last, in ISO 8601; empty where nobody knows."""

    alive_at: str = ""


class Outages:
    """Enters each outage, before anything that waited for its end."""

    def __init__(self, engine: Engine, channels: Mapping[str, Channel], home: Path, clock: Clock) -> None:
        self._engine, self._file, self._clock = engine, home / FILE, clock
        self._lines = [channel for channel in channels.values() if isinstance(channel, Answering)]
        self._away_since = self._remembered()
        self._written_at: datetime | None = None

    def enter(self) -> None:
        """Enter in each live run that the line was away until now, if it was; also between two starts."""
        now, silent = self._clock.now(), min((line.silent_for() for line in self._lines), default=inf)
        if silent >= AWAY:
            if self._away_since is None and silent < inf:
                self._away_since = now - timedelta(seconds=silent)
            return
        if self._away_since is not None and now - self._away_since >= timedelta(seconds=AWAY):
            for run in self._engine.live_runs():
                order = NoteOutage(run.id, self._away_since)
                cause = f"line_away:{run.id}:{self._away_since.isoformat()}"
                self._engine.do(Attempt(cause, now, partial(Deed, order, by=CLOCK)))
        self._away_since = None

    async def look_due(self) -> None:
        """Enter what is over, and remember that the line is answered."""
        self.enter()
        now = self._clock.now()
        answered = any(line.silent_for() < AWAY for line in self._lines)
        if answered and (self._written_at is None or not timedelta() <= now - self._written_at < NOTED):
            self._written_at = now
            note(self._file, _Line(now.isoformat(timespec="seconds")))

    def _remembered(self) -> datetime | None:
        with suppress(ValueError):
            return datetime.fromisoformat(noted(self._file, _Line).alive_at)
        return None
