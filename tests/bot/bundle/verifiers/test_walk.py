"""The walk of the shipped verifier along a journal."""

from __future__ import annotations

import json

import pytest

from bot.bundle.verifiers.walk import Walk, envelope_of, fingerprint, unhex
from bot.store.seals import fingerprint as own_fingerprint
from flows.record.lines import line_of
from flows.record.memory_journal import MemoryJournal
from flows.record.withholding import Part, left_out, withheld
from tests.journals import draft, write


def walked(*lines: str) -> Walk:
    """Walk along lines."""
    walk = Walk([], None)
    for number, line in enumerate(lines, 1):
        walk.line(number, line.encode())
    return walk


def test_the_same_head_as_ours() -> None:
    """Over entries whole, withheld and left out."""
    entries = write(MemoryJournal(), *(draft(run) for run in "abab"), cause="c")
    parts: list[Part] = [entries[0], left_out(entries[1]), withheld(entries[2], {}), entries[3]]
    walk = walked(*map(line_of, parts))

    assert (walk.findings, walk.seq, walk.digest) == ([], 4, entries[3].digest)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[]",
        "{}",
        '{"seq":1}',
        '{"seq":true,"left_out":[]}',
        '{"seq":1,"left_out":["A"]}',
        '{"seq":1,"envelope":"\\ud800","body":"","nonces":"","previous":"","digest":""}',
    ],
)
def test_a_line_that_is_none(line: str) -> None:
    """Is a finding with its number."""
    assert [(kind, detail[:2]) for kind, _, detail in walked(line).findings] == [("line", "1:")]


def test_an_envelope_that_is_none() -> None:
    """Fields missing, of another type, or a time elsewhere than in UTC."""
    (entry,) = write(MemoryJournal(), draft(), cause="c")
    good = json.loads(entry.envelope)

    assert envelope_of(entry.envelope) == good
    for wrong in ({"part": True}, {"more": 1}, {"recorded_at": "2027-04-01T12:00:00+09:00"}, {"occurred_at": "now"}):
        with pytest.raises(ValueError):  # noqa: PT011  (datetime's words or ours)
            envelope_of(json.dumps({**good, **wrong}))


def test_bytes_are_written_in_one_way() -> None:
    """Capitals would be a second way to write the same."""
    assert unhex("ab", 1) == b"\xab"
    with pytest.raises(ValueError, match="hexadecimal"):
        unhex("AB", 1)
    assert fingerprint(bytes(32)) == own_fingerprint(bytes(32))
