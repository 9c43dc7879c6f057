"""Discretion: what people were promised not to be told apart by, in what goes along with a drill's documents.

Nobody's answers to a quiz are shown as theirs, and who spoke without a name stays unknown: of the first the body is
withheld, of the second the whole entry. The chain verifies all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows import codec
from flows import events as ev
from flows.journal import Entry
from flows.withholding import Part, joined, left_out, withheld

QUIZ_ANSWER = codec.kind_of(ev.QuestionAnswered)


def asked_for_a_voice(entries: Sequence[Entry]) -> frozenset[int]:
    """Give the numbers of the entries that say who was asked for, or gave, what they think of a drill."""
    found: set[int] = set()
    waiting: set[str] = set()
    for entry in entries:
        event = codec.decode(entry.kind, entry.body)
        if isinstance(event, ev.Asked) and event.what == "feedback":
            found.add(entry.seq)
            waiting.add(event.member)
        elif isinstance(event, ev.AskingDropped) and event.member in waiting:
            found.add(entry.seq)
            waiting.remove(event.member)
    return frozenset(found)


def discreet(entries: Sequence[Entry]) -> Iterator[Part]:
    """Give a run's entries as its documents carry them along."""
    hidden = asked_for_a_voice(entries)
    return joined(left_out(e) if e.seq in hidden else withheld(e, {}) if e.kind == QUIZ_ANSWER else e for e in entries)
