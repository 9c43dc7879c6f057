"""Withholding: an entry without its body, or no entry at all, and a chain that verifies all the same.

A body that may not be seen stands as its digest beside the whole envelope; an entry that may not be seen stands as its
digest alone. Nobody can compute a short text from either, since the nonce that went into it is withheld as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace

from flows.record.chain import body_half, entry_digest, half_digest
from flows.record.journal import Entry
from playbooks.frozen import frozen


@frozen
class Withheld:
    """An entry whose body is withheld: ``entry`` has an empty body and the envelope's nonce alone.

    ``shown`` are fields of the body that are given all the same. Nothing in the chain proves them.
    """

    entry: Entry
    body_half: bytes
    shown: Mapping[str, object] = field(default_factory=dict)


@frozen
class LeftOut:
    """Entries from number ``seq`` on, one after another without a gap, of which only the digests are given."""

    seq: int
    digests: tuple[bytes, ...]


Part = Entry | Withheld | LeftOut
"""What an export gives of a journal, in order."""


def withheld(entry: Entry, shown: Mapping[str, object]) -> Withheld:
    """Take the body out of an entry; ``shown`` are the fields of it that may be seen."""
    return Withheld(replace(entry, body="", nonces=entry.nonces[:32], body_half=None), body_half(entry), shown)


def left_out(entry: Entry) -> LeftOut:
    """Leave an entry out: only that there was one can be told."""
    halves = half_digest(entry.nonces[:32], entry.envelope), body_half(entry)
    return LeftOut(entry.seq, (entry_digest(*halves),))


def joined(parts: Iterable[Part]) -> Iterator[Part]:
    """Join what is left out in a row into one part."""
    first, digests = 0, list[bytes]()
    for part in parts:
        if digests and not (isinstance(part, LeftOut) and part.seq == first + len(digests)):
            yield LeftOut(first, tuple(digests))
            digests = []
        if isinstance(part, LeftOut):
            first = first if digests else part.seq
            digests.extend(part.digests)
        else:
            yield part
    if digests:
        yield LeftOut(first, tuple(digests))
