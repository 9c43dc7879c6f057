"""Injects: which are due, to whom they go, and what the facilitator makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from flows.commands.drilling import AskInject, HoldInject, SendInject, SkipInject
from flows.events.drilling import InjectAdded, InjectHeld, InjectSent, InjectSkipped
from flows.events.working import Asked, AskingDropped
from flows.messages.drilling import Facilitation, Happening
from flows.powers import only
from flows.record.journal import AT_ONCE, Owed
from flows.refusals import Refused
from flows.response.asking import takes
from flows.response.audience import Circumstances, tells
from flows.state.exercise import Exercise
from flows.state.run import Run
from flows.state.work import Context, Work, decides
from playbooks.drills.shape import EVERYBODY, Inject

LONGEST = 1000


def injects_due(run: Run, context: Context) -> Iterator[tuple[datetime, Inject]]:
    """Give the injects that the clock will send, with when; none while the drill stands still."""
    exercise = run.exercise
    if exercise is None or exercise.paused_at is not None or run.state in ("reported", "reviewing") or not run.live:
        return
    for inject in exercise.waiting():
        when = _when(run, exercise, inject)
        if when is not None and inject.id not in exercise.held and _fits(inject, context):
            yield when, inject


def planned(run: Run, context: Context) -> list[tuple[Inject, datetime | None]]:
    """Give what is still to come, as the facilitator sees it; None for what waits for a step that was not answered."""
    exercise = run.exercise
    if exercise is None:
        return []
    return [(inject, _when(run, exercise, inject)) for inject in exercise.waiting() if _fits(inject, context)]


def _fits(inject: Inject, context: Context) -> bool:
    return context.roster.facility.kind in inject.facilities


def _when(run: Run, exercise: Exercise, inject: Inject) -> datetime | None:
    """Give when an inject comes; one that follows a step counts from its answer, and is never before the drill went on."""
    if inject.at is not None:
        return exercise.begun_at + timedelta(minutes=inject.at) + exercise.paused
    assert inject.step is not None  # noqa: S101  (one of both is there)
    track, step, answer = inject.step
    place = run.playbook.places().get((track, step), step) if run.playbook else step
    done = run.answered.get((track, place))
    if done is None or (answer is not None and done.answer not in (answer, f"choice:{answer}")):
        return None
    return done.at + timedelta(minutes=inject.delay)


@decides
def send(work: Work, command: SendInject) -> None:
    """Send an inject to whoever holds its role, or, where nobody does, to whoever commands, saying so.

    The clock may send what is due, whoever leads the drill anything: before its time, too, or what was held.
    """
    exercise = exercise_of(work.run)
    inject = next((i for i in exercise.waiting() if i.id == command.inject), None)
    if inject is None:
        raise Refused("stale")
    to = _recipients(work, exercise, inject.to)
    if to:
        work.add(InjectSent(inject.id, to))
        return
    work.add(InjectSent(inject.id, tuple(_stand_ins(work, exercise)), instead=True))


def _recipients(work: Work, exercise: Exercise, to: str) -> tuple[str, ...]:
    context = work.context
    here = [m.id for m in context.roster.present(context.today) if context.can_act(m.id)]
    if to == EVERYBODY:
        return tuple(m for m in here if m not in exercise.excused)
    if to in ("commander", "director") and work.run.commander:
        return (work.run.commander,)
    if to == "reporter":
        return (work.run.reporter,)
    holders = [m.id for m in context.roster.owners(to, context.today) if m.id in here]
    return tuple(m for m in holders if not exercise.leaves_alone(m))[:1]


def _stand_ins(work: Work, exercise: Exercise) -> list[str]:
    someone = [work.run.commander, exercise.facilitator, *(m.id for m in work.context.chain()), exercise.begun_by]
    return [m for m in someone if m and work.context.can_act(m)][:1]


@decides
def hold(work: Work, command: HoldInject) -> None:
    """Keep an inject back; only whoever leads the drill may."""
    exercise, name = exercise_of(work.run), command.inject
    if name not in {i.id for i in exercise.waiting()} - exercise.held:
        raise Refused("stale")
    work.add(InjectHeld(name))


@decides
def skip(work: Work, command: SkipInject) -> None:
    """Leave an inject out; only whoever leads the drill may."""
    if command.inject not in {i.id for i in exercise_of(work.run).waiting()}:
        raise Refused("stale")
    work.add(InjectSkipped(command.inject))


@decides
def ask_for_own(work: Work, _: AskInject) -> None:
    """Let the facilitator write something of their own."""
    exercise_of(work.run)
    work.add(Asked(work.context.actor, "inject"))


@takes("inject")
def _own(work: Work, _: Mapping[str, Any], text: str) -> None:
    """Let what the facilitator wrote happen now, for everybody."""
    only(AskInject(work.run.id), work.context, work.run)
    exercise = exercise_of(work.run)
    if len(text) > LONGEST:
        raise Refused("too_long", most=LONGEST, length=len(text))
    work.add(AskingDropped(work.context.actor))
    work.add(InjectAdded(text, tuple(m for m in _recipients(work, exercise, EVERYBODY) if m != work.context.actor)))


def exercise_of(run: Run) -> Exercise:
    """Give the exercise of a drill that runs; Refused(``stale``) for anything else."""
    if run.exercise is None or not run.live:
        raise Refused("stale")
    return run.exercise


def facilitation(run: Run, turn: int = 0) -> Iterator[Owed]:
    """Show whoever leads a drill with injects what comes next; ``turn`` is what has just been sent."""
    drill = run.exercise
    if drill is not None and drill.injects:
        leads, key = drill.facilitator or drill.begun_by, f"facilitation:{run.id}"
        yield Owed(leads, Facilitation(turn), run.id, key=key)


@tells
def _happened(run: Run, event: InjectSent | InjectAdded, how: Circumstances) -> Iterator[Owed]:
    yield from (Owed(m, Happening(how.turn), run.id, priority=AT_ONCE) for m in event.to)
    yield from facilitation(run, how.turn)
