"""How it is asked who may know, and said that something is louder or less loud than it was, or small and over."""

from __future__ import annotations

from collections.abc import Iterator

from bot.screens.cards import calls_now, in_words
from bot.screens.labels import button
from bot.screens.runs.run import everybody_now, people_named, presence_row, take_charge, title, to_raise
from bot.screens.scene import Scene, SceneOf, Screen, rows, shows
from flows.commands.people import CallOff, SettleCircle, ShowAgain
from flows.messages.calling import LouderNow, QuieterNow, WhoMayKnow
from flows.messages.ending import RunSolved
from flows.scene.circle import may_be_left_out, named_among


@shows
def louder(scene: SceneOf[LouderNow]) -> Screen:
    """Tell whoever knew of it already how far it is told now, and why."""
    message, words = scene.message, scene.words
    told = (
        message.why == "facts" and scene.reader == scene.here().reporter
    )  # it came of their own answer, and a board follows
    text = words.say(
        "louder_now",
        told=told,
        title=title(scene),
        urgent=message.grade == "urgent",
        grade=words.say(f"grade.{message.grade}"),
        why=words.say(f"louder.why.{message.why}", who=words.who(message.by) if message.by else ""),
        now=everybody_now(scene),
    )
    return Screen(text, take_charge(scene) if told else (*presence_row(scene), *take_charge(scene), *to_raise(scene)))


@shows
def quieter(scene: SceneOf[QuieterNow]) -> Screen:
    """Tell all who were called that fewer are from here on."""
    message, words = scene.message, scene.words
    text = words.say(
        "quieter_now",
        title=title(scene),
        grade=words.say(f"grade.{message.grade}"),
        who=words.who(message.by),
        reason=message.reason,
    )
    return Screen(text, rows(button(scene, ShowAgain(scene.here().id))))


@shows
def solved(scene: SceneOf[RunSolved]) -> Screen:
    """Thank whoever reported something small, say why it was the last question, and who hears of it when."""
    run, words = scene.here(), scene.words
    last = max(run.answered, key=lambda place: run.answered[place].turn)
    why = run.text_of(*last).why
    return Screen(words.say("run_solved", title=title(scene), why=why.in_language(words.language) if why else ""))


@shows
def who_may_know(scene: SceneOf[WhoMayKnow]) -> Screen:
    """Ask whoever reported a delicate matter who of those who would be told is not to know.

    Whom the report names isn't told, nor offered, unless its writer asks for them by name; where nobody is left, there is help outside.
    """
    run, words, wanted = scene.here(), scene.words, scene.message.wanted
    others, named = may_be_left_out(run, scene.context), named_among(run, scene.context)
    rest = [m for m in others if m not in named]
    left_out = [
        named,
        *([*named, m] for m in rest),
        others,
        *([[m for m in named if m not in wanted]] if wanted else []),
    ]
    orders = dict.fromkeys("+".join(m for m in others if m in out) for out in left_out)
    text = words.say(
        "who_may_know",
        people=words.people(rest) if rest else "",
        named=people_named(scene),
        wanted=words.people([m for m in wanted if m in named]),
        cannot=words.people([m for m in wanted if m not in others]),
        outside=() if rest else tuple(_outside(scene)),
    )
    settled = [SettleCircle(run.id, one) for one in orders]
    nothing = button(scene, CallOff(run.id), "question.false")
    return Screen(text, rows(*(button(scene, way) for way in settled if scene.may(way)), nothing))


def _outside(scene: Scene) -> Iterator[tuple[str, str]]:
    """Give who can be asked outside and the number each is entered with."""
    for reference in ("adviser:lawyer", "adviser:association", "authority:police_cyber"):
        found = scene.context.roster.contacts_for(reference)
        calls = calls_now(scene, found[0]) if found else ()
        if calls:
            yield in_words(scene, found[0], "name"), calls[0].number
