"""How a step is said: one action, what not to do, why, whom to call, and exactly the legal moves."""

from __future__ import annotations

from markupsafe import Markup, escape

from bot.channels.channel import Button
from bot.screens.buttons import data_of
from bot.screens.cards import card
from bot.screens.labels import button
from bot.screens.scene import Scene, SceneOf, Screen, rows, shorten, shows
from bot.words.step_types import SAID
from flows.commands.people import AnswerStep, Claim, KeepAsNote, TickItem
from flows.messages.steps import (
    PhotoTaken,
    StepDone,
    StepOpen,
    StepReminder,
    StepTaken,
    StepWaiting,
    TextTaken,
)
from flows.response.steps import moves
from flows.state.run import Answered, Run, Shown
from flows.written.taking import own_words
from playbooks.model import Step
from playbooks.prohibitions import says_not


def _shown(scene: Scene, turn: int) -> tuple[Run, Shown, Step]:
    run = scene.here()
    shown = run.shown[turn]
    return run, shown, run.step(shown)


@shows
def step(scene: SceneOf[StepOpen]) -> Screen:
    """Show one action for one person."""
    run, shown, here = _shown(scene, scene.message.turn)
    words, language = scene.words, scene.words.language
    track = run.playbook.tracks[shown.track].title.in_language(language) if run.playbook else ""
    contact = card(scene, here.contact) if here.contact else None
    why = here.why.in_language(language) if here.why else ""
    text = words.say(
        "step",
        track=track,
        ask=ask(scene, here),
        hint=hint(scene, here),
        never=here.never.in_language(language),
        negated=says_not(here.never),
        why=why,
        contact=contact.text if contact else "",
    )
    native = contact.native if contact else None
    return Screen(text, move_rows(scene, run, shown, here), native, wants_text=here.type.wants == "text")


def ask(scene: Scene, step: Step) -> str:
    """Give a step's action; what may be left out says so."""
    text = escape(step.ask.in_language(scene.words.language))
    return Markup("{}{}").format(scene.words.say("step.optional"), text) if step.optional else text


def hint(scene: Scene, step: Step) -> str:
    """Say how to hand over what the step takes."""
    done = step.answers["done"].label.in_language(scene.words.language) if "done" in step.answers else ""
    parts: list[str] = []
    if SAID[step.takes].hint:
        key = f"hint.{step.takes}"
        welcome = step.evidence == "welcome" and scene.words.has(f"{key}.welcome")
        parts.append(scene.words.say(f"{key}.welcome" if welcome else key, done=done))
    if step.decision:
        parts.append(scene.words.say("hint.decision"))
    return Markup("\n").join(parts)


def move_rows(scene: Scene, run: Run, shown: Shown, step: Step) -> tuple[tuple[Button, ...], ...]:
    """Give the buttons of a step: its items, its choices, and the moves that are legal now."""
    items: list[Button] = []
    if step.type.wants == "ticks":
        for item, choice in step.choices.items():
            mark = scene.words.label("tick.on" if item in shown.ticked else "tick.off")
            label = f"{mark} {choice.label.in_language(scene.words.language)}"
            items.append(Button(label, data_of(TickItem(run.id, shown.turn, item))))
    legal = moves(run, shown)
    answers = [Button(move_label(scene, step, m), data_of(AnswerStep(run.id, shown.turn, m))) for m in legal]
    choices = [b for b, m in zip(answers, legal, strict=True) if m.startswith("choice:")]
    plain = [b for b, m in zip(answers, legal, strict=True) if not m.startswith("choice:")]
    return (*rows(*items), *rows(*choices), *rows(*plain, width=3))


def move_label(scene: Scene, step: Step, move: str) -> str:
    """Give what stands on the button of an answer."""
    if move.startswith("choice:"):
        return step.choices[move.removeprefix("choice:")].label.in_language(scene.words.language)
    return step.answers[move].label.in_language(scene.words.language)


@shows
def reminder(scene: SceneOf[StepReminder | StepWaiting]) -> Screen:
    """Remind the owner of a step, or offer it to whoever is free."""
    run, shown, here = _shown(scene, scene.message.turn)
    text = scene.words.say(scene.message.kept_as.replace("_", "."), ask=ask(scene, here))
    if isinstance(scene.message, StepWaiting):
        claim = Claim(run.id, shown.track)
        return Screen(text, rows(button(scene, claim) if scene.may(claim) else None))
    return Screen(text, move_rows(scene, run, shown, here))


@shows
def done(scene: SceneOf[StepDone]) -> Screen:
    """Change a step's message into what came of it."""
    run, shown, here = _shown(scene, scene.message.turn)
    answered = run.answered.get((shown.track, shown.step))
    if answered is None:
        return Screen(
            scene.words.say("step.open_again", ask=ask(scene, here), why=scene.words.say("step.released.taken_back"))
        )
    who, when = scene.words.who(answered.by), scene.words.clock_time(answered.at)
    return Screen(
        scene.words.say("step.done", ask=ask(scene, here), answer=_answer(scene, here, answered), who=who, time=when)
    )


def _answer(scene: Scene, step: Step, answered: Answered) -> str:
    said = escape(move_label(scene, step, answered.answer))
    given = own_words(answered.given)
    parts = [said, *([escape(shorten(given, 200))] if given else [])]
    if answered.reason:
        parts.append(scene.words.say("answer.reason", reason=shorten(answered.reason, 200)))
    return Markup(" ").join(parts)


@shows
def released(scene: SceneOf[StepTaken]) -> Screen:
    """Change a step's message when it went to somebody else."""
    _, _, here = _shown(scene, scene.message.turn)
    why = scene.words.say(f"step.released.{scene.message.why}")
    return Screen(scene.words.say("step.open_again", ask=ask(scene, here), why=why))


@shows
def taken(scene: SceneOf[TextTaken | PhotoTaken]) -> Screen:
    """Echo what answered a step; a text can still be made a note of."""
    run, turn = scene.here(), scene.message.turn
    found = next((a for a in run.answered.values() if a.turn == turn), None)
    if isinstance(scene.message, PhotoTaken) or found is None:
        return Screen(scene.words.say("photo_taken"))
    text = shorten(str(found.given.get("text", "")), 200)
    return Screen(scene.words.say("text_taken", text=text), rows(button(scene, KeepAsNote(run.id, turn))))
