"""How a running drill is said: its beginning, injects, the quiz, pauses, and what people think of it afterwards."""

from __future__ import annotations

from datetime import datetime

from bot.channels.channel import Button
from bot.screens.buttons import data_of
from bot.screens.labels import button
from bot.screens.requests.drilling import ItIsReal, SpeakNameless
from bot.screens.scene import Rows, Scene, Screen, lines, rows, shorten, view
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
from flows.commands.people import Acknowledge, CallOff, Close
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
        raise LookupError(f"{scene.owed.name} belongs to a drill")
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


@view("drill_call", "drill_call_again")
def call(scene: Scene) -> Screen:
    """Call somebody to a drill: what it is, how long it takes, and the story; a quiz calls with its question."""
    run, exercise = scene.here(), exercise_of(scene)
    if exercise.questions:
        return quiz(scene)
    text = scene.words.say(
        "drill.call",
        name=name_of(scene, exercise), purpose=said(scene, exercise.kind.purpose), minutes=exercise.kind.minutes,
        situation=said(scene, exercise.scenario.situation) if exercise.scenario else "",
        opening=said(scene, exercise.scenario.opening) if exercise.scenario and scene.reader == run.reporter else "",
        decides=run.commander is None and scene.reader in run.asked_to_command,
    )  # fmt: skip
    if scene.owed.name == "drill_call_again":
        text = scene.words.say("alarm.again", count=scene.owed.data["count"], alarm=text)
    return Screen(text, rows(button(scene, Acknowledge(run.id)), button(scene, Excuse(run.id)), width=2))


@view("drill_begun")
def drill_begun(scene: Scene) -> Screen:
    """Tell whoever began it that it runs, and who was called."""
    run, exercise = scene.here(), exercise_of(scene)
    called = scene.words.people([m for m in exercise.called if m != exercise.begun_by])
    text = scene.words.say("drill.begun", name=name_of(scene, exercise), called=called, minutes=exercise.kind.minutes)
    leads = bool(exercise.injects) and not exercise.facilitator
    moves = [LeadExercise(run.id)] if leads else []
    return Screen(text, rows(*(button(scene, m) for m in [*moves, PauseExercise(run.id), Close(run.id)]), width=2))


# ── injects ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@view("inject")
def inject(scene: Scene) -> Screen:
    """Tell of something that happens in the story: from whom, how, and what it asks."""
    exercise = exercise_of(scene)
    happened = exercise.happened[int(str(scene.owed.data["turn"]))]
    if not happened.inject:
        return Screen(scene.words.say("inject.own", text=happened.text))
    known = _inject(exercise, happened.inject)
    text = scene.words.say(
        "inject",
        how=scene.words.say(f"inject.how.{known.how}"), sender=said(scene, known.sender), text=said(scene, known.text),
        asks=said(scene, known.asks) if known.asks else "",
        instead=_role(scene, known.to) if happened.instead else "",
    )  # fmt: skip
    return Screen(text)


def _inject(exercise: Exercise, name: str) -> Inject:
    return next(i for i in exercise.injects if i.id == name)


def _role(scene: Scene, role: str) -> str:
    if role == EVERYBODY:
        return scene.words.say("inject.everybody")
    return scene.words.say(f"inject.{role}") if role in ("commander", "reporter") else scene.words.role(role)


@view("facilitation")
def facilitation(scene: Scene) -> Screen:
    """Show whoever leads what was just sent, with what to listen for, and what comes next, with their hand on it."""
    run, exercise, words = scene.here(), exercise_of(scene), scene.words
    turn = int(str(scene.owed.data["turn"]))
    before = exercise.happened.get(turn)
    parts: list[str] = []
    if before is not None and before.inject:
        expects = said(scene, _inject(exercise, before.inject).expects)
        parts.append(words.say("facilitation.sent", to=words.people(list(before.to)), expects=expects))
    coming = planned(run, scene.context)
    listed = [_coming(scene, exercise, known, when) for known, when in coming[:SHOWN_INJECTS]]
    parts.append(words.say("facilitation", coming=listed, more=max(0, len(coming) - SHOWN_INJECTS)))
    if scene.reader not in (exercise.facilitator, exercise.begun_by) or not run.live:
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
    return scene.words.say("facilitation.line", at=at, to=_role(scene, known.to), sender=sender, text=text)


# ── the quiz ────────────────────────────────────────────────────────────────────────────────────────────────────────


@view("quiz")
def quiz(scene: Scene) -> Screen:
    """Put one question with its answers as buttons; called again, the first that is still open."""
    run, exercise = scene.here(), exercise_of(scene)
    asked = scene.owed.data.get("number")
    number = int(str(asked)) if asked is not None else next_question(exercise, scene.reader) or 0
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


@view("quiz_answered")
def quiz_answered(scene: Scene) -> Screen:
    """Say at once whether it was right, and why."""
    exercise = exercise_of(scene)
    question = exercise.questions[int(str(scene.owed.data["number"]))]
    return Screen(
        scene.words.say("quiz.answered", **_judged(scene, question, exercise.answers[scene.reader, question.id]))
    )


def _judged(scene: Scene, question: Question, option: str) -> dict[str, object]:
    return {
        "ask": said(scene, question.ask), "mine": said(scene, question.options[option]),
        "right": question.right is None or option == question.right,
        "best": said(scene, question.options[question.right]) if question.right else "",
        "because": said(scene, question.because) if question.because else "",
    }  # fmt: skip


@view("quiz_thanks")
def quiz_thanks(scene: Scene) -> Screen:
    """Thank for the answers, with how many were right."""
    exercise = exercise_of(scene)
    right = sum(exercise.answers.get((scene.reader, q.id)) == q.right for q in exercise.questions)
    return Screen(scene.words.say("quiz.thanks", right=right, of=len(exercise.questions)))


# ── standing still, and afterwards ──────────────────────────────────────────────────────────────────────────────────


@view("drill_paused", "drill_resumed")
def paused(scene: Scene) -> Screen:
    """Say that the drill stands still, or goes on."""
    run, stands = scene.here(), scene.owed.name == "drill_paused"
    key = "drill.paused" if stands else "drill.resumed"
    moves = [ResumeExercise(run.id), CallOff(run.id)] if stands else []
    return Screen(
        scene.words.say(key, who=scene.words.who(str(scene.owed.data["by"]))), rows(*(button(scene, m) for m in moves))
    )


@view("drill_excused", "drill_back")
def excused(scene: Scene) -> Screen:
    """Let somebody go to their patient, or welcome them back."""
    away = scene.owed.name == "drill_excused"
    back = button(scene, EndExcuse(scene.here().id)) if away else None
    return Screen(scene.words.say("drill.excused" if away else "drill.back"), rows(back))


@view("feedback_ask")
def feedback_ask(scene: Scene) -> Screen:
    """Ask everybody what they think, with or without their name."""
    run = scene.here()
    buttons = [button(scene, AskFeedback(run.id)), button(scene, SpeakNameless(run.id))]
    return Screen(scene.words.say("feedback.ask", title=name_of(scene, exercise_of(scene))), rows(*buttons))


@view("feedback_nameless")
def feedback_nameless(scene: Scene) -> Screen:
    """Wait for a few words without a name; an answer to this very message is one, also after a restart."""
    return Screen(scene.words.say("feedback.nameless"), wants_text=True)


@view("feedback_thanks")
def feedback_thanks(scene: Scene) -> Screen:
    """Thank for it."""
    return Screen(scene.words.say("feedback.thanks"))


@view("feedback_released")
def feedback_released(scene: Scene) -> Screen:
    """Show all that was said, those without a name in an order that tells nothing."""
    said_by = [
        scene.words.say("feedback.line", who=scene.words.who(by) if by else "", text=shorten(text, 300))
        for by, text in exercise_of(scene).feedback
    ]
    return Screen(lines([scene.words.say("feedback.released"), *said_by]))


def real_alarm(scene: Scene) -> Button:
    """Give the button under every message of a running drill: something real has happened."""
    return button(scene, ItIsReal(scene.here().id))
