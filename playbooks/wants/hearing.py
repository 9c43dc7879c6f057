"""What a text wants of the others while an incident goes on: learnt from what many people wrote, nothing for what is only told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from playbooks.triage.sense import sense
from playbooks.triage.speech import QUESTION_IN_FRONT, SENTENCE, remembered
from playbooks.wants.acts import acts
from playbooks.wants.names import above_all, may_be, names_a_deed, saying_in
from playbooks.wants.told import told_in

QUESTION = "question"
"""What asks for an answer and for nothing that is known by a name."""

DANGER = "danger"
"""Somebody is in danger: what danger's own ears (``triage.danger``) didn't hear, somebody is to look at."""

NOTE = "note"
"""What only tells something: nobody has to answer."""

ONLY_NAMES = "only_names"
"""What names a thing or a count and says nothing of it (「受付のパソコンです」): nothing is wanted by that, whatever it sounds like."""

WARNED = "warned"
"""What somebody is about to do, and must not."""

GIVEN = "secret_given"
"""Who was asked for a password and gave it has to be told what to do now, no more that they mustn't."""

NOT_DONE = "not_done"
"""Something wasn't done: for the record, unless it stands as done."""

UNCLEAR = "unclear"
"""What may be a note, and may want something as well: its writer is shown what can be asked for."""

ACTS = frozenset({"done", "found", "solved", "money_paid"})
"""Wants that offer to change what stands: they are heard only where that is clear."""

ALIKE = {DANGER: QUESTION, "which": QUESTION, WARNED: QUESTION, NOT_DONE: NOTE}
"""Meanings that go to the same people as another: what they are likely for together counts, before it is told which it is."""

NOTES_COUNT = 0.9
"""How much likely notes count: whose plea is kept as a note waits in vain, whose note is answered is only bothered."""

CLEAR_ACT, CLEAR_DONE, CLEAR_BESIDE, CLEAR_NOTE = 0.4, 0.6, 0.6, 0.53
"""So likely must an act be to be heard, one that names no deed of ours, what one sentence means beside the whole text, and a
note to be no more than one.

Measured on sentences of writers that were left out of what was learnt: of these 0.5 % are taken for an act that they don't
tell of, 2 % want something and are only kept, and 12 % want something that its writer is asked about.
"""

PLAIN = 0.6
"""So likely is what can hardly be misread: what somebody says of themselves alone is then done at once, and taken back with a tap."""


CLEAR_PLEA = 0.65
"""So likely is what even somebody wants who was asked for words and could have given just these as the answer."""

TO_BE_SAID = frozenset({"number", "which", "what_now"})
"""What somebody wants to be told."""

SAID_PLAINLY = frozenset({NOTE, "done", "undo", "leaving", "cannot_now", "what_now", QUESTION})
"""What is wanted by a saying that nobody can misread; what others mean depends on what is before their writer."""


AGREES = frozenset({"accept", "grant"})
"""Sayings that agree to something: where nothing was asked, nothing is wanted by them either."""


def wants_of(text: str) -> tuple[str, ...]:
    """Give what a text wants, the first to be answered at the front; nothing for what is only told."""
    return tuple(heard_in(text))


def is_plain(text: str, want: str) -> bool:
    """Say whether a text means this and hardly anything else."""
    meaning, likely = _meaning(text)
    return wants_of(text) == (want,) == (meaning,) and likely >= PLAIN


def is_clear(text: str) -> bool:
    """Say whether what a text wants stands in its form, as a question or a request, or can hardly be anything else.

    What must not be done has to be ahead, and what others are to say isn't told: that has happened, or is what was found.
    """
    meaning, likely = _meaning(text)
    if meaning.startswith(WARNED):
        return acts().intends(text)
    if above_all(text) or told_in(text) or acts().asks_for(text):
        return True
    told = meaning in TO_BE_SAID and acts().ends_told(text)
    return meaning != NOTE and not told and likely >= CLEAR_PLEA


@remembered
def heard_in(text: str) -> Mapping[str, tuple[str, ...]]:
    """Give what a text wants, the first to be answered at the front, and of each which kinds: ``warned`` of ``power``."""
    heard: dict[str, tuple[str, ...]] = {}
    for meaning in _meanings(text):
        want, _, kind = (QUESTION if meaning == DANGER else meaning).partition(":")
        heard[want] = (*heard.get(want, ()), *filter(None, [kind]))
    if len(heard) > 1:
        heard.pop(QUESTION, None)
        heard.pop(UNCLEAR, None)
    return MappingProxyType(heard)


def _meanings(text: str) -> Iterator[str]:
    """Give what the whole text means, then what is clear in its single sentences."""
    told = told_in(text)
    if first := told if told == GIVEN else above_all(text) or told:
        yield first
        return
    whole, much = _meaning(text)
    if whole != NOTE:
        yield whole
    elif saying_in(text) not in (NOTE, ONLY_NAMES) and acts().ends_asking(text):
        yield QUESTION
    elif much < CLEAR_NOTE and saying_in(text) not in AGREES:
        yield UNCLEAR
    sentences = [part for said in SENTENCE.split(text) for part in QUESTION_IN_FRONT.split(said) if part.strip()]
    for said in sentences if len(sentences) > 1 else ():
        meaning, likely = _meaning(said)
        if meaning not in (whole, NOTE) and likely >= CLEAR_BESIDE:
            yield meaning


def _meaning(text: str) -> tuple[str, float]:
    """Give the likeliest meaning that may be, and how likely; an act that isn't clear gives way to what is no act."""
    if (saying := saying_in(text)) in SAID_PLAINLY:
        return saying, 1.0
    if saying == ONLY_NAMES:
        return NOTE, 1.0
    learnt = sense("wants").likelihoods(text)
    likely = {
        meaning: much for meaning, much in learnt.items() if may_be(meaning, text) and acts().may_tell(meaning, text)
    }
    together: defaultdict[str, float] = defaultdict(float)
    for meaning, much in likely.items():
        together[_kind(meaning)] += much
    ranked = sorted(together.items(), key=lambda each: -each[1] * (NOTES_COUNT if each[0] == NOTE else 1))
    least = dict.fromkeys(ACTS, CLEAR_ACT) | {"done": CLEAR_ACT if names_a_deed(text) else CLEAR_DONE}
    kind, much = next((kind, much) for kind, much in ranked if much >= least.get(kind, 0))
    return next(meaning for meaning in likely if _kind(meaning) == kind), much


def _kind(meaning: str) -> str:
    want = meaning.partition(":")[0]
    return ALIKE.get(want, want)
