"""Rescheduling: where a drill goes that is postponed, interrupted or was missed; the limit of its cycle stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from contacts.shapes.days import long_holidays
from flows.calendar.people import in_charge, owed_to, told_of
from flows.events.drills import DrillMoved
from flows.facility.settling import Settlement
from flows.messages.drills import DrillNewDay
from flows.planning.planning import next_slot
from flows.planning.reasons import reason_of_move
from flows.planning.workable import Slot
from flows.state.drill_calendar import Drill
from flows.state.house import House
from flows.state.work import Context
from playbooks.drills.shape import DrillKind

GAP = 7
"""Days at least until a drill is tried again after it was missed, broken off or gave way to an incident, if its limit allows."""

ANOTHER = timedelta(days=45)
"""Beyond its limit a drill is only held if no other of its kind comes within this time of it."""

FARTHEST = 120
"""Days within which a time beyond the limit is looked for."""


def before_holiday(kind: DrillKind, drill: Drill) -> bool:
    """Say whether a drill is the one that belongs before a long holiday."""
    begins = drill.until + timedelta(days=1)
    return kind.before_long_holidays and any(first == begins for _, first, _ in long_holidays(begins.year))


def slot_after_postponing(kind: DrillKind, drill: Drill, house: House, context: Context) -> Slot | None:
    """Give the next workable time after the date that was set; beyond the limit only where nothing is left before it."""
    return _first(kind, drill, house, context, [max(context.today, _day(drill, context))])


def slot_after_giving_way(kind: DrillKind, drill: Drill, house: House, context: Context) -> Slot | None:
    """Give a time a week or more from now, sooner if the limit asks for it."""
    return _first(kind, drill, house, context, [context.today + timedelta(days=GAP - 1), context.today])


def slot_near(kind: DrillKind, drill: Drill, house: House, context: Context) -> Slot | None:
    """Give the next workable time on or after the date that no longer does."""
    return _first(
        kind, drill, house, context, [max(context.today, _day(drill, context) - timedelta(days=1)), context.today]
    )


def slot_after_missing(kind: DrillKind, drill: Drill, house: House, context: Context) -> Slot | None:
    """Give the time of the next try: the more were missed, the longer the wait, so that nobody is nagged every day."""
    tries = tried(drill, house)
    wait = context.today + timedelta(days=(GAP << min(tries, 3)) - 1)
    return _first(kind, drill, house, context, [wait, context.today] if tries == 0 else [wait])


def tried(drill: Drill, house: House) -> int:
    """Give how many tries of the same occasion came before this one."""
    return sum(1 for _ in _before(drill, house))


def next_try(drill: Drill, house: House) -> str:
    """Give the id of the next try of a drill: ``fy2027-quiz-3-r1``."""
    first = next(iter([*_before(drill, house)][::-1]), drill)
    return f"{first.id}-r{tried(drill, house) + 1}"


def moved(drill: Drill, kind: DrillKind, slot: Slot, cause: str, context: Context, reason: str = "") -> Settlement:
    """Move a drill to its new time, and tell those who know of the old one."""
    why = reason_of_move(slot, drill.until)
    told = told_of(kind, drill, context) if drill.told else []
    everybody = [*in_charge(kind, context), *told]
    return Settlement(
        [DrillMoved(drill.id, slot.at.isoformat(), cause, why, reason)],
        owed=owed_to(everybody, DrillNewDay(drill.id, cause), drill, context),
    )


def _before(drill: Drill, house: House) -> Iterator[Drill]:
    while drill.after is not None:
        drill = house.drills[drill.after]
        yield drill


def _first(kind: DrillKind, drill: Drill, house: House, context: Context, after: list[date]) -> Slot | None:
    facility, taken = context.roster.facility, house.calendar.taken(besides=drill.id)
    holiday = before_holiday(kind, drill)
    for day in after:
        slot = next_slot(kind, facility, day, drill.until, taken, before_holiday=holiday)
        if slot is not None:
            return slot
    if holiday:
        return None
    beyond = max(after[0], drill.until)
    slot = next_slot(kind, facility, beyond, beyond + timedelta(days=FARTHEST), taken, before_holiday=False)
    return None if slot is None or _another_is_near(slot, drill, house) else slot


def _another_is_near(slot: Slot, drill: Drill, house: House) -> bool:
    return any(
        d.kind == drill.kind and d.id != drill.id and abs(d.at - slot.at) <= ANOTHER for d in house.calendar.ahead()
    )


def _day(drill: Drill, context: Context) -> date:
    return context.roster.facility.local(drill.at).date()
