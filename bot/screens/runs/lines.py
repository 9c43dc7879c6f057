"""How a card is said: its lines with what must not be done beside each, a small button a line, and a line by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from bot.channels.channel import Button
from bot.screens.buttons import data_of
from bot.screens.cards import card, pretended
from bot.screens.known import known
from bot.screens.labels import button
from bot.screens.ledger import agreed
from bot.screens.requests.runs import ShowLines
from bot.screens.runs.answers import answer_said, came_of, hint, move_label
from bot.screens.scene import Rows, Scene, SceneOf, Screen, rows, shorten, shows
from flows.commands.people import OpenLine, SettleLine, SettleLines
from flows.messages.helping import LineOpen, LinesLeft, LinesOffered, WhichLine
from flows.messages.steps import LineTaken
from flows.response.lines import can_finish, left, line_moves, lines_on, numbered, owed_lines, photo_lines
from flows.state.run import Run, Shown
from flows.state.work import Context
from playbooks.model import Step

LABEL_AT_MOST = 20
"""Characters of a line that stand on a button."""


def number(run: Run, context: Context, shown: Shown, line: str) -> str:
    """Give the sign of a line, ① to ⑦; it stays a line's own while others are done."""
    return chr(ord("\N{CIRCLED DIGIT ONE}") + numbered(run, context, shown).index(line))


def card_lines(scene: Scene, run: Run, shown: Shown) -> list[dict[str, Any]]:
    """Give the lines of a card as they stand: mark, what to do, what not to, whether only pretended."""
    step, language = run.step(shown), scene.words.language
    waiting = left(run, scene.context, shown)
    return [
        {
            "waits": name in waiting,
            "mark": number(run, scene.context, shown, name) if name in waiting else scene.words.label("mark.done"),
            "ask": line.ask.in_language(language),
            "optional": line.optional and name in waiting,
            "never": line.never.in_language(language) if name in waiting else (),
            "known": known(scene, line) if name in waiting else (),
            "pretended": name in waiting and only_pretended(scene, line, step),
            "left": name in waiting and (shown.track, f"{shown.step}/{name}") in run.answered,
        }
        for name, line in in_order(run, scene, shown, lines_on(run, scene.context, shown))
    ]


def in_order(run: Run, scene: Scene, shown: Shown, lines: Mapping[str, Step]) -> list[tuple[str, Step]]:
    """Give lines of a card in the order of their numbers."""
    return [(name, lines[name]) for name in numbered(run, scene.context, shown) if name in lines]


@shows
def line_taken(scene: SceneOf[LineTaken]) -> Screen:
    """Say that it was received, and what is next: the card above holds the rest, which nobody has to read anew."""
    run = scene.here()
    return Screen(next_on_card(scene, run, run.shown[scene.message.card]))


def next_on_card(scene: Scene, run: Run, shown: Shown) -> Markup:
    """Say that something was received for a card, which of its lines is next, and how many are left."""
    names = owed_lines(run, scene.context, shown)
    mark = number(run, scene.context, shown, names[0]) if names else ""
    ask = run.step(shown).lines[names[0]].ask.in_language(scene.words.language) if names else ""
    return scene.words.say("line_taken", mark=mark, ask=ask, others=len(names[1:]))


def only_pretended(scene: Scene, step: Step, card: Step | None = None) -> bool:
    """Say whether a drill only pretends it: what is done with one's hands, and calls but in a drill about numbers.

    Of a ``card`` that takes hands that is each line that is only done: patients who are there aren't told of what is practised.
    """
    done_by_hand = card is not None and card.hands and step.type.wants == "tap"
    by_hand = (done_by_hand or (step.hands and not step.lines)) and scene.run is not None and scene.run.drill
    return by_hand or (step.contact is not None and pretended(scene))


def card_rows(scene: Scene, run: Run, shown: Shown) -> Rows:
    """Give a button for each line that is left, [all done], and the way out for what can't be done."""
    step, waiting = run.step(shown), left(run, scene.context, shown)
    lines = [line_button(scene, run, shown, name) for name, _ in in_order(run, scene, shown, waiting)]
    all_done = Button(
        step.answers["done"].label.in_language(scene.words.language), data_of(SettleLines(run.id, shown.turn))
    )
    ending = [
        all_done if can_finish(run, scene.context, shown) else None,
        button(scene, ShowLines(run.id, shown.turn)) if waiting else None,
    ]
    return (*rows(*lines, width=4), *rows(*ending, width=2))


def line_button(scene: Scene, run: Run, shown: Shown, name: str, phrase: str = "") -> Button | None:
    """Give what one tap does with a line: it settles it, or opens it where it takes more; None where it is settled."""
    if name not in left(run, scene.context, shown):
        return None
    card = run.step(shown)
    line = card.lines[name]
    tapped = line.type.wants == "tap" and "done" in line_moves(line)
    order = SettleLine(run.id, shown.turn, name, "done") if tapped else OpenLine(run.id, shown.turn, name)
    sign = number(run, scene.context, shown, name)
    return Button(scene.words.label(phrase or f"line.{line.type.wants}", number=sign), data_of(order))


@shows
def offered(scene: SceneOf[LinesOffered]) -> Screen:
    """Ask which line can't be done, or isn't clear; of those that were named by their numbers, which of them is done."""
    run = scene.here()
    shown, named = run.shown[scene.message.turn], scene.message.named
    if named:
        return Screen(scene.words.say("lines.named"), rows(*(_named(scene, run, shown, name) for name in named)))
    openers = line_openers(scene, run, shown) if shown.open else []
    text = scene.words.say("lines.which") if openers else scene.words.say("lines.left", left="", some=False)
    return Screen(text, rows(*openers))


@shows
def still_left(scene: SceneOf[LinesLeft]) -> Screen:
    """Say in one line what of a card is not done yet, each with its button."""
    run = scene.here()
    shown = run.shown[scene.message.turn]
    names, step = owed_lines(run, scene.context, shown), run.step(shown)
    asks = [
        f"{number(run, scene.context, shown, n)} {step.lines[n].ask.in_language(scene.words.language)}" for n in names
    ]
    text = scene.words.say("lines.left", left=scene.words.joined(asks), some=bool(names))
    return Screen(text, rows(*(line_button(scene, run, shown, name) for name in names), width=4))


def _named(scene: Scene, run: Run, shown: Shown, name: str) -> Button | None:
    """Give the button of a line with what it says, which does what a tap on its number does."""
    tap = line_button(scene, run, shown, name)
    ask = shorten(run.step(shown).lines[name].ask.in_language(scene.words.language), LABEL_AT_MOST)
    return Button(f"{tap.label} {ask}", tap.data) if tap else None


def line_openers(scene: Scene, run: Run, shown: Shown) -> list[Button]:
    """Give a button for each line that is left of a card, which opens it by itself."""
    return [
        Button(
            shorten(line.ask.in_language(scene.words.language), LABEL_AT_MOST),
            data_of(OpenLine(run.id, shown.turn, name)),
        )
        for name, line in left(run, scene.context, shown).items()
    ]


@shows
def line(scene: SceneOf[LineOpen]) -> Screen:
    """Show a line by itself: how to hand over what it takes, what not to do, whom to call and what to say, and its moves."""
    run, name = scene.here(), scene.message.line
    shown = run.shown[scene.message.turn]
    here, language = run.step(shown).lines[name], scene.words.language
    answered = run.answered.get((shown.track, f"{shown.step}/{name}"))
    ask = here.ask.in_language(language)
    if answered is not None and (answered.settles or name not in left(run, scene.context, shown)):
        return Screen(came_of(scene, ask, answer_said(scene, here, answered), answered))
    contact = card(scene, here.contact) if here.contact else None
    text = scene.words.say(
        "line",
        ask=ask,
        hint=hint(scene, here),
        known=[*known(scene, here, whole=True), *agreed(scene, here)],
        never=() if here.type.wants == "photo" else here.never.in_language(language),  # the card above says it
        why=here.why.in_language(language) if here.why and contact else "",
        contact=contact.text if contact else "",
        pretended=only_pretended(scene, here, run.step(shown)),
    )
    answers = [
        Button(move_label(scene, here, move), data_of(SettleLine(run.id, shown.turn, name, move)))
        for move in line_moves(here)
    ]
    choices = here.type.wants == "choice"
    native = contact.native if contact else None
    return Screen(text, rows(*answers, width=1 if choices else 3), native, wants_text=here.type.wants == "text")


@shows
def which(scene: SceneOf[WhichLine]) -> Screen:
    """Ask to which line a photo belongs; once that is said, or no line wants one any more, only that it is kept."""
    run, evidence = scene.here(), scene.message.evidence
    shown = run.shown[scene.message.turn]
    said = any(answer.given.get("evidence") == evidence for answer in run.answered.values())
    takers = [
        Button(
            shorten(run.step(shown).lines[name].ask.in_language(scene.words.language), LABEL_AT_MOST),
            data_of(SettleLine(run.id, shown.turn, name, "done", evidence)),
        )
        for name in ([] if said else photo_lines(run, scene.context, shown))
    ]
    return Screen(scene.words.say("lines.photo" if takers else "photo_taken"), rows(*takers))


def card_done(scene: Scene, run: Run, shown: Shown) -> str:
    """Say what came of a card: how many of its lines are done, and those that are not, by name."""
    answers = {name: run.answered.get((shown.track, f"{shown.step}/{name}")) for name in run.step(shown).lines}
    there = {name: answer for name, answer in answers.items() if answer is not None}
    undone = [
        run.step(shown).lines[name].ask.in_language(scene.words.language)
        for name, answer in there.items()
        if not answer.settles
    ]
    done = len(there) - len(undone)
    return scene.words.say("card.done", done=done, total=len(there), undone=scene.words.joined(undone))
