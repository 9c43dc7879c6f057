"""Where and when an entry stands, as a replay sees it, and how what it changes is registered."""

from __future__ import annotations

from datetime import datetime

from flows.handlers import Handlers
from playbooks.frozen import frozen


@frozen
class Stamp:
    """Where and when an event stands: its turn in the run, both times (aware, UTC) and who did it."""

    turn: int
    recorded_at: datetime
    occurred_at: datetime
    actor: str


evolves: Handlers[[Stamp], None] = Handlers()
"""What an event changes: in a run, in the facility's house, in the calendar of drills, on the wall."""


def evolve(state: object, event: object, stamp: Stamp) -> None:
    """Let an event happen to a state; most events mean nothing to most states."""
    if handler := evolves.of(state, event):
        handler(stamp)
