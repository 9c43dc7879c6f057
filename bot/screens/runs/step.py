"""How a step is said: one action, what not to do, why, whom to call, and exactly the legal moves."""

from __future__ import annotations

from markupsafe import Markup, escape

from bot.channels.channel import Button
from bot.screens.buttons import data_of
from bot.screens.cards import card
from bot.screens.known import known
from bot.screens.labels import button
from bot.screens.ledger import agreed
from bot.screens.requests.runs import ShowWhy, WhoTakes
from bot.screens.runs.answers import NAMED, answer_said, came_of, hint, move_label
from bot.screens.runs.lines import card_done, card_lines, card_rows, only_pretended
from bot.screens.scene import Rows, Scene, SceneOf, Screen, rows, shorten, shows
from bot.words.step_types import SAID
from flows.commands.people import AnswerStep, Claim, GiveStep, KeepAsNote, TickItem, Undo
from flows.messages.steps import (
    PhotoTaken,
    StepDone,
    StepOpen,
    StepReminder,
    StepTaken,
    StepWaiting,
    TextTaken,
    WhyStep,
)
from flows.response.steps import moves, taken_by, taken_from
from flows.scene.passing import can_give, takers
from flows.scene.pulled import own_machine
from flows.scene.undoing import last_answer, undoing
from flows.state.run import Run, Shown
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
    track = "" if track == here.ask.in_language(language) else track
    contact = card(scene, here.contact) if here.contact else None
    giver = taken_from(run, shown)
    giver = None if giver == shown.member else giver
    text = words.say(
        "step",
        track=track,
        before=answered_before(scene, run, shown),
        taken_from=words.who(giver) if giver else "",
        machine_of=words.who(run.reporter) if scene.reader != run.reporter and own_machine(run, here) else "",
        ask=ask(scene, here),
        hint=hint(scene, here),
        known=[*known(scene, here), *agreed(scene, here)],
        lines=card_lines(scene, run, shown),
        never=here.never.in_language(language),
        negated=says_not(here.never),
        contact=contact.text if contact else "",
        pretended=only_pretended(scene, here),
    )
    native = contact.native if contact else None
    leads = pass_on(scene, run, shown) if run.commander == scene.reader else None  # who leads has enough
    back = undo_row(scene, run, run.shown[shown.in_place_of]) if shown.in_place_of else ()
    ways = (*move_rows(scene, run, shown, here), *rows(leads), *back)
    return Screen(text, ways, native, wants_text=here.type.wants == "text")


def answered_before(scene: Scene, run: Run, shown: Shown) -> str:
    """Say what came of the step in whose message this one stands, so that a wrong tap is seen."""
    before = run.shown.get(shown.in_place_of)
    answered = run.answered.get((before.track, before.step)) if before else None
    if before is None or answered is None:
        return ""
    here = run.step(before)
    return card_done(scene, run, before) if here.lines else answer_said(scene, here, answered)


def ask(scene: Scene, step: Step) -> str:
    """Give a step's action; what may be left out says so."""
    text = escape(step.ask.in_language(scene.words.language))
    return Markup("{}{}").format(scene.words.say("step.optional"), text) if step.optional else text


@shows
def why(scene: SceneOf[WhyStep]) -> Screen:
    """Say why a step is there; of a card, why each of its lines is."""
    _, _, here = _shown(scene, scene.message.turn)
    language = scene.words.language
    said = [
        {
            "ask": one.ask.in_language(language),
            "why": one.why.in_language(language),
            "known": known(scene, one, whole=True),
        }
        for one in (here, *here.lines.values())
        if one.why
    ]
    return Screen(scene.words.say("why", said=said))


def move_rows(scene: Scene, run: Run, shown: Shown, step: Step) -> Rows:
    """Give the buttons of a step: its items, its choices, the moves that are legal now, and why; of a card, of its lines."""
    reasons = step.why is not None or any(line.why for line in step.lines.values())
    folded = button(scene, ShowWhy(run.id, shown.turn)) if reasons else None
    if step.lines:
        return (*card_rows(scene, run, shown), *rows(folded), *undo_row(scene, run, shown))
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
    return (*rows(*items), *rows(*choices), *rows(*plain, folded, width=3))


@shows
def reminder(scene: SceneOf[StepReminder | StepWaiting]) -> Screen:
    """Remind the owner of a step, or offer it to whoever is free."""
    run, shown, here = _shown(scene, scene.message.turn)
    waits = isinstance(scene.message, StepReminder)
    card = card_lines(scene, run, shown) if waits else []
    left = [one for one in card if one["waits"] and not one["optional"]]
    text = scene.words.say(scene.message.kept_as.replace("_", "."), ask=ask(scene, here), left=left)
    if isinstance(scene.message, StepWaiting):
        claim = Claim(run.id, shown.track)
        return Screen(text, rows(button(scene, claim) if scene.may(claim) else None))
    return Screen(text, (*move_rows(scene, run, shown, here), *rows(pass_on(scene, run, shown))))


@shows
def done(scene: SceneOf[StepDone]) -> Screen:
    """Change a step's message into what came of it."""
    run, shown, here = _shown(scene, scene.message.turn)
    answered = run.answered.get((shown.track, shown.step))
    if answered is None:
        return Screen(
            scene.words.say("step.open_again", ask=ask(scene, here), why=scene.words.say("step.released.taken_back"))
        )
    said = card_done(scene, run, shown) if here.lines else answer_said(scene, here, answered)
    text = came_of(scene, here.ask.in_language(scene.words.language), said, answered)
    return Screen(text, undo_row(scene, run, shown))


def undo_row(scene: Scene, run: Run, shown: Shown) -> Rows:
    """Offer to take back what the reader answered last, if it was here."""
    last = last_answer(run, scene.reader)
    mine = last is not None and last.shown == shown.turn
    here = undoing(run, scene.context, scene.reader) if mine else None
    return rows(button(scene, Undo(run.id, here.of)) if here else None)


def pass_on(scene: Scene, run: Run, shown: Shown) -> Button | None:
    """Offer that somebody else takes a step, where anybody could."""
    order = WhoTakes(run.id, shown.turn, shown.track)
    free = shown.open and can_give(run, shown.track) and bool(takers(run, scene.context, shown.track))
    return button(scene, order) if free and scene.may(GiveStep(run.id, shown.track, shown.turn)) else None


@shows
def released(scene: SceneOf[StepTaken]) -> Screen:
    """Change a step's message when it went to somebody else."""
    run, shown, here = _shown(scene, scene.message.turn)
    taker = taken_by(run, shown)
    kind = "again" if taker == shown.member else scene.message.why
    title = run.playbook.title.in_language(scene.words.language) if run.playbook else ""
    why = scene.words.say(f"step.released.{kind}", who=scene.words.who(taker) if taker else "", title=title)
    named = "" if kind == "handed_over" else shorten(here.ask.in_language(scene.words.language), NAMED)
    return Screen(scene.words.say("step.open_again", ask=named, why=why))


@shows
def taken(scene: SceneOf[TextTaken | PhotoTaken]) -> Screen:
    """Echo what answered a step; a text can still be made a note of."""
    run, turn = scene.here(), scene.message.turn
    found = next((a for a in run.answered.values() if a.turn == turn), None)
    if isinstance(scene.message, PhotoTaken) or found is None:
        return Screen(scene.words.say("photo_taken"))
    text = shorten(str(found.given.get("text", "")), 200)
    here = run.step(run.shown[found.shown])
    read = SAID[here.takes].read_back(scene.words, here, found.given)
    said = scene.words.say("text_taken", text=text, read=read if read != text else "")
    return Screen(said, rows(button(scene, KeepAsNote(run.id, turn))))
