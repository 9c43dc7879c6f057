"""What an order about the calendar of drills comes to: events and messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flows import commands as cmd
from flows import events as ev
from flows.calendar import rescheduling
from flows.calendar.due import LATE
from flows.calendar.people import in_charge, leaders, may_lead, owed_to, told_of
from flows.calendar.plans import by_hand, plan_newcomer, plan_year
from flows.facility.settling import CONSOLE, Matter, Settlement
from flows.planning.reasons import reason_of_move
from flows.record.journal import Owed
from flows.refusals import Refused
from flows.state.drill_calendar import NEW_CADENCE, Drill
from flows.state.house import House
from flows.state.machines import drill_moves
from flows.state.work import CLOCK, Context
from playbooks.drills.shape import DrillKind

LONGEST = 1000
"""Signs of a reason."""

EARLY = timedelta(minutes=15)
"""So long before its hour a drill may be started without being asked whether one means it."""


def settle(command: cmd.DrillCommand, matter: Matter) -> Settlement:
    """Give what an order about drills does.

    Refused: ``stale`` (no such drill, or not to be moved any more), ``drill_leaders_only``, ``needs_reason``,
    ``too_long``, ``drill_no_slot``, ``drill_day``, ``drill_running`` (two at once), ``drill_incident`` (an incident is
    open), ``drill_outside`` (not its hour, and nobody has said that they know).
    """
    house, context = matter.house, matter.here
    match command:
        case cmd.PlanYear():
            return plan_year(command.year, house, context)
        case cmd.PlanNewcomer():
            return plan_newcomer(command.member, house, context)
        case cmd.PlanDrill():
            _only_leaders(context, matter.actor)
            return by_hand(command.kind, command.day, house, context)
        case cmd.SetCadence():
            _only_leaders(context, matter.actor)
            return _new_cadence(command, house, context)
    drill = house.drills.get(command.drill)
    if drill is None:
        raise Refused("stale")
    kind = house.calendar.kind_of(drill, context.drills)
    match command:
        case cmd.MissDrill():
            return _missed(drill, kind, "not_started" if 0 in drill.reminded else "bot_off", house, context)
        case _ if kind is None:
            raise Refused("stale")
        case cmd.AnnounceDrill():
            _may(drill, "announce")
            told = [m for m in told_of(kind, drill, context) if m not in in_charge(kind, context)]
            return Settlement([ev.DrillAnnounced(drill.id)], owed=owed_to(told, "drill_announced", drill, context))
        case cmd.RemindDrill():
            _ahead(drill)
            name = "drill_reminder" if command.before else "drill_hour"
            data = {"before": command.before}
            return Settlement(
                [ev.DrillReminded(drill.id, command.before)],
                owed=owed_to(in_charge(kind, context), name, drill, context, **data),
            )
        case cmd.PostponeDrill():
            _only_in_charge(kind, context, matter.actor)
            _said(command.reason)
            _may(drill, "postpone")
            slot = rescheduling.slot_after_postponing(kind, drill, house, context)
            if slot is None:
                raise Refused("drill_no_slot")
            return rescheduling.moved(drill, kind, slot, "person", context, command.reason)
        case cmd.ShiftDrill():
            return _shifted(drill, kind, command.cause, house, context)
        case cmd.ChooseScenario():
            _only_in_charge(kind, context, matter.actor)
            _ahead(drill)
            known = {s.id for s in context.drills.scenarios_for(context.roster.facility.kind)}
            if not kind.scenarios or command.scenario not in known:
                raise Refused("stale")
            return Settlement(
                [ev.DrillScenarioChosen(drill.id, command.scenario)],
                owed=[Owed(matter.actor, "drill", data={"drill": drill.id}, priority=1)],
            )
        case cmd.StartDrill():
            return _started(command, drill, kind, house, context)
        case cmd.DebriefDrill():
            _may(drill, "debrief")
            return Settlement([ev.DrillDebriefed(drill.id)])
        case cmd.SignOffDrill():
            held: list[ev.Event] = [ev.DrillDebriefed(drill.id)] if drill.state == "running" else []
            if not held:
                _may(drill, "sign_off")
            return Settlement([*held, ev.DrillSignedOff(drill.id)])
        case cmd.CancelDrill():
            if matter.actor != CLOCK:
                _only_leaders(context, matter.actor)
            _said(command.reason)
            _may(drill, "cancel")
            told = told_of(kind, drill, context) if drill.told else []
            return Settlement(
                [ev.DrillCancelled(drill.id, command.reason)],
                owed=owed_to([*in_charge(kind, context), *told], "drill_cancelled", drill, context),
            )


def startable(drill_id: str, house: House, context: Context, *, outside: bool) -> tuple[Drill, DrillKind]:
    """Give a drill that may begin now, with its kind; Refused as for :func:`settle`. To be asked before its run is opened."""
    drill = house.drills.get(drill_id)
    kind = house.calendar.kind_of(drill, context.drills) if drill else None
    if drill is None or kind is None:
        raise Refused("stale")
    _only_in_charge(kind, context, context.actor)
    if any(r.live and not r.drill for r in context.runs.values()):
        raise Refused("drill_incident")
    running = house.calendar.running()
    if running is not None and running.id != drill.id:
        raise Refused("drill_running")
    if any(r.live and r.drill for r in context.runs.values()) and running is None:
        raise Refused("drill_running")
    _may(drill, "start")
    if not outside and not drill.at - EARLY <= context.now < drill.at + LATE:
        raise Refused("drill_outside")
    return drill, kind


def _started(command: cmd.StartDrill, drill: Drill, kind: DrillKind, house: House, context: Context) -> Settlement:
    others = {run: r for run, r in context.runs.items() if run != command.as_run}
    startable(drill.id, house, replace(context, runs=others), outside=command.outside)
    run = context.runs.get(command.as_run)
    if run is None or not run.drill or any(d.run == command.as_run for d in house.drills.values()):
        raise Refused("stale")
    return Settlement([ev.DrillStarted(drill.id, command.as_run)])


def _shifted(drill: Drill, kind: DrillKind, cause: str, house: House, context: Context) -> Settlement:
    """Move a drill that can't be held as planned; where there is no time any more, it is missed."""
    _may(drill, "interrupt" if cause in ("aborted", "broken_off") else "postpone")
    find = rescheduling.slot_near if cause == "unworkable" else rescheduling.slot_after_giving_way
    slot = find(kind, drill, house, context)
    if slot is None:
        return _missed(drill, kind, cause, house, context)
    return rescheduling.moved(drill, kind, slot, cause, context)


def _missed(drill: Drill, kind: DrillKind | None, why: str, house: House, context: Context) -> Settlement:
    """Record a miss, and plan the next try if there is a time for one."""
    _may(drill, "miss")
    happened: list[ev.Event] = [ev.DrillMissed(drill.id, why)]
    slot = rescheduling.slot_after_missing(kind, drill, house, context) if kind is not None else None
    again = ""
    if slot is not None:
        again = rescheduling.next_try(drill, house)
        until = max(drill.until, slot.day)
        reason = reason_of_move(slot, drill.until).model_dump()
        happened.append(
            ev.DrillPlanned(
                again,
                drill.kind,
                slot.at.isoformat(),
                until.isoformat(),
                reason,
                drill.scenario,
                drill.member,
                drill.id,
            )
        )
    to = in_charge(kind, context) if kind is not None else leaders(context)
    return Settlement(happened, owed=owed_to(to, "drill_missed", drill, context, again=again, why=why))


def _new_cadence(command: cmd.SetCadence, house: House, context: Context) -> Settlement:
    """Take a new cycle; what was planned in the old one makes way, and the next morning's plan fills the year again."""
    if command.kind not in context.drills.kinds or command.every_months not in (None, 0, 1, 2, 3, 4, 6, 12):
        raise Refused("stale")
    changed = ev.CadenceChanged(command.kind, command.every_months, command.weekdays, command.announced)
    happened: list[ev.Event] = [changed]
    if command.every_months is not None or command.weekdays is not None:
        happened += [
            ev.DrillCancelled(d.id, NEW_CADENCE)
            for d in house.calendar.ahead()
            if d.kind == command.kind and not d.by_hand and d.member is None
        ]
    told = [m for m in leaders(context) if m != context.actor]
    data = {"kind": command.kind}
    return Settlement(happened, owed=[Owed(m, "drill_cadence", data=data, priority=4) for m in told])


def _may(drill: Drill, move: str) -> None:
    if move not in drill_moves(drill.state):
        raise Refused("stale")


def _ahead(drill: Drill) -> None:
    if not drill.ahead:
        raise Refused("stale")


def _said(reason: str) -> None:
    if len(reason) > LONGEST:
        raise Refused("too_long", most=LONGEST, length=len(reason))
    if not reason.strip():
        raise Refused("needs_reason")


def _only_leaders(context: Context, actor: str) -> None:
    if actor != CONSOLE and actor not in may_lead(context):
        raise Refused("drill_leaders_only")


def _only_in_charge(kind: DrillKind, context: Context, actor: str) -> None:
    owners = {m.id for m in context.roster.owners(kind.owner, context.today)}
    if actor != CONSOLE and actor not in may_lead(context) | owners:
        raise Refused("drill_leaders_only")
