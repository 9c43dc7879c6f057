"""The journal as the engine sees it: entries that only grow, and what is written together with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from flows.messages.message import Message
from flows.record.rows import Change, Row
from playbooks.frozen import frozen

FACILITY = "facility"
"""The run under which everything stands that belongs to no incident or drill: people, contacts, seals."""


@frozen
class Draft:
    """What an order wants to write: an entry without its place. ``body`` is JSON text and is hashed as it stands."""

    run: str
    kind: str
    body: str
    actor: str
    """A member's id, ``clock`` for what time did, ``console`` for the command line, empty for an anonymous answer."""
    occurred_at: datetime
    """When it happened, as people say; aware."""


@frozen
class Entry:
    """One line of the journal, for ever. ``seq`` counts all entries from 1, ``turn`` those of its run from 1.

    ``envelope`` is the JSON text of everything but the body; it and ``body`` are hashed as the bytes they are stored
    in. ``nonces`` are 64 bytes: 32 for the envelope, 32 for the body. All times are aware, in UTC.
    """

    seq: int
    run: str
    turn: int
    recorded_at: datetime
    occurred_at: datetime
    actor: str
    cause: str
    part: int
    kind: str
    body: str
    envelope: str
    nonces: bytes
    previous: bytes
    digest: bytes
    body_half: bytes | None = None
    """Where the body was blacked out: what it and its nonce came to. ``body`` is its twin then, without people's words."""


@frozen
class Head:
    """The last entry's number and digest; ``seq`` 0 and 32 zero bytes while there is none."""

    seq: int = 0
    digest: bytes = bytes(32)


URGENT, AT_ONCE, NEXT, SOON, ANY_TIME, LATER, BACKGROUND, BOARD = 0, 1, 2, 4, 5, 6, 7, 9
"""Priorities: alarms and escalations, what came of the act, the next action, answers, the rest, marks on old messages, what runs by itself, boards."""


@frozen
class Owed:
    """A message owed to somebody, and how it is to be sent.

    ``to`` is a member's id or, for people nobody knows, an address (``telegram:123``, always with a colon).
    Messages with the same ``key`` to the same person replace each other while unsent (a board). The lowest ``priority`` goes first. ``edits`` means that the
    last delivered message with this key is changed in place instead of a new one being sent.
    """

    to: str
    message: Message
    run: str = FACILITY
    key: str | None = None
    priority: int = ANY_TIME
    silent: bool = False
    edits: bool = False

    @property
    def name(self) -> str:
        """Give the name under which the message is kept."""
        return self.message.kept_as


class JournalFailed(Exception):
    """What was to be written could not be; nothing of the transaction is kept."""


class Writing(Protocol):
    """One transaction: everything in it is on disk together at its end, or nothing is."""

    def head(self) -> Head:
        """Give the head as it is inside the transaction."""
        ...

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """Give the entries with ``seq`` above ``after``, in order: what other processes wrote meanwhile."""
        ...

    def caused(self, cause: str) -> tuple[Entry, ...]:
        """Give what this cause has already written; not empty means: it happened before, do nothing."""
        ...

    def has_owed(self, cause: str) -> bool:
        """Say whether this cause has owed a message: that is what an act leaves that writes no entry."""
        ...

    def savepoint(self) -> AbstractContextManager[None]:
        """Open a part of the transaction; an exception takes back that part alone. JournalFailed if the storage fails."""
        ...

    def append(self, drafts: Sequence[Draft], *, cause: str, recorded_at: datetime) -> tuple[Entry, ...]:
        """Write entries at the head and give them with their places.

        They are the next parts of ``cause`` (0, 1, 2 …), which may go on within its transaction, and not after it.
        """
        ...

    def owe(self, owed: Sequence[Owed], *, at: datetime, cause: str = "") -> None:
        """Put messages to the deliveries of the same transaction; one with a ``key`` supersedes its unsent twins."""
        ...

    def put(self, kind: str, key: str, value: str | None) -> Change:
        """Keep ``value`` (JSON text; None removes) in the registry under ``kind`` and ``key``, the old one in its history.

        It holds from the first of the entries that were appended last, or are appended next, if there are none. What is
        given back is to be entered in the same transaction (:func:`.proving.proof_of`).
        """
        ...

    def erase(self, kind: str, key: str) -> tuple[str, ...]:
        """Remove all that the registry held under ``kind`` and ``key`` before, with its salts; gives the digests of what went.

        What holds now stays. What is given back is to be entered in the same transaction (:data:`.proving.REGISTRY_ERASED`).
        """
        ...

    def salted(self) -> tuple[Row, ...]:
        """Give all rows that hold or held, after giving a salt to those that an older version wrote without one."""
        ...

    def lay_aside(self, place: str, text: str) -> None:
        """Keep a text without order, time or writer until :meth:`clear_aside`; for what is said without a name."""
        ...

    def clear_aside(self, place: str) -> None:
        """Forget what was laid aside in ``place``."""
        ...

    def black_out(self, entry: Entry, twin: str, texts: Sequence[str]) -> None:
        """Forget the body of an entry and its nonce for ever, but for the digest that both come to.

        The last entry that was appended has to say so and hold the ``twin`` that is read in its place
        (:data:`flows.record.chain.KINDS_OF_BLACKING`); ValueError otherwise, or where it was blacked out before. ``texts`` are
        what people wrote in it: messages that hold them forget them as well.
        """
        ...

    def forget_texts(self, run: str) -> int:
        """Forget for ever what the messages of a run said that won't go out any more, and give of how many; seals stay.

        That they went out, to whom and when, stays.
        """
        ...


class Journal(Protocol):
    """Where entries are kept. Reading is open to all; writing is one transaction at a time over all processes."""

    def writing(self) -> AbstractContextManager[Writing]:
        """Open the one transaction; commits at the end of the block, rolls everything back on an exception."""
        ...

    def head(self) -> Head:
        """Give the last entry's number and digest."""
        ...

    def entries(self, after: int = 0, run: str | None = None) -> Iterator[Entry]:
        """Give entries in order, of all runs or of one."""
        ...

    def caused(self, cause: str) -> tuple[Entry, ...]:
        """Give what a cause has written, its parts in order; empty if it has written nothing."""
        ...

    def laid_aside(self, place: str) -> tuple[str, ...]:
        """Give the texts that were laid aside in ``place``, in the order of the alphabet."""
        ...

    def registry(self, kind: str) -> dict[str, str]:
        """Give what the registry holds of a kind, key → JSON text, in the order in which the keys first came."""
        ...

    def registry_as_of(self, kind: str, seq: int) -> dict[str, str]:
        """Give what the registry held when entry ``seq`` was the last one, in the same order."""
        ...

    def rows(self) -> tuple[int, tuple[Row, ...]]:
        """Give all rows of the registry and its history as of one moment, and the number of the last entry then."""
        ...

    def stored(self) -> Iterator[Entry]:
        """Give all entries as they lie there, also such as nobody could have written; BrokenChain where nothing can be read."""
        ...

    def evidence(self, sha256: str) -> str | None:
        """Give the true SHA-256 (hex) of the evidence kept under this one; None if it is not there, OSError if unreadable."""
        ...
