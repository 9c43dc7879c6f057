"""Tracks and steps: what was shown to whom, answered, passed on or handed over."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from flows.events.event import FacilityEvent, RunEvent
from playbooks.frozen import frozen


@frozen
class TrackStarted(RunEvent):
    """A track stands at its first step that applies (``end`` if none does)."""

    track: str
    step: str
    passed: tuple[str, ...] = ()


@frozen
class StepShown(RunEvent):
    """A step became somebody's one open step; the entry's turn names it from here on.

    ``taken_from`` is the turn under which somebody had it before in this round; 0 if nobody had. ``in_place_of`` is the turn
    of the step that this person has just answered by a tap, in whose message it stands; 0 if it has one of its own.
    """

    track: str
    step: str
    member: str
    claimed: bool = False
    taken_from: int = 0
    in_place_of: int = 0


@frozen
class StepReminded(RunEvent):
    """The time allowed is over; the owner was reminded."""

    shown: int


@frozen
class StepReleased(RunEvent):
    """The step is open again to its role's deputy and to whoever claims it; ``why`` overdue, no_hands, moot, left …."""

    shown: int
    why: str


@frozen
class PassedOver(RunEvent):
    """What became known left nobody with the step at which a track stood: it stands at ``to`` now, ``passed`` didn't apply either."""

    track: str
    step: str
    to: str
    passed: tuple[str, ...] = ()


@frozen
class ItemTicked(RunEvent):
    """An item of a checklist step was ticked or unticked."""

    shown: int
    item: str
    on: bool


@frozen
class HelpGiven(RunEvent):
    """Somebody tapped 「わからない」 and was given a person to call; the step stays."""

    shown: int
    call: str


@frozen
class StepAnswered(RunEvent):
    """A step was answered; ``to`` is where the track stands now, ``passed`` the steps that didn't apply."""

    shown: int
    track: str
    step: str
    answer: str
    member: str
    to: str
    settles: bool
    passed: tuple[str, ...] = ()
    given: dict[str, Any] = field(default_factory=dict)
    reason: str | None = None
    sets: dict[str, str] = field(default_factory=dict)


@frozen
class LineOpened(RunEvent):
    """Somebody tapped a line of the card shown at turn ``shown``: what they send next belongs to it."""

    shown: int
    line: str


@frozen
class LineSettled(RunEvent):
    """A line of a card was answered, as a step is; ``in_bulk``: together with others, by one tap for all."""

    shown: int
    track: str
    step: str
    line: str
    answer: str
    member: str
    settles: bool
    given: dict[str, Any] = field(default_factory=dict)
    reason: str | None = None
    sets: dict[str, str] = field(default_factory=dict)
    in_bulk: bool = False


@frozen
class AnswerTakenBack(RunEvent):
    """The answer at turn ``of`` was meant as a note: the step (or line, ``card/line``) stands open again."""

    of: int
    track: str
    step: str


@frozen
class AnswerUndone(RunEvent):
    """The answer at turn ``of`` was taken back by whoever gave it: ``steps`` (or lines, ``card/line``) stand open again.

    ``restores`` are facts as they were before, ``forgets`` those that nobody knew; the tracks of ``ends`` had begun by it.
    """

    of: int
    track: str
    steps: tuple[str, ...]
    restores: dict[str, str] = field(default_factory=dict)
    forgets: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


@frozen
class FactsLearned(RunEvent):
    """Facts became known outside a step."""

    sets: dict[str, str]


@frozen
class HandedOver(RunEvent):
    """The run goes on with another playbook; what was done in tracks of the same name stays done."""

    playbook: dict[str, Any]
    was: str
    reason: str = ""
    """Where an attack had been feared: who says that it is none, and when; ``source`` is what they are."""
    source: str = ""


@frozen
class SwitchProposed(RunEvent):
    """``member`` says that it is what ``playbook`` is about; an attack is feared, so somebody who knows makes sure first."""

    playbook: str
    title: dict[str, str]
    member: str


@frozen
class Asked(RunEvent, FacilityEvent):
    """The bot waits for ``member`` to write something: ``what`` names it, ``about`` says of what."""

    member: str
    what: str
    about: dict[str, Any] = field(default_factory=dict)


@frozen
class AskingDropped(RunEvent, FacilityEvent):
    """The question to ``member`` is no longer waited for."""

    member: str
