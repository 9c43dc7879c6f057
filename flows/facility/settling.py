"""What a command about the facility comes to: events, rows for the registry and messages owed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from contacts.registry import Rows
from flows.events.event import Event
from flows.handlers import Handlers
from flows.record.journal import Owed
from flows.record.rows import Row
from flows.refusals import Refused
from flows.state.house import House
from flows.state.work import Context
from playbooks.frozen import frozen


@frozen
class Matter:
    """What a command about the facility may look at; ``context`` is None only before there is a facility.

    ``history`` gives all rows that the registry holds or held.
    """

    house: House
    rows: Rows
    context: Context | None
    now: datetime
    actor: str
    history: Callable[[], Iterable[Row]] = tuple

    @property
    def here(self) -> Context:
        """Give the context; the command line makes the facility before anything else."""
        if self.context is None:
            raise Refused("not_now", state="facility", move="before")
        return self.context


@dataclass
class Settlement:
    """What a command does to the facility: events, rows to put (kind, key, JSON or None) and messages owed.

    Of ``erased`` (kind, key) nothing is left but what holds once the puts are done.
    """

    events: list[Event] = field(default_factory=list)
    puts: list[tuple[str, str, str | None]] = field(default_factory=list)
    owed: list[Owed] = field(default_factory=list)
    erased: tuple[tuple[str, str], ...] = ()


settles: Handlers[[], Settlement] = Handlers()
"""What a command about the facility comes to; raises Refused where it may not be."""
