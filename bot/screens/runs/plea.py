"""How it is said what a colleague wants: who has it, what to answer, the number, the one thing that is yours now."""

from __future__ import annotations

from markupsafe import Markup

from bot.channels.channel import Button
from bot.screens.buttons import data_of
from bot.screens.cards import PEOPLE, Card, card, pretended
from bot.screens.house.contacts import WAYS
from bot.screens.labels import button
from bot.screens.requests.runs import OpenPlea, SaySeen, WhatToGive
from bot.screens.runs.duty_lines import name as duty_name
from bot.screens.runs.lines import line_button
from bot.screens.runs.run import closest, relief_lines, step_name, take_charge, title
from bot.screens.runs.step import ask, move_rows, pass_on
from bot.screens.scene import Scene, SceneOf, Screen, lines, rows, shorten, shows
from contacts.readiness.ledger import kept_ready
from flows.commands.people import (
    AnswerPlea,
    AnswerStep,
    CallOff,
    Claim,
    Close,
    ConfirmDeed,
    HandCommand,
    OpenLine,
    RaiseNote,
    SeePlea,
    ShareNote,
    ShowAgain,
    SwitchPlaybook,
    TellPresence,
)
from flows.commands.reporting import FileReport, WithdrawReport
from flows.listening.lost import HANDLED, known_then, saying, searching
from flows.listening.pleas import FALSE_ALARM, FILED, GRAVE, NEWS, ORDER, TOLD, UNFILED, asked_next, doubted, passes_at
from flows.messages.notes import (
    Advised,
    BusyHeard,
    ComingTold,
    DeedAsked,
    DeedTold,
    DoneOffered,
    DrillOrNot,
    FalseAlarmOffered,
    FilingOffered,
    ForbiddenTold,
    FoundTold,
    HowFar,
    KeptFrom,
    NowYours,
    NumberTold,
    OrderHeard,
    PlaceTold,
    PleaKept,
    PleaRaised,
    PleaSettled,
    StandingTold,
)
from flows.powers import CHAIN
from flows.response.steps import moves
from flows.state.run import ATTACK_SIGN, TAKE_LEAD, Plea, Run, Shown
from playbooks.prohibitions import says_not

MOST_RAISED = 3
"""What waits for one person's answer and is named in one message; the rest comes up as these are answered."""

WITHOUT_MACHINES = ("cyber_attack", "system_failure")
"""Events in which patients have to be told why everything is on paper."""


def _words_of(scene: Scene, plea: Plea) -> str:
    note = scene.here().notes[plea.of]
    return shorten(scene.here().corrections.get(note.turn, (None, None))[0] or note.text, 300)


def _told(plea: Plea) -> str:
    """Name what somebody must know of it; empty for what only asks."""
    return next((want for want in plea.wants if want in TOLD), "")


def _advice(scene: Scene, plea: Plea) -> str:
    """Say what is to be done now: of a sign of an attack, after what can't wait beside it."""
    first, *beside = [str(plea.about.get("harm") or _told(plea)), *(want for want in plea.wants if want in GRAVE)]
    wants = [*beside, first] if first == ATTACK_SIGN else [first]
    attacked = ".attacked" if scene.here().as_attacked else ""
    keys = (
        next(filter(scene.words.has, (f"plea.advice.{want}{attacked}", f"plea.advice.{want}")), "") for want in wants
    )
    return Markup("\n").join(scene.words.say(key) for key in keys if key)


@shows
def raised(scene: SceneOf[PleaRaised]) -> Screen:
    """Give what a colleague wants to whoever leads, with what else waits for them, three in all."""
    run, words = scene.here(), scene.words
    plea = run.pleas[scene.message.turn]
    waiting = [
        p
        for p in run.pleas.values()
        if p.waits and scene.reader in p.to and p.of != plea.of and not NEWS.issuperset(p.wants)
    ]
    others = waiting[: MOST_RAISED - 1]
    told = _told(plea)
    key = told or next((want for want in plea.wants if words.has(f"plea.what.{want}")), "question")
    text = words.say(
        "plea.raised",
        who=words.who(plea.by),
        what=words.say(f"plea.what.{key}", ask=_doubted(scene, plea)),
        text=_words_of(scene, plea),
        advice=_advice(scene, plea),
        others=[words.say("plea.other", who=words.who(p.by), text=shorten(_words_of(scene, p), 40)) for p in others],
        more=len(waiting) - len(others),
    )
    anew = [button(scene, OpenPlea(run.id, plea.of))] if "other_thing" in plea.wants else []
    share = [button(scene, ShareNote(run.id, plea.of))] if told and _for_more(scene, plea) else []
    first = [button(scene, AnswerPlea(run.id, plea.of)), button(scene, SeePlea(run.id, plea.of))]
    if (attack := plea.about.get("attack")) and scene.may(SwitchPlaybook(run.id, attack)):
        first = [button(scene, SwitchPlaybook(run.id, attack), "button.as_attack"), first[1]]
    elif FALSE_ALARM in plea.wants and scene.may(CallOff(run.id)):
        first = [button(scene, CallOff(run.id)), first[1]]
    elif plea.about.get("ends") and scene.may(Close(run.id)):
        first = [button(scene, Close(run.id)), first[1]]
    elif ORDER in plea.wants and (mine := _ordered(scene, plea)) is not None:
        first = [mine, *first]
    elif FILED in plea.wants:
        first = [*_filings(scene, plea), button(scene, SeePlea(run.id, plea.of), "button.not_filed_yet")]
    elif UNFILED in plea.wants:
        first = [*_filed_after_all(scene, plea), first[1]]
    elif TAKE_LEAD in plea.wants and scene.may(HandCommand(run.id, plea.by)):
        first = [button(scene, HandCommand(run.id, plea.by)), button(scene, SeePlea(run.id, plea.of), "button.lead_on")]
    elif run.seeks and (of_it := _of_lost(scene, run, plea)):
        first = [*of_it, button(scene, SeePlea(run.id, plea.of))]
    return Screen(
        text, (*rows(*first, width=2), *rows(*share, *anew), *rows(*(_answer(scene, run, p) for p in others)))
    )


def _for_more(scene: Scene, plea: Plea) -> bool:
    """Say whether anybody is left who could be told."""
    everybody = {member.id for member in scene.context.roster.active()}
    return not scene.here().notes[plea.of].shared and not everybody <= {plea.by, *plea.to}


def _ordered(scene: Scene, plea: Plea) -> Button | None:
    """Open what an order means of the step before its reader; None where it means none, or they have it no more."""
    turn, line = plea.about.get("does", {}).get(scene.reader, (0, ""))
    run = scene.here()
    shown = run.shown.get(int(turn))
    if shown is None or not shown.open or shown.member != scene.reader:
        return None
    order = OpenLine(run.id, shown.turn, str(line)) if line else ShowAgain(run.id)
    return button(scene, order, "button.do_it")


def _of_lost(scene: Scene, run: Run, plea: Plea) -> list[Button]:
    """Let whoever decides end the search for what was found, and take it for possible that somebody looked into it."""
    ends: list[Button] = []
    if "found" in plea.wants:
        steps = (shown for shown in searching(run, scene.context) if scene.reader in (shown.member, run.commander))
        ends += [one for shown in steps for one in _saying(scene, run, shown, "found")][:1]
    decides = scene.reader == run.commander or scene.may(CHAIN)
    if HANDLED in plea.wants and decides and known_then(run) and run.facts.get("back") != "handled":
        ends.append(button(scene, SaySeen(run.id, plea.of)))
    return ends


def _doubted(scene: Scene, plea: Plea) -> str:
    """Name the step that stands as done and isn't, or that somebody can't do; empty where there is none."""
    if (shown := scene.here().shown.get(plea.about.get("cannot", 0))) is not None:
        return step_name(scene, shown.track, shown.step)
    turn = plea.about.get("answered")
    place = next((place for place, how in scene.here().answered.items() if how.turn == turn), None)
    return step_name(scene, *place) if place else ""


def _filings(scene: Scene, plea: Plea) -> list[Button]:
    run = scene.here()
    orders = [FileReport(run.id, duty) for duty in plea.about.get("duties", ()) if duty not in run.filed]
    return [
        button(scene, order, "button.filed_sure", duty=duty_name(scene, order.duty))
        for order in orders
        if scene.may(order)
    ]


def _filed_after_all(scene: Scene, plea: Plea) -> list[Button]:
    """Give what takes back what stands as reported, of which its reader hears that it isn't."""
    run, duties = scene.here(), plea.about.get("duties", ()) if UNFILED in plea.wants else ()
    orders = (WithdrawReport(run.id, duty) for duty in duties if duty in run.filed)
    return [button(scene, order) for order in orders if scene.may(order)]


@shows
def false_alarm_offered(scene: SceneOf[FalseAlarmOffered]) -> Screen:
    """Offer to call off what its reader says was no incident."""
    run = scene.here()
    return Screen(scene.words.say("plea.false_alarm", attacked=run.attacked), rows(button(scene, CallOff(run.id))))


@shows
def order_heard(scene: SceneOf[OrderHeard]) -> Screen:
    """Say that nobody has read an order yet, and let its writer tell everybody, or give a step to one."""
    run, turn = scene.here(), scene.message.turn
    shares = (ShareNote(run.id, turn),) if scene.may(ShareNote(run.id, turn)) else ()
    ways = (*shares, WhatToGive(run.id))
    text = scene.words.say("plea.order", text=shorten(run.notes[turn].text, 100))
    return Screen(text, rows(*(button(scene, way) for way in ways), width=2))


@shows
def filing_offered(scene: SceneOf[FilingOffered]) -> Screen:
    """Offer to record reports that somebody says they made, each with its receipt."""
    run = scene.here()
    plea = run.pleas[scene.message.turn]
    orders = [FileReport(run.id, duty) for duty in plea.about.get("duties", ()) if duty not in run.filed]
    names = scene.words.joined(duty_name(scene, order.duty) for order in orders)
    text = scene.words.say("plea.filing", text=_words_of(scene, plea), names=names)
    return Screen(text, rows(*(button(scene, order) for order in orders if scene.may(order))))


def _answer(scene: Scene, run: Run, plea: Plea) -> Button:
    member = scene.context.roster.member(plea.by)
    name, text = member.name if member else "?", shorten(_words_of(scene, plea), 20)
    return button(scene, AnswerPlea(run.id, plea.of), "button.answer_plea.of", name=name, text=text)


@shows
def kept(scene: SceneOf[PleaKept]) -> Screen:
    """Tell whoever wants something who has it, and who is asked next; with numbers where it is about reaching somebody."""
    run, words = scene.here(), scene.words
    plea = run.pleas[scene.message.turn]
    at, following = passes_at(plea, scene.context), asked_next(run, plea, scene.context)
    text = words.say(
        "plea.kept",
        text=shorten(_words_of(scene, plea), 100),
        told=bool(_told(plea)),
        advice=_advice(scene, plea),
        who=words.people(plea.to),
        time=words.clock_time(at) if at else "",
        next=words.people(following) if len(following) == 1 else "",
        everybody=len(following) > 1,
        nobody=plea.to_all,
    )
    calls = _whom_to_call(scene, plea) if plea.to_all or "nobody_reached" in plea.wants else None
    share = _told(plea) and _for_more(scene, plea) and scene.may(ShareNote(run.id, plea.of))
    back = _filed_after_all(scene, plea)
    body = Markup("{}\n\n{}").format(text, calls.text) if calls else text
    return Screen(
        body,
        rows(*back, button(scene, ShareNote(run.id, plea.of)) if share else None),
        calls.native if calls else None,
    )


def _whom_to_call(scene: Scene, plea: Plea) -> Card:
    reference = str(plea.about.get("reference", ""))
    if told := plea.about.get("for"):
        return card(scene, f"member:{told[0]}")
    return card(scene, reference if reference and not plea.to_all else "adviser:adviser")


@shows
def settled(scene: SceneOf[PleaSettled]) -> Screen:
    """Bring the answer to whoever asked, and mark it as answered for those who had it."""
    run, words = scene.here(), scene.words
    plea = run.pleas[scene.message.turn]
    who, at, text = plea.answered or ("", plea.passed, "")
    key = "plea.answered" if scene.reader == plea.by else "plea.over"
    leads = run.commander if TAKE_LEAD in plea.wants else None
    if leads is not None and not text:
        return Screen(words.say("plea.lead", who=words.who(leads), yours=leads == scene.reader))
    said = shorten(_words_of(scene, plea), 100)
    if who == scene.reader and text:
        return Screen(words.say("plea.answered_by_you", to=words.who(plea.by), asked=said, text=text))
    if FILED in plea.wants and not text and key == "plea.answered":
        filers = [m.id for m in scene.context.chain() if m.id != scene.reader]
        return Screen(words.say("plea.unfiled", who=words.who(who), asked=said, filers=words.people(filers)))
    return Screen(words.say(key, who=words.who(who), time=words.clock_time(at), asked=said, text=text))


@shows
def number(scene: SceneOf[NumberTold]) -> Screen:
    """Give the card at once; where nobody was named, that of the open step, and the ways to all others."""
    run, reference = scene.here(), scene.message.reference
    shown = run.open_step_of(scene.reader)
    reference = reference or (run.step(shown).contact or "" if shown else "")
    ways = rows(*(button(scene, way) for way in WAYS), width=2)
    if not reference:
        return Screen(scene.words.say("plea.which_number"), ways)
    found = card(scene, reference)
    nobodys = reference.partition(":")[0] in PEOPLE and found.native is None and not pretended(scene)
    text = lines([found.text, scene.words.say("contact.no_person_number")]) if nobodys else found.text
    return Screen(text, () if scene.message.reference else ways, found.native)


@shows
def now(scene: SceneOf[NowYours]) -> Screen:
    """Give the one thing that is the reader's now, and the sentence for patients where they wait for the machines."""
    run, words = scene.here(), scene.words
    if run.state == "reported":
        mine = scene.reader == run.reporter
        text = words.say("plea.now.closest", mine=mine, who=words.who(run.reporter))
        return Screen(text, closest(scene, run) if mine else ())
    shown = run.open_step_of(scene.reader)
    step = run.step(shown) if shown else None
    if scene.message.handled and shown is not None and (ends := _saying(scene, run, shown, HANDLED)):
        return Screen(words.say("plea.handled"), rows(*ends[:1]))
    if scene.message.found and shown is not None and (ends := _saying(scene, run, shown, "found")):
        return Screen(words.say("plea.found"), rows(*ends[:1]))
    if scene.message.over and shown is not None and step is not None:
        return Screen(words.say("plea.small_over", ask=ask(scene, step)), move_rows(scene, run, shown, step))
    paper = run.playbook is not None and run.playbook.event in WITHOUT_MACHINES
    free = [claim for track, _ in run.waiting()[:MOST_RAISED] if scene.may(claim := Claim(run.id, track))]
    text = words.say(
        "plea.now",
        free=bool(free),
        ask=ask(scene, step) if step else "",
        never=step.never.in_language(words.language) if step else (),
        negated=step is not None and says_not(step.never),
        aloud=words.say("plea.patients") if paper else "",
    )
    if shown is not None and step is not None:
        return Screen(text, move_rows(scene, run, shown, step))
    if scene.reader in run.asked_to_command and (charge := take_charge(scene)):
        return Screen(words.say("plea.now.lead", title=title(scene)), charge)
    if run.commander == scene.reader:
        text = words.say("plea.now.leads", relief=relief_lines(scene))
    give = button(scene, WhatToGive(run.id)) if free and run.commander == scene.reader else None
    return Screen(text, rows(*(button(scene, claim) for claim in free), give))


def _saying(scene: Scene, run: Run, shown: Shown, said: str) -> list[Button]:
    """Give the answers of what somebody has before them that say what was said of what is looked for."""
    ends = saying(run, scene.context, shown, said)
    return [Button(label.in_language(scene.words.language), data_of(order)) for label, order in ends]


@shows
def found(scene: SceneOf[FoundTold]) -> Screen:
    """Tell whoever looks for it that somebody has it, and let them end the search with one tap."""
    run, message = scene.here(), scene.message
    shown, note = run.shown[message.shown], run.notes[message.turn]
    text = scene.words.say("plea.found_by", who=scene.words.who(note.by), text=_words_of(scene, run.pleas[note.turn]))
    return Screen(text, rows(*_saying(scene, run, shown, "found")[:1]))


@shows
def busy(scene: SceneOf[BusyHeard]) -> Screen:
    """Understand that somebody can't now, and let them say where they are."""
    run = scene.here()
    told, shown = TellPresence(run.id, "with_patient"), run.open_step_of(scene.reader)
    ways = (button(scene, told) if scene.may(told) else None, pass_on(scene, run, shown) if shown else None)
    return Screen(scene.words.say("plea.busy"), rows(*ways, width=2))


@shows
def standing(scene: SceneOf[StandingTold]) -> Screen:
    """Say of each step that was asked about who has done it and when, who has it, or who only says so."""
    run, turn = scene.here(), scene.message.turn
    told = [_stands(scene, run, *place.partition("/")[::2]) for place in scene.message.places]
    people = [_knows(scene, run, member) for member in scene.message.people]
    asks = RaiseNote(run.id, turn)
    raises = button(scene, asks) if run.live and turn in run.notes and scene.may(asks) else None
    text = scene.words.say("plea.standing", told=told, people=people, advised=scene.message.advised)
    return Screen(text, rows(raises, button(scene, ShowAgain(run.id)), width=2))


@shows
def coming(scene: SceneOf[ComingTold]) -> Screen:
    """Say what was heard of when it comes, by whom and since when, and let whoever leads be asked."""
    run, words, message = scene.here(), scene.words, scene.message
    notes = [run.notes[turn] for turn in message.notes if turn in run.notes]
    told = [(words.clock_time(n.occurred_at), words.who(n.by), shorten(words.reported(n.text), 120)) for n in notes]
    promises = [run.promises[turn] for turn in message.promises if turn in run.promises]
    promised = [(words.who(p.by), words.clock_time(p.until) if p.until else "", shorten(p.text, 120)) for p in promises]
    asks = RaiseNote(run.id, message.turn)
    raises = button(scene, asks) if run.live and message.turn in run.notes and scene.may(asks) else None
    return Screen(words.say("plea.coming", told=told, promised=promised), rows(raises))


def _knows(scene: Scene, run: Run, member: str) -> dict[str, object]:
    """Say whether somebody knows of it: they confirmed, or a colleague called them."""
    words, known = scene.words, run.acknowledged.get(member)
    calls = [call for call in run.voice_calls.values() if call.whom == member]
    call = max(calls, key=lambda one: (one.told is not None, one.turn), default=None)
    return {
        "who": words.who(member),
        "leads": run.commander == member,
        "known": words.clock_time(known) if known is not None else "",
        "caller": words.who(call.caller) if call is not None else "",
        "called": words.clock_time(call.told) if call is not None and call.told is not None else "",
        "reached": call is not None and bool(call.reached),
    }


@shows
def advised(scene: SceneOf[Advised]) -> Screen:
    """Say at once that it must not be done here, or what whoever leads has said of it, and let it be passed on."""
    run, words, plea = scene.here(), scene.words, scene.here().pleas[scene.message.turn]
    asks, permitted = RaiseNote(run.id, plea.of), run.notes.get(plea.about.get("permitted", 0))
    before = run.pleas.get(permitted.turn) if permitted is not None else None
    who, _, said = (before.answered if before is not None else None) or ("", None, "")
    text = words.say(
        "plea.advised",
        text=_words_of(scene, plea),
        advice=_advice(scene, plea),
        leader=words.who(who or permitted.by) if permitted is not None else "",
        said=shorten(said or permitted.text, 200) if permitted is not None else "",
        told=words.people(plea.to),
        waits=plea.about.get("harm") != "pay",
    )
    return Screen(text, rows(button(scene, asks) if run.live and scene.may(asks) else None))


@shows
def forbids(scene: SceneOf[ForbiddenTold]) -> Screen:
    """Say which step forbids it, and what that step asks for instead."""
    run, message = scene.here(), scene.message
    track, _, place = message.place.partition("/")
    step, asks = run.text_of(track, place), RaiseNote(run.id, message.turn)
    never = step.never.in_language(scene.words.language)[message.number]
    text = scene.words.say(
        "plea.forbidden",
        text=_words_of(scene, run.pleas[message.turn]),
        never=never,
        ask=step_name(scene, track, place),
        negated=says_not(step.never),
    )
    return Screen(text, rows(button(scene, asks) if run.live and scene.may(asks) else None))


def _stands(scene: Scene, run: Run, track: str, step: str) -> dict[str, object]:
    words, card, line = scene.words, *step.partition("/")[::2]
    one, answered = run.text_of(track, step), run.answered.get((track, step))
    holder = next((s for s in run.open_steps() if (s.track, s.step) == (track, card)), None)
    said = [plea for plea in run.pleas.values() if "done" in plea.wants and _tells_of(run, plea, track, card, line)]
    settled = answered is not None and answered.settles
    how = answered.answer if answered is not None else ""
    other = one.answers[how].label.in_language(words.language) if how in one.answers and how != "done" else ""
    return {
        "ask": step_name(scene, track, step),
        "done": settled,
        "doubted": answered is not None and answered.turn in doubted(run),
        "answer": other,
        "by": words.who(answered.by) if answered is not None else "",
        "at": words.clock_time(scene.context.roster.facility.local(answered.at)) if answered is not None else "",
        "holder": words.who(holder.member) if holder is not None and not settled else "",
        "since": words.clock_time(scene.context.roster.facility.local(holder.at)) if holder is not None else "",
        "told_by": words.who(said[-1].by) if said and not settled else "",
    }


def _tells_of(run: Run, plea: Plea, track: str, card: str, line: str) -> bool:
    """Say whether somebody wrote that a step, or a line of it, is done: one that was before them, or anybody's."""
    shown = run.shown.get(plea.about.get("shown", 0))
    if shown is None:
        return "/".join(filter(None, (track, card, line))) in plea.about.get("places", ())
    return (shown.track, shown.step, plea.about.get("line", "")) == (track, card, line)


@shows
def kept_from(scene: SceneOf[KeptFrom]) -> Screen:
    """Say of each whether they were told of it, by what was recorded: nothing that went out is taken back."""
    run, local = scene.here(), scene.context.roster.facility.local
    told = []
    for member in scene.message.people:
        pleas = (plea.passed for plea in run.pleas.values() if member in plea.to)
        sent = min((at for at in (run.ring.get(member), run.quiet.get(member), *pleas) if at), default=None)
        known = run.acknowledged.get(member)
        times = {"known": known, "sent": sent}
        told.append(
            {"who": scene.words.who(member)}
            | {k: scene.words.clock_time(local(at)) if at else "" for k, at in times.items()}
        )
    return Screen(scene.words.say("plea.kept_from", people=told, begins=run.state == "reported"))


@shows
def how_far(scene: SceneOf[HowFar]) -> Screen:
    """Say what is done and what isn't, by name, and let the board be seen."""
    text = lines([Markup("<b>{}</b>").format(title(scene)), relief_lines(scene)])
    return Screen(text, rows(button(scene, ShowAgain(scene.here().id))))


@shows
def place(scene: SceneOf[PlaceTold]) -> Screen:
    """Say where what is kept for an emergency lies, as the ledger has it."""
    words, kind = scene.words, scene.message.kind
    told = [{"name": name, "place": place} for name, place in kept_ready(scene.context.roster, kind)]
    return Screen(words.say("plea.place", told=told))


@shows
def drill_or_not(scene: SceneOf[DrillOrNot]) -> Screen:
    """Say whether what goes on is a drill, and which."""
    return Screen(scene.words.say("plea.drill_or_not", title=title(scene), drill=scene.here().drill))


@shows
def done_offered(scene: SceneOf[DoneOffered]) -> Screen:
    """Offer to settle the step that somebody says is done; where it takes more than a tap, its own buttons."""
    run = scene.here()
    shown, note, line = run.shown[scene.message.shown], run.notes[scene.message.turn], scene.message.line
    step = run.step(shown)
    text = scene.words.say(
        "plea.done",
        who=scene.words.who(note.by) if note.by != scene.reader else "",
        text=shorten(note.text, 100),
        ask=ask(scene, step.lines[line] if line else step),
    )
    if line:
        return Screen(text, rows(line_button(scene, run, shown, line, "button.settle_line")))
    if "done" not in moves(run, shown):
        return Screen(text, move_rows(scene, run, shown, step))
    return Screen(text, rows(button(scene, AnswerStep(run.id, shown.turn, "done"), "button.settle_step")))


@shows
def deed_asked(scene: SceneOf[DeedAsked]) -> Screen:
    """Ask somebody whether they did what a colleague says."""
    run, turn = scene.here(), scene.message.turn
    note = run.notes[turn]
    text = scene.words.say("plea.did", who=scene.words.who(note.by), text=shorten(note.text, 200))
    verdicts = (button(scene, ConfirmDeed(run.id, turn, v), f"button.confirm_deed.{v}") for v in ("yes", "no"))
    return Screen(text, rows(*verdicts, width=2))


@shows
def deed_told(scene: SceneOf[DeedTold]) -> Screen:
    """Tell what came back, and offer the step that it settles."""
    run, message = scene.here(), scene.message
    text = scene.words.say("plea.deed", who=scene.words.who(message.by), did=message.did, text=message.text)
    shown = run.shown.get(run.pleas[message.turn].about.get("shown", 0))
    settle = AnswerStep(run.id, shown.turn, "done") if shown and shown.open and message.did else None
    legal = settle is not None and shown is not None and "done" in moves(run, shown) and scene.may(settle)
    return Screen(text, rows(button(scene, settle, "button.settle_step") if legal and settle else None))
