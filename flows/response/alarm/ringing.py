"""Whom the alarm calls, and calls again as long as they are silent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from flows.commands.clock import CallIn, RepeatAlarm
from flows.events.calling import Alarmed, AlarmRepeated
from flows.messages.calling import Alarm, AlarmAgain
from flows.messages.drilling import DrillCall, DrillCallAgain
from flows.record.journal import URGENT, Owed
from flows.refusals import Refused
from flows.response.audience import Circumstances, tells
from flows.scene.grades import concerned
from flows.state.run import Run
from flows.state.work import Context, Work, decides


def raise_alarm(work: Work, ring: Sequence[str], quiet: Sequence[str] = ()) -> None:
    """Call members; those in ``quiet`` without a sound."""
    work.add(Alarmed(tuple(ring), tuple(quiet)))


def not_called(run: Run, context: Context) -> list[str]:
    """Give those whom the alarm concerns and never reached: they have enrolled since, or the matter has become louder."""
    begun = run.playbook is not None and not run.circle_asked and run.state != "reviewing"
    if not begun or run.declared_at is None or run.exercise is not None:
        return []
    since = run.declared_at
    ring, quiet = concerned(run, context)
    return [
        m
        for m in (*ring, *quiet)
        if m not in run.acknowledged
        and m in context.house.enrolled
        and (
            m not in {*run.ring, *run.quiet}
            or context.house.enrolled[m] > max(run.quiet.get(m, since), run.ring.get(m, since))
        )
    ]


@decides
def call_in(work: Work, command: CallIn) -> None:
    """Call somebody who has enrolled since."""
    member = command.member
    if member not in not_called(work.run, work.context):
        raise Refused("stale")
    ring, quiet = concerned(work.run, work.context)
    raise_alarm(work, [m for m in ring if m == member], [m for m in quiet if m == member])


@tells
def _alarmed(run: Run, event: Alarmed, _: Circumstances) -> Iterator[Owed]:
    if run.exercise is not None and run.exercise.questions:
        return  # the first question is the call
    call = Alarm() if run.exercise is None else DrillCall()
    for m in (*event.ring, *event.quiet):
        yield Owed(m, call, run.id, key=f"alarm:{run.id}", priority=URGENT, silent=m in event.quiet)


@tells
def _repeated(run: Run, event: AlarmRepeated, _: Circumstances) -> Iterator[Owed]:
    again = AlarmAgain(event.count) if run.exercise is None else DrillCallAgain(event.count)
    yield Owed(event.member, again, run.id, key=f"alarm:{run.id}", priority=URGENT)


def to_ring(run: Run, context: Context) -> list[str]:
    """Give the silent members who may be called with a sound now."""
    open_now = context.roster.facility.in_session(context.now)
    active = {m.id: m for m in context.roster.active()}
    let_be = {*run.ring, *run.quiet}.difference(*concerned(run, context)) if run.lowered else set()
    return [
        m
        for m in run.unconfirmed()
        if m in active and m not in let_be and (m in run.ring or (open_now and not active[m].absent_on(context.today)))
    ]


def next_repeat(run: Run, context: Context, member: str) -> datetime | None:
    """Give when a silent member is to be called again; None when they have been called often enough."""
    count, last = run.repeats.get(member, (0, run.ring.get(member) or run.quiet.get(member) or context.now))
    if count >= context.handbook.pace.alarm_repeats:
        return None
    if count == 0 and member in run.quiet and member not in run.ring:
        return last
    return last + timedelta(minutes=context.handbook.pace.alarm_repeat)


def silent(run: Run, context: Context) -> list[str]:
    """Give the members whom the board names: called often enough and still silent, or not to be reached in writing."""
    active = {m.id: m for m in context.roster.active()}
    return [
        m for m in run.unconfirmed() if m in active and (not active[m].channels or next_repeat(run, context, m) is None)
    ]


@decides
def repeat_alarm(work: Work, command: RepeatAlarm) -> None:
    """Call a silent member again."""
    member = command.member
    work.add(AlarmRepeated(member, work.run.repeats.get(member, (0, work.context.now))[0] + 1))
