"""What must reach somebody and doesn't goes round: after so many minutes everybody on the way round is told to see the bot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import floor

import structlog

from bot.clock import Clock
from flows.deeds import Attempt, Deed
from flows.engine import Engine
from flows.messages.calling import Alarm, AlarmAgain, CommandAsk, CommandOpen, CommandWanted, LouderNow
from flows.messages.hearing import DangerAlarm, SeeBot
from flows.record.deliveries import Deliveries, Delivery
from flows.record.journal import FACILITY, URGENT, Owed
from flows.state.work import CLOCK

MUST_REACH = (Alarm, AlarmAgain, CommandAsk, CommandOpen, CommandWanted, LouderNow, DangerAlarm)
"""Alarms, and what is asked of whoever is to decide."""

AGAIN = timedelta(minutes=30)
"""As often it is said again as long as something doesn't get through."""

_log = structlog.get_logger(__name__)


class WayRound:
    """Looks whether an alarm waits for too long."""

    def __init__(
        self, engine: Engine, book: Deliveries, addresses: Sequence[str], after: timedelta, clock: Clock
    ) -> None:
        """``addresses`` are those of the way round."""
        self._engine, self._book, self._addresses = engine, book, addresses
        self._after, self._clock = after, clock
        self._taken = ""

    async def look_due(self) -> None:
        """Owe a message to each address if something waits: at first, and every half hour that it goes on."""
        now = self._clock.now()
        late = [d for d in self._book.unsent() if self._waits(d, now)] if self._addresses else []
        if not late:
            return
        first = min(late, key=lambda delivery: delivery.owed_at)
        times = floor((now - first.owed_at - self._after) / AGAIN)
        cause = f"way_round:{first.id}:{times}"
        if cause == self._taken:
            return
        _log.warning("way_round.taken", waiting=len(late), times=times)
        told = [Owed(address, SeeBot(), priority=URGENT) for address in self._addresses]
        self._engine.do(Attempt(cause, now, lambda: Deed(*told, by=CLOCK)))
        self._taken = cause

    def _waits(self, delivery: Delivery, now: datetime) -> bool:
        """Say whether it is an alarm that is late; a drill's is nobody's business elsewhere."""
        if not isinstance(delivery.owed.message, MUST_REACH) or now - delivery.owed_at < self._after:
            return False
        run = self._engine.run(delivery.owed.run) if delivery.owed.run != FACILITY else None
        return run is None or (run.live and not run.drill)
