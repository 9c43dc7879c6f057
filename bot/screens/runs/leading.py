"""How it is said who is to call whom by voice, who could have a step or lead instead, and what was taken back."""

from __future__ import annotations

from bot.channels.channel import Button
from bot.screens.buttons import data_of
from bot.screens.cards import pretended, service_name
from bot.screens.labels import button
from bot.screens.requests.runs import WhatToGive, WhoTakes
from bot.screens.runs.answers import answer_said
from bot.screens.runs.duty_lines import name as duty_name
from bot.screens.runs.promise import promise_line
from bot.screens.runs.run import (
    MOST_NAMED,
    leave_command,
    next_asked,
    presence_row,
    relief_lines,
    step_name,
    take_charge,
    title,
)
from bot.screens.scene import Scene, SceneOf, Screen, rows, shorten, shows
from contacts.written.phone import dialled
from flows.commands.helping import MakeUp
from flows.commands.people import (
    GiveStep,
    HandCommand,
    Leave,
    ShowAgain,
    TakeCommand,
    TakeScene,
    TellCall,
    TellPresence,
    Undo,
)
from flows.commands.reporting import WithdrawReport
from flows.helping.unsure import can_make_up
from flows.leading.briefing import Thing, briefing
from flows.messages.calling import (
    BriefingCard,
    BriefingLine,
    CommandWanted,
    LeadersOffered,
    LeadOffered,
    LeavingAsked,
    LeavingHeard,
    SceneIs,
    SpokenWith,
    VoiceCallWanted,
)
from flows.messages.steps import AnswerOpenAgain, LeftOpen, StepsToGive, TakersOffered, UndoOffered, UndoRefused
from flows.response.lines import open_lines
from flows.response.steps import GONE
from flows.scene.hands import another
from flows.scene.passing import can_give, holder, shown_at, stands, successors, takers
from flows.scene.presence import LEFT, where_is
from flows.scene.undoing import last_answer, undoing
from flows.scene.undoing import stands as stands_because
from flows.scene.voice import runs_scene, still_wanted
from flows.state.run import Answered, VoiceCall


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
    native = (person.name, dialled(number)) if person and number and dialled(number) and not mimed else None
    return Screen(text, rows(*(button(scene, it, f"button.tell_call.{it.reached}") for it in answers), width=2), native)


@shows
def spoken_with(scene: SceneOf[SpokenWith]) -> Screen:
    """Tell somebody that a colleague says they spoke with them; whether it is so shows in what they tap."""
    call = scene.here().voice_calls[scene.message.turn]
    text = scene.words.say("voice.spoken", title=title(scene), **_said(scene, call))
    return Screen(text, (*take_charge(scene), *presence_row(scene)))


def _said(scene: Scene, call: VoiceCall) -> dict[str, object]:
    return {"who": scene.words.who(call.caller), "time": scene.words.clock_time(call.told or call.at)}


# ── somebody else ───────────────────────────────────────────────────────────────────────────────────────────────────

MOST_OFFERED = 8
"""So many steps, or people, are named in one message."""


@shows
def steps_to_give(scene: SceneOf[StepsToGive]) -> Screen:
    """Ask which step is to go to somebody: what waits first, then what others have."""
    run = scene.here()
    held = [(s.track, s.step, s.turn) for s in run.open_steps() if can_give(run, s.track)]
    waiting = [(track, step, 0) for track, step in run.waiting() if can_give(run, track)]
    ways = [
        Button(_named(scene, track, step, shown), data_of(WhoTakes(run.id, shown, track)))
        for track, step, shown in (*waiting, *held)
        if scene.may(GiveStep(run.id, track, shown))
    ]
    return Screen(scene.words.say("give.which", some=bool(ways)), rows(*ways[:MOST_OFFERED]))


def _named(scene: Scene, track: str, step: str, shown: int) -> str:
    name, has = step_name(scene, track, step), scene.here().shown.get(shown)
    member = scene.context.roster.member(has.member) if has else None
    return scene.words.label("give.step", step=shorten(name, 28), who=member.name if member else "")


@shows
def takers_offered(scene: SceneOf[TakersOffered]) -> Screen:
    """Ask who is to have a step: those who are free, or whoever is first; of whoever leads, command itself can go, too."""
    run, track, shown = scene.here(), scene.message.track, scene.message.shown
    if not stands(run, track, shown) or not scene.may(GiveStep(run.id, track, shown)):
        return Screen(scene.words.say("give.gone"))
    to = scene.message.to
    there = sorted(takers(run, scene.context, track), key=lambda m: m != to)
    people = [
        button(scene, GiveStep(run.id, track, shown, m), "give.to", **_person(scene, m)) for m in there[:MOST_OFFERED]
    ]
    free = shown and another(run, scene.context, run.shown[shown])
    anybody = button(scene, GiveStep(run.id, track, shown), "give.anybody") if free else None
    text = scene.words.say(
        "give.who",
        ask=step_name(scene, track, run.tracks[track].step),
        some=bool(there),
        to=scene.words.who(to) if to else "",
        free=to in there,
        unknown=scene.message.unknown,
    )
    return Screen(text, (*rows(*people, width=2), *rows(anybody, leave_command(scene))))


def _person(scene: Scene, member: str) -> dict[str, object]:
    person = scene.context.roster.member(member)
    where = where_is(scene.here(), scene.context, member)
    return {"name": person.name if person else "?", "where": scene.words.say(f"where.{where}") if where else ""}


@shows
def leaders_offered(scene: SceneOf[LeadersOffered]) -> Screen:
    """Ask who is to lead."""
    run = scene.here()
    found = successors(run, scene.context) if run.commander == scene.reader else []
    people = [button(scene, HandCommand(run.id, m), "give.to", **_person(scene, m)) for m in found[:MOST_OFFERED]]
    return Screen(scene.words.say("give.leader", some=bool(found)), rows(*people, width=2))


@shows
def command_wanted(scene: SceneOf[CommandWanted]) -> Screen:
    """Ask somebody to lead, or tell whoever does that they were asked."""
    run, words, message = scene.here(), scene.words, scene.message
    if not message.you:
        yours = run.commander == scene.reader
        return Screen(words.say("command.handed", who=words.who(message.by), yours=yours))
    takes = TakeCommand(run.id)
    text = words.say("command.wanted", who=words.who(message.by), relief=relief_lines(scene))
    wanted = scene.reader in run.handed_to and scene.may(takes)
    return Screen(text, rows(button(scene, takes, "button.take_command") if wanted else None))


@shows
def lead_offered(scene: SceneOf[LeadOffered]) -> Screen:
    """Let somebody take charge, or run the scene, with one tap; where they may not, say who has it, or who is asked."""
    run, words = scene.here(), scene.words
    takes, scenes = TakeCommand(run.id), TakeScene(run.id)
    leads = run.commander != scene.reader and scene.may(takes)
    runs = runs_scene(run, scene.context)
    text = words.say(
        "lead",
        may=leads,
        leads=words.who(run.commander) if run.commander else "",
        yours=run.commander == scene.reader,
        asked=words.people(list(run.asked_to_command)[-1:]),
        passes=next_asked(scene),
        scene=words.who(runs) if runs else "",
        runs=runs == scene.reader,
        may_run=not leads and scene.may(scenes),
    )
    way = button(scene, takes) if leads else button(scene, scenes) if scene.may(scenes) else None
    return Screen(text, rows(way, leave_command(scene)))


@shows
def scene_taken(scene: SceneOf[SceneIs]) -> Screen:
    """Tell who runs the scene; whoever does reads what is done and what is not."""
    member, run = scene.message.member, scene.here()
    if member != scene.reader:
        return Screen(scene.words.say("scene_is", who=scene.words.who(member)))
    give = button(scene, WhatToGive(run.id)) if runs_scene(run, scene.context) == member else None
    return Screen(scene.words.say("scene_is.yours", relief=relief_lines(scene)), rows(give))


# ── gone for the day ────────────────────────────────────────────────────────────────────────────────────────────────


@shows
def leaving_asked(scene: SceneOf[LeavingAsked]) -> Screen:
    """Ask whether somebody goes; what they have goes to others then."""
    run, shown = scene.here(), scene.here().open_step_of(scene.reader)
    ask = step_name(scene, shown.track, shown.step) if shown else ""
    gone = where_is(run, scene.context, scene.reader) == LEFT
    return Screen(scene.words.say("going", ask=ask), rows(None if gone else button(scene, Leave(run.id))))


@shows
def leaving_heard(scene: SceneOf[LeavingHeard]) -> Screen:
    """Say that what somebody had is seen to, and let them take it back."""
    run = scene.here()
    left = [s for s in run.shown.values() if s.member == scene.reader and s.why == GONE]
    ask = step_name(scene, left[-1].track, left[-1].step) if left else ""
    gone = where_is(run, scene.context, scene.reader) == LEFT
    stays = button(scene, TellPresence(run.id, "here"), "button.stays") if gone else None
    return Screen(scene.words.say("going.heard", ask=ask, leads=run.commander == scene.reader), rows(stays))


@shows
def left_open(scene: SceneOf[LeftOpen]) -> Screen:
    """Tell whoever leads in one line who is gone, what they leave, and who has it now."""
    run, words = scene.here(), scene.words
    shown = run.shown[scene.message.turn]
    lines = run.step(shown).lines
    done = [name for name in lines if run.line_answer(shown.track, shown.step, name) is not None]
    still = open_lines(run, scene.context, shown.track, shown.step)
    has = holder(run, shown.track)
    text = words.say(
        "left_open",
        who=words.who(shown.member),
        ask=step_name(scene, shown.track, shown.step),
        done=words.joined(step_name(scene, shown.track, f"{shown.step}/{name}") for name in done),
        still=words.joined(step_name(scene, shown.track, f"{shown.step}/{name}") for name in still),
        to=words.who(has.member) if has else "",
    )
    give = WhatToGive(run.id) if has is None and can_give(run, shown.track) and run.commander == scene.reader else None
    return Screen(text, rows(button(scene, give) if give else None))


# ── taken back ──────────────────────────────────────────────────────────────────────────────────────────────────────


@shows
def open_again(scene: SceneOf[AnswerOpenAgain]) -> Screen:
    """Say that an answer was taken back; what was done by hand stays as it is."""
    message = scene.message
    asks = _asks(scene, message.track, (message.step, *message.others))
    return Screen(scene.words.say("undo.done", asks=asks, hands=message.hands))


def _asks(scene: Scene, track: str, steps: tuple[str, ...]) -> list[str]:
    """Name all that one answer settled: lines by themselves, and the card only where it stands alone."""
    card = steps[0].partition("/")[0]
    on_card = list(scene.here().text_of(track, card).lines)
    lines = sorted((s for s in steps if "/" in s), key=lambda s: on_card.index(s.partition("/")[2]))
    return [step_name(scene, track, step) for step in lines or steps]


@shows
def undo_offered(scene: SceneOf[UndoOffered]) -> Screen:
    """Name somebody's answer, their last or the one that they say isn't so, to be taken back with one tap."""
    run = scene.here()
    found = next(((place, a) for place, a in run.answered.items() if a.turn == scene.message.turn), None)
    here = undoing(run, scene.context, scene.reader, scene.message.turn)
    if found is None or here is None or here.of != scene.message.turn:
        why = stands_because(run, scene.context, scene.reader, scene.message.turn)
        return Screen(scene.words.say(f"refused.{why or 'gone_on'}"))
    (track, step), answered = found
    asks = _asks(scene, track, here.steps)
    alone = len(asks) == 1 and not run.text_of(track, step).lines
    said = answer_said(scene, run.text_of(track, step), answered, named=True) if alone else ""
    last = last_answer(run, scene.reader)
    note = run.notes.get(scene.message.because)
    text = scene.words.say(
        "undo.offered",
        asks=asks,
        answer=said,
        last=last is answered,
        who=scene.words.who(note.by) if note is not None else "",
        told=shorten(note.text, 100) if note is not None else "",
    )
    return Screen(text, rows(button(scene, Undo(run.id, here.of))))


@shows
def undo_refused(scene: SceneOf[UndoRefused]) -> Screen:
    """Say plainly why nothing is taken back; where there is no answer, offer what else the reader did and may take back."""
    run, why = scene.here(), scene.message.why
    filed = [WithdrawReport(run.id, duty) for duty, made in run.filed.items() if made.by == scene.reader]
    ways = [button(scene, order) for order in filed if scene.may(order)] if why == "nothing_to_undo" else []
    if why == "nothing_to_undo" and (leave := leave_command(scene)) is not None:
        ways.append(leave)
    told = presence_row(scene) if why == "nothing_to_undo" and scene.reader in run.presence else ()
    text = scene.words.say(f"refused.{why}")
    if ways or told:
        text = scene.words.say("undo.others", refused=text)
    return Screen(text, (*rows(*ways), *told))


# ── the card at set times ───────────────────────────────────────────────────────────────────────────────────────────

MOST_WAYS = 3
"""So many things that are not done have a button each on the card."""


@shows
def briefing_card(scene: SceneOf[BriefingCard]) -> Screen:
    """Say how all of it stands in the same lines each time; what is not done by name, each with what to do about it."""
    run, words = scene.here(), scene.words
    now = briefing(run, scene.context)
    reference = run.text_of(now.call.track, now.call.step).contact if now.call else None
    text = words.say(
        "briefing",
        minutes=_minutes(scene),
        leads=words.who(now.leads) if now.leads else "",
        things=[
            words.say("briefing.thing", thing=words.say(f"briefing.{k}"), **_done(scene, a))
            for k, a in now.things.items()
        ],
        vendor=promise_line(scene, now.promises[0]) if now.promises else "",
        vendor_at=words.clock_time(now.vendor.at) if now.vendor and now.vendor.settles else "",
        danger=words.joined(words.say(f"briefing.danger.{what}") for what in now.danger),
        open=words.joined(shorten(step_name(scene, it.track, it.step), 20) for it in now.open[:MOST_NAMED]),
        more=max(0, len(now.open) - MOST_NAMED),
        free=words.people(now.free),
        call=_call_name(scene, reference) if reference else "",
        tomorrow=words.joined(duty_name(scene, d.id) for d in now.tomorrow[:2]),
        later=max(0, len(now.tomorrow) - 2),
    )
    ways = [way for it in now.open if (way := _way(scene, it)) is not None]
    return Screen(text, rows(*ways[:MOST_WAYS], button(scene, ShowAgain(run.id))))


def _minutes(scene: Scene) -> int:
    began = scene.here().declared_at or scene.context.now
    return int((scene.context.now - began).total_seconds() // 60)


def _done(scene: Scene, answered: Answered | None) -> dict[str, object]:
    done = answered is not None and answered.settles
    return {"done": done, "time": scene.words.clock_time(answered.at) if answered is not None and done else ""}


def _call_name(scene: Scene, reference: str) -> str:
    found = scene.context.roster.contacts_for(reference)
    return found[0].name if found else service_name(scene, reference)


def _way(scene: Scene, it: Thing) -> Button | None:
    """Give what may be done about something that is not done: say that it was, or give it to somebody."""
    run, named = scene.here(), shorten(step_name(scene, it.track, it.step), 20)
    if can_make_up(run, scene.context, it.track, it.step):
        order = MakeUp(run.id, it.track, it.step)
        return button(scene, order, "briefing.made_up", step=named) if scene.may(order) else None
    give = GiveStep(run.id, it.track, shown_at(run, it.track))
    if not can_give(run, it.track) or not scene.may(give):
        return None
    return button(scene, WhoTakes(run.id, give.shown, it.track), "briefing.give", step=named)


@shows
def briefing_line(scene: SceneOf[BriefingLine]) -> Screen:
    """Tell the others in one line."""
    now = briefing(scene.here(), scene.context)
    done = [scene.words.say(f"briefing.{what}") for what, how in now.things.items() if how is not None and how.settles]
    leads = scene.words.who(now.leads) if now.leads else ""
    return Screen(
        scene.words.say("briefing.others", minutes=_minutes(scene), leads=leads, done=scene.words.joined(done))
    )
