"""How the messages of a run are said: alarm, command, notes, decisions, board and end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from markupsafe import Markup

from bot.channels.channel import Button
from bot.screens.buttons import data_of
from bot.screens.cards import card
from bot.screens.labels import button, label_of
from bot.screens.requests.contacts import ShowWay
from bot.screens.requests.people import BoardWithTexts
from bot.screens.requests.runs import AboutARun, CommandIn, FileUnder, KeepReport, TellEverybody, WhatToGive, WhoLeads
from bot.screens.runs.duty_lines import board_lines
from bot.screens.runs.lines import next_on_card
from bot.screens.runs.promise import promise_line
from bot.screens.scene import Rows, Scene, SceneOf, Screen, rows, shorten, shows
from bot.words.decisions import name_decision
from flows.board import TrackLine, board
from flows.commands.people import (
    AskTime,
    CallOff,
    ChoosePlaybook,
    GiveStep,
    RaiseGrade,
    RaiseNote,
    Ratify,
    SeePlea,
    ShareNote,
    ShowAgain,
    TakeCommand,
    TellOfPhotos,
    TellPresence,
)
from flows.leading.briefing import Thing, relief
from flows.listening.pleas import UNCLEAR, is_found, passes_at
from flows.listening.pleas import asked_next as reads_next
from flows.messages.calling import (
    Alarm,
    AlarmAgain,
    AlarmConfirmed,
    AnotherReport,
    ArrivalIs,
    AskPlaybook,
    BoardLink,
    ChooseRun,
    CommandAsk,
    CommandIs,
    CommandOpen,
    CommandYours,
    ReportOver,
    ResponseBegun,
    WelcomeBack,
    WhereNow,
    WhereWeStand,
)
from flows.messages.hearing import AskWhichRun
from flows.messages.notes import (
    DecisionTold,
    NoteKept,
    NoteOfAnother,
    PhotosAsked,
    RatifiedBy,
    RatifyAsk,
)
from flows.response.alarm.charge import asked_next, command_due
from flows.response.notes import happened_at
from flows.response.placing import family_at_hand
from flows.scene.circle import delicate
from flows.scene.grades import above, can_change
from flows.scene.passing import can_give, successors
from flows.scene.presence import PLACES, asks_presence, where_is
from flows.scene.voice import runs_scene
from flows.state.run import DecisionMade, Run
from flows.written.times import time_ahead, told_time


def title(scene: Scene) -> str:
    """Name a run in the reader's language; before a playbook is chosen, by what was reported."""
    run = scene.here()
    return _called(scene, run) or unclassified(scene, run, 30)


def _called(scene: Scene, run: Run) -> str:
    """Name what a run is about: the matter by which its playbook is meant, else the playbook; empty before one is chosen."""
    if run.playbook is None:
        return ""
    family = family_at_hand(run, scene.engine.handbook)
    named = family.name if family is not None else None
    return (named or run.playbook.title).in_language(scene.words.language)


def unclassified(scene: Scene, run: Run, most: int) -> str:
    """Name a report of which nobody has said what it is: to its writer by their words, to others by what it seems to be."""
    if run.reporter == scene.reader:
        return shorten(scene.words.reported(run.text), most)
    books = scene.engine.handbook.playbooks
    seems = next((books[p].title.in_language(scene.words.language) for p in run.near if p in books), "")
    return scene.words.say("unclassified", seems=seems).unescape()


# ── report and alarm ────────────────────────────────────────────────────────────────────────────────────────────────


@shows
def question(scene: SceneOf[AskPlaybook]) -> Screen:
    """Ask what it looks like; the likeliest playbooks are the buttons."""
    run, asks = scene.here(), "question.confided" if delicate(scene.here(), scene.context) else "question"
    choices = closest(scene, run)
    if scene.message.again:
        text = scene.words.reported(run.text)
        return Screen(
            scene.words.say("question.again", who=scene.words.who(run.reporter), text=shorten(text, 200)), choices
        )
    named = people_named(scene)
    if scene.message.everybody and named:
        return Screen(scene.words.say("question.everybody", named=named), closest(scene, run, everybody=True))
    key = "question.more" if scene.message.more and asks == "question" else asks
    return Screen(scene.words.say(key, named=named), choices)


@shows
def report_over(scene: SceneOf[ReportOver]) -> Screen:
    """Ask whether a report is taken back, of which its writer says that it was nothing: by words alone nothing is."""
    run, books = scene.here(), scene.engine.handbook.playbooks
    if run.state != "reported":
        return Screen(scene.words.say("report_over.begun"))
    attack = any(books[name].event == "cyber_attack" for name in (*run.near, *run.candidates) if name in books)
    text = scene.words.say("report_over", text=shorten(run.notes[scene.message.turn].text, 100), attack=attack)
    ways = (button(scene, CallOff(run.id), "button.end_report"), button(scene, KeepReport(run.id)))
    return Screen(text, rows(*ways, width=2))


def people_named(scene: Scene) -> str:
    """Name those whom a report names, but for whoever wrote it: they are told nothing by one tap."""
    run = scene.here()
    return scene.words.people([m for m in run.named if m != run.reporter])


def closest(scene: Scene, run: Run, *, everybody: bool = False) -> Rows:
    """Give what a report may be about as buttons, the likeliest first, and the ways out.

    Where a delicate one names somebody, what would tell them stands behind a question of its own (``everybody``).
    """
    language, known = scene.words.language, scene.engine.handbook.playbooks
    offered = [p for p in dict.fromkeys((*run.candidates, *run.near)) if p in known and p != "unknown"]
    none: ChoosePlaybook | TellEverybody = ChoosePlaybook(run.id, "unknown")
    mistake = CallOff(run.id)
    if delicate(run, scene.context):  # no vague button tells everybody what is to stay between few
        if people_named(scene) and not everybody:
            offered = [p for p in offered if known[p].calls == "deciders"]
            none = TellEverybody(run.id)
        last = (
            button(scene, mistake, "question.false.confided"),
            button(scene, none, "button.share_note" if everybody else "question.none.confided"),
        )
    else:
        last = (button(scene, none, "question.none"), button(scene, mistake, "question.false"))
    buttons = [Button(known[p].question.in_language(language), data_of(ChoosePlaybook(run.id, p))) for p in offered]
    return rows(*buttons, *last)


@shows
def opened(scene: SceneOf[ResponseBegun]) -> Screen:
    """Tell the reporter that it has begun and who is being called."""
    run = scene.here()
    called = scene.words.people(list(run.ring)) if run.ring else ""
    mine = runs_scene(run, scene.context) == scene.reader
    everybody = run.calls_everybody and bool(run.ring)
    facts = {"called": called, "everybody": everybody, "runs_scene": mine, "small": run.small}
    text = scene.words.say("opened", title=title(scene), **facts)
    return Screen(text, to_raise(scene))


@shows
def alarm(scene: SceneOf[Alarm | AlarmAgain]) -> Screen:
    """Call somebody; whoever is asked to decide is told so. A drill's call is another message (``drill_call``)."""
    run, words = scene.here(), scene.words
    text = words.say(
        "alarm",
        urgent=run.grade == "urgent",
        title=title(scene),
        who=words.who(run.reporter),
        time=words.clock_time(run.reported_at or scene.context.now),
        text=shorten(scene.words.reported(run.text), 300),
        also=[
            (words.who(by), shorten(text, 200)) for by, text in (*_joined(run), *_eased(scene)) if by != scene.reader
        ],
        now=everybody_now(scene),
        decides=bool(take_charge(scene)),
        scene=_scene_run_by(scene),
    )
    if isinstance(scene.message, AlarmAgain):
        text = words.say("alarm.again", alarm=text)
    return Screen(text, (*presence_row(scene), *take_charge(scene), *to_raise(scene)))


def _joined(run: Run) -> list[tuple[str, str]]:
    """Give what others said of the same before it began, the newest two."""
    notes = (run.notes[turn] for turn in run.joined)
    return [(note.by, note.text) for note in notes if note.by != run.reporter][-2:]


def _eased(scene: Scene) -> list[tuple[str, str]]:
    """Give what says that it is over: the danger in whose name it was reported has eased, what was lost is found."""
    run, dangers = scene.here(), scene.engine.house.dangers.values()
    eased = [(d.eased_by, d.eased_text) for d in dangers if d.eased and (d.member, d.text) == (run.reporter, run.text)]
    found = [(p.by, run.notes[p.of].text) for p in run.pleas.values() if "found" in p.wants and is_found(run)]
    return [*eased, *found[-1:]]


def _scene_run_by(scene: Scene) -> str:
    """Name who runs the scene, as long as nobody leads."""
    runs = runs_scene(scene.here(), scene.context)
    return scene.words.who(runs) if runs else ""


def everybody_now(scene: Scene) -> str:
    """Say in one line what everybody must do now; a playbook of an older version says it by its kind of event."""
    playbook = scene.here().playbook
    if playbook is None:
        return ""
    family = family_at_hand(scene.here(), scene.engine.handbook)
    own = (family.alarm if family is not None else None) or playbook.alarm
    return own.in_language(scene.words.language) if own else scene.words.say(f"alarm.now.{playbook.event}")


def presence_row(scene: Scene) -> Rows:
    """Ask where the reader is, beside what they said last; where nobody is asked, only whether they have seen it."""
    run = scene.here()
    if not asks_presence(run):
        unseen = run.playbook is not None and scene.reader not in run.acknowledged
        return rows(button(scene, TellPresence(run.id, ""))) if unseen else ()
    said = where_is(run, scene.context, scene.reader)
    return rows(*(button(scene, TellPresence(run.id, place)) for place in PLACES if place != said), width=3)


def _there(scene: Scene, run: Run, members: tuple[str, ...]) -> list[str]:
    """Name who is somewhere, each with the time until which they said they are; their roles are known to whoever works with them."""
    until = {m: scene.words.clock_time(at) for m, at in run.presence_until.items()}
    called = {m: scene.words.called(m) for m in members}
    return [scene.words.say("board.until", who=called[m], time=until[m]) if m in until else called[m] for m in members]


def take_charge(scene: Scene) -> Rows:
    """Offer the decision to those who may take it, as long as nobody has it."""
    run = scene.here()
    free = run.commander is None and scene.may(TakeCommand(run.id))
    return rows(button(scene, TakeCommand(run.id))) if free else ()


def to_raise(scene: Scene) -> Rows:
    """Offer to say that it is something bigger, where it isn't loud already."""
    run = scene.here()
    louder = above(run.grade) if can_change(run) else None
    return rows(button(scene, RaiseGrade(run.id, louder))) if louder else ()


def next_asked(scene: Scene) -> str:
    """Say who is asked to decide next, and when, if nobody answers; empty while nothing is waited for."""
    run, words = scene.here(), scene.words
    at = command_due(run, scene.context)
    member = asked_next(run, scene.context)
    if at is None or (member is None and not run.calls_everybody and not run.drill):
        return ""
    return words.say("command.passes", who=words.who(member) if member else "", time=words.clock_time(at))


@shows
def alarm_confirmed(scene: SceneOf[AlarmConfirmed]) -> Screen:
    """Mark an alarm as confirmed."""
    run, words = scene.here(), scene.words
    said = where_is(run, scene.context, scene.reader)
    where, at = label_of(scene, TellPresence(run.id, said)) if said else "", run.acknowledged[scene.reader]
    text = words.say("alarm.confirmed", title=title(scene), time=words.clock_time(at), where=where)
    unsaid = asks_presence(run) and scene.reader not in {*run.presence, *run.told_by}
    return Screen(text, (*(presence_row(scene) if unsaid else ()), *take_charge(scene)))


@shows
def where_now(scene: SceneOf[WhereNow]) -> Screen:
    """Ask in one line where somebody is, or whether they have arrived; once they said so, thank them."""
    run, words = scene.here(), scene.words
    promised, said = run.arrivals.get(scene.reader), where_is(run, scene.context, scene.reader)
    told, asked = run.presence.get(scene.reader), run.presence_asked.get(scene.reader)
    answered = told is not None and (asked is None or asked <= told[1])  # whoever is asked anew may still be believed
    if said is not None and promised is None and answered:
        until = run.presence_until.get(scene.reader)
        facts = {"until": words.clock_time(until) if until else "", "lasts": scene.reader in run.presence_lasts}
        return Screen(words.say("where.heard", where=label_of(scene, TellPresence(run.id, said)), **facts))
    time = words.clock_time(promised.until) if promised and promised.until else ""
    return Screen(words.say("where.now", time=time), presence_row(scene))


@shows
def arrival(scene: SceneOf[ArrivalIs]) -> Screen:
    """Tell who is on their way and when they will be here; whoever is reads that it is told, and says when they are there."""
    run, words, member = scene.here(), scene.words, scene.message.member
    it = run.arrivals.get(member)
    time = words.clock_time(it.until) if it and it.until else ""
    if member != scene.reader:
        return Screen(words.say("arrival", who=words.who(member), time=time))
    here = button(scene, TellPresence(run.id, "here")) if asks_presence(run) else None
    return Screen(words.say("arrival.yours", time=time), rows(here))


@shows
def reported_again(scene: SceneOf[AnotherReport]) -> Screen:
    """Tell whoever decides of another report."""
    note = scene.here().notes[scene.message.turn]
    return Screen(
        scene.words.say(
            "reported_again", who=scene.words.who(note.by), text=shorten(scene.words.reported(note.text), 500)
        )
    )


# ── who decides ─────────────────────────────────────────────────────────────────────────────────────────────────────


def situation(scene: Scene) -> str:
    """Give where a run stands in a few lines, for somebody who comes in."""
    run, words = scene.here(), scene.words
    seen = board(run, scene.context, scene.reader)
    return words.say(
        "situation",
        title=title(scene),
        time=words.clock_time(run.reported_at or scene.context.now),
        commander=words.who(run.commander) if run.commander else "",
        confirmed=seen.confirmed,
        called=seen.called,
        tracks=[track_line(scene, t) for t in seen.tracks],
        decisions=[decision_name(scene, d) for d in run.decisions.values()],
    )


@shows
def command(scene: SceneOf[CommandAsk | CommandOpen | CommandYours | WelcomeBack]) -> Screen:
    """Ask somebody to decide, or tell them that they do, with where things stand."""
    run, words, message = scene.here(), scene.words, scene.message
    facts: dict[str, object] = {"after": ""}
    if isinstance(message, CommandOpen):
        facts = {"leads": words.who(run.commander) if run.commander else "", "yours": run.commander == scene.reader}
    if isinstance(message, CommandAsk):
        leads = run.exercise is not None and run.exercise.facilitator == message.after
        facts = {"after": words.who(message.after), "leads": leads}
    if isinstance(message, WelcomeBack):
        facts["situation"] = situation(scene)
    facts |= {"title": title(scene), "time": words.clock_time(run.reported_at or scene.context.now)}
    kept_out = any("director" in m.roles and m.id in run.left_out for m in scene.context.roster.active())
    facts |= {
        "reserved": run.reserved and not kept_out,
        "kept_out": kept_out,
    }  # of whoever isn't told nothing is promised
    text = words.say(message.kept_as, **facts, relief=relief_lines(scene))
    take = run.commander != scene.reader and scene.may(TakeCommand(run.id))
    again = ShowAgain(run.id) if isinstance(message, CommandYours | WelcomeBack) else None
    ratify = [Ratify(run.id, d.turn, "yes") for d in pending(run)] if isinstance(message, WelcomeBack) else []
    orders = [TakeCommand(run.id) if take else None, *ratify, again]
    return Screen(text, rows(*(button(scene, o) for o in orders if o and scene.may(o))))


MOST_NAMED = 3
"""So many things are named in one line."""


def relief_lines(scene: Scene) -> Markup:
    """Say in three lines what is done, what is not, by name, and whom to call next."""
    run, words = scene.here(), scene.words
    here = relief(run, scene.context)
    reference = run.text_of(here.call.track, here.call.step).contact if here.call else None
    return words.say(
        "relief",
        done=words.joined(_named(scene, here.done)),
        open=words.joined(_named(scene, here.open)),
        more=max(0, len(here.open) - MOST_NAMED),
        call=_whom_to_call(scene, reference) if reference else "",
    )


def _whom_to_call(scene: Scene, reference: str) -> str | Markup:
    """Give name and number in one line; all else about it stands at the step. Where no number is known, where to find one."""
    known = card(scene, reference)
    return " ".join(known.native) if known.native else known.text


def _named(scene: Scene, things: tuple[Thing, ...]) -> Iterator[str]:
    return (shorten(step_name(scene, it.track, it.step), 18) for it in things[:MOST_NAMED])


@shows
def command_taken(scene: SceneOf[CommandIs]) -> Screen:
    """Tell the others who decides."""
    return Screen(scene.words.say("command_taken", who=scene.words.who(scene.message.member)))


def pending(run: Run) -> list[DecisionMade]:
    """Give the decisions that wait for the director or a deputy to stand behind them."""
    return [d for d in run.decisions.values() if d.provisional and d.ratified is None]


# ── notes and decisions ─────────────────────────────────────────────────────────────────────────────────────────────


@shows
def note_kept(scene: SceneOf[NoteKept]) -> Screen:
    """Echo a note with the time it is filed under."""
    run, turn = scene.here(), scene.message.turn
    note = run.notes[turn]
    asks, heard = RaiseNote(run.id, turn), run.pleas.get(turn)
    raises = [asks] if run.live and (heard is None or UNCLEAR in heard.wants) and scene.may(asks) else []
    unclear = heard is not None and bool(raises)
    only_note = (SeePlea(run.id, turn),) if heard is not None and heard.may_ask else ()
    others = (*only_note, ShowAgain(run.id), ShowWay("systems")) if unclear else (AskTime(run.id, turn),)
    words, local = scene.words, scene.context.roster.facility.local(note.occurred_at)
    told = None if scene.message.timed or unclear else told_time(note.text, local)
    doubt, sign = (told.doubt, told.sign) if told is not None else ("", "")
    if told is None and not scene.message.timed and (ahead := time_ahead(note.text, local)):
        doubt, sign = "ahead", ahead
    when = words.day_and_time(local) if scene.message.timed else words.clock_time(local, scene.context.today)
    orders = (ShareNote(run.id, turn), *others, *raises) if not unclear else (*raises, *others, ShareNote(run.id, turn))
    offered = (o for o in orders if not isinstance(o, ShareNote) or scene.may(o))
    labels = {ShowWay: "contacts.way.number", SeePlea: "button.only_note"}
    ways = rows(*(button(scene, order, labels.get(type(order), "")) for order in offered), width=2)
    passes = passes_at(heard, scene.context) if heard is not None and only_note else None
    reads = words.people(reads_next(run, heard, scene.context)) if heard is not None and passes is not None else ""
    told_at = words.clock_time(passes, scene.context.today) if passes is not None else ""
    return Screen(
        words.say("note_kept", time=when, unclear=unclear, passes=told_at, reads=reads, doubt=doubt, sign=sign), ways
    )


@shows
def photos_asked(scene: SceneOf[PhotosAsked]) -> Screen:
    """Ask once whether patients are to be seen on photos; of one for a card, what is next on that stands above."""
    run, photo = scene.here(), scene.message.turn
    answered = next((a for a in run.answered.values() if a.given.get("evidence") == photo), None)
    shown = run.shown[answered.shown] if answered else None
    taken = next_on_card(scene, run, shown) if shown and shown.open else ""
    said = (TellOfPhotos(scene.run_id, photo, seen) for seen in ("no", "yes"))
    return Screen(
        scene.words.say("photos_asked", taken=taken),
        rows(*(button(scene, it) for it in said), width=2),
    )


@shows
def note_shared(scene: SceneOf[NoteOfAnother]) -> Screen:
    """Pass a note on to everybody, as it reads after corrections."""
    run = scene.here()
    note = run.notes[scene.message.turn]
    when = scene.words.clock_time(happened_at(run, note.turn, note.occurred_at), scene.context.today)
    text = run.corrections.get(note.turn, (None, None))[0] or scene.words.reported(note.text)
    return Screen(scene.words.say("note_shared", who=scene.words.who(note.by), time=when, text=text))


def decision_name(scene: Scene, made: DecisionMade) -> str:
    """Name a decision as it was made: the question and what was chosen, or just the deed."""
    return name_decision(scene.words, scene.here(), made.decision, made.choice, made.shown)


@shows
def decided(scene: SceneOf[DecisionTold | RatifyAsk | RatifiedBy]) -> Screen:
    """Tell of a decision, ask for its ratification, or tell of that."""
    run, words = scene.here(), scene.words
    made = run.decisions[scene.message.turn]
    facts = {"decision": decision_name(scene, made), "who": words.who(made.by), "reason": made.reason}
    if isinstance(scene.message, RatifiedBy):
        by = words.who(scene.message.by)
        return Screen(words.say(f"ratified.{'yes' if made.ratified else 'no'}", who=by, decision=facts["decision"]))
    if isinstance(scene.message, DecisionTold) and not board(run, scene.context, scene.reader).deciding:
        facts["reason"] = ""  # whoever goes by it needs to know that it is, and whose
    text = words.say(scene.message.kept_as, **facts, time=words.clock_time(made.at), provisional=made.provisional)
    if isinstance(scene.message, DecisionTold):
        return Screen(text)
    verdicts = [Ratify(run.id, made.turn, v) for v in ("yes", "no")]
    return Screen(text, rows(*(button(scene, v) for v in verdicts if scene.may(v)), width=2))


# ── the board ───────────────────────────────────────────────────────────────────────────────────────────────────────


def track_line(scene: Scene, line: TrackLine) -> str:
    """Say how one track stands."""
    run, words = scene.here(), scene.words
    mark = "done" if line.step is None else "overdue" if line.overdue else "waiting" if line.waits else "going"
    track = run.playbook.tracks[line.track].title.in_language(words.language) if run.playbook else line.track
    return words.say(
        "board.track",
        mark=words.say(f"mark.{mark}"),
        track=track,
        done=line.done,
        total=line.total,
        who=words.who(line.member) if line.member else "",
        since=words.clock_time(line.since) if line.since else "",
        waits=line.waits,
        left_open=line.left_open,
    )


UNDONE_SHOWN = 5
"""So many things that are not done are named on the board."""


def step_name(scene: Scene, track: str, step: str) -> str:
    """Name a step or line by the first words of what it asks."""
    return shorten(scene.here().text_of(track, step).ask.in_language(scene.words.language), 40)


@shows
def board_screen(scene: SceneOf[WhereWeStand]) -> Screen:
    """Show a run at a glance, with what the reader may do now."""
    run, words = scene.here(), scene.words
    seen = board(run, scene.context, scene.reader)
    who = words.who if seen.deciding else words.called  # whoever decides nothing works beside them, and reads it often
    text = words.say(
        "board",
        title=title(scene),
        ended="" if run.live else words.say(f"state.{run.state}"),
        commander=who(seen.commander) if seen.commander else "",
        reserved=seen.reserved,
        asked=who(seen.asked[-1]) if seen.asked else "",
        passes=next_asked(scene),
        scene=who(seen.scene) if seen.scene else "",
        mine=seen.scene == scene.reader,
        spoken=[words.say("board.spoken", whom=words.who(whom), by=words.who(by)) for whom, by in seen.spoken],
        promises=[promise_line(scene, p) for p in seen.promises],
        tracks=[track_line(scene, t) for t in seen.tracks],
        confirmed=seen.confirmed,
        called=seen.called,
        unconfirmed=words.people(list(seen.unconfirmed)),
        silent=words.people(list(seen.silent)),
        unreachable=words.people(list(seen.unreachable)),
        provisional=seen.provisional,
        duties=board_lines(scene, seen.duties),
        next_at=words.clock_time(seen.next_at) if seen.next_at else "",
        grade=words.say(f"grade.{run.grade}") if run.small or run.raised or run.lowered else "",
        small=run.small,
        deciding=seen.deciding,
        busy=seen.own is not None,  # what it is stands on its own screen
        undone=[step_name(scene, track, step) for track, step in seen.undone[:UNDONE_SHOWN]],
        coming=[
            words.say(
                "board.coming",
                who=words.who(who),
                to=words.who(to) if to else "",
                time=words.clock_time(until) if until else "",
                late=until is not None and until <= scene.context.now,
            )
            for who, to, until in seen.coming
        ],
        places=[
            words.say("board.place", place=words.say(f"where.{place}"), who=words.joined(_there(scene, run, there)))
            for place, there in seen.places.items()
            if there and (seen.deciding or seen.scene == scene.reader)  # others send nobody anywhere
        ],
    )
    asked = presence_row(scene) if run.live and run.exercise is None else ()
    return Screen(text, (*asked, *rows(*(button(scene, move) for move in seen.moves)), *_to_others(scene)))


@shows
def board_link(scene: SceneOf[BoardLink]) -> Screen:
    """Give the link to the board of a run, to be opened before a room."""
    message, facts = scene.message, {"until": scene.message.until, "here": scene.message.here}
    text = scene.words.say("board_link", title=title(scene), link=message.link or "…", texts=message.texts, **facts)
    more = None if message.texts else button(scene, BoardWithTexts(scene.here().id))
    return Screen(text, rows(more))


def _to_others(scene: Scene) -> Rows:
    """Offer to whoever runs it to give a step to somebody, and to whoever leads that somebody else does."""
    run = scene.here()
    runs = scene.reader in (run.commander, runs_scene(run, scene.context))
    given = any(can_give(run, name) and scene.may(GiveStep(run.id, name, 0)) for name in run.tracks) if runs else False
    return rows(button(scene, WhatToGive(run.id)) if given else None, leave_command(scene), width=2)


def leave_command(scene: Scene) -> Button | None:
    """Offer to whoever leads that somebody else does."""
    run = scene.here()
    leads = run.commander == scene.reader and run.live and successors(run, scene.context)
    return button(scene, WhoLeads(run.id)) if leads else None


# ── several runs ───────────────────────────────────────────────────────────────────────────────────────────


@shows
def choose_run(scene: SceneOf[ChooseRun]) -> Screen:
    """Ask which of several open runs a command is about."""
    word = cast("AboutARun", scene.message.word)
    found = map(scene.engine.run, scene.message.runs)
    buttons = [Button(run_name(scene, run), data_of(CommandIn(run.id, word))) for run in found if run]
    return Screen(scene.words.say("which_run"), rows(*buttons))


@shows
def which_run(scene: SceneOf[AskWhichRun]) -> Screen:
    """Ask which of several open runs something belongs to."""
    turn = scene.message.turn
    found = map(scene.engine.run, scene.message.runs)
    buttons = [Button(run_name(scene, run), data_of(FileUnder(turn, run.id))) for run in found if run]
    return Screen(scene.words.say("which_run"), rows(*buttons))


def run_name(scene: Scene, run: Run) -> str:
    """Name a run among others."""
    name = _called(scene, run) or unclassified(scene, run, 20)
    banner = scene.words.say("banner.drill") if run.drill else ""
    return f"{banner}{name} {scene.words.clock_time(run.reported_at)}" if run.reported_at else name
