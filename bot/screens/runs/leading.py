"""How it is said who is to call whom by voice, and what came of it."""

from __future__ import annotations

from bot.screens.cards import pretended
from bot.screens.labels import button
from bot.screens.runs.run import presence_row, take_charge, title
from bot.screens.scene import Scene, SceneOf, Screen, rows, shows
from contacts.written.phone import dialled
from flows.commands.people import TellCall
from flows.messages.calling import SpokenWith, VoiceCallWanted
from flows.scene.voice import still_wanted
from flows.state.run import VoiceCall


@shows
def voice_call(scene: SceneOf[VoiceCallWanted]) -> Screen:
    """Ask for one call, the number ready to dial; later say what came of it."""
    run, words = scene.here(), scene.words
    call = run.voice_calls[scene.message.turn]
    if call.told is not None:
        told = "yes" if call.reached else "no"
        return Screen(words.say(f"voice.told.{told}", who=words.who(call.whom), time=words.clock_time(call.told)))
    if not still_wanted(run, call):
        return Screen(words.say("voice.over", who=words.who(call.whom)))
    person = scene.context.roster.member(call.whom)
    number = person.telephone if person else None
    mimed = pretended(scene)
    text = words.say("voice", who=words.who(call.whom), number=number or "", title=title(scene), pretended=mimed)
    answers = [TellCall(run.id, call.turn, reached) for reached in ("yes", "no")]
    native = (person.name, dialled(number)) if person and number and not mimed else None
    return Screen(text, rows(*(button(scene, it, f"button.tell_call.{it.reached}") for it in answers), width=2), native)


@shows
def spoken_with(scene: SceneOf[SpokenWith]) -> Screen:
    """Tell somebody that a colleague says they spoke with them; whether it is so shows in what they tap."""
    call = scene.here().voice_calls[scene.message.turn]
    text = scene.words.say("voice.spoken", title=title(scene), **_said(scene, call))
    return Screen(text, (*take_charge(scene), *presence_row(scene)))


def _said(scene: Scene, call: VoiceCall) -> dict[str, object]:
    return {"who": scene.words.who(call.caller), "time": scene.words.clock_time(call.told or call.at)}
