"""What the memory journal has for itself; what it shares with the file stands in tests/test_journal_twins.py."""

from __future__ import annotations

from flows.record.memory_journal import MemoryJournal, counted_nonces
from tests.journals import draft, write


def test_two_memory_journals_agree() -> None:
    """The same entries give the same digests every time, so a test can name them."""
    one, other = MemoryJournal(), MemoryJournal()

    assert write(one, draft(), draft("r2"), cause="c") == write(other, draft(), draft("r2"), cause="c")


def test_nonces_differ_from_each_other() -> None:
    """Predictable, but no two alike, and of the right size."""
    nonces = counted_nonces()
    some = [nonces() for _ in range(20)]

    assert len(set(some)) == 20
    assert {len(n) for n in some} == {64}
