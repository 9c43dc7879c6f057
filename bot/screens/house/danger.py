"""How danger to people is said: to whoever wrote of it, before anything else, and to everybody who is rung."""

from __future__ import annotations

from bot.screens.labels import button
from bot.screens.requests.danger import AnswerDanger
from bot.screens.scene import SceneOf, Screen, lines, rows, shorten, shows
from flows.facility.danger import DISCREET
from flows.messages.hearing import (
    DangerAlarm,
    DangerAsked,
    DangerNews,
    DangerNewsKept,
    DangerOver,
    DangerWords,
    DistressHeard,
    DistressNews,
    StrangerInDanger,
)
from flows.state.house import SeenDanger


@shows
def danger_words(scene: SceneOf[DangerWords]) -> Screen:
    """Say whom to call and what to do; there is nothing to answer. The address is what 119 asks for first."""
    facility = scene.context.roster.facility
    outside = facility.kind == "visiting_nurse"
    where = scene.words.say("danger.where", address=facility.address or "", outside=outside)
    helped = ".helped" if scene.message.helped else ""
    said = scene.words.say(f"danger.{scene.message.danger}{helped}", where=where)
    return Screen(lines([scene.words.say("danger.if"), said]) if scene.message.supposed else said)


@shows
def stranger_in_danger(scene: SceneOf[StrangerInDanger]) -> Screen:
    """Say the same to somebody whom nobody here knows, and nothing of this place."""
    where = scene.words.say("danger.where", address="", outside=False)
    return Screen(scene.words.say(f"danger.{scene.message.danger}", where=where))


@shows
def danger_asked(scene: SceneOf[DangerAsked]) -> Screen:
    """Say what comes of it for the others, with the way to be quicker and the way back."""
    seen, turn = _seen(scene), scene.message.turn
    if seen.state != "seen":
        told = {"called": scene.words.people(list(seen.rung))}
        back = AnswerDanger(turn, "back") if seen.state == "rung" else None
        return Screen(
            scene.words.say(f"danger_asked.{seen.state}", **told), rows(button(scene, back) if back else None)
        )
    if seen.danger in DISCREET:
        come = button(scene, AnswerDanger(turn, "ring"), "button.danger.ring.despair")
        return Screen(scene.words.say(f"danger_asked.{seen.danger}"), rows(come))
    before = scene.engine.house.dangers[seen.joins] if seen.joins else None
    if before is not None and (not seen.drill or before.state == "rung"):
        text = scene.words.say("danger_asked.joined", called=scene.words.people(list(before.rung)))
        again = "again" if before.state == "rung" else "plain"
        return Screen(text, rows(button(scene, AnswerDanger(turn, "ring"), f"button.danger.ring.{again}")))
    if seen.drill:
        return Screen(scene.words.say("danger_asked.drill"), rows(button(scene, AnswerDanger(turn, "real"))))
    if not seen.plain:
        return Screen(scene.words.say("danger_asked.doubt"), rows(button(scene, AnswerDanger(turn, "ring"))))
    answers = (AnswerDanger(turn, "ring"), AnswerDanger(turn, "back"))
    return Screen(
        scene.words.say("danger_asked.plain"),
        rows(*(button(scene, a, f"button.danger.{a.answer}.plain") for a in answers)),
    )


@shows
def danger_alarm(scene: SceneOf[DangerAlarm]) -> Screen:
    """Call somebody to a danger."""
    seen, words = _seen(scene), scene.words
    time, text = words.clock_time(seen.at), shorten(seen.text, 200)
    facts = {"danger": seen.danger, "who": words.who(seen.member), "helped": seen.helped}
    facts |= {"eased": shorten(seen.eased_text, 100), "eased_by": words.who(seen.eased_by) if seen.eased_by else ""}
    phrase = "danger_alarm.despair" if seen.danger in DISCREET else "danger_alarm"
    return Screen(words.say(phrase, time=time, text=text, **facts))


@shows
def danger_news(scene: SceneOf[DangerNews]) -> Screen:
    """Tell those who were rung, and whoever leads, what became of it."""
    message, words = scene.message, scene.words
    return Screen(
        words.say(f"danger_news.{message.news}", who=words.who(message.member), text=shorten(message.text, 200))
    )


@shows
def danger_news_kept(scene: SceneOf[DangerNewsKept]) -> Screen:
    """Tell whoever wrote it who has read it."""
    message, words = scene.message, scene.words
    return Screen(words.say(f"danger_news_kept.{message.news}", told=words.people(message.to)))


@shows
def distress_heard(scene: SceneOf[DistressHeard]) -> Screen:
    """Answer whoever can't go on kindly, and say who knows."""
    return Screen(scene.words.say("distress_heard", told=scene.words.people(scene.message.to)))


@shows
def distress_news(scene: SceneOf[DistressNews]) -> Screen:
    """Let whoever leads look after somebody."""
    return Screen(scene.words.say("distress_news", who=scene.words.who(scene.message.member)))


@shows
def danger_over(scene: SceneOf[DangerOver]) -> Screen:
    """Tell those who were rung that it is none."""
    return Screen(scene.words.say("danger_over", who=scene.words.who(_seen(scene).member)))


def _seen(scene: SceneOf[DangerAsked] | SceneOf[DangerAlarm] | SceneOf[DangerOver]) -> SeenDanger:
    return scene.engine.house.dangers[scene.message.turn]
