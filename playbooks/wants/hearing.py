"""What a text wants of the others while an incident goes on: learnt from what many people wrote, nothing for what is only told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from playbooks.triage.sense import sense
from playbooks.triage.speech import SENTENCE
from playbooks.wants.names import above_all, may_be

QUESTION = "question"
"""What asks for an answer and for nothing that is known by a name."""

DANGER = "danger"
"""Somebody is in danger: what danger's own ears (``triage.danger``) didn't hear, somebody is to look at."""

NOTE = "note"
"""What only tells something: nobody has to answer."""

ACTS = frozenset({"done", "found", "solved", "money_paid"})
"""Wants that offer to change what stands: they are heard only where that is clear."""

CLEAR_ACT, CLEAR_BESIDE = 0.4, 0.6
"""So likely must an act be to be heard, and so likely what one sentence means beside the whole text. Measured on sentences
of writers that were left out of what was learnt: below 0.4, acts are heard that nobody told of."""


def wants_of(text: str) -> tuple[str, ...]:
    """Give what a text wants, the first to be answered at the front; nothing for what is only told."""
    return tuple(heard_in(text))


def heard_in(text: str) -> Mapping[str, tuple[str, ...]]:
    """Give what a text wants, the first to be answered at the front, and of each which kinds: ``warned`` of ``power``."""
    heard: dict[str, tuple[str, ...]] = {}
    for meaning in _meanings(text):
        want, _, kind = (QUESTION if meaning == DANGER else meaning).partition(":")
        heard[want] = (*heard.get(want, ()), *filter(None, [kind]))
    if len(heard) > 1:
        heard.pop(QUESTION, None)
    return heard


def _meanings(text: str) -> Iterator[str]:
    """Give what the whole text means, then what is clear in its single sentences."""
    if first := above_all(text):
        yield first
        return
    whole, _ = _meaning(text)
    if whole != NOTE:
        yield whole
    sentences = [said for said in SENTENCE.split(text) if said.strip()]
    for said in sentences if len(sentences) > 1 else ():
        meaning, likely = _meaning(said)
        if meaning not in (whole, NOTE) and likely >= CLEAR_BESIDE:
            yield meaning


def _meaning(text: str) -> tuple[str, float]:
    """Give the likeliest meaning that may be, and how likely; an act that isn't clear gives way to what is no act."""
    likely = ((meaning, much) for meaning, much in sense("wants").likelihoods(text).items() if may_be(meaning, text))
    return next((meaning, much) for meaning, much in likely if meaning not in ACTS or much >= CLEAR_ACT)
