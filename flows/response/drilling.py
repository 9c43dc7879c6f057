"""Running a drill: it begins with everybody being called, stands still for patients, and gives way to what is real."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows.commands.drilling import (
    AbortExercise,
    AnswerQuestion,
    BeginExercise,
    EndExcuse,
    Excuse,
    LeadExercise,
    PauseExercise,
    ResumeExercise,
)
from flows.events.calling import Acknowledged, Declared, Reported
from flows.events.drilling import (
    Excused,
    ExcuseEnded,
    ExerciseBegun,
    ExercisePaused,
    ExerciseResumed,
    FacilitatorChanged,
    QuestionAnswered,
)
from flows.events.ending import Aborted
from flows.events.working import FactsLearned, StepReleased
from flows.messages.drilling import (
    DrillBack,
    DrillBegun,
    DrillExcused,
    DrillPaused,
    DrillResumed,
    QuizAnswered,
    QuizQuestion,
    QuizThanks,
)
from flows.record.journal import AT_ONCE, NEXT, Owed
from flows.refusals import Refused
from flows.response.alarm.charge import ask_for_command, lapse
from flows.response.alarm.ringing import raise_alarm
from flows.response.audience import Circumstances, tells
from flows.response.debriefing import result, taking_part
from flows.response.injecting import exercise_of, facilitation
from flows.response.steps import assign, start_tracks
from flows.scene.circle import seen
from flows.state.exercise import Exercise
from flows.state.run import Run
from flows.state.work import Context, Work, decides
from playbooks.drills.shape import DrillKind, DrillLibrary, Measure, Question, Scenario
from playbooks.model import Playbook
from playbooks.texts import Texts

QUIZ_QUESTIONS = 3
"""So many are drawn from the pool each time, the next ones in turn."""


@decides
def begin(work: Work, command: BeginExercise) -> None:
    """Begin a drill; Refused while an incident or another drill is open (``run_open``), or for what nobody knows.

    Whoever decides, the safety manager and the owner of the kind may begin it.
    """
    context, actor = work.context, work.context.actor
    if live := next((run for run in seen(context.others, context, actor) if run.live), None):
        raise Refused("run_open", run=live.id)
    kind = context.handbook.drills.kinds.get(command.kind)
    if kind is None:
        raise Refused("stale")
    scenario = _scenario(kind, command.scenario, context)
    playbook = _playbook(kind, scenario, context)
    facilitator = command.facilitator if context.roster.member(command.facilitator) in context.roster.active() else ""
    called = _called(kind, facilitator, context)
    begun = ExerciseBegun(
        kind.model_dump(mode="json"),
        scenario.model_dump(mode="json") if scenario else None,
        tuple(m.model_dump(mode="json") for m in _measures(playbook, context.handbook.drills)),
        tuple(q.model_dump(mode="json") for q in quiz_of(kind, context)),
        command.drill,
        facilitator,
        called,
        tuple(m.id for m in context.chain()),
        tuple(t.id for t in context.house.tasks.values() if t.state == "done"),
    )
    language = context.roster.facility.language
    opening = scenario.opening.in_language(language) if scenario else kind.title.in_language(language)
    work.add(Reported(_first(called, facilitator, context), opening, (playbook.playbook,), "drill"))
    work.add(begun)
    law = context.handbook.duties.model_dump(mode="json") if context.handbook.duties else None
    work.add(Declared(playbook.model_dump(mode="json"), law))
    if scenario and scenario.facts:
        work.add(FactsLearned(dict(scenario.facts)))
    raise_alarm(work, [m for m in called if m != actor])
    ask_for_command(work)
    start_tracks(work)
    assign(work)


def _scenario(kind: DrillKind, wanted: str, context: Context) -> Scenario | None:
    """Give the scenario that was asked for, or the one that was used longest ago, or never."""
    if not kind.scenarios:
        return None
    fitting = context.handbook.drills.scenarios_for(context.roster.facility.kind)
    if wanted:
        return next((s for s in fitting if s.id == wanted), None) or _stale()
    used = [r.exercise.scenario.id for r in context.others if r.exercise and r.exercise.scenario]
    return min(fitting, key=lambda s: _last(used, s.id)) if fitting else _stale()


def _stale() -> Scenario:
    raise Refused("stale")


def _last(used: Sequence[str], scenario: str) -> int:
    return max((n for n, name in enumerate(used) if name == scenario), default=-1)


def _playbook(kind: DrillKind, scenario: Scenario | None, context: Context) -> Playbook:
    name = scenario.playbook if scenario else kind.playbook
    if name is None:
        return Playbook(
            playbook=kind.id,
            title=kind.title,
            question=kind.title,
            event="system_failure",
            signs=Texts(ja=(), en=()),
            use=("drill",),
            tracks={},
        )
    playbook = context.handbook.playbooks.get(name)
    if playbook is None or "drill" not in playbook.use:
        raise Refused("unknown_playbook", playbook=name)
    return playbook


def _measures(playbook: Playbook, library: DrillLibrary) -> list[Measure]:
    return [m for m in library.measures.values() if playbook.tracks and m.ends_in(playbook)]


def quiz_of(kind: DrillKind, context: Context) -> list[Question]:
    """Draw the next questions of the pool: each comes again only when all have been asked."""
    pool = kind.questions_for(context.roster.facility.kind)
    before = sum(1 for r in context.others if r.exercise is not None and r.exercise.kind.id == kind.id)
    return [pool[(before * QUIZ_QUESTIONS + n) % len(pool)] for n in range(min(QUIZ_QUESTIONS, len(pool)))]


def _called(kind: DrillKind, facilitator: str, context: Context) -> tuple[str, ...]:
    roster, today = context.roster, context.today
    here = [m.id for m in roster.present(today)]
    if not kind.everybody:
        owner = [m.id for m in roster.owners(kind.owner, today)] or [context.actor]
        here = list(dict.fromkeys([owner[0], context.actor]))
    return tuple(m for m in here if m != facilitator)


def _first(called: Sequence[str], facilitator: str, context: Context) -> str:
    """Give who sees it first in the story: somebody at the desk, so that whoever decides has to be told."""
    desk = [m.id for m in context.roster.owners("reception", context.today)]
    there = [m for m in (*desk, *called, context.actor) if m in called and context.can_act(m)]
    return next(iter(there), context.actor)


@tells
def _begun(run: Run, event: ExerciseBegun, how: Circumstances) -> Iterator[Owed]:
    if event.questions:
        yield from (Owed(m, QuizQuestion(0), run.id, key=f"quiz:{run.id}:0", priority=AT_ONCE) for m in event.called)
    yield Owed(how.actor, DrillBegun(), run.id, priority=AT_ONCE)
    yield from facilitation(run)


# ── who leads, who is excused ───────────────────────────────────────────────────────────────────────────────────────


@decides
def lead(work: Work, command: LeadExercise) -> None:
    """Lead the drill from here on, or let the bot go on alone; a facilitator gets no steps."""
    exercise, actor, give_up = exercise_of(work.run), work.context.actor, command.give_up == "yes"
    if give_up != (exercise.facilitator == actor):
        raise Refused("stale")
    work.add(FacilitatorChanged("" if give_up else actor))
    if not give_up:
        _release(work, actor, "facilitates")
        if work.run.commander == actor:
            lapse(work, "facilitates")
    assign(work)


@decides
def excuse(work: Work, _: Excuse) -> None:
    """Leave somebody in peace who has a patient before them; their step goes to others."""
    if work.context.actor in exercise_of(work.run).excused:
        raise Refused("stale")
    work.add(Excused(work.context.actor))
    _release(work, work.context.actor, "patients")
    assign(work)


@decides
def end_excuse(work: Work, _: EndExcuse) -> None:
    """Take somebody back in; writing or tapping does it, too."""
    if work.context.actor not in exercise_of(work.run).excused:
        raise Refused("stale")
    work.add(ExcuseEnded(work.context.actor))
    assign(work)


def _release(work: Work, member: str, why: str) -> None:
    shown = work.run.open_step_of(member)
    if shown is not None:
        work.add(StepReleased(shown.turn, why))


@decides
def pause(work: Work, _: PauseExercise) -> None:
    """Let the drill stand still; anybody may, patients come first."""
    if exercise_of(work.run).paused_at is not None:
        raise Refused("stale")
    work.add(ExercisePaused())


@decides
def resume(work: Work, _: ResumeExercise) -> None:
    """Go on where it stood; nothing has become late meanwhile."""
    if exercise_of(work.run).paused_at is None:
        raise Refused("stale")
    work.add(ExerciseResumed())
    assign(work)


@decides
def abort(work: Work, _: AbortExercise) -> None:
    """End the drill for everybody because something real has happened; anybody may."""
    if not (work.run.drill and work.run.live):
        raise Refused("stale")
    work.add(Aborted())


@tells
def _led(run: Run, _: FacilitatorChanged, __: Circumstances) -> Iterator[Owed]:
    return facilitation(run)


@tells
def _excused(run: Run, event: Excused, _: Circumstances) -> Iterator[Owed]:
    yield Owed(event.member, DrillExcused(), run.id, priority=AT_ONCE)


@tells
def _back(run: Run, event: ExcuseEnded, _: Circumstances) -> Iterator[Owed]:
    yield Owed(event.member, DrillBack(), run.id, priority=AT_ONCE)


@tells
def _stood_or_went_on(run: Run, event: ExercisePaused | ExerciseResumed, how: Circumstances) -> Iterator[Owed]:
    said = DrillPaused(how.actor) if isinstance(event, ExercisePaused) else DrillResumed(how.actor)
    for member in taking_part(run, how.context):
        yield Owed(member, said, run.id, key=f"pause:{run.id}", priority=AT_ONCE)


# ── the quiz ────────────────────────────────────────────────────────────────────────────────────────────────────────


@decides
def answer_question(work: Work, command: AnswerQuestion) -> None:
    """Take an answer to a quiz question, once a member and question; the first answer also confirms the call."""
    exercise, actor = exercise_of(work.run), work.context.actor
    if not 0 <= command.number < len(exercise.questions):
        raise Refused("stale")
    question = exercise.questions[command.number]
    if command.option not in question.options:
        raise Refused("stale")
    if (actor, question.id) in exercise.answers:
        raise Refused("already_answered")
    if actor not in work.run.acknowledged:
        work.add(Acknowledged(actor))
    work.add(QuestionAnswered(question.id, command.option))


def next_question(exercise: Exercise, member: str) -> int | None:
    """Give the number of the first question that a member has not answered; None when all are."""
    open_ones = (n for n, q in enumerate(exercise.questions) if (member, q.id) not in exercise.answers)
    return next(open_ones, None)


def everybody_answered(run: Run) -> bool:
    """Say whether nobody who was called owes the quiz an answer."""
    exercise = run.exercise
    return exercise is not None and all(next_question(exercise, m) is None for m in exercise.called)


@tells
def _answered(run: Run, event: QuestionAnswered, how: Circumstances) -> Iterator[Owed]:
    if run.exercise is None:
        return
    number = next(n for n, q in enumerate(run.exercise.questions) if q.id == event.question)
    yield Owed(how.actor, QuizAnswered(number), run.id, priority=AT_ONCE)
    following = next_question(run.exercise, how.actor)
    if following is not None:
        key = f"quiz:{run.id}:{following}"
        yield Owed(how.actor, QuizQuestion(following), run.id, key=key, priority=NEXT)
    else:
        yield Owed(how.actor, QuizThanks(), run.id, priority=NEXT)
    if everybody_answered(run):
        yield from result(run, how.context)
