"""What the clock orders, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flows.commands.command import Command


@dataclass(frozen=True)
class Due:
    """Something the clock orders: since when it is due, and the cause that makes it happen only once."""

    since: datetime
    cause: str
    command: Command
