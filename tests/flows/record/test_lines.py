"""An entry as a line of JSON."""

from __future__ import annotations

import json

import pytest

from flows.record.chain import breaks
from flows.record.lines import entry_of, line_of, part_of
from flows.record.memory_journal import MemoryJournal
from flows.record.withholding import left_out
from tests.journals import draft, kinds, write


def test_a_line_gives_the_entry_back() -> None:
    """Writing and reading changes nothing, so that the chain still verifies."""
    journal = MemoryJournal()
    written = write(journal, draft(body='{"text":"電源\\u0000は切らない\\n🚨"}'), draft("r2"), cause="c")

    read = [entry_of(line_of(entry)) for entry in written]

    assert list(written) == read
    assert list(breaks(read)) == []


def test_a_line_is_one_line() -> None:
    """Whatever people typed, an entry takes one line, and its texts stand in it as texts."""
    (entry,) = write(MemoryJournal(), draft(body='{\n"a":\n1}'), cause="c")

    assert "\n" not in line_of(entry)
    assert json.loads(line_of(entry))["body"] == entry.body


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[]",
        "{}",
        '{"seq":1}',
        "\xff",
        '{"seq":"1","envelope":"","body":"","nonces":"","previous":"","digest":""}',
        '{"seq":1,"envelope":"","body":"","nonces":"xx","previous":"","digest":""}',
    ],
)
def test_what_is_no_entry_is_refused(line: str) -> None:
    """A line that lacks something raises ValueError."""
    with pytest.raises(ValueError):  # noqa: PT011  (json's words or ours)
        entry_of(line)


def test_an_unreadable_envelope_is_left_to_the_verification() -> None:
    """A line whose envelope says nothing is still an entry, with a fault."""
    (entry,) = write(MemoryJournal(), draft(), cause="c")
    said = json.loads(line_of(entry)) | {"envelope": "?"}

    assert (1, "envelope") in kinds([entry_of(json.dumps(said))])


def test_a_part_is_no_whole_entry() -> None:
    """Whoever needs whole entries is told when one isn't."""
    (entry,) = write(MemoryJournal(), draft(), cause="c")

    with pytest.raises(ValueError, match="withheld"):
        entry_of(line_of(left_out(entry)))


@pytest.mark.parametrize(
    "line",
    [
        '{"seq":1,"left_out":["00"]}',
        '{"seq":1,"left_out":1}',
        '{"seq":1,"body_digest":""}',
        '{"seq":"1","left_out":[]}',
    ],
)
def test_what_is_no_part_is_refused(line: str) -> None:
    """Digests have 32 bytes, numbers are numbers."""
    with pytest.raises(ValueError):  # noqa: PT011  (json's words or ours)
        part_of(line)
