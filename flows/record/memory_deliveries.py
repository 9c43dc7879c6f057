"""The book of deliveries in memory: the twin of the one on disk, and a part of the journal in memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from flows.messages.message import Message, Undecodable, decode
from flows.messages.upkeep import SealPosted
from flows.record.chain import moment_text
from flows.record.deliveries import LONGEST_WAIT, UNSENT, Delivery, DeliveryState
from flows.record.journal import Owed


class MemoryDeliveries:
    """Deliveries in the order in which they came to be owed; for one thread."""

    def __init__(self) -> None:
        self._all: list[Delivery] = []
        self._causes: frozenset[str] = frozenset()

    def snapshot(self) -> Callable[[], None]:
        """Give what makes everything as it is now again."""
        before, causes = list(self._all), self._causes

        def take_back() -> None:
            self._all, self._causes = before, causes

        return take_back

    def owe(self, owed: Sequence[Owed], *, at: datetime, seq: int, cause: str = "") -> None:
        """Write down messages that ``cause`` owes; one with a key supersedes its twins which nobody has begun to send."""
        if owed:
            self._causes |= {cause} - {""}
        for message in owed:
            facts = json.loads(json.dumps(message.message.facts))  # what JSON can't hold, the file couldn't either
            twins = [d for d in self._all if d.state == "owed" and _are_twins(d.owed, message)]
            awaits_showing = any(d.owed.name == message.name and not d.owed.edits for d in twins)
            for twin in twins:
                self._put(replace(twin, state="superseded"))
            noted = replace(message, message=decode(message.name, facts), edits=message.edits and not awaits_showing)
            number, when = len(self._all) + 1, _kept(at)
            self._all.append(Delivery(number, noted, "owed", 0, None, None, when, None, None, None, seq))

    def has_owed(self, cause: str) -> bool:
        """Say whether this cause has owed a message."""
        return cause in self._causes

    def due(
        self, now: datetime, *, busy: Collection[str] = (), channels: Collection[str] | None = None, limit: int = 100
    ) -> list[Delivery]:
        """Give what may be sent now, the most urgent first and then as it came."""
        return [
            d
            for d in self.unsent()
            if d.not_before is None or not now < d.not_before <= now + LONGEST_WAIT
            if d.owed.to not in busy and d.address not in busy
            if channels is None or d.owed.to in channels or d.owed.to.partition(":")[0] in channels
        ][:limit]

    def next_due(self) -> datetime | None:
        """Give the earliest time at which something owed may be sent; None if nothing is owed."""
        return min((d.not_before or d.owed_at for d in self.unsent()), default=None)

    def unsent(self) -> list[Delivery]:
        """Give all that is owed, also what has to wait, in the order of :meth:`due`."""
        return sorted((d for d in self._all if d.state == "owed"), key=lambda d: d.owed.priority)

    def failed(self, since: datetime) -> list[Delivery]:
        """Give all that could not be delivered of what came to be owed from then on, in the order in which it was."""
        return [d for d in self._all if d.state == "failed" and d.owed_at >= since]

    def get(self, delivery_id: int) -> Delivery:
        """Give a delivery as it stands now; KeyError if there never was one of this number."""
        found = self._among(delivery_id)
        if found is None:
            raise KeyError(delivery_id)
        return found

    def mark_sending(self, delivery_id: int, address: str) -> bool:
        """Take one in hand; False when it is not owed any more."""
        found = self._among(delivery_id, "owed")
        self._put(found and replace(found, state="sending", address=address))
        return found is not None

    def mark_sent(self, delivery_id: int, address: str, message_id: str, at: datetime) -> None:
        """Note that it stands at ``address`` under ``message_id``."""
        found, when = self._among(delivery_id), _kept(at)
        sent = found and replace(found, state="sent", address=address, message_id=message_id, sent_at=when)
        self._put(sent and replace(sent, not_before=None, last_error=None))

    def postpone(self, delivery_id: int, until: datetime, error: str) -> None:
        """Note a try that failed and when the next one may be; one that has a newer twin by now is superseded instead."""
        found = self._among(delivery_id, "owed", "sending")
        if found is not None:
            tried = replace(found, attempts=found.attempts + 1, not_before=_kept(until), last_error=error)
            self._put(replace(tried, state=self._owed_or_outdated(found)))

    def fail(self, delivery_id: int, error: str) -> None:
        """Give up: this message will never get through."""
        found = self._among(delivery_id)
        self._put(found and replace(found, state="failed", attempts=found.attempts + 1, last_error=error))

    def supersede(self, delivery_id: int) -> None:
        """Take back what a later event made untrue; what is sent stays sent."""
        found = self._among(delivery_id, "owed", "sending")
        self._put(found and replace(found, state="superseded"))

    def copy(self, delivery: Delivery, address: str) -> Delivery | None:
        """Give what was owed of the same message, at the same moment, to another address; None if nothing was."""
        alike = (d for d in self._all if d.owed.to == address and d.is_copy_of(delivery))
        return next(alike, None)

    def in_hand(self) -> list[Delivery]:
        """Give what is being sent, or was when the bot stopped, as it came to be owed."""
        return [d for d in self._all if d.state == "sending"]

    def resume(self) -> int:
        """Owe again what was in hand when the bot stopped. Gives how many."""
        in_hand = [d for d in self._all if d.state == "sending"]
        for delivery in in_hand:
            self._put(replace(delivery, state=self._owed_or_outdated(delivery)))
        return len(in_hand)

    def find(self, address: str, message_id: str) -> Delivery | None:
        """Give what was sent last under this message id."""
        return self._last_sent(lambda d: (d.address, d.message_id) == (address, message_id))

    def last_delivered(self, recipient: str, key: str) -> Delivery | None:
        """Give the last delivered message of this key."""
        return self._last_sent(lambda d: (d.owed.to, d.owed.key) == (recipient, key))

    def of_run(self, run: str) -> list[Delivery]:
        """Give all deliveries of a run, whatever became of them, as they came to be owed."""
        return [d for d in self._all if d.owed.run == run]

    def newest_first(self, run: str) -> Iterator[Delivery]:
        """Give the deliveries of a run from the newest back."""
        return (d for d in reversed(self._all) if d.owed.run == run)

    def forget(self, run: str) -> int:
        """Forget what the messages of a run said that won't go out any more, but for seals; gives of how many."""
        told = [d for d in self.of_run(run) if d.state not in UNSENT and _says_something(d.owed.message)]
        for one in told:
            empty = replace(one.owed, message=decode(one.owed.name, {}))
            self._all[one.id - 1] = replace(one, owed=empty)
        return len(told)

    def _among(self, delivery_id: int, *states: DeliveryState) -> Delivery | None:
        found = self._all[delivery_id - 1] if 0 < delivery_id <= len(self._all) else None
        return found if found and (not states or found.state in states) else None

    def sweep(self) -> bool:
        """Say that nothing forgotten lies about: memory keeps no second copy."""
        return True

    def _put(self, changed: Delivery | None) -> None:
        if changed is not None:
            owed = changed.owed
            if changed.state not in UNSENT:
                owed = replace(owed, message=owed.message.without_secrets)
            self._all[changed.id - 1] = replace(changed, owed=owed)

    def _owed_or_outdated(self, delivery: Delivery) -> DeliveryState:
        newer = self._all[delivery.id :]
        return "superseded" if any(_are_twins(d.owed, delivery.owed) for d in newer) else "owed"

    def _last_sent(self, is_it: Callable[[Delivery], bool]) -> Delivery | None:
        sent = [(d.sent_at, d.id, d) for d in self._all if d.state == "sent" and d.sent_at is not None and is_it(d)]
        return max(sent)[-1] if sent else None


def _says_something(message: Message) -> bool:
    """Say whether there is something to forget: not of a seal, nor of what was forgotten."""
    forgotten = isinstance(message, Undecodable) and not message.told
    return bool(message.facts) and not forgotten and not isinstance(message, SealPosted)


def _are_twins(one: Owed, other: Owed) -> bool:
    return one.key is not None and (one.to, one.key) == (other.to, other.key)


def _kept(at: datetime) -> datetime:
    """Give a time as it is kept: in UTC; ValueError if it has no zone."""
    return datetime.fromisoformat(moment_text(at))
