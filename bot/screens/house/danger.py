"""How danger to people is said: to whoever wrote of it, before anything else, and to everybody who is rung."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from bot.channels.channel import Button
from bot.screens.labels import button
from bot.screens.requests.danger import AnswerDanger
from bot.screens.scene import Rows, SceneOf, Screen, lines, rows, shorten, shows
from bot.words.words import Words
from flows.facility.danger import DISCREET, place_of
from flows.messages.hearing import (
    DangerAlarm,
    DangerAsked,
    DangerCameLate,
    DangerKnown,
    DangerNews,
    DangerNewsKept,
    DangerOver,
    DangerStands,
    DangerWords,
    DistressHeard,
    DistressNews,
    StrangerInDanger,
)
from flows.state.house import SeenDanger
from flows.state.work import Context
from playbooks.triage.danger import danger_ears

AED = "AED"
"""What is to be fetched for who doesn't breathe; where it is kept stands among the equipment."""

ONLY_SAID = frozenset({"asks_state", "asks_words", "asks_long", "asks_care", "asks_doing"})
"""News that others read as they stand: its writer has had the answer."""


@shows
def danger_words(scene: SceneOf[DangerWords]) -> Screen:
    """Say whom to call and what to do; there is nothing to answer. The address is what 119 asks for first.

    Whoever writes in another language than theirs is a guest at this phone, or in a hurry: they read both.
    """
    message = scene.message
    other = Words(message.also, scene.context.roster) if message.also and message.also != scene.words.language else None
    said = Markup("\n\n").join(_words_of(scene, words) for words in (other, scene.words) if words is not None)
    return Screen(lines([scene.words.say("danger.if"), said]) if message.supposed else said)


def _words_of(scene: SceneOf[DangerWords], words: Words) -> Markup:
    message, where = scene.message, _where(scene.context, words)
    if message.theme:
        return words.say(f"danger.{message.danger}.{message.theme}", where=where, helped=message.helped)
    aed = place_of(AED, scene.context)
    return words.say(f"danger.{message.danger}{'.helped' if message.helped else ''}", where=where, aed=aed)


def _where(context: Context, words: Words) -> Markup:
    facility = context.roster.facility
    return words.say("danger.where", address=facility.address or "", outside=facility.kind == "visiting_nurse")


@shows
def stranger_in_danger(scene: SceneOf[StrangerInDanger]) -> Screen:
    """Say the same to somebody whom nobody here knows, and nothing of this place."""
    where = scene.words.say("danger.where", address="", outside=False)
    return Screen(scene.words.say(f"danger.{scene.message.danger}", where=where, aed=""))


@shows
def danger_asked(scene: SceneOf[DangerAsked]) -> Screen:
    """Say what comes of it for the others, with the way to be quicker and the way back."""
    seen, turn = _seen(scene), scene.message.turn
    if seen.state == "seen" and seen.late is not None:
        said = scene.words.say("danger_asked.late", danger=seen.danger, time=scene.words.clock_time(seen.late))
        return Screen(said, _still_so(scene, turn))
    if seen.state != "seen":
        told = {"called": scene.words.people(list(seen.rung))}
        back = AnswerDanger(turn, "back") if seen.state == "rung" else None
        real = _ends_drill(scene, seen) if back else ()
        return Screen(
            scene.words.say(f"danger_asked.{seen.state}", **told), rows(*real, button(scene, back) if back else None)
        )
    if seen.danger in DISCREET:
        come = button(scene, AnswerDanger(turn, "ring"), "button.danger.ring.despair")
        return Screen(scene.words.say(f"danger_asked.{seen.danger}"), rows(come))
    before = scene.engine.house.dangers[seen.joins] if seen.joins else None
    if before is not None and (not seen.drill or before.state == "rung"):
        known = dict.fromkeys((before.member, *before.rung)) if before.rung else {}
        others = [member for member in known if member != seen.member]
        text = scene.words.say("danger_asked.joined", called=scene.words.people(others))
        again = "again" if before.state == "rung" else "plain"
        return Screen(text, rows(button(scene, AnswerDanger(turn, "ring"), f"button.danger.ring.{again}")))
    if seen.drill:
        plays = (button(scene, AnswerDanger(turn, "back"), "button.danger.back.drill"),) if seen.rings_by_itself else ()
        said = scene.words.say("danger_asked.drill", rings=seen.rings_by_itself)
        return Screen(said, rows(button(scene, AnswerDanger(turn, "real")), *plays))
    if not seen.plain:
        return Screen(scene.words.say("danger_asked.doubt"), rows(button(scene, AnswerDanger(turn, "ring"))))
    answers = (AnswerDanger(turn, "ring"), AnswerDanger(turn, "back"))
    return Screen(
        scene.words.say("danger_asked.plain", silent=bool(seen.voiceless)),
        rows(*(button(scene, a, f"button.danger.{a.answer}.plain") for a in answers)),
    )


@shows
def danger_came_late(scene: SceneOf[DangerCameLate]) -> Screen:
    """Let those who decide see whether it is still so; once somebody has, there is nothing to tap."""
    seen, words = _seen(scene), scene.words
    time, text = words.clock_time(seen.late or seen.at), shorten(seen.text, 100)
    said = words.say("danger_came_late", who=words.who(seen.member), time=time, text=text, danger=seen.danger)
    return Screen(said, _still_so(scene, seen.turn) if seen.state == "seen" else ())


def _still_so(scene: SceneOf[DangerAsked] | SceneOf[DangerCameLate], turn: int) -> Rows:
    return rows(*(button(scene, AnswerDanger(turn, answer)) for answer in ("ring", "back")))


@shows
def danger_alarm(scene: SceneOf[DangerAlarm]) -> Screen:
    """Call somebody to a danger."""
    seen, words = _seen(scene), scene.words
    time, text = words.clock_time(seen.at), shorten(seen.text, 200)
    facts = {"danger": seen.danger, "who": words.who(seen.member), "helped": seen.helped}
    facts["theme"] = danger_ears().own_words(seen.text, seen.danger)
    visits = scene.context.roster.facility.kind == "visiting_nurse"
    facts["outside"] = danger_ears().is_outside(seen.text, visits=visits)
    facts |= {"eased": shorten(seen.eased_text, 100), "eased_by": words.who(seen.eased_by) if seen.eased_by else ""}
    facts["aed"] = place_of(AED, scene.context)
    phrase = "danger_alarm.despair" if seen.danger in DISCREET else "danger_alarm"
    in_drill = _ends_drill(scene, seen)
    return Screen(words.say(phrase, time=time, text=text, drill=bool(in_drill), **facts), rows(*in_drill))


def _ends_drill(scene: SceneOf[DangerAsked] | SceneOf[DangerAlarm], seen: SeenDanger) -> tuple[Button, ...]:
    """Offer to end the drill that still goes on, for a danger that may be none of it."""
    drill = scene.engine.run(seen.drill) if seen.drill else None
    return (button(scene, AnswerDanger(seen.turn, "real")),) if drill is not None and drill.live else ()


@shows
def danger_news(scene: SceneOf[DangerNews]) -> Screen:
    """Tell those who were rung, and whoever leads, what became of it."""
    message, words = scene.message, scene.words
    facts = {"who": words.who(message.member), "text": shorten(message.text, 200), "took_back": message.took_back}
    news = "said" if message.news in ONLY_SAID else message.news
    return Screen(words.say(f"danger_news.{news}", **facts, **_of_the_call(message, words)))


def _of_the_call(message: DangerNews | DangerNewsKept, words: Words) -> dict[str, str]:
    at = datetime.fromisoformat(message.called_at) if message.called_at else None
    by = words.who(message.called_by) if message.called_by else ""
    time = words.clock_time(at) if at is not None else ""
    return {"by": by, "time": time, "danger": message.danger, "place": message.place}


@shows
def danger_news_kept(scene: SceneOf[DangerNewsKept]) -> Screen:
    """Tell whoever wrote it who has read it."""
    message, words = scene.message, scene.words
    told, where = words.people(message.to), _where(scene.context, words)
    facts = {"told": told, "where": where, "silent": message.silent, **_of_the_call(message, words)}
    return Screen(words.say(f"danger_news_kept.{message.news}", **facts))


@shows
def danger_stands(scene: SceneOf[DangerStands]) -> Screen:
    """Say how a danger stands by what was written of it: who is in it, who goes there, whether help was called."""
    seen, words = _seen(scene), scene.words
    facts = {"danger": seen.danger, "who": words.who(seen.member), "text": shorten(seen.text, 100)}
    facts |= {"by": words.who(seen.helped_by) if seen.helped_by else "", "told": words.people(scene.message.to)}
    facts |= {"coming": words.people(seen.coming), "eased_by": words.who(seen.eased_by) if seen.eased_by else ""}
    times = {"time": seen.at, "rung": seen.rung_at, "called": seen.helped_at, "arrived": seen.arrived_at}
    facts |= {name: words.clock_time(at) if at is not None else "" for name, at in times.items()}
    known = {"helped": seen.helped, "own": seen.member == scene.reader, "silent": seen.member in seen.voiceless}
    return Screen(words.say("danger_stands", **known, eased=shorten(seen.eased_text, 100), **facts))


@shows
def danger_known(scene: SceneOf[DangerKnown]) -> Screen:
    """Say the truth to whoever wants somebody not told: they know, or will at once."""
    seen, words = _seen(scene), scene.words
    rung = words.clock_time(seen.rung_at) if seen.rung_at is not None else ""
    return Screen(words.say("danger_known", people=words.people(scene.message.members), rung=rung))


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


def _seen(
    scene: SceneOf[DangerAsked]
    | SceneOf[DangerCameLate]
    | SceneOf[DangerAlarm]
    | SceneOf[DangerOver]
    | SceneOf[DangerStands]
    | SceneOf[DangerKnown],
) -> SeenDanger:
    return scene.engine.house.dangers[scene.message.turn]
