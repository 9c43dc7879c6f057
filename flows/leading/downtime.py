"""How long a system may stand still, by the ledger: whoever leads is told when that time is nearly over, and when it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from contacts.readiness.ledger import systems_of
from contacts.shapes.systems import System
from flows.commands.clock import Due, RemindDowntime
from flows.events.telling import DowntimeReminded
from flows.messages.calling import DowntimeNear
from flows.record.journal import SOON, Owed
from flows.refusals import Refused
from flows.response.audience import Circumstances, leaders, tells
from flows.state.run import Run
from flows.state.work import Context, Work, decides

NEAR = 4
"""Somebody is told when no more than this part of the time is left: a quarter."""

STOPPED = ("stopped", "partly")


def stopped_since(run: Run) -> datetime | None:
    """Give since when systems stand still; None while nobody said that any does, or once they are back.

    An outage begins with them. Else somebody decided it, at a step that shows what the ledger has to say of it.
    """
    book = run.playbook
    if book is None or not run.live or _back(run):
        return None
    if book.stops:
        return None if run.facts.get("scope") == "one" else run.known_at or run.reported_at
    if run.facts.get("systems") not in STOPPED:
        return None
    here = [d.at for d in run.decisions.values() if d.shown in run.shown and _weighed(run, d.shown)]
    return min(here, default=None)


def _weighed(run: Run, shown: int) -> bool:
    return "downtime" in run.step(run.shown[shown]).known


def _back(run: Run) -> bool:
    """Say whether they work again: it was decided so, or after a failure without a loss the work of coming back has begun."""
    book = run.playbook
    if run.facts.get("reopened") == "yes" or book is None:
        return True
    coming = any(name in book.tracks and book.tracks[name].stage in ("recovery", "after") for name in run.tracks)
    return book.event == "system_failure" and coming and run.facts.get("restore_needed") != "yes"


def allowed_until(since: datetime, system: System) -> datetime | None:
    """Give until when a system may stand still; None where nobody wrote that."""
    return None if system.allowed_downtime is None else since + timedelta(minutes=system.allowed_downtime)


def _steps(run: Run, context: Context) -> Iterator[tuple[datetime, str, System]]:
    """Give what whoever leads has not been told yet: when, which (``near`` or ``over``), of which system."""
    since = stopped_since(run)
    if since is None or run.playbook is None:
        return
    for system in systems_of(context.roster, run.playbook.stops):
        until = allowed_until(since, system)
        if until is not None and f"over:{system.id}" not in run.downtimes:
            if f"near:{system.id}" not in run.downtimes:
                yield until - (until - since) / NEAR, "near", system
            yield until, "over", system


def downtimes_due(run: Run, context: Context) -> Iterator[Due]:
    """Give when whoever leads is told next: all of one moment together, and nothing while they discuss a made-up case."""
    if run.exercise is not None and run.exercise.scenario is not None:
        return
    ahead = [when for when, _, _ in _steps(run, context)]
    if ahead:
        yield Due(min(ahead), f"clock:{run.id}:downtime:{min(ahead).isoformat()}", RemindDowntime(run.id))


@decides
def remind(work: Work, _: RemindDowntime) -> None:
    """Tell of each system whose time is nearly over, or is; of the first no more where it is over already."""
    now = [(which, system.id) for when, which, system in _steps(work.run, work.context) if when <= work.context.now]
    over = tuple(system for which, system in now if which == "over")
    near = tuple(system for which, system in now if which == "near" and system not in over)
    if not now:
        raise Refused("stale")
    work.add(DowntimeReminded(near, over))


@tells
def _told(run: Run, event: DowntimeReminded, how: Circumstances) -> Iterator[Owed]:
    for member in leaders(run, how.context)[:1]:
        yield Owed(member, DowntimeNear(event.near, event.over), run.id, key=f"downtime:{run.id}", priority=SOON)
