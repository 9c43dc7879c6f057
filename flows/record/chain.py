"""The chain: how an entry is hashed, linked to the one before, and how an altered journal gives itself away.

Hashing is over the stored bytes (UTF-8), never over parsed JSON::

    entry_digest = sha256( sha256(nonce1 + envelope) + sha256(nonce2 + body) )
    digest       = sha256( previous + entry_digest )

A chain shows an edit, a gap and a swap. It can't show that its *end* was cut off, nor that everything from some entry
on was written anew: that takes a seal, a digest kept where the forger can't reach it (see ``bot/store/seals.py``).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Literal, NoReturn

from flows.record.journal import Draft, Entry, Head
from playbooks.frozen import frozen

NONCES = 64
"""Bytes of chance an entry carries: 32 for its envelope, 32 for its body."""

FaultKind = Literal["altered", "envelope", "columns", "gap", "order", "previous", "turn"]
"""What can be wrong with an entry.

``altered``: its bytes don't give its digest (envelope, body, nonces, ``previous`` or the digest itself was changed;
one digest covers them all, so which of them can't be told). ``envelope``: the envelope can't be read. ``columns``: a
field of the entry is not what its envelope says. ``gap``: numbers are missing. ``order``: a number comes late or
twice. ``previous``: it follows another entry than the one before it. ``turn``: its run's count is off.
"""

_SHAPE: Mapping[str, type] = {
    "seq": int,
    "run": str,
    "turn": int,
    "recorded_at": str,
    "occurred_at": str,
    "actor": str,
    "cause": str,
    "part": int,
    "kind": str,
}


class BrokenChain(Exception):
    """The journal was altered: the first entry that can't be trusted (0: unknown) and the last good head before it."""

    def __init__(self, first_bad: int, last_good: Head, fault: str) -> None:
        super().__init__(f"entry {first_bad}: {fault}; good up to entry {last_good.seq}")
        self.first_bad = first_bad
        self.last_good = last_good
        self.fault = fault


@frozen
class Fault:
    """One thing wrong with a chain; ``seq`` is the entry's number, for a gap the first number missing."""

    seq: int
    kind: FaultKind


@frozen
class Envelope:
    """Everything of an entry but its body, as its envelope says it; times are aware, in UTC."""

    seq: int
    run: str
    turn: int
    recorded_at: datetime
    occurred_at: datetime
    actor: str
    cause: str
    part: int
    kind: str


def moment_text(moment: datetime) -> str:
    """Write an aware time in UTC with microseconds, so that texts sort as times do; ValueError if it has no zone."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone can't be kept")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def envelope_text(
    *,
    seq: int,
    run: str,
    turn: int,
    recorded_at: datetime,
    occurred_at: datetime,
    actor: str,
    cause: str,
    part: int,
    kind: str,
) -> str:
    """Write an entry's envelope as JSON, its keys in a fixed order; ValueError for a time without a zone."""
    fields = {
        "seq": seq,
        "run": run,
        "turn": turn,
        "recorded_at": moment_text(recorded_at),
        "occurred_at": moment_text(occurred_at),
        "actor": actor,
        "cause": cause,
        "part": part,
        "kind": kind,
    }
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def parsed(text: str) -> Any:
    """Read JSON; ValueError also for what is nested so deeply that nobody can have meant it."""
    try:
        return json.loads(text)
    except RecursionError as deep:
        raise ValueError("nested too deeply") from deep


def _fields(envelope: str) -> dict[str, Any]:
    """Read an envelope into its fields, times parsed; ValueError when it isn't one of ours."""
    fields = parsed(envelope)
    if type(fields) is not dict or fields.keys() != _SHAPE.keys():
        raise ValueError("the envelope has other fields than an envelope has")
    for name, shape in _SHAPE.items():
        if type(fields[name]) is not shape:
            raise ValueError(f"the envelope's {name} is not {shape.__name__}")
    for name in ("recorded_at", "occurred_at"):
        moment = datetime.fromisoformat(fields[name])
        if moment.tzinfo is not UTC:  # the parser gives the one UTC object for +00:00
            raise ValueError(f"the envelope's {name} is not in UTC")
        fields[name] = moment
    return fields


def parse_envelope(text: str) -> Envelope:
    """Read an envelope back; ValueError when fields are missing, too many or of another type."""
    return Envelope(**_fields(text))


KINDS_OF_BLACKING = frozenset({"blacked_out", "house_blacked_out"})
"""Kinds of entries that black the body of another out: ``seq`` says of which, ``body`` is its twin."""

NO_BODY = "null"
"""What lies in the place of a body that was blacked out: no body of ours is this."""


def body_half(entry: Entry) -> bytes:
    """Give what the body of an entry and its nonce come to, or came to before it was blacked out."""
    return half_digest(entry.nonces[32:], entry.body) if entry.body_half is None else entry.body_half


def half_digest(nonce: bytes, text: str) -> bytes:
    """Digest an envelope or a body with its own nonce; an export that withholds a text gives this in its place.

    Bytes that are no UTF-8 (a damaged file, read with ``surrogateescape``) are hashed as they were.
    """
    return sha256(nonce + text.encode("utf-8", "surrogateescape")).digest()


def entry_digest(envelope_half: bytes, body_half: bytes) -> bytes:
    """Join the digests of an envelope and a body; an export stands for other runs' entries by this alone."""
    return sha256(envelope_half + body_half).digest()


def chained(previous: bytes, digest_of_entry: bytes) -> bytes:
    """Bind an entry's digest to the chain before it."""
    return sha256(previous + digest_of_entry).digest()


def digest_of(entry: Entry, half: bytes | None = None) -> bytes:
    """Compute the digest that an entry's stored bytes give; it differs from ``entry.digest`` if anything was altered.

    ``half`` is the digest that stands for the body where that is withheld.
    """
    envelope_half = half_digest(entry.nonces[:32], entry.envelope)
    return chained(entry.previous, entry_digest(envelope_half, body_half(entry) if half is None else half))


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def link(
    draft: Draft, *, seq: int, turn: int, cause: str, part: int, recorded_at: datetime, nonces: bytes, previous: bytes
) -> Entry:
    """Give a draft its place in the chain. ValueError: body not JSON, a time without zone, nonces not 64 bytes."""
    if len(nonces) != NONCES or len(previous) != len(Head().digest):
        raise ValueError("an entry takes 64 bytes of nonces and a previous digest of 32")
    json.loads(draft.body, parse_constant=_no_constant)
    draft.body.encode()  # half a surrogate pair fits in JSON's escapes, never in a file
    recorded_at, occurred_at = recorded_at.astimezone(UTC), draft.occurred_at.astimezone(UTC)
    if draft.occurred_at.tzinfo is None:
        raise ValueError("a time without a zone can't be kept")
    envelope = envelope_text(
        seq=seq,
        run=draft.run,
        turn=turn,
        recorded_at=recorded_at,
        occurred_at=occurred_at,
        actor=draft.actor,
        cause=cause,
        part=part,
        kind=draft.kind,
    )
    halves = half_digest(nonces[:32], envelope), half_digest(nonces[32:], draft.body)
    return Entry(
        seq=seq,
        run=draft.run,
        turn=turn,
        recorded_at=recorded_at,
        occurred_at=occurred_at,
        actor=draft.actor,
        cause=cause,
        part=part,
        kind=draft.kind,
        body=draft.body,
        envelope=envelope,
        nonces=nonces,
        previous=previous,
        digest=chained(previous, entry_digest(*halves)),
    )


def linked(
    drafts: Sequence[Draft],
    *,
    head: Head,
    turns: Mapping[str, int],
    cause: str,
    recorded_at: datetime,
    nonces: Callable[[], bytes],
    part: int = 0,
) -> tuple[Entry, ...]:
    """Link drafts one after another at ``head``, as the parts of ``cause`` from ``part`` on; ``turns`` is each run's last turn."""
    turns = dict(turns)
    entries: list[Entry] = []
    for number, draft in enumerate(drafts, start=part):
        turns[draft.run] = turns.get(draft.run, 0) + 1
        entry = link(
            draft,
            seq=head.seq + 1,
            turn=turns[draft.run],
            cause=cause,
            part=number,
            recorded_at=recorded_at,
            nonces=nonces(),
            previous=head.digest,
        )
        head = Head(entry.seq, entry.digest)
        entries.append(entry)
    return tuple(entries)


def restore(seq: int, envelope: str, body: str, nonces: bytes, previous: bytes, digest: bytes) -> Entry:
    """Make an entry of what is stored of it; ValueError when its envelope can't be read. Checks no digest."""
    fields = _fields(envelope)
    fields.update(seq=seq, body=body, envelope=envelope, nonces=nonces, previous=previous, digest=digest)
    entry = object.__new__(Entry)
    entry.__dict__.update(fields)  # a frozen dataclass sets field by field, and that is most of a replay's time
    return entry


def unreadable(seq: int, envelope: str, body: str, nonces: bytes, previous: bytes, digest: bytes) -> Entry:
    """Make an entry whose envelope says nothing: no run, turn 0. Verification names it; nothing else should see it."""
    return Entry(
        seq,
        "",
        0,
        datetime.min.replace(tzinfo=UTC),
        datetime.min.replace(tzinfo=UTC),
        "",
        "",
        0,
        "",
        body,
        envelope,
        nonces,
        previous,
        digest,
    )


class Verification:
    """A walk along a chain that holds only its end: give it entry after entry, it says what is wrong with each.

    It begins at ``after``: an entry that is already trusted, or the empty head. Begun later than at 1, a run's first
    turn is taken on trust. Where entries are left out, turns may be missing, but no more than were left out.
    """

    def __init__(self, after: Head | None = None) -> None:
        self.head = after or Head()
        self._from_start = self.head.seq == 0
        self._turns: dict[str, tuple[int, int]] = {}  # each run's last turn, and how many were left out until then
        self._left_out = 0

    def faults(self, entry: Entry, body_half: bytes | None = None) -> Iterator[Fault]:
        """Yield what is wrong with the next entry and step on to it, whatever it is worth; ``body_half`` as in digest_of."""
        before, self.head = self.head, Head(max(self.head.seq, entry.seq), entry.digest)
        yield from self._number(before.seq, entry.seq)
        if digest_of(entry, body_half) != entry.digest:
            yield Fault(entry.seq, "altered")
        if entry.previous != before.digest:
            yield Fault(entry.seq, "previous")
        try:
            said = parse_envelope(entry.envelope)
        except ValueError:
            yield Fault(entry.seq, "envelope")
            self._lose_count()
            return
        if any(getattr(entry, name) != getattr(said, name) for name in _SHAPE):
            yield Fault(entry.seq, "columns")
        first = (0, 0) if self._from_start else (said.turn - 1, self._left_out)
        last, left_out = self._turns.get(entry.run, first)
        self._turns[entry.run] = said.turn, self._left_out
        if not last < said.turn <= last + 1 + self._left_out - left_out:
            yield Fault(entry.seq, "turn")

    def pass_over(self, seq: int, digest_of_entry: bytes) -> Iterator[Fault]:
        """Step over an entry that is left out and stands as its digest alone; what it hides, the next one's fault shows."""
        before = self.head
        self.head = Head(max(before.seq, seq), chained(before.digest, digest_of_entry))
        self._left_out += 1
        yield from self._number(before.seq, seq)

    def _number(self, last: int, seq: int) -> Iterator[Fault]:
        if seq > last + 1:
            yield Fault(last + 1, "gap")
            self._lose_count()
        elif seq <= last:
            yield Fault(seq, "order")

    def _lose_count(self) -> None:
        """Take each run's next turn on trust: whose entry is missing, nobody knows, and that is one fault, not many."""
        self._from_start = False
        self._turns.clear()


def breaks(entries: Iterable[Entry], after: Head | None = None) -> Iterator[Fault]:
    """Yield every fault of a chain while it streams by; nothing means that it is whole as far as it goes."""
    verification = Verification(after)
    for entry in entries:
        yield from verification.faults(entry)


def proven(entries: Iterable[Entry], after: Head | None = None) -> Head:
    """Walk a chain to its end and give its head; raises BrokenChain at the first fault.

    Where an intact entry follows another ``previous`` than the digest before it, one of the two neighbours was
    rewritten and nothing tells which; then the earlier one already counts as bad.
    """
    verification = Verification(after)
    heads = (verification.head, verification.head)
    for entry in entries:
        for fault in verification.faults(entry):
            earlier, last = heads
            if fault.kind == "previous" and last.seq > (after or Head()).seq:
                raise BrokenChain(last.seq, earlier, fault.kind)
            raise BrokenChain(fault.seq, last, fault.kind)
        heads = (heads[1], verification.head)
    return verification.head
