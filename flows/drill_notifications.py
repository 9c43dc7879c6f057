"""What is owed to whom in a drill, beside what its playbook brings."""

from __future__ import annotations

from flows import events as ev
from flows.record.journal import Owed
from flows.response.drilling import everybody_answered, next_question
from flows.response.measuring import series
from flows.state.run import Run
from flows.state.work import Context


def told_in_drill(run: Run, turn: int, event: ev.Event, context: Context) -> list[Owed]:
    """Give what an event of a drill owes; nothing for one that only the board shows."""
    exercise, rid, actor = run.exercise, run.id, context.actor
    if exercise is None:
        return []
    taking_part = [m for m in dict.fromkeys([*exercise.called, exercise.begun_by]) if context.roster.member(m)]
    match event:
        case ev.ExerciseBegun():
            quiz = [m for m in exercise.called if exercise.questions]
            return [
                *(Owed(m, "quiz", rid, {"number": 0}, key=f"quiz:{rid}:0", priority=1) for m in quiz),
                Owed(exercise.begun_by, "drill_begun", rid, priority=1),
                *facilitation(run),
            ]
        case ev.InjectSent() | ev.InjectAdded():
            mine = [Owed(m, "inject", rid, {"turn": turn}, priority=1) for m in event.to]
            return [*mine, *facilitation(run, turn)]
        case ev.FacilitatorChanged():
            return facilitation(run)
        case ev.ExercisePaused() | ev.ExerciseResumed():
            name = "drill_paused" if isinstance(event, ev.ExercisePaused) else "drill_resumed"
            return [Owed(m, name, rid, {"by": actor}, key=f"pause:{rid}", priority=1) for m in taking_part]
        case ev.Excused() | ev.ExcuseEnded():
            name = "drill_excused" if isinstance(event, ev.Excused) else "drill_back"
            return [Owed(event.member, name, rid, priority=1)]
        case ev.QuestionAnswered():
            return _answered(run, event, context)
        case ev.ReviewBegun():
            return [
                *(Owed(m, "feedback_ask", rid, key=f"feedback:{rid}", priority=4) for m in taking_part if _spoken(run)),
                *(Owed(m, "drill_result", rid, key=f"result:{rid}", priority=3) for m in _leading(run, context)),
            ]
        case ev.ObjectiveRated():
            return [
                Owed(m, "drill_result", rid, key=f"result:{rid}", priority=4, edits=True)
                for m in _leading(run, context)
            ]
        case ev.FeedbackGiven():
            return [Owed(actor, "feedback_thanks", rid, priority=4)]
        case ev.FeedbackReleased() if exercise.feedback:
            return [Owed(m, "feedback_released", rid, priority=3) for m in _leading(run, context)]
        case ev.Closed() if len(series(run, context.earlier)) > 1:
            return [Owed(m, "drill_trend", rid, priority=4) for m in _leading(run, context)]
        case _:
            return []


def facilitation(run: Run, turn: int = 0) -> list[Owed]:
    """Show whoever leads a drill with injects what comes next; ``turn`` is what has just been sent."""
    exercise = run.exercise
    if exercise is None or not exercise.injects:
        return []
    leads = exercise.facilitator or exercise.begun_by
    return [Owed(leads, "facilitation", run.id, {"turn": turn}, key=f"facilitation:{run.id}", priority=5)]


def _spoken(run: Run) -> bool:
    return run.exercise is not None and run.exercise.kind.slot == "marked"


def _leading(run: Run, context: Context) -> list[str]:
    exercise = run.exercise
    if exercise is None:
        return []
    first = [m.id for m in context.chain()][:1]
    return [
        m for m in dict.fromkeys([exercise.begun_by, exercise.facilitator, *first]) if m and context.roster.member(m)
    ]


def _answered(run: Run, event: ev.QuestionAnswered, context: Context) -> list[Owed]:
    exercise, rid, actor = run.exercise, run.id, context.actor
    assert exercise is not None  # noqa: S101  (the caller looked)
    number = next(n for n, q in enumerate(exercise.questions) if q.id == event.question)
    owed = [Owed(actor, "quiz_answered", rid, {"number": number}, priority=1)]
    following = next_question(exercise, actor)
    if following is not None:
        owed.append(Owed(actor, "quiz", rid, {"number": following}, key=f"quiz:{rid}:{following}", priority=2))
    else:
        owed.append(Owed(actor, "quiz_thanks", rid, priority=2))
    if everybody_answered(run):
        owed += [Owed(m, "drill_result", rid, key=f"result:{rid}", priority=3) for m in _leading(run, context)]
    return owed
