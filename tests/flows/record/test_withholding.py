"""Withholding: an entry without its body, or no entry at all, and a chain that verifies all the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from flows.record.chain import Fault, Verification, link
from flows.record.journal import Entry
from flows.record.lines import line_of, part_of
from flows.record.memory_journal import MemoryJournal
from flows.record.withholding import LeftOut, Part, Withheld, joined, left_out, withheld
from tests.journals import NOON, draft, write


def written(runs: Iterable[str]) -> list[Entry]:
    """Write an entry for each name of a run."""
    journal = MemoryJournal()
    return [write(journal, draft(run, minutes=n), cause=str(n))[0] for n, run in enumerate(runs)]


def faults(parts: Iterable[Part]) -> list[Fault]:
    """List what is wrong with parts."""
    walk, found = Verification(), list[Fault]()
    for part in parts:
        if isinstance(part, LeftOut):
            for seq, digest in enumerate(part.digests, start=part.seq):
                found += walk.pass_over(seq, digest)
        elif isinstance(part, Withheld):
            found += walk.faults(part.entry, part.body_half)
        else:
            found += walk.faults(part)
    return found


def seen(entry: Entry, how: int) -> Part:
    """Give an entry whole, without its body or not at all."""
    return (entry, withheld(entry, {"a": 1}), left_out(entry))[how]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from((0, 1, 2))), max_size=12))
def test_whatever_is_withheld_the_chain_verifies(entries: list[tuple[str, int]]) -> None:
    """Any mixture of whole, withheld and left out is whole, also after it was written as lines and read back."""
    parts = [seen(entry, how) for entry, (_, how) in zip(written(run for run, _ in entries), entries, strict=True)]
    read = [part_of(line_of(part)) for part in joined(parts)]

    assert faults(read) == []
    assert read == list(joined(parts))


def test_what_is_left_out_in_a_row_is_one_part() -> None:
    """Three digests cost one line; a gap in the numbers begins another."""
    a, b, c, d = map(left_out, written("aaaa"))

    assert list(joined([a, b, c])) == [LeftOut(1, (*a.digests, *b.digests, *c.digests))]
    assert [part.seq for part in joined([a, c, d]) if isinstance(part, LeftOut)] == [1, 3]


def test_nothing_of_a_withheld_text_is_given() -> None:
    """Neither the body nor the nonce that would let somebody guess it."""
    (entry,) = written("a")
    line = line_of(withheld(entry, {}))

    assert "電話" not in line
    assert entry.nonces[32:].hex() not in line
    assert entry.nonces.hex()[:20] not in line_of(left_out(entry))


def test_a_changed_digest_shows() -> None:
    """That of a body at its own entry, that of an entry left out at the next one."""
    first, second, third = written("aba")
    part = withheld(second, {})

    assert [f.kind for f in faults([first, replace(part, body_half=bytes(32)), third])] == ["altered"]
    assert [(f.seq, f.kind) for f in faults([first, LeftOut(2, (bytes(32),)), third])] == [(3, "previous")]


def test_no_more_turns_may_be_missing_than_entries_are_left_out() -> None:
    """A run's own entry may be among those left out; one that nobody left out is a fault."""
    a1, b1, a2, a3 = written("abaa")
    late = link(draft("a"), seq=3, turn=4, cause="x", part=0, recorded_at=NOON, nonces=bytes(64), previous=b1.digest)

    assert faults([a1, left_out(b1), left_out(a2), a3]) == []
    assert faults([left_out(a1), b1, a2]) == []
    assert faults([a1, left_out(b1), late]) == [Fault(3, "turn")]
