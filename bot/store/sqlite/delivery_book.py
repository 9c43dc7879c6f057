"""The book of deliveries on disk: what :class:`flows.record.deliveries.Deliveries` promises, in the table of that name."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from bot.store.sqlite.database import HomeFile, our_errors
from flows.messages.message import decode
from flows.messages.upkeep import SealPosted
from flows.record.chain import moment_text
from flows.record.deliveries import LONGEST_WAIT, Delivery
from flows.record.journal import Owed


class DeliveryBook:
    """The deliveries of a home: each change is on disk when its method returns, or with the transaction it is in.

    All methods raise StorageTrouble when that can't be done now.
    """

    def __init__(self, file: HomeFile) -> None:
        self._file = file

    def owe(self, owed: Sequence[Owed], *, at: datetime, seq: int, cause: str = "") -> None:
        """Write down messages that ``cause`` owes; one with a key supersedes those of that key to the same person which nobody has begun to send."""
        with self._changing() as database:
            for message in owed:
                facts = message.message.facts
                hidden = {name: facts.pop(name) for name in sorted(message.message.secrets())}
                edits = message.edits and not self._awaits_showing(message)
                if message.key is not None:
                    database.execute(
                        "UPDATE deliveries SET state = 'superseded' WHERE recipient = ? AND key = ? AND state = 'owed'",
                        [message.to, message.key],
                    )
                noted = database.execute(
                    """INSERT INTO deliveries (recipient, run, name, data, key, priority, silent, edits, owed_at, seq, cause)
                       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                    [
                        message.to,
                        message.run,
                        message.name,
                        json.dumps(facts, ensure_ascii=False),
                        message.key,
                        message.priority,
                        message.silent,
                        edits,
                        moment_text(at),
                        seq,
                        cause,
                    ],
                )
                if hidden:
                    row = [noted.lastrowid, json.dumps({"secret": hidden}, ensure_ascii=False)]
                    database.execute("INSERT INTO delivery_secrets (delivery, facts) VALUES (?, ?)", row)

    def _awaits_showing(self, message: Owed) -> bool:
        """Say whether the same message is owed anew and unsent: then an edit that replaces it must show itself."""
        row = self._file.here.execute(
            "SELECT 1 FROM deliveries WHERE recipient = ? AND key = ? AND name = ? AND state = 'owed' AND NOT edits",
            [message.to, message.key, message.name],
        ).fetchone()
        return row is not None

    def due(
        self, now: datetime, *, busy: Collection[str] = (), channels: Collection[str] | None = None, limit: int = 100
    ) -> list[Delivery]:
        """Give what may be sent now, the most urgent first and then as it came.

        ``channels`` are names of channels, or single addresses; all others are left out, so that what waits for them
        holds nobody up.
        ``busy`` are recipients (member ids or addresses) and addresses that must wait; they hold up nobody else.
        """
        return self._select(
            """WHERE state = 'owed' AND (not_before IS NULL OR not_before <= ?1 OR not_before > ?5)
                 AND recipient NOT IN (SELECT value FROM json_each(?2))
                 AND (address IS NULL OR address NOT IN (SELECT value FROM json_each(?2)))
                 AND (?4 IS NULL OR recipient IN (SELECT value FROM json_each(?4))
                      OR substr(recipient, 1, instr(recipient, ':') - 1) IN (SELECT value FROM json_each(?4)))
               ORDER BY priority, id LIMIT ?3""",
            [
                moment_text(now),
                json.dumps(list(busy)),
                limit,
                None if channels is None else json.dumps(list(channels)),
                moment_text(now + LONGEST_WAIT),
            ],
        )

    def next_due(self) -> datetime | None:
        """Give the earliest time at which something owed may be sent (long past: at once); None if nothing is owed."""
        with our_errors():
            row = self._file.here.execute(
                "SELECT min(coalesce(not_before, owed_at)) FROM deliveries WHERE state = 'owed'"
            ).fetchone()
        return _moment(row[0])

    def unsent(self) -> list[Delivery]:
        """Give all that is owed, also what has to wait, in the order of :meth:`due`."""
        return self._select("WHERE state = 'owed' ORDER BY priority, id", [])

    def failed(self, since: datetime) -> list[Delivery]:
        """Give all that could not be delivered of what came to be owed from then on, in the order in which it was."""
        return self._select("WHERE state = 'failed' AND owed_at >= ? ORDER BY id", [moment_text(since)])

    def get(self, delivery_id: int) -> Delivery:
        """Give a delivery as it stands now; KeyError if there never was one of this number."""
        found = self._select("WHERE id = ?", [delivery_id])
        if not found:
            raise KeyError(delivery_id)
        return found[0]

    def mark_sending(self, delivery_id: int, address: str) -> bool:
        """Take one in hand; False when it is not owed any more, and then it must not be sent."""
        return self._change("state = 'sending', address = ?", [address], delivery_id, "state = 'owed'")

    def mark_sent(self, delivery_id: int, address: str, message_id: str, at: datetime) -> None:
        """Note that it stands at ``address`` under ``message_id``."""
        changes = "state = 'sent', address = ?, message_id = ?, sent_at = ?, not_before = NULL, last_error = NULL"
        self._change(changes, [address, message_id, moment_text(at)], delivery_id)

    def postpone(self, delivery_id: int, until: datetime, error: str) -> None:
        """Note a try that failed and when the next one may be; one that has a newer twin by now is superseded instead."""
        changes = f"state = {_OWED_OR_OUTDATED}, attempts = attempts + 1, not_before = ?, last_error = ?"
        self._change(changes, [moment_text(until), error], delivery_id, "state IN ('owed', 'sending')")

    def fail(self, delivery_id: int, error: str) -> None:
        """Give up: this message will never get through."""
        self._change("state = 'failed', attempts = attempts + 1, last_error = ?", [error], delivery_id)

    def supersede(self, delivery_id: int) -> None:
        """Take back what a later event made untrue; what is sent stays sent."""
        self._change("state = 'superseded'", [], delivery_id, "state IN ('owed', 'sending')")

    def copy(self, delivery: Delivery, address: str) -> Delivery | None:
        """Give what was owed of the same message, at the same moment, to another address; None if nothing was."""
        owed = delivery.owed
        where, values = (
            "WHERE recipient = ? AND key IS ? AND owed_at = ?",
            [address, owed.key, moment_text(delivery.owed_at)],
        )
        return next((one for one in self._select(f"{where} ORDER BY id", values) if one.is_copy_of(delivery)), None)

    def in_hand(self) -> list[Delivery]:
        """Give what is being sent, or was when the bot stopped, as it came to be owed."""
        return self._select("WHERE state = 'sending' ORDER BY id", [])

    def resume(self) -> int:
        """Owe again what was in hand when the bot stopped: it may arrive twice, never not at all. Gives how many."""
        with self._changing() as database:
            sql = "UPDATE deliveries SET state = " + _OWED_OR_OUTDATED + " WHERE state = 'sending'"  # noqa: S608  (this module's)
            return int(database.execute(sql).rowcount)

    def find(self, address: str, message_id: str) -> Delivery | None:
        """Give what was sent last under this message id (an edit keeps the id), to know what somebody answers to."""
        found = self._select(
            "WHERE address = ? AND message_id = ? AND state = 'sent' ORDER BY sent_at DESC, id DESC LIMIT 1",
            [address, message_id],
        )
        return found[0] if found else None

    def last_delivered(self, recipient: str, key: str) -> Delivery | None:
        """Give the last delivered message of this key, the one that an edit changes in place."""
        where = "WHERE recipient = ? AND key = ? AND state = 'sent' ORDER BY sent_at DESC, id DESC LIMIT 1"
        found = self._select(where, [recipient, key])
        return found[0] if found else None

    def of_run(self, run: str) -> list[Delivery]:
        """Give all deliveries of a run, whatever became of them, as they came to be owed."""
        return self._select("WHERE run = ? ORDER BY id", [run])

    def newest_first(self, run: str) -> Iterator[Delivery]:
        """Give the deliveries of a run from the newest back, each read as it is asked for."""
        with our_errors():
            yield from map(_delivery, self._file.here.execute(_SELECT + "WHERE run = ? ORDER BY id DESC", [run]))

    def forget(self, run: str) -> int:
        """Forget what the messages of a run said that won't go out any more, but for seals; the file is written anew after it."""
        with self._changing() as database:
            forgotten = database.execute(
                """UPDATE deliveries SET data = '{}'
                   WHERE run = ? AND state NOT IN ('owed', 'sending') AND name <> ? AND data <> '{}'""",
                [run, SealPosted.kept_as],
            ).rowcount
            self._file.forgets(everywhere=True)
            return int(forgotten)

    def sweep(self) -> bool:
        """Let no trace be left of what was forgotten; False while somebody still reads there."""
        return self._file.sweep()

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """Open the transaction of a change; the secrets of what won't go out any more are gone at its end."""
        with self._file.transaction() as database:
            yield database
            if database.execute(_SECRETS + "NOT IN ('owed', 'sending')").fetchone() is not None:
                # all are written anew: what SQLite moved between pages may have left its like behind
                kept = database.execute(_SECRETS + "IN ('owed', 'sending')").fetchall()
                database.execute("DELETE FROM delivery_secrets")
                database.executemany("INSERT INTO delivery_secrets (delivery, facts) VALUES (?, ?)", kept)
                self._file.forgets()

    def _select(self, where: str, values: Sequence[object]) -> list[Delivery]:
        with our_errors():
            return [_delivery(row) for row in self._file.here.execute(_SELECT + where, values).fetchall()]

    def _change(self, changes: str, values: Sequence[object], delivery_id: int, only_if: str = "true") -> bool:
        with self._changing() as database:
            sql = f"UPDATE deliveries SET {changes} WHERE id = ? AND {only_if}"  # noqa: S608  (both are texts of this module)
            return bool(database.execute(sql, [*values, delivery_id]).rowcount)


_SELECT = """SELECT id, recipient, run, name, data, key, priority, silent, edits, state, attempts, not_before, last_error,
    owed_at, sent_at, address, message_id, seq, delivery_secrets.facts
    FROM deliveries LEFT JOIN delivery_secrets ON delivery = id """

_SECRETS = "SELECT delivery, facts FROM delivery_secrets JOIN deliveries ON id = delivery WHERE state "

_OWED_OR_OUTDATED = """CASE WHEN EXISTS (
    SELECT 1 FROM deliveries AS newer
    WHERE newer.recipient = deliveries.recipient AND newer.key = deliveries.key AND newer.id > deliveries.id
) THEN 'superseded' ELSE 'owed' END"""


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _delivery(row: tuple[Any, ...]) -> Delivery:
    number, to, run, name, data, key, priority, silent, edits, state, attempts, not_before, error, *rest = row
    owed_at, sent_at, address, message_id, seq, hidden = rest
    facts = json.loads(data) | (json.loads(hidden)["secret"] if hidden else {})
    owed = Owed(to, decode(name, facts), run, key, priority, bool(silent), bool(edits))
    return Delivery(
        number,
        owed,
        state,
        attempts,
        _moment(not_before),
        error,
        datetime.fromisoformat(owed_at),
        _moment(sent_at),
        address,
        message_id,
        seq,
    )
