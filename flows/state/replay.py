"""A run from its entries: each event is looked up among those that change a run."""

from __future__ import annotations

from collections.abc import Iterable

from flows import events as ev
from flows.state import course, drilling, telling, working
from flows.state.run import Run
from flows.state.stamp import Stamp, evolve

TOPICS = (course, working, telling, drilling)
"""Where it stands what events mean for the state of a run."""

_BESIDE_IT = (ev.Alarmed, ev.StepShown, ev.CommandAsked, ev.Acknowledged, ev.Returned)
"""What is done to people; whoever does anything else is in the middle of it."""


def replay(run_id: str, entries: Iterable[tuple[ev.Event | None, Stamp]]) -> Run:
    """Give the run that its entries make, in order."""
    run = Run(run_id)
    for event, stamp in entries:
        apply(run, event, stamp)
    return run


def apply(run: Run, event: ev.Event | None, stamp: Stamp) -> None:
    """Take one event in at its place; None (a kind that says nothing of the state) only counts."""
    run.turns = stamp.turn
    if stamp.actor and isinstance(event, ev.RunEvent) and not isinstance(event, _BESIDE_IT):
        run.engaged |= {stamp.actor}
    evolve(run, event, stamp)
