"""How long people take to read, to write and for each kind of act.

A play's people are quick: they take the short end of each range; the slow ones of ``tests/world`` draw from it.
"""

from __future__ import annotations

from collections.abc import Mapping

from playbooks.frozen import frozen
from playbooks.model import Step
from playbooks.step_types import Wants
from playbooks.texts import Language

Range = tuple[float, float]


@frozen
class Pace:
    """Seconds, and characters a second. Two numbers are a range, even unless said otherwise. What nobody has measured is *ours*."""

    reads: float = 5.0
    """Characters a second under stress: messages, buttons, captions, the changed part of an edit."""
    types: float = 1.5
    opens: float = 10.0
    """To take the phone out and open it; also after an act for which it was put aside."""
    hands: Range = (60, 180)
    """A physical act, and any work on paper."""
    rings: float = 30.0
    taps: Range = (1, 3)
    decides: Range = (5, 15)
    """Ours: to choose one of several answers."""
    voice: Range = (10, 25)
    """Ours: to call out, to say a sentence."""
    photo: Range = (15, 40)
    talks: Range = (60, 180)
    """Ours: a call that was answered."""


PACE = Pace()

PACES: Mapping[Language, Pace] = {"ja": PACE, "en": Pace(reads=17.0, types=3.0)}
"""By the language read and typed: a Japanese character says some three times what a Latin letter does.

The ratio is that of subtitles (four and seventeen a second); typing English on a phone is ours.
"""


def quick(span: Range) -> float:
    """Give the short end of a range: whoever is slower is asked for less in the first minutes, so that these are the most."""
    return span[0]


BY_HAND = quick(PACE.hands) + PACE.opens
"""What takes hands: the phone is put aside for it."""

SAID_OR_DONE = (quick(PACE.voice) + BY_HAND) / 2
"""What is tapped as done, and nothing says whether it takes hands or only a sentence."""

CALLED = PACE.rings + quick(PACE.talks)

TAKES: Mapping[Wants, float] = {
    "tap": SAID_OR_DONE,
    "photo": quick(PACE.photo),
    "text": 0.0,
    "choice": quick(PACE.decides),
    "ticks": quick(PACE.voice),
    "call": CALLED,
    "lines": quick(PACE.taps),
}
"""What a step of a type takes, its words apart; where the step itself says that it takes hands, as much as those."""


def seconds(step: Step) -> float:
    """Give how long somebody takes for what a step asks, before they tap or write what came of it."""
    return max(TAKES[step.type.wants], BY_HAND if step.hands and not step.lines else 0.0)


def written_in(line: str, pace: Pace) -> float:
    """Give how long somebody takes to write a line; a tap (in brackets) is none."""
    return quick(pace.taps) if line.startswith("[") else len(line) / pace.types
