"""What can wait until the spread is stopped: drafts, approvals, notices, publication; and what never waits."""

from __future__ import annotations

from datetime import timedelta

from flows.state.run import Run
from flows.state.work import Context
from playbooks.duties.assessment import OwedDuty

OPENS = timedelta(minutes=60)
"""So long papers wait at most, from the moment the response began."""

NEVER_GATED = frozenset({"police", "insurer", "partners"})
"""Reports that are a call while it goes on: partners to cut off, the police, the insurer before anybody looks into it."""


def contained(run: Run) -> bool:
    """Say whether somebody has said that the spread is stopped: coming back has begun."""
    begun = {name for name in run.tracks if run.playbook is not None and name in run.playbook.tracks}
    return any(run.playbook.tracks[name].stage == "recovery" for name in begun if run.playbook is not None)


def gate_open(run: Run, context: Context) -> bool:
    """Say whether papers are shown: it is not urgent, the spread is stopped, or the first hour is over."""
    late = run.declared_at is None or context.now >= run.declared_at + OPENS
    return run.grade != "urgent" or not run.live or contained(run) or late


def waits(run: Run, context: Context, duty: str, owed: OwedDuty | None) -> bool:
    """Say whether a report waits behind the gate; what has its last day today or tomorrow doesn't, nor what never does."""
    last = owed.last_day if owed is not None else None
    near = last is not None and last <= context.today + timedelta(days=1)
    return duty not in NEVER_GATED and not near and not gate_open(run, context)
