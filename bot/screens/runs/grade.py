"""How it is asked who may know, and said that something is louder or less loud than it was, or small and over."""

from __future__ import annotations

from bot.screens.labels import button
from bot.screens.runs.run import everybody_now, presence_row, take_charge, title, to_raise
from bot.screens.scene import SceneOf, Screen, rows, shows
from flows.commands.people import SettleCircle, ShowAgain
from flows.messages.calling import LouderNow, QuieterNow, WhoMayKnow
from flows.messages.ending import RunSolved
from flows.scene.circle import may_be_left_out


@shows
def louder(scene: SceneOf[LouderNow]) -> Screen:
    """Tell whoever knew of it already how far it is told now, and why."""
    message, words = scene.message, scene.words
    text = words.say(
        "louder_now",
        title=title(scene),
        urgent=message.grade == "urgent",
        grade=words.say(f"grade.{message.grade}"),
        why=words.say(f"louder.why.{message.why}", who=words.who(message.by) if message.by else ""),
        now=everybody_now(scene),
    )
    return Screen(text, (*presence_row(scene), *take_charge(scene), *to_raise(scene)))


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
    """Ask whoever reported a delicate matter whether one of those who would be told is not to know."""
    run = scene.here()
    others = may_be_left_out(run, scene.context)
    orders = [SettleCircle(run.id), *(SettleCircle(run.id, member) for member in others)]
    text = scene.words.say("who_may_know", people=scene.words.people(others))
    return Screen(text, rows(*(button(scene, order) for order in orders if scene.may(order))))
