"""What goes together to one address, and on whose account: an act that may still be answered, or our own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from uuid import NAMESPACE_URL, uuid5

from bot.channels.channel import Channel, DeliveryReceipt, Heard, RenderedMessage
from flows.record.deliveries import Delivery
from flows.record.journal import NEXT
from playbooks.frozen import frozen

TOGETHER = timedelta(minutes=10)
"""So long what presses nobody waits for something that it can go with, where deliveries are counted."""


@frozen
class Parcel:
    """One delivery in words, in the messages that its channel can show; ``reads`` is how it reads, for comparison."""

    delivery: Delivery
    messages: tuple[RenderedMessage, ...]
    reads: object


@frozen
class Batch:
    """What is delivered at once to one address, under one key; ``answers`` is the cause of the act that it answers, if any.

    ``ids`` are the numbers of all that belonged to it at its first try: what became untrue since goes no more, the key stays.
    """

    address: str
    parcels: tuple[Parcel, ...]
    ids: frozenset[int]
    key: str
    answers: str | None = None

    @classmethod
    def of(
        cls, address: str, deliveries: Sequence[Delivery], parcels: Iterable[Parcel] = (), answers: str | None = None
    ) -> Batch:
        """Put deliveries together that nobody has tried together before."""
        return cls(address, tuple(parcels), frozenset(one.id for one in deliveries), key_of(deliveries), answers)

    @property
    def messages(self) -> tuple[RenderedMessage, ...]:
        """All its messages, in order."""
        return tuple(message for parcel in self.parcels for message in parcel.messages)

    def ids_from(self, receipt: DeliveryReceipt) -> list[str]:
        """Give the id of each parcel: that of its last message, which has the buttons."""
        ends = accumulate(len(parcel.messages) for parcel in self.parcels)
        return [receipt.message_ids[end - 1] for end in ends]


def key_of(deliveries: Iterable[Delivery]) -> str:
    """Give the key under which these are delivered, the same in each process, and in no other home."""
    told = [f"{one.id} {one.owed.to} {one.owed_at.isoformat()}" for one in sorted(deliveries, key=lambda one: one.id)]
    return str(uuid5(NAMESPACE_URL, "\n".join(told)))


def presses(delivery: Delivery, now: datetime) -> bool:
    """Say whether it goes by itself where deliveries are counted: what calls or is done next at once, the rest when it has waited."""
    return delivery.owed.priority <= NEXT or now - delivery.owed_at >= TOGETHER


class Answerable:
    """The acts that something may still answer, by address; none on channels on which answers cost what all costs."""

    def __init__(self, channels: Mapping[str, Channel]) -> None:
        self._channels = channels
        self._acts: dict[str, dict[str, datetime]] = {}

    def heard(self, acts: Iterable[Heard], now: datetime) -> None:
        """Note what was done."""
        for act in acts:
            channel = self._channels.get(act.address.partition(":")[0])
            if channel is not None and channel.traits.free_for is not None:
                self._acts.setdefault(act.address, {}).setdefault(act.cause, now)

    def oldest(self, address: str, now: datetime) -> str | None:
        """Give the cause of the act that will be too old first; None if there is none that is not too old."""
        if address not in self._acts:
            return None
        fresh = timedelta(seconds=self._channels[address.partition(":")[0]].traits.free_for or 0)
        acts = {cause: at for cause, at in self._acts[address].items() if timedelta() <= now - at <= fresh}
        self._acts[address] = acts
        return next(iter(acts), None)

    def is_used(self, address: str, cause: str | None) -> None:
        """Note that an act was answered, or can't be."""
        self._acts.get(address, {}).pop(cause or "", None)
