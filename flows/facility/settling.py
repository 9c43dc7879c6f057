"""What a command about the facility comes to: events, rows for the registry and messages owed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from contacts.registry import Rows
from contacts.roster import Roster
from contacts.shapes.people import DEPUTISED, Member
from flows.events.event import Event
from flows.handlers import Handlers
from flows.record.journal import Owed
from flows.refusals import Refused
from flows.state.house import House
from flows.state.work import Context

CONSOLE = "console"
"""The actor of what is done on the command line of the machine itself."""


@dataclass(frozen=True)
class Matter:
    """What a command about the facility may look at; ``context`` is None only before there is a facility."""

    house: House
    rows: Rows
    context: Context | None
    now: datetime
    actor: str

    @property
    def here(self) -> Context:
        """Give the context; the command line makes the facility before anything else."""
        if self.context is None:
            raise Refused("not_now", state="facility", move="before")
        return self.context


@dataclass
class Settlement:
    """What a command does to the facility: events, rows to put (kind, key, JSON or None) and messages owed."""

    events: list[Event] = field(default_factory=list)
    puts: list[tuple[str, str, str | None]] = field(default_factory=list)
    owed: list[Owed] = field(default_factory=list)


settles: Handlers[[], Settlement] = Handlers()
"""What a command about the facility comes to; raises Refused where it may not be."""


def keepers(roster: Roster) -> tuple[Member, ...]:
    """Give who keeps the registry: those who hold the role of director or safety manager, or stand in for one of them."""
    return tuple(m for m in roster.active() if {*DEPUTISED} & {*m.roles, *m.stands_in_for})


def only_chain(context: Context | None, actor: str) -> None:
    """Refuse what only the director, a deputy or the command line may do."""
    if actor != CONSOLE and (context is None or actor not in {m.id for m in context.chain()}):
        raise Refused("chain_only")


def keeps(context: Context | None, actor: str) -> bool:
    """Say whether somebody is one of those who keep the registry and the tasks, or the command line."""
    return actor == CONSOLE or (context is not None and actor in {m.id for m in keepers(context.roster)})


def only_keepers(context: Context | None, actor: str) -> None:
    """Refuse what only those who keep the registry, or the command line, may do."""
    if not keeps(context, actor):
        raise Refused("keepers_only")
