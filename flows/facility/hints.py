"""What sounds like trouble while nothing is known to go on, and whose writer doesn't say what it is: those who decide read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from flows.commands.clock import Due
from flows.commands.facility import CloseHint, PassHintOn
from flows.events.facility import HintClosed
from flows.facility.settling import Matter, Settlement, settles
from flows.messages.hearing import HintUnanswered
from flows.record.journal import AT_ONCE, FACILITY, Owed
from flows.refusals import Refused
from flows.state.house import Hint, House
from flows.state.work import Context

TOO_LATE = timedelta(hours=12)
"""What was hinted at before a bot was off for longer than this is no news any more."""


def hints_due(house: House, context: Context) -> Iterator[Due]:
    """Give the hints about which nobody has said anything for as long as a report waits."""
    for hint in house.hints.values():
        since = hint.at + timedelta(minutes=context.handbook.pace.question)
        if hint.waits and since <= context.now < since + TOO_LATE:
            yield Due(since, f"clock:hint:{hint.turn}", PassHintOn(FACILITY, hint.turn))


@settles
def close(matter: Matter, command: CloseHint) -> Settlement:
    """Wait no longer: its writer, or somebody who was told, has said what it is."""
    hint = matter.house.hints.get(command.of)
    known = hint is not None and matter.actor in (hint.member, *hint.to)
    return Settlement([HintClosed(command.of)] if known and hint is not None and hint.waits else [])


@settles
def pass_on(matter: Matter, command: PassHintOn) -> Settlement:
    """Tell those who decide, and the writer that they know; nobody, where the writer has reported something since.

    Of whom it tells that they did something isn't told, as long as somebody else decides.
    """
    hint = matter.house.hints.get(command.of)
    if hint is None or not hint.waits:
        raise Refused("stale")
    if _reported_since(hint, matter.here):
        return Settlement([HintClosed(hint.turn)])
    decide = tuple(m.id for m in matter.here.chain() if m.id != hint.member)
    accused = matter.house.asked[hint.turn].about.get("accused", ())
    to = tuple(m for m in decide if m not in accused) or decide
    told = [Owed(m, HintUnanswered(hint.turn), priority=AT_ONCE) for m in (*to, *([hint.member] if to else []))]
    return Settlement([HintClosed(hint.turn, to)], owed=told)


def _reported_since(hint: Hint, context: Context) -> bool:
    real = (r for r in context.runs.values() if not r.drill)
    return any(r.reporter == hint.member and r.reported_at and r.reported_at >= hint.at for r in real)
