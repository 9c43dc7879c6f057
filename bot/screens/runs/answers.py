"""What is said of a step's answers: how to hand over what it takes, what stands on a button, and what came of it."""

from __future__ import annotations

from markupsafe import Markup, escape

from bot.screens.cards import has_called
from bot.screens.scene import Scene, shorten
from bot.words.step_types import SAID
from flows.state.run import Answered
from flows.written.taking import own_words
from playbooks.model import Step


def hint(scene: Scene, step: Step) -> str:
    """Say how to hand over what the step takes."""
    done = step.answers["done"].label.in_language(scene.words.language) if "done" in step.answers else ""
    parts: list[str] = []
    if SAID[step.takes].hint and not (step.type.wants == "call" and has_called(scene)):
        key = f"hint.{step.takes}"
        welcome = step.evidence == "welcome" and scene.words.has(f"{key}.welcome")
        parts.append(scene.words.say(f"{key}.welcome" if welcome else key, done=done))
    if step.decision:
        parts.append(scene.words.say("hint.decision"))
    return Markup("\n").join(parts)


def move_label(scene: Scene, step: Step, move: str) -> str:
    """Give what stands on the button of an answer."""
    if move.startswith("choice:"):
        return step.choices[move.removeprefix("choice:")].label.in_language(scene.words.language)
    return step.answers[move].label.in_language(scene.words.language)


NAMED = 20
"""Characters by which is known again what nobody has to read any more: a step that went to somebody, and what was written."""


def came_of(scene: Scene, ask: str, said: str, answered: Answered) -> str:
    """Say what came of a step, and who did it when, unless it is the reader: what it asks stands as it was, and isn't read again."""
    who = scene.words.who(answered.by) if answered.by != scene.reader else ""
    return scene.words.say("step.done", ask=ask, answer=said, who=who, time=scene.words.clock_time(answered.at))


def answer_said(scene: Scene, step: Step, answered: Answered, *, named: bool = False) -> str:
    """Say an answer: its label, what was written, and the reason. Of what the reader wrote just now only how it was read.

    ``named``: it is to be known again by itself, and says what they wrote, too.
    """
    said = escape(move_label(scene, step, answered.answer))
    mine = answered.by == scene.reader and not named
    given = SAID[step.takes].read_back(scene.words, step, answered.given) if mine else own_words(answered.given)
    parts = [said, *([escape(scene.words.quoted(shorten(given, NAMED)))] if given else [])]
    if answered.reason:
        parts.append(scene.words.say("answer.reason", reason=shorten(answered.reason, 200)))
    return Markup(" ").join(parts)
