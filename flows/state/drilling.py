"""What a drill's own events mean for its run and its exercise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flows.events.drilling import (
    Excused,
    ExcuseEnded,
    ExerciseBegun,
    ExercisePaused,
    ExerciseResumed,
    FacilitatorChanged,
    FeedbackGiven,
    FeedbackReleased,
    InjectAdded,
    InjectHeld,
    InjectSent,
    InjectSkipped,
    ObjectiveRated,
    QuestionAnswered,
    VendorCame,
    VendorLesson,
)
from flows.state.exercise import Exercise, Happened
from flows.state.run import Run
from flows.state.stamp import Stamp, evolves
from playbooks.drills.shape import DrillKind, Measure, Question, Scenario


@evolves
def _begun(run: Run, event: ExerciseBegun, stamp: Stamp) -> None:
    run.exercise = Exercise(
        DrillKind.model_validate(event.kind),
        stamp.recorded_at,
        stamp.actor,
        Scenario.model_validate(event.scenario) if event.scenario else None,
        tuple(map(Measure.model_validate, event.measures)),
        tuple(map(Question.model_validate, event.questions)),
        event.drill,
        event.facilitator,
        event.called,
        event.deciding,
        event.verifies,
    )
    run.acknowledged = {stamp.actor: stamp.recorded_at}


def _now(run: Run, **changed: Any) -> None:
    """Let the exercise be as it is from here on; in a run that is none, its events mean nothing."""
    if run.exercise is not None:
        run.exercise = replace(run.exercise, **changed)


@evolves
def _inject_sent(run: Run, event: InjectSent, stamp: Stamp) -> None:
    _happen(run, stamp, Happened(stamp.recorded_at, event.to, inject=event.inject, instead=event.instead))


@evolves
def _inject_added(run: Run, event: InjectAdded, stamp: Stamp) -> None:
    _happen(run, stamp, Happened(stamp.recorded_at, event.to, event.text))


def _happen(run: Run, stamp: Stamp, happened: Happened) -> None:
    if run.exercise is not None:
        _now(run, happened={**run.exercise.happened, stamp.turn: happened})


@evolves
def _inject_held(run: Run, event: InjectHeld, _: Stamp) -> None:
    if run.exercise is not None:
        _now(run, held=run.exercise.held | {event.inject})


@evolves
def _inject_skipped(run: Run, event: InjectSkipped, _: Stamp) -> None:
    if run.exercise is not None:
        _now(run, skipped=run.exercise.skipped | {event.inject})


@evolves
def _facilitator_changed(run: Run, event: FacilitatorChanged, _: Stamp) -> None:
    _now(run, facilitator=event.member)


@evolves
def _excused(run: Run, event: Excused, _: Stamp) -> None:
    if run.exercise is not None:
        _now(run, excused=run.exercise.excused | {event.member})


@evolves
def _excuse_ended(run: Run, event: ExcuseEnded, _: Stamp) -> None:
    if run.exercise is not None:
        _now(run, excused=run.exercise.excused - {event.member})


@evolves
def _paused(run: Run, _: ExercisePaused, stamp: Stamp) -> None:
    _now(run, paused_at=stamp.recorded_at)


@evolves
def _resumed(run: Run, _: ExerciseResumed, stamp: Stamp) -> None:
    """Go on where it stood: after a pause nothing has become late."""
    if run.exercise is None:
        return
    at = stamp.recorded_at
    since = run.exercise.paused_at or at
    stood = at - since
    _now(run, paused_at=None, pauses=(*run.exercise.pauses, (since, at)))
    run.shown = {
        turn: replace(s, at=s.at + stood, reminded=s.reminded + stood if s.reminded else None) if s.open else s
        for turn, s in run.shown.items()
    }
    run.ring = {m: at + stood for m, at in run.ring.items()}
    run.repeats = {m: (count, at + stood) for m, (count, at) in run.repeats.items()}
    run.asked_to_command = {m: at + stood for m, at in run.asked_to_command.items()}


@evolves
def _question_answered(run: Run, event: QuestionAnswered, stamp: Stamp) -> None:
    if run.exercise is not None:
        _now(run, answers={**run.exercise.answers, (stamp.actor, event.question): event.option})


@evolves
def _objective_rated(run: Run, event: ObjectiveRated, _: Stamp) -> None:
    if run.exercise is not None:
        _now(run, ratings={**run.exercise.ratings, event.objective: event.rating})


@evolves
def _feedback_given(run: Run, event: FeedbackGiven, stamp: Stamp) -> None:
    if run.exercise is not None:
        _now(run, feedback=(*run.exercise.feedback, (stamp.actor, event.text)))
        run.asking.pop(stamp.actor, None)


@evolves
def _feedback_released(run: Run, event: FeedbackReleased, _: Stamp) -> None:
    if run.exercise is not None:
        _now(run, released=True, feedback=(*run.exercise.feedback, *(("", t) for t in event.texts)))


@evolves
def _vendor_came(run: Run, event: VendorCame, _: Stamp) -> None:
    if run.exercise is not None:
        _now(run, vendors={**run.exercise.vendors, event.contact: event.how})


@evolves
def _vendor_lesson(run: Run, event: VendorLesson, stamp: Stamp) -> None:
    if run.exercise is not None:
        _now(run, lessons={**run.exercise.lessons, event.contact: event.text})
        run.asking.pop(stamp.actor, None)
