"""The book of deliveries: every message owed to somebody, until it is sent, made untrue or given up."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Literal, Protocol

from flows.record.journal import Owed
from playbooks.frozen import frozen

DeliveryState = Literal["owed", "sending", "sent", "superseded", "failed"]

UNSENT = ("owed", "sending")
"""States in which a message may still go out; in all others its secrets are gone."""


@frozen
class Delivery:
    """A message and how far it got; ``address`` and ``message_id`` are where it stands, once it is sent.

    ``attempts`` counts tries that failed; ``not_before`` is when the next one may be. All times are aware, in UTC.
    """

    id: int
    owed: Owed
    state: DeliveryState
    attempts: int
    not_before: datetime | None
    last_error: str | None
    owed_at: datetime
    sent_at: datetime | None
    address: str | None
    message_id: str | None
    seq: int

    def is_copy_of(self, other: Delivery) -> bool:
        """Say whether both are of the same message, owed at the same moment to two addresses."""
        return _said(self) == _said(other) and self.owed.to != other.owed.to


def _said(one: Delivery) -> tuple[object, ...]:
    """Give what copies share; of a secret only the one that isn't sent yet still knows."""
    return one.owed.message.without_secrets, one.owed.run, one.owed.key, one.owed_at, one.seq


LONGEST_WAIT = timedelta(hours=1)
"""No try is put off for longer by anything but a clock that went back: what would have to wait longer may be sent."""


class Deliveries(Protocol):
    """What is owed and what became of it; a transaction of the journal writes to it, see :meth:`.journal.Writing.owe`.

    Each change is kept when its method returns, or with the transaction it is in. The secrets of a message (see
    :func:`flows.messages.message.secret`) are forgotten by the change after which it won't go out any more.
    """

    def due(
        self, now: datetime, *, busy: Collection[str] = (), channels: Collection[str] | None = None, limit: int = 100
    ) -> list[Delivery]:
        """Give what may be sent now, the most urgent first and then as it came.

        ``channels`` are names of channels, or single addresses; all others are left out, so that what waits for them
        holds nobody up.
        ``busy`` are recipients (member ids or addresses) and addresses that must wait; they hold up nobody else.
        """
        ...

    def next_due(self) -> datetime | None:
        """Give the earliest time at which something owed may be sent (long past: at once); None if nothing is owed."""
        ...

    def unsent(self) -> list[Delivery]:
        """Give all that is owed, also what has to wait, in the order of :meth:`due`."""
        ...

    def failed(self, since: datetime) -> list[Delivery]:
        """Give all that could not be delivered of what came to be owed from then on, in the order in which it was."""
        ...

    def get(self, delivery_id: int) -> Delivery:
        """Give a delivery as it stands now; KeyError if there never was one of this number."""
        ...

    def mark_sending(self, delivery_id: int, address: str) -> bool:
        """Take one in hand; False when it is not owed any more, and then it must not be sent."""
        ...

    def mark_sent(self, delivery_id: int, address: str, message_id: str, at: datetime) -> None:
        """Note that it stands at ``address`` under ``message_id``."""
        ...

    def postpone(self, delivery_id: int, until: datetime, error: str) -> None:
        """Note a try that failed and when the next one may be; one that has a newer twin by now is superseded instead."""
        ...

    def fail(self, delivery_id: int, error: str) -> None:
        """Give up: this message will never get through."""
        ...

    def supersede(self, delivery_id: int) -> None:
        """Take back what a later event made untrue; what is sent stays sent."""
        ...

    def copy(self, delivery: Delivery, address: str) -> Delivery | None:
        """Give what was owed of the same message, at the same moment, to another address; None if nothing was."""
        ...

    def in_hand(self) -> list[Delivery]:
        """Give what is being sent, or was when the bot stopped, as it came to be owed."""
        ...

    def resume(self) -> int:
        """Owe again what was in hand when the bot stopped: it may arrive twice, never not at all. Gives how many."""
        ...

    def find(self, address: str, message_id: str) -> Delivery | None:
        """Give what was sent last under this message id (an edit keeps the id), to know what somebody answers to."""
        ...

    def last_delivered(self, recipient: str, key: str) -> Delivery | None:
        """Give the last delivered message of this key, the one that an edit changes in place."""
        ...

    def of_run(self, run: str) -> list[Delivery]:
        """Give all deliveries of a run, whatever became of them, as they came to be owed."""
        ...

    def newest_first(self, run: str) -> Iterator[Delivery]:
        """Give the deliveries of a run from the newest back, each read as it is asked for: who wants the last one pays for no other."""
        ...

    def forget(self, run: str) -> int:
        """Forget what the messages of a run said that won't go out any more, but for seals; gives of how many.

        Each stands as before, with no facts: what no class can be made of any more is undecodable.
        """
        ...

    def sweep(self) -> bool:
        """Let no trace be left of what was forgotten; False while somebody still reads there, and then ask again later."""
        ...
