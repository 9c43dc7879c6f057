"""Whether somebody asks how something of a run stands, and of which steps: the run knows, so that nobody has to be asked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from flows.response.steps import applies
from flows.state.run import Run
from flows.state.work import Context
from flows.written.times import time_ahead
from playbooks.frozen import frozen
from playbooks.model import Step
from playbooks.texts import everywhere
from playbooks.wants.acts import acts
from playbooks.wants.names import (
    all_called_in,
    asks_whether_right,
    deeds_in,
    kinds_called,
    names_power,
    says,
    thing_in,
)

MOST = 4
"""So many steps are told of; who asks of more reads the board."""


@frozen
class Standing:
    """Of what a text asks how it stands: steps and lines (``track/step/line``), and people, whether they know.

    ``advised``: whether somebody is to be called; the steps say so.
    """

    places: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    advised: bool = False

    @property
    def about(self) -> dict[str, Any]:
        """What a plea keeps of it; empty where it is about nothing."""
        kept = {"places": list(self.places), "people": list(self.people), "advised": self.advised}
        return {name: what for name, what in kept.items() if what} if self.places or self.people else {}


def asked_about(text: str, run: Run, context: Context) -> Standing:
    """Give the steps and the people of which a text asks how they stand; nothing where it asks for no such thing."""
    calls = "call" in deeds_in(text)
    advised = says(text, "asks_call") and calls and bool(all_called_in(text))
    knows = says(text, "asks_knows")
    if run.playbook is None or asks_whether_right(text) or not (advised or knows or acts().asks_whether(text)):
        return Standing()
    people = people_named(text, context) if knows or (calls and not advised) else ()
    about = _meant(text, run, context, above=BY_KIND if advised or people else 0)
    return Standing((_begun(run, about) or tuple(about))[:MOST], people, advised)


def _begun(run: Run, places: list[str]) -> tuple[str, ...]:
    """Give those that were answered, then those that somebody has before them."""
    open_now = {shown.track + "/" + shown.step for shown in run.open_steps()}
    ranks = {place: _rank(run, place, open_now) for place in places}
    return tuple(sorted((place for place, rank in ranks.items() if rank < NOT_BEGUN), key=lambda place: ranks[place]))


def coming(run: Run, context: Context) -> dict[str, list[int]]:
    """Give what is known of when it works again or somebody comes: the latest notes that tell of a time ahead, and promises."""
    zone = context.roster.facility.local
    notes = [n.turn for n in run.notes.values() if time_ahead(n.text, zone(n.occurred_at))]
    promises = [p.turn for p in run.promises.values() if p.kept is None]
    return {"notes": notes[-MOST:], "promises": promises[-MOST:]} if notes or promises else {}


def told_of(text: str, run: Run, context: Context) -> tuple[str, ...]:
    """Give the steps and lines that stand open and that somebody who doesn't have them says they did.

    Of a lead it is told so plainly, and of a call where it is named who was called: words go to many.
    """
    if run.playbook is None or not (
        "line" in deeds_in(text) or ("call" in deeds_in(text) and kinds_called(text) & CALLED_BY_STEPS)
    ):
        return ()
    meant = _meant(text, run, context, above=BY_KIND)
    return tuple(place for place in meant if tuple(place.split("/", 1)) not in run.answered)[:MOST]


def _meant(text: str, run: Run, context: Context, *, above: int = 0) -> list[str]:
    """Give the steps and lines that a text names best, if it names them at all."""
    alike = {place: _likeness(text, step) for place, step in _steps(run, context) if not step.lines}
    most = max(alike.values(), default=0)
    return [place for place, much in alike.items() if much == most > above]


def forbidden(text: str, run: Run, context: Context) -> tuple[str, int] | None:
    """Give the step or line that forbids what a text asks whether it may be done, and which of what it forbids; None for none."""
    thing = thing_in(text)
    if run.playbook is None or not thing or not names_power(text) or not says(text, "permits"):
        return None
    found = [
        (place, number, step.picture == thing)
        for place, step in _steps(run, context, everything=True)
        for number, one in enumerate(step.never.in_language("ja"))
        if thing_in(one) == thing and names_power(one)
    ]
    best = max(found, key=lambda one: one[2], default=None)  # what is to be done with it instead
    return best[:2] if best is not None else None


def people_named(text: str, context: Context) -> tuple[str, ...]:
    """Give who works here that a text names, by their name or by what they are."""
    called = all_called_in(text)
    roles = {name.removeprefix("role:") for name in called if name.startswith("role:")}
    return tuple(
        m.id
        for m in context.roster.active()
        if m.id != context.actor
        and (m.name.split()[0] in text or roles & {*m.roles, *(["deputy"] if m.stands_in_for else [])})
    )


CALLED_BY_STEPS = frozenset({"vendor", "authority", "adviser"})
"""Whom steps call, beside who works here."""

BY_KIND = 1
"""A step calls somebody of the kind that is named, but not them."""

NOT_BEGUN = 2


def _rank(run: Run, place: str, open_now: set[str]) -> int:
    track, _, step = place.partition("/")
    if (track, step) in run.answered:
        return 0
    return 1 if place in open_now or place.rpartition("/")[0] in open_now else NOT_BEGUN


def _steps(run: Run, context: Context, *, everything: bool = False) -> Iterator[tuple[str, Step]]:
    """Give the steps and lines of what is followed that concern this case, or were answered; else of all of the playbook."""
    tracks = run.playbook.tracks if run.playbook else {}
    for track in (name for name in (tracks if everything else run.tracks) if name in tracks):
        for name, step in tracks[track].steps.items():
            for place, one in ((name, step), *((f"{name}/{line}", each) for line, each in step.lines.items())):
                if everything or (track, place) in run.answered or applies(one, run, context):
                    yield f"{track}/{place}", one


def _likeness(text: str, step: Step) -> int:
    """Give in how much a text names what a step does: its deeds, its thing, whoever it calls; 0 where anything speaks against it."""
    thing, deeds, called = thing_in(text), deeds_in(text), kinds_called(text)
    asked = _asked(" ".join(everywhere(step.ask).values()))
    if called and "call" in deeds:
        card = step.contact or ""
        if any(card == one or card.startswith(f"{one}_") for one in all_called_in(text)):
            return 4
        if "call" not in asked.deeds:
            return 0
        by_card = card.partition(":")[0] in called
        return 2 * by_card + (0 if by_card or not called & asked.called else BY_KIND)
    same = deeds & asked.deeds
    if deeds and not same:
        return 0
    about = thing in (step.picture, asked.thing) if thing else False
    return 0 if thing and not about and "backup" not in same else 2 * len(same) + about


@frozen
class _Asked:
    """What the words of a step name."""

    thing: str
    deeds: frozenset[str]
    called: frozenset[str]


@lru_cache(maxsize=2048)
def _asked(words: str) -> _Asked:
    """Read a step's words once: each note is held against all of them. Nobody here wrote them, so they may be remembered."""
    return _Asked(thing_in(words), deeds_in(words), kinds_called(words))
