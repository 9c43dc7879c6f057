"""What time has made due in a run: computed from its entries, never scheduled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from flows.commands.clock import (
    AskMinute,
    AskPresence,
    AskVoiceCall,
    AssignWaiting,
    Brief,
    CallIn,
    DropReport,
    Due,
    GrowLouder,
    LapseCommand,
    NudgeReport,
    PassCommandOn,
    PassPleaOn,
    ReleaseStep,
    RemindStep,
    RepeatAlarm,
    TakePosture,
)
from flows.commands.drilling import SendInject
from flows.commands.people import CallOff, ChoosePlaybook, Close
from flows.commands.promising import RemindPromise
from flows.commands.reporting import RemindDuty
from flows.helping.minute import minute_wanted
from flows.leading.briefing import brief_due
from flows.leading.downtime import downtimes_due
from flows.listening import pleas
from flows.response import promises
from flows.response.alarm import charge, opening, ringing
from flows.response.drilling import everybody_answered
from flows.response.injecting import injects_due
from flows.response.reporting import reminders_due
from flows.scene.circle import may_be_delicate
from flows.scene.grades import louder, urgent_near
from flows.scene.hands import handings, left_behind
from flows.scene.presence import to_ask_again
from flows.scene.voice import call_wanted
from flows.state.exercise import Exercise
from flows.state.run import Run, Shown
from flows.state.work import Context


def due(run: Run, context: Context) -> list[Due]:
    """Give what is due in a run and not yet done, the oldest first; an ended one may still owe reports."""
    return sorted((d for d in _all(run, context) if d.since <= context.now), key=lambda d: (d.since, d.cause))


def next_due(run: Run, context: Context) -> datetime | None:
    """Give when the clock will next have something to do in this run; None if nothing is in sight."""
    return min((d.since for d in _all(run, context)), default=None) if run.live else None


def _all(run: Run, context: Context) -> Iterator[Due]:
    for reminder in reminders_due(run, context):
        cause = f"clock:{run.id}:duty:{reminder.duty}:{reminder.what}:{reminder.day}"
        order = RemindDuty(run.id, reminder.duty, reminder.what, reminder.day.isoformat())
        yield Due(reminder.since, cause, order)
    if not run.live or (run.exercise is not None and run.exercise.paused_at is not None):
        return
    if run.exercise is not None and run.state != "reviewing":
        yield from _drill_over(run, run.exercise, context)
    for when, inject in injects_due(run, context):
        yield Due(when, f"clock:{run.id}:inject:{inject.id}", SendInject(run.id, inject.id))
    for plea in run.pleas.values():
        if not pleas.came_true(run, plea) and (unheard := pleas.passes_at(plea, context)) is not None:
            yield Due(unheard, f"clock:{run.id}:plea:{plea.of}:{len(plea.to)}", PassPleaOn(run.id, plea.of))
    if run.state == "reported":
        yield from _unclassified(run, context)
        return
    if run.circle_asked:
        yield from _unsettled(run)
        return
    for member in () if pleas.is_found(run) else ringing.to_ring(run, context):
        again = ringing.next_repeat(run, context, member)
        if again is not None:
            count = run.repeats.get(member, (0, again))[0] + 1
            yield Due(again, f"clock:{run.id}:alarm:{member}:{count}", RepeatAlarm(run.id, member))
    if (grows := louder(run, context)) is not None:
        yield Due(grows.since, f"clock:{run.id}:louder:{grows.grade}:{grows.why}", GrowLouder(run.id))
    passes = charge.command_due(run, context)
    if passes is not None:
        yield Due(passes, f"clock:{run.id}:command:{len(run.asked_to_command)}", PassCommandOn(run.id))
    if (handed := charge.handed_due(run, context)) is not None:
        yield Due(handed, f"clock:{run.id}:handed:{max(run.handed_to.values()).isoformat()}", PassCommandOn(run.id))
    if run.commander is not None and not context.can_act(run.commander):
        when = run.commanders[-1][1]
        yield Due(when, f"clock:{run.id}:lapse:{len(run.commanders)}", LapseCommand(run.id, "away"))
    if call_wanted(run, context) is not None:
        yield Due(context.now, f"clock:{run.id}:voice:{len(run.voice_calls)}", AskVoiceCall(run.id))
    if (briefed := brief_due(run, context)) is not None:
        yield Due(briefed, f"clock:{run.id}:brief:{briefed.isoformat()}", Brief(run.id))
    yield from downtimes_due(run, context)
    for member in to_ask_again(run, context):
        cause = f"clock:{run.id}:where:{member}:{run.turns}"
        yield Due(context.now, cause, AskPresence(run.id, member))
    if minute_wanted(run, context) is not None:
        yield Due(context.now, f"clock:{run.id}:minute:{len(run.minutes)}", AskMinute(run.id))
    if left_behind(run, context) or any(handings(run, context)):
        yield Due(context.now, f"clock:{run.id}:assign:{run.turns}", AssignWaiting(run.id))
    for member in ringing.not_called(run, context):
        yield Due(
            context.house.enrolled[member],
            f"clock:{run.id}:call:{member}:{context.house.enrolled[member]}",
            CallIn(run.id, member),
        )
    for promise in promises.reminders_due(run):
        cause = f"clock:{run.id}:promise:{promise.turn}:{promise.missed + 1}"
        yield Due(promise.until or context.now, cause, RemindPromise(run.id, promise.turn))
    for shown in run.open_steps():
        yield from _step_due(run, shown, context)


FORGOTTEN = timedelta(hours=24)
"""After so long a drill that nobody ends is broken off, so that it keeps nothing else from happening."""


def _drill_over(run: Run, exercise: Exercise, context: Context) -> Iterator[Due]:
    """A quiz is over when everybody has answered, or after a day; any other drill that was forgotten is broken off."""
    over = exercise.begun_at + FORGOTTEN
    if exercise.kind.slot == "session":
        since = context.now if everybody_answered(run) else over
        yield Due(since, f"clock:{run.id}:over", Close(run.id))
    else:
        yield Due(over, f"clock:{run.id}:forgotten", CallOff(run.id, "24h"))


def _unclassified(run: Run, context: Context) -> Iterator[Due]:
    """A report that nobody classified: begin at once if it is plain or may be an attack, else ask once more first.

    What is delicate and not plain begins for nobody; it is put away at last. So is what is most likely everyday talk, which nobody
    but its writer is asked about: those who decide read of it in the evening.
    """
    asked = run.reported_at or context.now
    posture = opening.posture_of(run, context)
    wait = timedelta(minutes=context.handbook.pace.question_for(urgent=urgent_near(run, context)))
    forget = timedelta(minutes=context.handbook.pace.forget)
    quiet, first = may_be_delicate(run, context), asked + wait
    plain = run.sure or run.plain or (bool(posture) and not quiet)
    if run.only_talk and not quiet:
        yield Due(asked + forget, f"clock:{run.id}:forget", DropReport(run.id))
    elif run.candidates and (plain or (run.nudged_at and not quiet)):
        begins = TakePosture(run.id, posture) if posture else ChoosePlaybook(run.id, run.candidates[0])
        since = first if plain or run.nudged_at is None else run.nudged_at + wait
        yield Due(since, f"clock:{run.id}:unanswered", begins)
    elif run.nudged_at is None:
        yield Due(first, f"clock:{run.id}:nudge", NudgeReport(run.id))
    else:
        yield Due(run.nudged_at + forget, f"clock:{run.id}:forget", DropReport(run.id))


UNSETTLED = timedelta(minutes=10)
"""After so long whoever reported a delicate matter is asked once more who may know of it; nobody is told instead."""


def _unsettled(run: Run) -> Iterator[Due]:
    if run.declared_at is not None and (run.nudged_at is None or run.nudged_at < run.declared_at):
        yield Due(run.declared_at + UNSETTLED, f"clock:{run.id}:circle", NudgeReport(run.id))


def time_allowed_until(run: Run, shown: Shown) -> datetime:
    """Give when the time allowed for a step on somebody's screen is over; whoever ticks a line, or asks, is still at it."""
    return _last_seen_at(run, shown) + timedelta(seconds=run.step(shown).within)


def _last_seen_at(run: Run, shown: Shown) -> datetime:
    answers = (run.line_answer(shown.track, shown.step, line) for line in run.step(shown).lines)
    return max([shown.at, *filter(None, [shown.asked]), *(answer.at for answer in answers if answer is not None)])


def _step_due(run: Run, shown: Shown, context: Context) -> Iterator[Due]:
    member = context.roster.member(shown.member)
    if member is None or member.status != "active":
        yield Due(shown.at, f"clock:{run.id}:release:{shown.turn}", ReleaseStep(run.id, shown.turn, "left"))
    elif not member.channels:
        yield Due(shown.at, f"clock:{run.id}:release:{shown.turn}", ReleaseStep(run.id, shown.turn, "unreachable"))
    elif run.exercise is not None and run.exercise.scenario is not None:
        return  # a discussion is led by somebody, and no step runs over what they talk about
    elif shown.reminded is None:
        yield Due(time_allowed_until(run, shown), f"clock:{run.id}:step:{shown.turn}", RemindStep(run.id, shown.turn))
    else:
        until = max(shown.reminded, _last_seen_at(run, shown)) + timedelta(minutes=context.handbook.pace.step_grace)
        yield Due(until, f"clock:{run.id}:release:{shown.turn}", ReleaseStep(run.id, shown.turn, "overdue"))
