"""A run from its entries: each event is looked up among those that change a run."""

from __future__ import annotations

from collections.abc import Iterable

from flows.events.calling import Acknowledged, Alarmed, CommandAsked, Returned
from flows.events.event import Event, RunEvent
from flows.events.working import StepShown
from flows.state import course, drilling, helping, telling, working
from flows.state.run import Run
from flows.state.stamp import Stamp, evolve

TOPICS = (course, working, helping, telling, drilling)
"""Where it stands what events mean for the state of a run."""

_BESIDE_IT = (Alarmed, StepShown, CommandAsked, Acknowledged, Returned)
"""What is done to people; whoever does anything else is in the middle of it."""


def replay(run_id: str, entries: Iterable[tuple[Event | None, Stamp]]) -> Run:
    """Give the run that its entries make, in order."""
    run = Run(run_id)
    for event, stamp in entries:
        apply(run, event, stamp)
    return run


def apply(run: Run, event: Event | None, stamp: Stamp) -> None:
    """Take one event in at its place; None (a kind that says nothing of the state) only counts."""
    run.turns = stamp.turn
    if stamp.actor and isinstance(event, RunEvent) and not isinstance(event, _BESIDE_IT):
        run.engaged |= {stamp.actor}
    evolve(run, event, stamp)
