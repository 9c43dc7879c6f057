"""Reach, not copies: who is on one of their ways needs no copy on another, unless what is urgent stays unseen there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Literal

from bot.channels.channel import Channel, Heard
from bot.clock import Clock
from contacts.registry import addresses_of, member_at
from flows.engine import Engine
from flows.record.deliveries import Deliveries, Delivery
from flows.record.journal import URGENT
from playbooks.frozen import frozen

REACHED_FOR = timedelta(minutes=10)
"""So long after their last act somebody is taken to be where they did it."""

UNSEEN = timedelta(minutes=2)
"""After so long, what is urgent and whose reader has done nothing since goes on their other ways; so does what isn't sent there."""

Verdict = Literal["goes", "waits", "seen"]


@frozen
class Way:
    """Where somebody did something last, and when."""

    address: str
    at: datetime


class Reach:
    """Says of a copy whether it goes now, waits for its reader to fall silent where they are, or was seen there.

    In memory: after a start everybody is reached on all their ways until they do something. A channel that rings nobody always
    shows what stands.
    """

    def __init__(self, engine: Engine, book: Deliveries, channels: Mapping[str, Channel], clock: Clock) -> None:
        self._engine, self._book, self._channels, self._clock = engine, book, channels, clock
        self._elsewhere: dict[str, Way] = {}

    def heard(self, acts: Iterable[Heard]) -> None:
        """Note where people are."""
        rows = self._engine.journal.registry
        for act in acts:
            member = member_at(rows, act.address)
            if member is None:
                continue
            self._elsewhere.pop(act.address, None)
            for address in addresses_of(rows, member):
                channel = self._channels.get(address.partition(":")[0])
                if address != act.address and channel is not None and channel.traits.rings:
                    self._elsewhere[address] = Way(act.address, self._clock.now())

    def verdict(self, delivery: Delivery) -> Verdict:
        """Say what becomes of a message that is due."""
        way, now = self._elsewhere.get(delivery.owed.to), self._clock.now()
        if way is None:
            return "goes"
        if not timedelta() <= now - way.at < REACHED_FOR:
            del self._elsewhere[delivery.owed.to]
            return "goes"
        copy = self._book.copy(delivery, way.address)
        late = now - delivery.owed_at >= UNSEEN
        if copy is None or copy.state == "failed" or (late and copy.state in ("owed", "sending")):
            return "goes"
        seen = copy.sent_at is not None and copy.sent_at <= way.at
        if (
            seen and delivery.owed.key is None
        ):  # what stands there and may change is shown when they come, or fall silent
            return "seen"
        return "goes" if late and not seen and delivery.owed.priority == URGENT else "waits"
