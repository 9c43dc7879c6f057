"""The boards of all open runs, owed anew when something outside the runs changes what they show."""

from __future__ import annotations

from datetime import datetime

from flows.engine import Engine
from flows.record.journal import Owed
from flows.response.audience import BOARD, followers


def boards_now(engine: Engine, now: datetime) -> list[Owed]:
    """Give the edit of each follower's board in each open run: who can be reached has changed."""
    return [
        Owed(member, "board", run.id, key=f"board:{run.id}", priority=BOARD, silent=True, edits=True)
        for run in engine.live_runs()
        if run.playbook is not None
        for member in followers(run, engine.context(now, "", run.id))
    ]
