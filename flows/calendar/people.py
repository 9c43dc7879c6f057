"""Who has to do with a drill: who decides about it, who runs it, who takes part, and how each is told."""

from __future__ import annotations

from collections.abc import Iterable

from flows.messages.message import Message
from flows.record.journal import SOON, Owed
from flows.state.drill_calendar import Drill
from flows.state.work import Context
from playbooks.drills.shape import DrillKind


def leaders(context: Context) -> list[str]:
    """Give whom the calendar reports to: whoever decides today and the safety manager; a director, if nobody is there."""
    chain, managers = context.chain(), context.roster.owners("safety_manager", context.today)
    found = [m.id for m in (*chain[:1], *managers[:1])]
    return list(dict.fromkeys(found)) or [m.id for m in context.roster.active() if "director" in m.roles][:1]


def in_charge(kind: DrillKind, context: Context) -> list[str]:
    """Give who is reminded of a drill of a kind: the leaders, and whoever runs it."""
    owners = [m.id for m in context.roster.owners(kind.owner, context.today)[:1]]
    return list(dict.fromkeys([*leaders(context), *owners]))


def told_of(kind: DrillKind, drill: Drill, context: Context) -> list[str]:
    """Give who takes part and is told beforehand: everybody, the newcomer, or whoever does it."""
    if kind.everybody:
        return [m.id for m in context.roster.active()]
    if drill.member is not None:
        return [drill.member]
    return [m.id for m in context.roster.owners(kind.owner, context.today)[:1]]


def owed_to(members: Iterable[str], said: Message, drill: Drill, context: Context) -> list[Owed]:
    """Owe a message about a drill; nobody's phone rings for it while the facility is closed."""
    silent = not context.roster.facility.in_session(context.now)
    return [Owed(m, said, key=f"drill:{drill.id}", priority=SOON, silent=silent) for m in dict.fromkeys(members)]
