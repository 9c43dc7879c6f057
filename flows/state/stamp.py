"""Where and when an entry stands, as a replay sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Stamp:
    """Where and when an event stands: its turn in the run, both times (aware, UTC) and who did it."""

    turn: int
    recorded_at: datetime
    occurred_at: datetime
    actor: str
