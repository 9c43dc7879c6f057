"""What a drill's own events mean for its run."""

from __future__ import annotations

from dataclasses import replace

from flows import events as ev
from flows.state.exercise import ExerciseEvent, begun, exercised
from flows.state.run import Run
from flows.state.stamp import Stamp


def rehearse(run: Run, event: ExerciseEvent, stamp: Stamp) -> None:
    """Take in what changes a drill; after a pause nothing has become late."""
    if isinstance(event, ev.ExerciseBegun):
        run.exercise = begun(event, stamp)
        run.acknowledged = {stamp.actor: stamp.recorded_at}
        return
    if run.exercise is None:
        return
    before = run.exercise
    run.exercise = exercised(before, event, stamp)
    if isinstance(event, ev.FeedbackGiven):
        run.asking.pop(stamp.actor, None)
    stood = run.exercise.paused - before.paused
    if stood:
        run.shown = {
            turn: replace(s, at=s.at + stood, reminded=s.reminded + stood if s.reminded else None) if s.open else s
            for turn, s in run.shown.items()
        }
        run.ring = {m: at + stood for m, at in run.ring.items()}
        run.repeats = {m: (count, at + stood) for m, (count, at) in run.repeats.items()}
        run.asked_to_command = {m: at + stood for m, at in run.asked_to_command.items()}
