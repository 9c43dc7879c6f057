"""Discretion: what people were promised not to be told apart by, in what goes along with a drill's documents.

Nobody's answers to a quiz are shown as theirs: their bodies are withheld, and the chain verifies all the same. Who spoke
without a name stands in no entry at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows.events.drilling import QuestionAnswered
from flows.naming import kept_name
from flows.record.journal import Entry
from flows.record.withholding import Part, joined, withheld

QUIZ_ANSWER = kept_name(QuestionAnswered)


def discreet(entries: Sequence[Entry]) -> Iterator[Part]:
    """Give a run's entries as its documents carry them along."""
    return joined(withheld(e, {}) if e.kind == QUIZ_ANSWER else e for e in entries)
