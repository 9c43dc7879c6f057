"""Is the machine's clock right? The other side of a line tells its own time with each answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import structlog

from bot.channels.channel import Answering, Channel
from bot.clock import Clock
from flows.deeds import Attempt, Deed
from flows.engine import Engine
from flows.messages.upkeep import ClockIsOff
from flows.record.journal import SOON, Owed
from flows.state.work import CLOCK

OFF = timedelta(minutes=3)
"""By so much and more a clock is wrong: nothing on the way takes as long."""

_log = structlog.get_logger(__name__)


class RightTime:
    """Compares the machine's clock with those on the other side of the lines; it never sets one."""

    def __init__(self, engine: Engine, channels: Mapping[str, Channel], clock: Clock) -> None:
        self._engine, self._channels, self._clock = engine, channels, clock
        self._told_on: date | None = None

    def ahead(self) -> timedelta:
        """Give how far the machine's clock is ahead (behind: negative); zero where nobody tells."""
        told = [channel.ahead() for channel in self._channels.values() if isinstance(channel, Answering)]
        return next((ahead for ahead in told if ahead is not None), timedelta())

    def is_off(self) -> bool:
        """Say whether it is wrong by minutes."""
        return abs(self.ahead()) >= OFF

    async def look_due(self) -> None:
        """Tell those who decide that it is wrong, once a day at most."""
        ahead, now = self.ahead(), self._clock.now()
        if abs(ahead) < OFF or self._told_on == now.date() or not self._engine.has_facility:
            return
        message = ClockIsOff(round(abs(ahead).total_seconds() / 60), ahead > timedelta())
        told = [Owed(member.id, message, priority=SOON) for member in self._engine.context(now, CLOCK).chain()]
        _log.warning("clock.off", seconds=ahead.total_seconds())
        self._engine.do(Attempt(f"clock:off:{now.date()}", now, lambda: Deed(*told, by=CLOCK)))
        self._told_on = now.date()
