"""What time has made due in the calendar of drills: planning, reminding, offering, giving way, and what was missed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256

from contacts.shapes.open_days import open_on
from flows.commands.clock import Due
from flows.commands.command import Command
from flows.commands.drills import (
    AnnounceDrill,
    CancelDrill,
    DebriefDrill,
    MissDrill,
    PlanNewcomer,
    PlanYear,
    RemindDrill,
    ShiftDrill,
    SignOffDrill,
)
from flows.events.drills import LEFT
from flows.facility.upkeep import HOUR, SETTLING_IN
from flows.planning.planning import fiscal_year
from flows.planning.timetable import moment
from flows.planning.workable import Workable, midnight_after
from flows.record.journal import FACILITY
from flows.state.drill_calendar import Drill
from flows.state.house import House
from flows.state.work import Context
from playbooks.drills.shape import DrillKind

REMINDED = (30, 7, 1)
"""Days before a drill at which whoever decides is reminded; of a small one only the last."""

SMALL = 30
"""Minutes below which a drill is a small one."""

FAR = timedelta(days=REMINDED[0] + 1)
"""Nothing is due for a drill that is farther away."""

LATE = timedelta(hours=2)
"""So long after its hour a drill is still offered by a bot that was off; then it is missed."""

NEXT_YEAR_FROM = 2
"""The month (February) from which the next fiscal year is planned."""

SOON = timedelta(days=3)
"""Drills that are so near are looked at every time whether their day still does; the others when a plan is made."""

CAME_WITH_THE_HOME = timedelta(days=14)
"""Whoever enrols so soon after the home was made is no newcomer to the facility."""

GIVEN_UP = timedelta(days=60)
"""So long after somebody joined their first drill is still planned."""


def drills_due(house: House, context: Context) -> list[Due]:
    """Give what is due in the calendar and not yet done, in the order in which it has to be done."""
    kinds = house.calendar.kinds(context.handbook.drills)
    if not kinds and not house.drills:
        return []
    plans = context.incident() is None and _is_morning(context)
    years = [*_years(house, context)] if plans else []
    if years:
        return years  # they may move what would else be spoken of now; the next tick looks at the rest
    found = [*_running(house, context), *(_newcomers(house, context) if plans else ())]
    for drill in house.calendar.ahead():
        if drill.at - context.now <= FAR or drill.member is not None:
            found += _of_one(drill, kinds.get(drill.kind), context)
    return found


def _due(drill: Drill, what: str, since: datetime, command: Command) -> Due:
    """Name the order by the entry that set the date, so that each happens once for each date a drill had."""
    return Due(since, f"drill:{drill.id}:{drill.turn}:{what}", command)


def _of_one(drill: Drill, kind: DrillKind | None, context: Context) -> Iterator[Due]:
    """Give what is to be done about a drill that is still to be held."""
    facility, now = context.roster.facility, context.now
    local, over = facility.local(drill.at), midnight_after(facility.local(drill.at), facility.zone)
    incident, offered = context.incident(), 0 in drill.reminded
    if incident is not None and local.date() <= context.today and (incident.reported_at or now) < over:
        yield _due(drill, "incident", now, ShiftDrill(FACILITY, drill.id, "incident"))
    elif now >= (over if offered or kind is None else min(over, drill.at + LATE)):
        yield _due(drill, "missed", over, MissDrill(FACILITY, drill.id))
    elif drill.member is not None and _has_left(drill.member, context):
        yield _due(drill, "left", now, CancelDrill(FACILITY, drill.id, LEFT))
    elif kind is None or incident is not None:  # nobody is troubled with drills during an incident
        return
    elif now >= drill.at:
        if not offered:
            yield _due(drill, "hour", drill.at, RemindDrill(FACILITY, drill.id, 0))
    elif drill.at - now <= SOON and not still_works(drill, kind, context):
        yield _due(drill, "unworkable", now, ShiftDrill(FACILITY, drill.id, "unworkable"))
    else:
        yield from _reminder(drill, kind, context)
        yield from _announcement(drill, kind, context)


def _reminder(drill: Drill, kind: DrillKind, context: Context) -> Iterator[Due]:
    """Give the last reminder whose day has come; one that was overtaken by the next is not sent any more."""
    facility = context.roster.facility
    day = facility.local(drill.at).date()
    moments = {n: moment(day - timedelta(days=n), HOUR, facility.zone) for n in reminded_before(kind)}
    passed = [n for n, at in moments.items() if at <= context.now]
    if not passed or context.today >= day or min(passed) in drill.reminded or moments[min(passed)] <= drill.since:
        return
    before = min(passed)
    yield _due(drill, f"reminded:{before}", moments[before], RemindDrill(FACILITY, drill.id, before))


def reminded_before(kind: DrillKind) -> tuple[int, ...]:
    """Give the days before a drill of a kind at which whoever decides is reminded."""
    return REMINDED if kind.minutes >= SMALL else REMINDED[-1:]


def _announcement(drill: Drill, kind: DrillKind, context: Context) -> Iterator[Due]:
    if kind.announced and not drill.told:
        since = announced_from(drill, context)
        if since <= context.now:
            yield _due(drill, "announced", since, AnnounceDrill(FACILITY, drill.id))


def announced_from(drill: Drill, context: Context) -> datetime:
    """Give the moment from which the staff are told: on the last open day before the drill."""
    facility = context.roster.facility
    day: date = facility.local(drill.at).date() - timedelta(days=1)
    for _ in range(14):
        if open_on(facility, day):
            break
        day -= timedelta(days=1)
    return moment(day, HOUR, facility.zone)


def still_works(drill: Drill, kind: DrillKind, context: Context) -> bool:
    """Say whether a drill's date does still; that its limit has passed is no matter here."""
    facility = context.roster.facility
    workable, day = Workable(facility), facility.local(drill.at).date()
    return any(slot.at == drill.at for slot in workable.slots(kind, day, day, before_holiday=kind.before_long_holidays))


def _running(house: House, context: Context) -> Iterator[Due]:
    """What became of the run of a drill that was begun."""
    drill = house.calendar.running()
    if drill is None:
        return
    run = context.runs.get(drill.run)
    begun = f"started:{drill.starts}"
    facility, started = context.roster.facility, drill.started or context.now
    if run is None and context.now >= midnight_after(facility.local(started), facility.zone):
        yield _due(drill, f"{begun}:over", context.now, DebriefDrill(FACILITY, drill.id))
    elif run is not None and run.state == "closed":
        yield _due(drill, f"{begun}:closed", context.now, SignOffDrill(FACILITY, drill.id))
    elif run is not None and not run.live:
        cause = "aborted" if run.state == "aborted" else "broken_off"
        yield _due(drill, f"{begun}:{cause}", context.now, ShiftDrill(FACILITY, drill.id, cause))


def _is_morning(context: Context) -> bool:
    """Plans are made, and said, from nine on a day on which people are there."""
    facility = context.roster.facility
    return facility.local(context.now).time() >= HOUR and open_on(facility, context.today)


def _years(house: House, context: Context) -> Iterator[Due]:
    facility, today, made = context.roster.facility, context.today, house.made_at
    if made is None or facility.local(made).date() == today:
        return
    if not (facility.sessions or facility.marked) and context.now < made + SETTLING_IN:
        return
    basis = basis_of(house, context)
    for year in years_wanted(today):
        done = house.calendar.years.get(year)
        if done is None or (done.basis != basis and facility.local(done.at).date() < today):
            since = moment(today, HOUR, facility.zone)
            yield Due(since, f"drill:fy{year}:planned:{house.turns}", PlanYear(FACILITY, year))


def years_wanted(today: date) -> tuple[int, ...]:
    """Give the fiscal years that have to be planned on a day: this one, and from February the next."""
    year = fiscal_year(today)
    return (year, year + 1) if NEXT_YEAR_FROM <= today.month < 4 else (year,)


def basis_of(house: House, context: Context) -> str:
    """Give a digest of all that a plan rests on: hours, marked times, closed days, and how each kind is held."""
    facility = context.roster.facility
    hours = facility.model_dump_json(include={"sessions", "closed", "half_days", "marked", "zone"})
    kinds = [
        (k.id, k.minutes, k.slot, k.every_months, k.months, k.weekdays, k.before_long_holidays)
        for k in house.calendar.kinds(context.handbook.drills).values()
    ]
    return sha256(f"{hours}{kinds}".encode()).hexdigest()[:16]


def _newcomers(house: House, context: Context) -> Iterator[Due]:
    made = house.made_at
    kinds = [k for k in house.calendar.kinds(context.handbook.drills).values() if k.within_days_of_joining]
    if made is None or not kinds:
        return
    for member, joined in house.calendar.joined.items():
        if joined < made + CAME_WITH_THE_HOME or context.now > joined + GIVEN_UP or _has_left(member, context):
            continue
        for kind in kinds:
            drill = newcomer_drill(kind, member)
            if drill not in house.drills and Workable(context.roster.facility).hindrance(kind) is None:
                yield Due(joined, f"drill:{drill}:planned", PlanNewcomer(FACILITY, member))
                break


def newcomer_drill(kind: DrillKind, member: str) -> str:
    """Give the id of a newcomer's drill."""
    return f"{kind.id}-{member}"


def _has_left(member: str, context: Context) -> bool:
    found = context.roster.member(member)
    return found is None or found.status != "active"
