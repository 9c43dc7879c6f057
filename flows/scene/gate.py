"""What can wait until the spread is stopped: drafts, approvals, notices, publication; and what never waits."""

from __future__ import annotations

from datetime import timedelta

from flows.state.run import Run
from flows.state.work import Context
from playbooks.duties.assessment import OwedDuty, assess

OPENS = timedelta(minutes=60)
"""So long papers wait at most, from the moment the response began."""

QUARTER, HALF_AN_HOUR, AN_HOUR = timedelta(minutes=15), 30 * 60, 60 * 60
"""In the first quarter of an hour only what has to be done within half an hour (in seconds) is asked of anybody; where it isn't urgent, within one."""

NEVER_GATED = frozenset({"police", "insurer", "partners"})
"""Reports that are a call while it goes on: partners to cut off, the police, the insurer before anybody looks into it."""


def contained(run: Run) -> bool:
    """Say whether somebody has said that the spread is stopped: coming back has begun."""
    playbook = run.playbook
    begun = [playbook.tracks[name] for name in run.tracks if name in playbook.tracks] if playbook else []
    return any(track.stage == "recovery" for track in begun)


def gate_open(run: Run, context: Context) -> bool:
    """Say whether papers are shown: it is not urgent, the spread is stopped, or the first hour is over."""
    late = run.declared_at is None or context.now >= run.declared_at + OPENS
    return run.grade != "urgent" or not run.live or contained(run) or late


def waits(run: Run, context: Context, duty: str, owed: OwedDuty | None) -> bool:
    """Say whether a report waits behind the gate; what has its last day today or tomorrow doesn't, nor what never does."""
    return duty not in NEVER_GATED and not (owed and near(owed, context)) and not gate_open(run, context)


def near(owed: OwedDuty, context: Context) -> bool:
    """Say whether the last day of a report is today or tomorrow, or has passed."""
    return owed.last_day is not None and owed.last_day <= context.today + timedelta(days=1)


def held(run: Run, context: Context, track: str, step: str) -> bool:
    """Say whether a step waits: a paper behind the gate, and in the first quarter of an hour what has time.

    What is practised waits for nothing, nor anything while a report has its last day today or tomorrow.
    """
    if run.drill or run.playbook is None or not run.live:
        return False
    text, early = run.text_of(track, step), run.declared_at and context.now < run.declared_at + QUARTER
    presses = HALF_AN_HOUR if run.grade == "urgent" else AN_HOUR
    has_time = early and text.within > presses and not (run.grade == "urgent" and contained(run))
    if not (has_time or (text.gated and not gate_open(run, context))):
        return False
    if run.duties is None or run.known_at is None:
        return True
    owed = assess(run.duties, run.facts, run.known_at).owed
    return not any(near(one, context) for one in owed if one.id not in {*run.filed, *run.refused, *NEVER_GATED})
