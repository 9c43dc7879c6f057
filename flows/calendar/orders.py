"""What an order about the calendar of drills comes to: events and messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flows.calendar import rescheduling
from flows.calendar.due import LATE
from flows.calendar.people import in_charge, leaders, owed_to, told_of
from flows.calendar.plans import by_hand, plan_newcomer, plan_year
from flows.commands.drills import (
    AnnounceDrill,
    CancelDrill,
    ChooseScenario,
    DebriefDrill,
    InviteVendor,
    MissDrill,
    PlanDrill,
    PlanNewcomer,
    PlanYear,
    PostponeDrill,
    RemindDrill,
    SetCadence,
    ShiftDrill,
    SignOffDrill,
    StartDrill,
    UninviteVendor,
)
from flows.commands.upkeep import OpenTask
from flows.events.drills import (
    NEW_CADENCE,
    CadenceChanged,
    DrillAnnounced,
    DrillCancelled,
    DrillDebriefed,
    DrillMissed,
    DrillPlanned,
    DrillReminded,
    DrillScenarioChosen,
    DrillSignedOff,
    DrillStarted,
    VendorInvited,
    VendorUninvited,
)
from flows.events.event import Event
from flows.events.upkeep import TaskDropped
from flows.facility.settling import Matter, Settlement, settles
from flows.facility.tasks import opened
from flows.messages.drills import (
    DrillAhead,
    DrillCadence,
    DrillHour,
    DrillNotHeld,
    DrillOff,
    DrillReminder,
    DrillShown,
    VendorOff,
)
from flows.planning.reasons import reason_of_move
from flows.record.journal import AT_ONCE, SOON, Owed
from flows.refusals import Refused
from flows.scene.circle import seen
from flows.state.drill_calendar import Drill
from flows.state.house import House, Task
from flows.state.machines import drill_moves
from flows.state.work import Context
from playbooks.drills.shape import DrillKind

LONGEST = 1000
"""Signs of a reason."""

TELL_VENDOR = "tell_vendor"
"""What a task is about in which a vendor is told that their invitation was taken back."""

TOLD_WITHIN = timedelta(days=4)
"""Until when a vendor is told of it, if the drill isn't before; the first reminder comes three days ahead."""

EARLY = timedelta(minutes=15)
"""So long before its hour a drill may be started without being asked whether one means it."""


def _found(drill: str, house: House, context: Context) -> tuple[Drill, DrillKind]:
    """Give a drill and its kind; Refused(``stale``) for what nobody knows, or knows no more."""
    known = house.drills.get(drill)
    kind = house.calendar.kind_of(known, context.handbook.drills) if known else None
    if known is None or kind is None:
        raise Refused("stale")
    return known, kind


# ── plans ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@settles
def plan(matter: Matter, command: PlanYear) -> Settlement:
    """Plan a year."""
    return plan_year(command.year, matter.house, matter.here)


@settles
def plan_for_newcomer(matter: Matter, command: PlanNewcomer) -> Settlement:
    """Plan what somebody new has to learn."""
    return plan_newcomer(command.member, matter.house, matter.here)


@settles
def plan_by_hand(matter: Matter, command: PlanDrill) -> Settlement:
    """Put a drill on a day; Refused(``drill_day``) for one that doesn't do."""
    return by_hand(command.kind, command.day, matter.house, matter.here)


@settles
def set_cadence(matter: Matter, command: SetCadence) -> Settlement:
    """Take a new cycle; what was planned in the old one makes way, and the next morning's plan fills the year again."""
    house, context = matter.house, matter.here
    if command.kind not in context.handbook.drills.kinds or command.every_months not in (None, 0, 1, 2, 3, 4, 6, 12):
        raise Refused("stale")
    happened: list[Event] = [CadenceChanged(command.kind, command.every_months, command.weekdays, command.announced)]
    if command.every_months is not None or command.weekdays is not None:
        happened += [
            DrillCancelled(d.id, NEW_CADENCE)
            for d in house.calendar.ahead()
            if d.kind == command.kind and not d.by_hand and d.member is None
        ]
    told = [m for m in leaders(context) if m != context.actor]
    return Settlement(happened, owed=[Owed(m, DrillCadence(command.kind), priority=SOON) for m in told])


# ── one drill ───────────────────────────────────────────────────────────────────────────────────────────────────────


@settles
def announce(matter: Matter, command: AnnounceDrill) -> Settlement:
    """Tell the staff of a drill."""
    (drill, kind), context = _found(command.drill, matter.house, matter.here), matter.here
    _may(drill, "announce")
    told = [m for m in told_of(kind, drill, context) if m not in in_charge(kind, context)]
    return Settlement([DrillAnnounced(drill.id)], owed=owed_to(told, DrillAhead(drill.id), drill, context))


@settles
def remind(matter: Matter, command: RemindDrill) -> Settlement:
    """Remind those in charge of a drill that is to be held."""
    (drill, kind), context, before = _found(command.drill, matter.house, matter.here), matter.here, command.before
    _ahead(drill)
    owed = owed_to(
        in_charge(kind, context), DrillReminder(drill.id, before) if before else DrillHour(drill.id), drill, context
    )
    return Settlement([DrillReminded(drill.id, before)], owed=owed)


@settles
def postpone(matter: Matter, command: PostponeDrill) -> Settlement:
    """Put a drill off for a reason; Refused(``drill_no_slot``) if there is no later time."""
    (drill, kind), context = _found(command.drill, matter.house, matter.here), matter.here
    _said(command.reason)
    _may(drill, "postpone")
    slot = rescheduling.slot_after_postponing(kind, drill, matter.house, context)
    if slot is None:
        raise Refused("drill_no_slot")
    return rescheduling.moved(drill, kind, slot, "person", context, command.reason)


@settles
def choose_scenario(matter: Matter, command: ChooseScenario) -> Settlement:
    """Let another scenario be played."""
    (drill, kind), context = _found(command.drill, matter.house, matter.here), matter.here
    _ahead(drill)
    known = {s.id for s in context.handbook.drills.scenarios_for(context.roster.facility.kind)}
    if not kind.scenarios or command.scenario not in known:
        raise Refused("stale")
    return Settlement(
        [DrillScenarioChosen(drill.id, command.scenario)],
        owed=[Owed(matter.actor, DrillShown(drill.id), priority=AT_ONCE)],
    )


@settles
def invite(matter: Matter, command: InviteVendor) -> Settlement:
    """Keep that a vendor is asked to take part in a tabletop drill; asked again, nothing is added."""
    (drill, kind), contact = _found(command.drill, matter.house, matter.here), command.contact
    _ahead(drill)
    if not kind.scenarios or contact not in {v.id for v in matter.here.roster.vendors()}:
        raise Refused("stale")
    if contact in drill.vendors:
        return Settlement()
    untold = [TaskDropped(task.id, "") for task in _tell_tasks(drill, contact, matter.house)]
    return Settlement([VendorInvited(drill.id, contact), *untold])


@settles
def uninvite(matter: Matter, command: UninviteVendor) -> Settlement:
    """Take an invitation back; whoever does so has a task to tell the vendor, whom nothing here can write to."""
    (drill, _), contact = _found(command.drill, matter.house, matter.here), command.contact
    _ahead(drill)
    if contact not in drill.vendors:
        raise Refused("stale")
    known = matter.here.roster.contact(contact)
    name, day = known.name if known else contact, matter.here.roster.facility.local(drill.at).date()
    told = OpenTask(
        command.run,
        TELL_VENDOR,
        {"todo": TELL_VENDOR, "name": name, "contact": contact, "drill": drill.id},
        matter.actor,
        min(matter.here.today + TOLD_WITHIN, day),
    )
    settled = opened(told, matter, ahead=1)
    said = VendorOff(drill.id, contact, matter.house.turns + 2)
    return Settlement(
        [VendorUninvited(drill.id, contact), *settled.events],
        owed=[*settled.owed, Owed(matter.actor, said, priority=AT_ONCE)],
    )


def _tell_tasks(drill: Drill, contact: str, house: House) -> list[Task]:
    of = (TELL_VENDOR, drill.id, contact)
    return [t for t in house.open_tasks() if (t.what, t.about.get("drill"), t.about.get("contact")) == of]


@settles
def debrief(matter: Matter, command: DebriefDrill) -> Settlement:
    """Record that a drill was talked over."""
    drill, _ = _found(command.drill, matter.house, matter.here)
    _may(drill, "debrief")
    return Settlement([DrillDebriefed(drill.id)])


@settles
def sign_off(matter: Matter, command: SignOffDrill) -> Settlement:
    """Record that somebody stands behind a drill's record."""
    drill, _ = _found(command.drill, matter.house, matter.here)
    held: list[Event] = [DrillDebriefed(drill.id)] if drill.state == "running" else []
    if not held:
        _may(drill, "sign_off")
    return Settlement([*held, DrillSignedOff(drill.id)])


@settles
def cancel(matter: Matter, command: CancelDrill) -> Settlement:
    """Cancel a drill for a reason."""
    (drill, kind), context = _found(command.drill, matter.house, matter.here), matter.here
    _said(command.reason)
    _may(drill, "cancel")
    told = told_of(kind, drill, context) if drill.told else []
    return Settlement(
        [DrillCancelled(drill.id, command.reason)],
        owed=owed_to([*in_charge(kind, context), *told], DrillOff(drill.id), drill, context),
    )


# ── its hour ────────────────────────────────────────────────────────────────────────────────────────────────────────


def startable(drill_id: str, house: House, context: Context, *, outside: bool) -> tuple[Drill, DrillKind]:
    """Give a drill that may begin now, with its kind. To be asked before its run is opened.

    Refused: ``stale``, ``drill_running`` (two at once), ``drill_incident`` (an incident is
    open), ``drill_outside`` (not its hour, and nobody has said that they know).
    """
    drill, kind = _found(drill_id, house, context)
    if any(r.live and not r.drill for r in seen(context.runs.values(), context, context.actor)):
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


@settles
def start(matter: Matter, command: StartDrill) -> Settlement:
    """Record that a drill began, as a run that is open already."""
    (drill, _), context = _found(command.drill, matter.house, matter.here), matter.here
    others = {run: r for run, r in context.runs.items() if run != command.as_run}
    startable(drill.id, matter.house, replace(context, runs=others), outside=command.outside)
    run = context.runs.get(command.as_run)
    if run is None or not run.drill or any(d.run == command.as_run for d in matter.house.drills.values()):
        raise Refused("stale")
    return Settlement([DrillStarted(drill.id, command.as_run)])


@settles
def shift(matter: Matter, command: ShiftDrill) -> Settlement:
    """Move a drill that can't be held as planned; where there is no time any more, it is missed."""
    (drill, kind), cause = _found(command.drill, matter.house, matter.here), command.cause
    _may(drill, "interrupt" if cause in ("aborted", "broken_off") else "postpone")
    find = rescheduling.slot_near if cause == "unworkable" else rescheduling.slot_after_giving_way
    slot = find(kind, drill, matter.house, matter.here)
    if slot is None:
        return _missed(drill, kind, cause, matter.house, matter.here)
    return rescheduling.moved(drill, kind, slot, cause, matter.here)


@settles
def miss(matter: Matter, command: MissDrill) -> Settlement:
    """Record that a drill was not held, even one of a kind that nobody knows any more."""
    drill = matter.house.drills.get(command.drill)
    if drill is None:
        raise Refused("stale")
    kind = matter.house.calendar.kind_of(drill, matter.here.handbook.drills)
    return _missed(drill, kind, "not_started" if 0 in drill.reminded else "bot_off", matter.house, matter.here)


def _missed(drill: Drill, kind: DrillKind | None, why: str, house: House, context: Context) -> Settlement:
    """Record a miss, and plan the next try if there is a time for one."""
    _may(drill, "miss")
    happened: list[Event] = [DrillMissed(drill.id, why)]
    slot = rescheduling.slot_after_missing(kind, drill, house, context) if kind is not None else None
    again = ""
    if slot is not None:
        again = rescheduling.next_try(drill, house)
        until = max(drill.until, slot.day)
        reason = reason_of_move(slot, drill.until)
        happened.append(
            DrillPlanned(
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
    return Settlement(happened, owed=owed_to(to, DrillNotHeld(drill.id, again, why), drill, context))


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
