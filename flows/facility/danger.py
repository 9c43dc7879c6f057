"""Danger to people, inside a run and outside: whoever wrote of it is told whom to call, then everybody is rung."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from flows.commands.danger import RingDanger, SeeDanger, TakeDangerBack
from flows.events.facility import DangerRung, DangerSeen, DangerTakenBack
from flows.facility.settling import Matter, Settlement, settles
from flows.messages.hearing import DangerAlarm, DangerAsked, DangerOver, DangerWords
from flows.record.journal import FACILITY, Owed
from flows.refusals import Refused
from flows.state.due import Due
from flows.state.house import House, SeenDanger
from flows.state.work import Context

RINGS_AFTER = timedelta(seconds=30)
"""So long whoever wrote of a plain danger may take it back; then everybody is rung without them."""

TOO_LATE = timedelta(minutes=30)
"""A bot that was off for longer rings nobody any more: whoever was there has acted, or it was none."""


@settles
def see(matter: Matter, command: SeeDanger) -> Settlement:
    """Tell the writer whom to call, before anything else; what comes of it for others they are told after that."""
    turn = matter.house.turns + 1
    return Settlement(
        [DangerSeen(matter.actor, command.danger, command.text, command.plain, command.drill)],
        owed=[
            Owed(matter.actor, DangerWords(command.danger), priority=0),
            Owed(matter.actor, DangerAsked(turn), key=_key(turn), priority=1),
        ],
    )


@settles
def ring(matter: Matter, command: RingDanger) -> Settlement:
    """Ring everybody who is not away today, but whoever saw it."""
    seen = _open(matter.house, command.of)
    called = tuple(m.id for m in matter.here.roster.present(matter.here.today) if m.id != seen.member)
    owed = [Owed(m, DangerAlarm(command.of), key=_key(command.of), priority=0) for m in called]
    return Settlement([DangerRung(command.of, called)], owed=[*owed, _changed(seen)])


@settles
def take_back(matter: Matter, command: TakeDangerBack) -> Settlement:
    """Ring nobody, or tell those who were rung."""
    seen = matter.house.dangers.get(command.of)
    if seen is None or seen.state == "none":
        raise Refused("stale")
    owed = [Owed(m, DangerOver(command.of), priority=0) for m in seen.rung]
    return Settlement([DangerTakenBack(command.of)], owed=[*owed, _changed(seen)])


def dangers_due(house: House, context: Context) -> Iterator[Due]:
    """Give the dangers for which nobody has been rung yet and time is up."""
    for seen in house.dangers.values():
        since = seen.at + RINGS_AFTER
        if seen.rings_by_itself and since <= context.now < since + TOO_LATE:
            yield Due(since, f"clock:danger:{seen.turn}", RingDanger(FACILITY, seen.turn))


def _open(house: House, turn: int) -> SeenDanger:
    seen = house.dangers.get(turn)
    if seen is None or seen.state != "seen":
        raise Refused("stale")
    return seen


def _changed(seen: SeenDanger) -> Owed:
    return Owed(seen.member, DangerAsked(seen.turn), key=_key(seen.turn), priority=1, edits=True)


def _key(turn: int) -> str:
    return f"danger:{turn}"
