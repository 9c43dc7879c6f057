"""How a running drill is said: its beginning, injects, the quiz, pauses, and what people think of it afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.channels.channel import Button
from bot.screens.buttons import data_of
from bot.screens.labels import button
from bot.screens.requests.drilling import ItIsReal, SpeakNameless
from bot.screens.scene import Rows, Scene, SceneOf, Screen, lines, rows, shorten, shows
from flows.commands.command import Command
from flows.commands.drilling import (
    AnswerQuestion,
    AskFeedback,
    AskInject,
    EndExcuse,
    Excuse,
    HoldInject,
    LeadExercise,
    PauseExercise,
    ResumeExercise,
    SendInject,
    SkipInject,
)
from flows.commands.people import CallOff, Close, TakeCommand, TellPresence
from flows.messages.drilling import (
    DrillBack,
    DrillBegun,
    DrillCall,
    DrillCallAgain,
    DrillEnding,
    DrillExcused,
    DrillPaused,
    DrillResumed,
    Facilitation,
    FeedbackAsk,
    FeedbackNameless,
    FeedbackThanks,
    FeedbackTold,
    Happening,
    QuizAnswered,
    QuizQuestion,
    QuizThanks,
)
from flows.powers import may
from flows.response.drilling import next_question
from flows.response.injecting import planned
from flows.state.exercise import Exercise
from playbooks.drills.shape import EVERYBODY, Inject, Question
from playbooks.texts import Text

SHOWN_INJECTS = 4
"""So many of the next injects are shown to whoever leads; the rest is counted."""


def exercise_of(scene: Scene) -> Exercise:
    """Give the exercise of the scene's run; these views are only called with one."""
    exercise = scene.here().exercise
    if exercise is None:
        raise LookupError("this belongs to a drill")
    return exercise


def said(scene: Scene, text: Text) -> str:
    """Give a text in the reader's language."""
    return text.in_language(scene.words.language)


def name_of(scene: Scene, exercise: Exercise) -> str:
    """Name a drill: its kind, and its scenario where it has one."""
    kind = said(scene, exercise.kind.title)
    return scene.words.say(
        "drill.name", kind=kind, scenario=said(scene, exercise.scenario.title) if exercise.scenario else ""
    )


@shows
def call(scene: SceneOf[DrillCall | DrillCallAgain]) -> Screen:
    """Call somebody to a drill: what it is, how long it takes, and the story; a quiz calls with its question."""
    run, exercise = scene.here(), exercise_of(scene)
    if exercise.questions:
        return _question(scene, next_question(exercise, scene.reader) or 0)
    text = scene.words.say(
        "drill.call",
        name=name_of(scene, exercise),
        purpose=said(scene, exercise.kind.purpose),
        minutes=exercise.kind.minutes,
        situation=said(scene, exercise.scenario.situation) if exercise.scenario else "",
        opening=said(scene, exercise.scenario.opening) if exercise.scenario and scene.reader == run.reporter else "",
        decides=run.commander is None and scene.reader in run.asked_to_command,
    )
    if isinstance(scene.message, DrillCallAgain):
        text = scene.words.say("alarm.again", alarm=text)
    take = run.commander is None and scene.reader in run.asked_to_command and scene.may(TakeCommand(run.id))
    answers = rows(button(scene, TellPresence(run.id, "")), button(scene, Excuse(run.id)), width=2)
    return Screen(text, (*answers, *rows(button(scene, TakeCommand(run.id)) if take else None)))


@shows
def drill_begun(scene: SceneOf[DrillBegun]) -> Screen:
    """Tell whoever began it that it runs, and who was called."""
    run, exercise = scene.here(), exercise_of(scene)
    called = scene.words.people([m for m in exercise.called if m != exercise.begun_by])
    text = scene.words.say("drill.begun", name=name_of(scene, exercise), called=called, minutes=exercise.kind.minutes)
    leads = bool(exercise.injects) and not exercise.facilitator
    moves = [LeadExercise(run.id)] if leads else []
    return Screen(text, rows(*(button(scene, m) for m in [*moves, PauseExercise(run.id), Close(run.id)]), width=2))


# ── injects ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@shows
def inject(scene: SceneOf[Happening]) -> Screen:
    """Tell of something that happens in the story: from whom, how, and what it asks."""
    exercise = exercise_of(scene)
    happened = exercise.happened[scene.message.turn]
    if not happened.inject:
        return Screen(scene.words.say("inject.own", text=happened.text))
    known = _inject(exercise, happened.inject)
    text = scene.words.say(
        "inject",
        how=scene.words.say(f"inject.how.{known.how}"),
        sender=said(scene, known.sender),
        text=said(scene, known.text),
        asks=said(scene, known.asks) if known.asks else "",
        instead=role_named(scene, known.to) if happened.instead else "",
    )
    return Screen(text)


def _inject(exercise: Exercise, name: str) -> Inject:
    return next(i for i in exercise.injects if i.id == name)


def role_named(scene: Scene, role: str) -> str:
    """Name those to whom something happens."""
    if role == EVERYBODY:
        return scene.words.say("inject.everybody")
    return scene.words.say(f"inject.{role}") if role in ("commander", "reporter") else scene.words.role(role)


@shows
def facilitation(scene: SceneOf[Facilitation]) -> Screen:
    """Show whoever leads what was just sent, with what to listen for, and what comes next, with their hand on it."""
    run, exercise, words = scene.here(), exercise_of(scene), scene.words
    turn = scene.message.turn
    before = exercise.happened.get(turn)
    parts: list[str] = []
    if before is not None and before.inject:
        expects = said(scene, _inject(exercise, before.inject).expects)
        parts.append(words.say("facilitation.sent", to=words.people(list(before.to)), expects=expects))
    coming = planned(run, scene.context)
    listed = [_coming(scene, exercise, known, when) for known, when in coming[:SHOWN_INJECTS]]
    parts.append(words.say("facilitation", coming=listed, more=max(0, len(coming) - SHOWN_INJECTS)))
    if not run.live or not scene.may(AskInject(run.id)):
        return Screen(lines(parts))
    return Screen(lines(parts), _hands_on(scene, exercise, [known for known, _ in coming[:1]]))


def _hands_on(scene: Scene, exercise: Exercise, coming: list[Inject]) -> Rows:
    run = scene.here()
    moves: list[Command] = []
    for known in coming:
        moves.append(SendInject(run.id, known.id))
        if known.id not in exercise.held:
            moves.append(HoldInject(run.id, known.id))
        moves.append(SkipInject(run.id, known.id))
    moves.append(AskInject(run.id))
    return rows(*(button(scene, m) for m in moves), width=2)


def _coming(scene: Scene, exercise: Exercise, known: Inject, when: datetime | None) -> str:
    at = scene.words.clock_time(when) if when else scene.words.say("facilitation.after")
    if known.id in exercise.held:
        at = scene.words.say("facilitation.held")
    sender, text = said(scene, known.sender), shorten(said(scene, known.text), 50)
    return scene.words.say("facilitation.line", at=at, to=role_named(scene, known.to), sender=sender, text=text)


# ── the quiz ────────────────────────────────────────────────────────────────────────────────────────────────────────


@shows
def quiz(scene: SceneOf[QuizQuestion]) -> Screen:
    """Put one question with its answers as buttons."""
    return _question(scene, scene.message.number)


def _question(scene: Scene, number: int) -> Screen:
    run, exercise = scene.here(), exercise_of(scene)
    question = exercise.questions[number]
    text = scene.words.say(
        "quiz",
        number=number + 1,
        of=len(exercise.questions),
        ask=said(scene, question.ask),
        purpose=said(scene, exercise.kind.purpose),
    )
    options = [
        Button(said(scene, label)[:64], data_of(AnswerQuestion(run.id, number, option)))
        for option, label in question.options.items()
    ]
    return Screen(text, rows(*options))


@shows
def quiz_answered(scene: SceneOf[QuizAnswered]) -> Screen:
    """Say at once whether it was right, and why."""
    exercise = exercise_of(scene)
    question = exercise.questions[scene.message.number]
    return Screen(
        scene.words.say("quiz.answered", **_judged(scene, question, exercise.answers[scene.reader, question.id]))
    )


def _judged(scene: Scene, question: Question, option: str) -> dict[str, object]:
    return {
        "ask": said(scene, question.ask),
        "mine": said(scene, question.options[option]),
        "right": question.right is None or option == question.right,
        "best": said(scene, question.options[question.right]) if question.right else "",
        "because": said(scene, question.because) if question.because else "",
    }


@shows
def quiz_thanks(scene: SceneOf[QuizThanks]) -> Screen:
    """Thank for the answers, with how many were right."""
    exercise = exercise_of(scene)
    right = sum(exercise.answers.get((scene.reader, q.id)) == q.right for q in exercise.questions)
    return Screen(scene.words.say("quiz.thanks", right=right, of=len(exercise.questions)))


# ── standing still, and afterwards ──────────────────────────────────────────────────────────────────────────────────


@shows
def paused(scene: SceneOf[DrillPaused | DrillResumed]) -> Screen:
    """Say that the drill stands still, or goes on."""
    run, stands = scene.here(), isinstance(scene.message, DrillPaused)
    key = "drill.paused" if stands else "drill.resumed"
    moves = [ResumeExercise(run.id), CallOff(run.id)] if stands else []
    return Screen(scene.words.say(key, who=scene.words.who(scene.message.by)), rows(*(button(scene, m) for m in moves)))


@shows
def ending(scene: SceneOf[DrillEnding]) -> Screen:
    """Put the ways to end a drill before whoever may, and tell the others whom to ask; to let it stand still is everybody's."""
    run, by_calendar = scene.here(), scene.engine.house.calendar.running()
    ends = [move for move in (CallOff(run.id), *([Close(run.id)] if run.exercise else [])) if scene.may(move)]
    others = [
        m.id for m in scene.context.roster.active() if may(CallOff(run.id), replace(scene.context, actor=m.id), run)
    ]
    stands = run.exercise is not None and run.exercise.paused_at is None
    text = scene.words.say(
        "drill.ending",
        later=scene.message.later,
        ends=bool(ends),
        closes=Close(run.id) in ends,
        who=scene.words.people(others),
        moves=by_calendar is not None and by_calendar.run == run.id,
        pauses=stands,
    )
    moves = [*ends, *([PauseExercise(run.id)] if stands else [])]
    return Screen(text, rows(*(button(scene, move) for move in moves)) if run.live else ())


@shows
def excused(scene: SceneOf[DrillExcused | DrillBack]) -> Screen:
    """Let somebody go to their patient, or welcome them back."""
    away = isinstance(scene.message, DrillExcused)
    back = button(scene, EndExcuse(scene.here().id)) if away else None
    return Screen(scene.words.say("drill.excused" if away else "drill.back"), rows(back))


@shows
def feedback_ask(scene: SceneOf[FeedbackAsk]) -> Screen:
    """Ask everybody what they think, with or without their name."""
    run = scene.here()
    buttons = [button(scene, AskFeedback(run.id)), button(scene, SpeakNameless(run.id))]
    return Screen(scene.words.say("feedback.ask", title=name_of(scene, exercise_of(scene))), rows(*buttons))


@shows
def feedback_nameless(scene: SceneOf[FeedbackNameless]) -> Screen:
    """Wait for a few words without a name; an answer to this very message is one, also after a restart."""
    return Screen(scene.words.say("feedback.nameless"), wants_text=True)


@shows
def feedback_thanks(scene: SceneOf[FeedbackThanks]) -> Screen:
    """Thank for it."""
    return Screen(scene.words.say("feedback.thanks"))


@shows
def feedback_released(scene: SceneOf[FeedbackTold]) -> Screen:
    """Show all that was said, those without a name in an order that tells nothing."""
    said_by = [
        scene.words.say("feedback.line", who=scene.words.who(by) if by else "", text=shorten(text, 300))
        for by, text in exercise_of(scene).feedback
    ]
    return Screen(lines([scene.words.say("feedback.released"), *said_by]))


def real_alarm(scene: Scene) -> Button:
    """Give the button under every message of a running drill: something real has happened."""
    return button(scene, ItIsReal(scene.here().id))
