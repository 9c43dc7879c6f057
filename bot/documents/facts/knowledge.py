"""What a run knows, each piece with the entries on which it rests; read once from its entries, in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TypeVar

from bot.documents.source import Source
from flows.events.calling import Declared, Reported
from flows.events.event import Event
from flows.events.reporting import KnownAtMoved
from flows.events.telling import Corrected
from flows.events.working import FactsLearned, HandedOver, LineSettled, StepAnswered
from flows.record import codec
from flows.state.replay import apply
from flows.state.run import Answered, Run
from flows.state.stamp import Stamp
from flows.written.free_text import veiled
from flows.written.taking import own_words
from playbooks.conditions import UNKNOWN
from playbooks.duties.assessment import Assessment, NotOwed, OwedDuty, assess
from playbooks.duties.shape import Duties
from playbooks.frozen import frozen
from playbooks.model import Step

E = TypeVar("E", bound=Event)


@frozen
class KnownValue:
    """A value as it was told, and the turns on which it rests (the correction that changed it included)."""

    value: str
    turns: tuple[int, ...]


@frozen
class Done:
    """A step as it was answered, with its text."""

    track: str
    name: str
    step: Step
    answer: Answered
    card: str
    """The card on which it is a line; empty for a step of its own."""
    urgent: bool
    """Whether it belongs to what has to be done first of all."""


@frozen
class Told:
    """Somebody outside was called in a step: ``reference`` is ``kind:service``, ``words`` what was promised or said."""

    reference: str
    reached: bool
    words: str
    turns: tuple[int, ...]


class Knowledge:
    """The run of a source as others may be told of it, and where each piece of it comes from.

    What people wrote in their own words is in it only if somebody has looked at it; else a mark stands there.
    """

    def __init__(self, source: Source) -> None:
        """Read the entries once; a run of 10,000 takes no more than its replay."""
        self.source = source
        self.marks = {key: source.words.say(key).unescape() for key in ("form.unseen", "form.withheld")}
        """What stands in the place of words that nobody has looked at yet, and of such as are withheld."""
        self.run = Run(source.run_id)
        self._facts: dict[str, int] = {}
        self._corrected: dict[int, int] = {}
        self._begun: set[int] = set()
        self._turns: dict[type, list[tuple[int, Event]]] = {}
        for entry in source.entries:
            event = self._as_handed_on(codec.decode(entry.kind, entry.body), entry.turn)
            before = dict(self.run.facts) if isinstance(event, Declared | HandedOver) else {}
            apply(self.run, event, Stamp(entry.turn, entry.recorded_at, entry.occurred_at, entry.actor))
            if event is not None:
                self._note(event, entry.turn, before)

    def _as_handed_on(self, event: Event | None, turn: int) -> Event | None:
        looked = self.source.looked_at.get(turn)
        if event is None or (looked is not None and looked.keep):
            return event
        return veiled(event, self.marks["form.unseen" if looked is None else "form.withheld"])

    def _note(self, event: Event, turn: int, before: dict[str, str]) -> None:
        self._turns.setdefault(type(event), []).append((turn, event))
        match event:
            case Declared() | HandedOver():
                changed = (name for name, value in self.run.facts.items() if before.get(name) != value)
                self._facts |= dict.fromkeys(changed, turn)
                self._begun.add(turn)
            case StepAnswered() | LineSettled() | FactsLearned():
                self._facts |= dict.fromkeys(event.sets, turn)
            case Corrected():
                self._corrected[event.of] = turn
            case _:
                pass

    def turns(self, kind: type[Event]) -> list[int]:
        """Give the turns of all events of a kind."""
        return [turn for turn, _ in self._turns.get(kind, [])]

    def events(self, kind: type[E]) -> Iterator[tuple[int, E]]:
        """Give all events of a kind with their turns."""
        return ((turn, event) for turn, event in self._turns.get(kind, []) if isinstance(event, kind))

    def seqs(self, turns: tuple[int, ...]) -> tuple[int, ...]:
        """Give the journal's numbers of turns."""
        return tuple(sorted({self.source.seq_of(turn) for turn in turns}))

    def at(self, turn: int) -> datetime:
        """Give when the entry at ``turn`` happened, corrections counted in."""
        corrected = self.run.corrections.get(turn, (None, None))[1]
        return datetime.fromisoformat(corrected) if corrected else self.source.entries[turn - 1].occurred_at

    # ── what is known ───────────────────────────────────────────────────────────────────────────────────────────────

    def fact(self, name: str) -> KnownValue | None:
        """Give a fact; None while nobody knows. That something is *not* so is known only once a person has said it."""
        value, turn = self.run.facts.get(name, UNKNOWN), self._facts.get(name)
        if value == UNKNOWN or turn is None or (value in ("no", "none") and turn in self._begun):
            return None
        return KnownValue(value, (turn,))

    def origins(self, names: frozenset[str]) -> tuple[int, ...]:
        """Give the turns from which facts come, as far as they are known."""
        return tuple(turn for name in sorted(names) if (known := self.fact(name)) for turn in known.turns)

    def worded(self, turn: int, text: str) -> KnownValue:
        """Give what was typed at a turn, or what a correction says instead."""
        instead = self.run.corrections.get(turn, (None, None))[0]
        turns = (turn, self._corrected[turn]) if turn in self._corrected else (turn,)
        return KnownValue(instead or text, turns)

    def since(self) -> tuple[int, ...]:
        """Give the turn on which ``known_at`` rests: the report, or what moved it last; empty before there is one."""
        return tuple((self.turns(KnownAtMoved) or self.turns(Reported))[-1:])

    def done(self) -> Iterator[Done]:
        """Give every answered step, and line of a card, in the order of the answers."""
        for (track, name), answer in sorted(self.run.answered.items(), key=lambda pair: pair[1].turn):
            step = self.run.text_of(track, name)
            if not step.lines:  # a card is what its lines are
                card, _, own = name.rpartition("/")
                yield Done(track, own, step, answer, card, self._is_urgent(track))

    def _is_urgent(self, name: str) -> bool:
        track = self.run.playbook.tracks.get(name) if self.run.playbook else None
        return track is not None and track.stage == "first_response" and track.urgency == 1

    def answer(self, name: str) -> Done | None:
        """Give how a step of this name was answered last, in whatever track it stands."""
        return next((d for d in reversed(list(self.done())) if d.name == name), None)

    def said(self, name: str) -> KnownValue | None:
        """Give the text that a person wrote last in a step, in whatever track it was asked; None if nobody did."""
        for found in reversed([done for done in self.done() if done.name == name]):
            if text := str(found.answer.given.get("text") or ""):
                return self.worded(found.answer.turn, text)
        return None

    def ticked(self, name: str) -> list[tuple[str, str]]:
        """Give the items ticked in a step, as (item, label in the document's language)."""
        found = self.answer(name)
        ticked = found.answer.given.get("ticked", []) if found else []
        choices = found.step.choices.items() if found else ()
        return [(item, choice.label.in_language(self.source.language)) for item, choice in choices if item in ticked]

    def told(self) -> Iterator[Told]:
        """Give whom a step had called, in order."""
        for done in self.done():
            if done.step.type.wants == "call" and done.step.contact and done.answer.answer in ("done", "cannot"):
                words = own_words(done.answer.given) or done.answer.reason or ""
                known = self.worded(done.answer.turn, words)
                yield Told(done.step.contact, done.answer.answer == "done", known.value, known.turns)

    # ── what is owed ────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def duties(self) -> Duties:
        """The law of the run, or the facility's while none was chosen; LookupError where there is none."""
        duties = self.run.duties or self.source.context.handbook.duties
        if duties is None:
            raise LookupError("no reporting duties are known here")
        return duties

    def assessment(self) -> Assessment | None:
        """Give what is owed on what is known; None before anything is known."""
        return assess(self.duties, self.run.facts, self.run.known_at) if self.run.known_at and self.run.duties else None

    def duty(self, name: str) -> OwedDuty | NotOwed | None:
        """Give how one duty is judged."""
        found = self.assessment()
        judged: tuple[OwedDuty | NotOwed, ...] = (*found.owed, *found.not_owed) if found else ()
        return next((d for d in judged if d.id == name), None)
