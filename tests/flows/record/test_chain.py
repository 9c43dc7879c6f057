"""The chain gives every change away, but for what no chain can show."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from flows.record import chain
from flows.record.chain import BrokenChain, breaks, envelope_text, link, linked, parse_envelope, proven
from flows.record.journal import Draft, Entry, Head
from flows.record.memory_journal import counted_nonces
from tests.journals import NOON, draft, kinds, rehashed

NAMES = st.text(st.characters(codec="utf-8"), max_size=20)
MOMENTS = st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
BODIES = st.dictionaries(NAMES, NAMES | st.integers() | st.none(), max_size=3).map(
    lambda said: json.dumps(said, ensure_ascii=False)
)
DRAFTS = st.builds(Draft, st.sampled_from(["r1", "r2", "facility"]), NAMES, BODIES, NAMES, MOMENTS)


@st.composite
def chains(draw: st.DrawFn, least: int = 1) -> list[Entry]:
    """Draw a whole chain."""
    drafts = draw(st.lists(DRAFTS, min_size=least, max_size=8))
    return list(linked(drafts, head=Head(), turns={}, cause="c", recorded_at=NOON, nonces=counted_nonces()))


def chain_of(count: int) -> list[Entry]:
    """Make a chain of one run."""
    drafts = [draft(body=f'{{"n":{n}}}', minutes=n) for n in range(count)]
    return list(linked(drafts, head=Head(), turns={}, cause="c", recorded_at=NOON, nonces=counted_nonces()))


@given(chains())
def test_an_untouched_chain_is_whole(entries: list[Entry]) -> None:
    """What was linked verifies, and its head is the last entry."""
    assert list(breaks(entries)) == []
    assert Head(entries[-1].seq, entries[-1].digest) == proven(entries)


@given(chains(), st.data())
def test_any_edit_shows(entries: list[Entry], data: st.DataObject) -> None:
    """Change any stored text or byte of any entry in any way and a fault is found at it or right after it."""
    place = data.draw(st.integers(0, len(entries) - 1))
    name = data.draw(
        st.sampled_from(["envelope", "body", "nonces", "previous", "digest", "seq", "run", "turn", "kind", "actor"])
    )
    old = getattr(entries[place], name)
    same_size = st.binary(min_size=len(old), max_size=len(old)) if isinstance(old, bytes) else st.nothing()
    new = data.draw(NAMES if isinstance(old, str) else st.integers(-5, 50) if isinstance(old, int) else same_size)
    assume(new != old)
    entries[place] = replace(entries[place], **{name: new})  # type: ignore[arg-type]

    found = list(breaks(entries))

    assert found
    assert min(fault.seq for fault in found) in {entries[place].seq, place + 1, place + 2}


@given(chains(least=2), st.data())
def test_an_edit_with_a_fresh_digest_shows_at_the_next_entry(entries: list[Entry], data: st.DataObject) -> None:
    """A forger who hashes the changed entry again is betrayed by the one that follows; both count as bad."""
    place = data.draw(st.integers(0, len(entries) - 2))
    entries[place] = rehashed(entries[place], body=entries[place].body + " ")

    assert [(place + 2, "previous")] == kinds(entries)
    with pytest.raises(BrokenChain) as broken:
        proven(entries)
    assert (place + 1, place) == (broken.value.first_bad, broken.value.last_good.seq)


@given(chains(least=2), st.data())
def test_any_gap_shows(entries: list[Entry], data: st.DataObject) -> None:
    """Take any entries out, but for the end, and the first number missing is named."""
    place = data.draw(st.integers(0, len(entries) - 2))
    del entries[place : data.draw(st.integers(place + 1, len(entries) - 1))]

    assert (place + 1, "gap") == kinds(entries)[0]


@given(chains(least=2), st.data())
def test_any_swap_shows(entries: list[Entry], data: st.DataObject) -> None:
    """Put the entries in any other order and it shows."""
    shuffled = data.draw(st.permutations(entries))
    assume(shuffled != entries)

    assert kinds(shuffled)


@given(chains(least=2), st.data())
def test_renumbering_after_a_gap_shows(entries: list[Entry], data: st.DataObject) -> None:
    """A forger who takes an entry out and closes the gap by renumbering is betrayed by the digests."""
    place = data.draw(st.integers(0, len(entries) - 2))
    del entries[place]
    entries = [replace(entry, seq=seq) for seq, entry in enumerate(entries, start=1)]

    assert kinds(entries)


@given(chains(least=2), st.data())
def test_a_cut_end_does_not_show(entries: list[Entry], data: st.DataObject) -> None:
    """A chain without its end is a whole chain: only a head kept elsewhere, a seal, shows the cut."""
    kept = data.draw(st.integers(0, len(entries) - 1))
    seal = proven(entries)

    assert list(breaks(entries[:kept])) == []
    assert seal != proven(entries[:kept])


def test_a_whole_rewrite_does_not_show() -> None:
    """Who writes everything anew gets a whole chain with another head: only a seal shows it."""
    one, other = chain_of(3), [draft(body='{"n":"forged"}') for _ in range(3)]
    forged = linked(other, head=Head(), turns={}, cause="c", recorded_at=NOON, nonces=counted_nonces())

    assert list(breaks(forged)) == []
    assert proven(one) != proven(forged)


def test_the_digest_is_what_the_design_says() -> None:
    """sha256 of previous and of the joined digests of envelope and body, each with its own nonce, over UTF-8."""
    (entry,) = chain_of(1)
    left = sha256(entry.nonces[:32] + entry.envelope.encode()).digest()
    right = sha256(entry.nonces[32:] + entry.body.encode()).digest()

    assert sha256(bytes(32) + sha256(left + right).digest()).digest() == entry.digest


def test_a_body_can_be_withheld() -> None:
    """The digest of a body stands for it: whoever has that and the envelope can still compute the chain."""
    (entry,) = chain_of(1)
    withheld = chain.half_digest(entry.nonces[32:], entry.body)
    shown = chain.half_digest(entry.nonces[:32], entry.envelope)

    assert chain.chained(entry.previous, chain.entry_digest(shown, withheld)) == entry.digest


@given(NAMES, NAMES, NAMES, NAMES, MOMENTS, MOMENTS, st.integers(1), st.integers(1), st.integers(0))
def test_an_envelope_reads_back(
    run: str, actor: str, cause: str, kind: str, heard: datetime, happened: datetime, seq: int, turn: int, part: int
) -> None:
    """Writing and reading an envelope gives the same fields."""
    text = envelope_text(
        seq=seq,
        run=run,
        turn=turn,
        recorded_at=heard,
        occurred_at=happened,
        actor=actor,
        cause=cause,
        part=part,
        kind=kind,
    )

    assert chain.Envelope(seq, run, turn, heard, happened, actor, cause, part, kind) == parse_envelope(text)


def test_times_are_kept_in_utc() -> None:
    """Nine in Tokyo is midnight in the envelope, with microseconds."""
    tokyo = datetime(2027, 4, 1, 9, 0, tzinfo=timezone(timedelta(hours=9)))
    entry = link(
        Draft("r1", "k", "{}", "m1", tokyo),
        seq=1,
        turn=1,
        cause="c",
        part=0,
        recorded_at=tokyo,
        nonces=bytes(64),
        previous=bytes(32),
    )

    assert '"occurred_at":"2027-04-01T00:00:00.000000+00:00"' in entry.envelope
    assert entry.occurred_at.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"seq":1}',
        "null",
        chain_of(1)[0].envelope.replace('"turn":1', '"turn":true'),
        chain_of(1)[0].envelope.replace("+00:00", "+09:00"),
        chain_of(1)[0].envelope.replace("+00:00", ""),
        chain_of(1)[0].envelope.replace('"seq":1', '"seq":1,"more":1'),
    ],
)
def test_what_is_no_envelope_is_refused(text: str) -> None:
    """An envelope has exactly its fields, of the right types, its times in UTC."""
    with pytest.raises(ValueError):  # noqa: PT011  (json's words or ours)
        parse_envelope(text)


@pytest.mark.parametrize(
    "bad",
    [
        replace(draft(), body="not JSON"),
        replace(draft(), body='{"n":NaN}'),
        replace(draft(), body='"\ud83d"'),
        replace(draft(), body=f'"{chr(0xDCFF)}"'),
        replace(draft(), occurred_at=datetime(2027, 4, 1)),  # noqa: DTZ001
    ],
)
def test_what_the_file_could_not_hold_is_never_linked(bad: Draft) -> None:
    """A body that isn't JSON, half a character, or a time without a zone raises ValueError."""
    with pytest.raises(ValueError):  # noqa: PT011  (json's words or ours)
        linked([bad], head=Head(), turns={}, cause="c", recorded_at=NOON, nonces=counted_nonces())


def test_nonces_are_64_bytes() -> None:
    """Short nonces would let short texts be guessed."""
    with pytest.raises(ValueError, match="64 bytes"):
        linked([draft()], head=Head(), turns={}, cause="c", recorded_at=NOON, nonces=lambda: bytes(63))


def test_each_kind_of_fault_has_its_name() -> None:
    """The fault says what is wrong, and every fault is found, not the first one alone."""
    one, two, three, four = chain_of(4)

    assert kinds([one, replace(two, body="{}"), three, replace(four, kind="other")]) == [(2, "altered"), (4, "columns")]
    assert kinds([one, replace(two, envelope="?"), three]) == [(2, "altered"), (2, "envelope")]
    assert kinds([one, two, two]) == [(2, "order"), (2, "previous"), (2, "turn")]
    assert kinds([one, three]) == [(2, "gap"), (3, "previous")]


def test_a_damaged_entry_is_read_for_what_it_is() -> None:
    """Bytes that are no UTF-8 are hashed as they are, and an unreadable envelope is a fault, not a crash."""
    (entry,) = chain_of(1)
    damaged = chain.unreadable(1, b'{"seq":\xff'.decode("utf-8", "surrogateescape"), *(entry.body, bytes(3), b"", b""))

    assert {(1, "altered"), (1, "previous"), (1, "envelope")} == set(kinds([damaged]))


def test_a_tail_is_verified_from_a_head_that_is_trusted() -> None:
    """Beginning later, what came before is taken on trust and what follows is not."""
    entries = chain_of(5)
    trusted = Head(3, entries[2].digest)

    assert proven(entries[3:], after=trusted) == Head(5, entries[4].digest)
    with pytest.raises(BrokenChain) as broken:
        proven(entries[3:], after=Head(3, bytes(32)))
    assert (broken.value.first_bad, broken.value.last_good.seq) == (4, 3)


def test_the_first_bad_entry_and_the_last_good_head_are_told() -> None:
    """BrokenChain names both."""
    entries = chain_of(4)
    entries[2] = replace(entries[2], body="{}")

    with pytest.raises(BrokenChain) as broken:
        proven(entries)

    assert (3, Head(2, entries[1].digest), "altered") == (
        broken.value.first_bad,
        broken.value.last_good,
        broken.value.fault,
    )
