"""How drills come into the calendar: a year's plan, a newcomer's drill, a day that somebody chose."""

from __future__ import annotations

from datetime import date, timedelta

from flows.calendar.due import basis_of, newcomer_drill, still_works
from flows.calendar.people import leaders
from flows.calendar.rescheduling import moved, slot_near
from flows.events.drills import DrillPlanned, YearPlanned
from flows.events.event import Event
from flows.facility.settling import Settlement
from flows.messages.drills import DrillNew, DrillsYear
from flows.planning.planning import Plan, fiscal_year, next_slot, plan
from flows.planning.reasons import reason_by_hand, reason_for_newcomer
from flows.planning.workable import Slot, Workable
from flows.record.journal import AT_ONCE, LATER, Owed
from flows.refusals import Refused
from flows.state.drill_calendar import Drill
from flows.state.house import House
from flows.state.work import Context
from playbooks.drills.shape import DrillKind

BY_HAND_WITHIN = 31
"""Days after the day that was chosen until which such a drill may be postponed."""

SETTLES = 6
"""Days that somebody new is left to settle in, if their month allows."""

NEWCOMER_WITHIN = 62
"""Days within which a time for a newcomer is looked for."""


def year_plan(year: int, house: House, context: Context) -> Plan:
    """Give what a fiscal year's calendar lacks, without writing anything."""
    kinds = house.calendar.kinds(context.handbook.drills)
    facility = context.roster.facility
    scenarios = [s.id for s in context.handbook.drills.scenarios_for(facility.kind)]
    return plan(kinds, facility, year, house.calendar.standing(), context.today, scenarios)


def plan_year(year: int, house: House, context: Context) -> Settlement:
    """Plan what is missing in a year, move what no longer has its time, and show the year to the leaders, once."""
    found = year_plan(year, house, context)
    unplaced = tuple(u.kind for u in found.unplaced)
    before = house.calendar.years.get(year)
    happened: list[Event] = [YearPlanned(year, basis_of(house, context), unplaced)]
    taken, moves, known = {d.at.date() for d in found.drills}, 0, list[Owed]()
    for drill, kind, slot in _moves(year, house, context):
        if slot.day not in taken:
            settlement = moved(drill, kind, slot, "unworkable", context)
            happened += settlement.events
            known += settlement.owed if drill.told or drill.reminded else []
            moves += 1
    happened += [
        DrillPlanned(d.id, d.kind, d.at.isoformat(), d.until.isoformat(), dict(d.because), d.scenario)
        for d in found.drills
    ]
    news = found.drills or moves or before is None or before.unplaced != unplaced
    told = [Owed(m, DrillsYear(year, moves), key=f"drills:{year}", priority=LATER) for m in leaders(context)]
    return Settlement(happened, owed=[*known, *(told if news else [])])


def _moves(year: int, house: House, context: Context) -> list[tuple[Drill, DrillKind, Slot]]:
    """Give the drills of a year whose time is gone, each with its new one, no two on one day."""
    found: list[tuple[Drill, DrillKind, Slot]] = []
    for drill in house.calendar.ahead():
        kind = house.calendar.kind_of(drill, context.handbook.drills)
        if (
            kind is None
            or fiscal_year(drill.at.date()) != year
            or drill.at <= context.now
            or still_works(drill, kind, context)
        ):
            continue
        slot = slot_near(kind, drill, house, context)
        if slot is not None and slot.day not in {s.day for _, _, s in found}:
            found.append((drill, kind, slot))  # one that finds none now is looked at again when its day is near
    return found


def plan_newcomer(member: str, house: House, context: Context) -> Settlement:
    """Plan what somebody new has to learn within a month of joining; Refused(``drill_no_slot``) if there is no time."""
    joined = house.calendar.joined.get(member)
    if joined is None:
        raise Refused("stale")
    facility, taken = context.roster.facility, house.calendar.taken()
    found = Settlement()
    for kind in house.calendar.kinds(context.handbook.drills).values():
        drill = newcomer_drill(kind, member)
        if kind.within_days_of_joining is None or drill in house.drills:
            continue
        until = facility.local(joined).date() + timedelta(days=kind.within_days_of_joining)
        today = context.today
        tries = (
            (today + timedelta(days=SETTLES), until),
            (today, until),
            (today, today + timedelta(days=NEWCOMER_WITHIN)),
        )
        slots = (next_slot(kind, facility, after, last, taken, before_holiday=False) for after, last in tries)
        slot = next((s for s in slots if s is not None), None)
        if slot is None:
            raise Refused("drill_no_slot")
        taken.add(slot.day)
        why = reason_for_newcomer(slot, until)
        found.events.append(
            DrillPlanned(drill, kind.id, slot.at.isoformat(), max(until, slot.day).isoformat(), why, member=member)
        )
        found.owed += [Owed(m, DrillNew(drill), priority=LATER) for m in leaders(context)]
    return found


def day_for(kind_id: str, day: date, house: House, context: Context) -> Slot | str:
    """Give the time at which a drill of a kind can be held on a day, or why it can't (a key of ``BARRED``)."""
    kind = house.calendar.kinds(context.handbook.drills).get(kind_id)
    if kind is None:
        raise Refused("stale")
    workable = Workable(context.roster.facility)
    if day <= context.today:
        return "past"
    if day in house.calendar.taken():
        return "taken"
    slots = workable.slots(kind, day, day, before_holiday=kind.before_long_holidays)
    return slots[0] if slots else workable.barred(day, before_holiday=kind.before_long_holidays) or "no_time"


def by_hand(kind_id: str, day: date, house: House, context: Context) -> Settlement:
    """Put a drill on a day that somebody chose; Refused(``drill_day``) for one that doesn't do."""
    slot = day_for(kind_id, day, house, context)
    if isinstance(slot, str):
        raise Refused("drill_day")
    kind = house.calendar.kinds(context.handbook.drills)[kind_id]
    count = 1 + sum(d.by_hand and d.kind == kind_id for d in house.drills.values())
    drill = f"fy{fiscal_year(day)}-{kind_id}-h{count}"
    scenario = _scenario(house, context) if kind.scenarios else None
    until = day + timedelta(days=BY_HAND_WITHIN)
    planned = DrillPlanned(
        drill,
        kind_id,
        slot.at.isoformat(),
        until.isoformat(),
        reason_by_hand(slot),
        scenario,
        by_hand=True,
    )
    told = list(dict.fromkeys([context.actor, *leaders(context)]))
    return Settlement([planned], owed=[Owed(m, DrillNew(drill), priority=AT_ONCE) for m in told])


def _scenario(house: House, context: Context) -> str | None:
    """Give the scenario that was longest not used."""
    used = {d.scenario: d.at for d in sorted(house.drills.values(), key=lambda d: d.at) if d.standing.counts}
    known = [s.id for s in context.handbook.drills.scenarios_for(context.roster.facility.kind)]
    return min(known, key=lambda s: (s in used, used[s].timestamp() if s in used else 0, s), default=None)
