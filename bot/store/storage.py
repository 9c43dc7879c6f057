"""Storage: what a home needs of whatever keeps its journal. Another kind of store is another implementation of this."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, TypeVar

from flows.record.chain import NONCES
from flows.record.deliveries import Deliveries
from flows.record.journal import Entry, Head, Journal, Writing
from playbooks.frozen import frozen

T = TypeVar("T")

Nonces = Callable[[], bytes]


def chance() -> bytes:
    """Give the nonces of one entry from the system's source of chance."""
    return secrets.token_bytes(NONCES)


@frozen
class Finding:
    """One thing that is not as it should be: a kind, the entry's number if it is about one, and a name or reason.

    Kinds: those of :data:`flows.record.chain.FaultKind`; ``trigger`` (missing or changed), ``definition`` (the journal's
    table was rebuilt), ``file`` (damaged or not there), ``line`` (of an export); ``seal`` (can't be read, or wasn't
    signed so), ``seal_key`` (signed, but with a key that is not this home's), ``seal_digest`` (the journal stood
    otherwise when it was sealed), ``seal_cut`` (it seals an entry that isn't there); ``seal_key_lost`` (the home's own key is gone or damaged);
    ``stamp`` (a time stamp that is damaged or wasn't signed so), ``stamp_other`` (of another digest), ``stamp_time`` (its time doesn't
    fit), ``stamp_ca`` (no CA that was given leads to its signer); ``cut`` (a message was owed at an
    entry that isn't there); ``evidence_missing``, ``evidence_altered``, ``evidence_foreign`` (a file among the evidence
    that no entry names) and ``evidence_back`` (one that an entry says was removed);
    ``registry`` (a row of people or contacts that no entry proves, or not so) and ``registry_gone`` (an entry's row is
    not there any more). Of an entry that tells what was found before: ``set_aside``, ``doubted``.
    ``name`` is what a person calls a row by, where it has one.
    """

    kind: str
    seq: int | None = None
    detail: str = ""
    name: str = field(default="", compare=False)


@frozen
class Unhandled:
    """An act we failed at: its cause, the raw text as the channel gave it, and where our code broke; ``at`` in UTC."""

    id: int
    at: datetime
    cause: str
    raw: str
    trace: str


class UnhandledActs(Protocol):
    """What was heard while our own code failed, kept whole until somebody looked into it."""

    def keep(self, *, at: datetime, cause: str, raw: str, trace: str) -> int:
        """Keep an act and give the number under which a person can speak of it; the same one if it came before."""
        ...

    def all(self) -> list[Unhandled]:
        """Give all of them, the oldest first."""
        ...

    def drop(self, unhandled_id: int) -> bool:
        """Forget one that was looked into; False if there is none of this number."""
        ...


class Store(Journal, Protocol):
    """A home's journal, open, with what is kept beside it.

    Whatever is asked of it raises StorageTrouble when that can't be done now, and BrokenChain when it can't be read.
    """

    @property
    def deliveries(self) -> Deliveries:
        """The messages owed, of the same transactions."""
        ...

    @property
    def unhandled(self) -> UnhandledActs:
        """The acts that we failed at."""
        ...

    def findings(self) -> Sequence[Finding]:
        """Say what is wrong with it beside its entries: :meth:`signs`, and what it lies in is damaged."""
        ...

    def signs(self) -> Sequence[Finding]:
        """Say what shows that something else wrote to it: what guards it is missing, its end was cut off."""
        ...

    def posted_heads(self) -> Sequence[Head]:
        """Give the heads that were posted as seals, as far as what was sent still says so."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...


class Held(Protocol):
    """A store that nobody else can get at: it is about to be set aside for another."""

    def stored(self) -> Iterator[Entry]:
        """Give all entries as they lie there, as far as they can be read."""
        ...

    def successor(self, last: int, nonces: Nonces) -> AbstractContextManager[Writing]:
        """Begin a new store in one transaction, with the registry, the deliveries and the unhandled acts of this one.

        Their numbers of entries are lowered by ``last``, which reads as: before the first.
        """
        ...

    def keep_in(self, folder: Path) -> None:
        """Keep this one in a folder, just as it is."""
        ...

    def give_way(self) -> None:
        """Put the successor in its place."""
        ...


class Storage(Protocol):
    """Where a home's store is, whether it is open or not."""

    @property
    def name(self) -> str:
        """What a person finds it by."""
        ...

    def exists(self) -> bool:
        """Say whether there is one; OSError if nobody may look."""
        ...

    def open(self) -> Store:
        """Open it, or make it; what guards it is brought up to date."""
        ...

    def read(self) -> Store:
        """Open it to read: nothing is written, also no repair."""
        ...

    def look(self, at: Callable[[Store], T]) -> T:
        """Look at it without leaving a trace, once more if somebody began to write meanwhile."""
        ...

    def held(self) -> AbstractContextManager[Held]:
        """Keep everybody else out; StorageTrouble while anybody is connected."""
        ...

    def copy_to(self, folder: Path, stopped: Callable[[], bool]) -> bool:
        """Copy it into a folder as it is at one moment, while others go on writing; False if ``stopped`` before the end."""
        ...

    def unknown(self) -> frozenset[str]:
        """Name what a newer version has changed in its shape, so that this one must not write to it."""
        ...
