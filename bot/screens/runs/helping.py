"""What whoever doesn't know what a step means is shown: the thing itself, who comes, and what holds if nobody can."""

from __future__ import annotations

from bot.channels.channel import Button
from bot.screens.buttons import data_of
from bot.screens.cards import card, service_name
from bot.screens.labels import button
from bot.screens.runs.answers import move_label
from bot.screens.runs.lines import line_openers
from bot.screens.runs.step import ask, move_rows, pass_on
from bot.screens.scene import Drawing, Rows, Scene, SceneOf, Screen, in_language, rows, shows
from flows.commands.command import Command
from flows.commands.helping import CallHelp, GoHelp, LeaveUndone, MakeUp, SpareMinute
from flows.commands.people import AnswerStep, RaiseNote, SettleLine
from flows.helping.minute import still_wanted
from flows.helping.unsure import can_call, can_go, can_leave, can_make_up
from flows.messages.helping import (
    CannotHeard,
    GoThere,
    HelpCalledOut,
    HelpOnItsWay,
    HelpWanted,
    LeftAsItIs,
    MinuteWanted,
    NumberMissing,
    StaysUndone,
)
from flows.messages.notes import ThingShown
from flows.messages.steps import StepHelp
from flows.response.lines import line_moves
from flows.response.steps import moves
from flows.scene.pulled import own_machine
from flows.state.run import HelpCall, Run, Shown
from playbooks.model import Step
from playbooks.pictures import Picture, drawing, pictures


def _picture(name: str | None) -> Picture | None:
    return pictures().get(name) if name else None


def _drawn(name: str | None) -> Drawing | None:
    """Give what shows the thing; a name that isn't known (any more) shows nothing."""
    return (lambda: (f"{name}.png", drawing(name))) if name and _picture(name) else None


def _own(scene: Scene, name: str | None) -> str | None:
    """Give the digest of the facility's own photo of the thing."""
    own = scene.engine.house.photos.get(name or "")
    return own.sha256 if own else None


def _told(scene: Scene, name: str | None) -> dict[str, object]:
    """Give the title and the marks of what a step shows, for the phrases; empty where it shows nothing."""
    picture, language = _picture(name), scene.words.language
    return {
        "title": picture.title.in_language(language) if picture else "",
        "marks": picture.marks.in_language(language) if picture else (),
    }


def _ways(scene: Scene, run: Run, shown: Shown) -> Rows:
    """Give the ways on from 「わからない」: the step's answers but this one, somebody who comes, or to leave it undone."""
    step = run.at_hand(shown)
    answers = [
        Button(move_label(scene, step, m), data_of(order))
        for m, order in _moves(run, shown).items()
        if m != "unsure" and step.type.wants != "ticks"
    ]
    call, leave = CallHelp(run.id, shown.turn), LeaveUndone(run.id, shown.turn)
    calling = can_call(run, scene.context, shown)
    return (
        *rows(*answers, width=3),
        *rows(
            _allowed(scene, call, calling),
            _allowed(scene, leave, not calling and can_leave(run, shown), _leave_key(step)),
            pass_on(scene, run, shown),
        ),
    )


def _moves(run: Run, shown: Shown) -> dict[str, Command]:
    """Give the answers to what is at hand, a step or a line of a card, with what each of them orders."""
    here = run.at_hand(shown)
    if here is run.step(shown):
        return {m: AnswerStep(run.id, shown.turn, m) for m in moves(run, shown)}
    return {m: SettleLine(run.id, shown.turn, shown.line, m) for m in line_moves(here)}


def _allowed(scene: Scene, command: Command, legal: bool, phrase: str = "") -> Button | None:
    return button(scene, command, phrase) if legal and scene.may(command) else None


def _leave_key(step: Step) -> str:
    """Name what stands on the button that goes on: where not knowing is an answer, nothing stays undone."""
    unsure = step.answers.get("unsure")  # a card has none, as long as no line of it is open
    return "button.go_on" if unsure is not None and unsure.settles else f"button.leave_undone{_thing(step)}"


def _thing(step: Step) -> str:
    """Name the end of a phrase about a machine that is left as it is; empty where no thing is in hand."""
    return ".machine" if step.hands or step.picture else ""


@shows
def cannot(scene: SceneOf[CannotHeard]) -> Screen:
    """Ask whoever can't do what is before them which line it is, each with its picture and its reasons, or who else could."""
    run = scene.here()
    shown = run.shown[scene.message.turn]
    if not shown.open:
        return Screen(scene.words.say("help.over", asker=scene.words.who(shown.member)))
    step = run.step(shown)
    lines = line_openers(scene, run, shown) if step.lines else []
    answers = [
        Button(move_label(scene, step, m), data_of(AnswerStep(run.id, shown.turn, m)))
        for m in moves(run, shown)
        if m in ("cannot", "unsure")
    ]
    text = scene.words.say("help.cannot", card=bool(lines), ask=ask(scene, step))
    return Screen(text, (*rows(*lines), *rows(*answers, pass_on(scene, run, shown), width=2)))


@shows
def help_with_step(scene: SceneOf[StepHelp]) -> Screen:
    """Show the thing, the second time who can come instead, or name the person to ask; below, the ways on."""
    run = scene.here()
    shown = run.shown[scene.message.turn]
    step = run.at_hand(shown)
    person = card(scene, scene.message.call)
    if not shown.open:
        return Screen(scene.words.say("help.gone_on", contact=person.text), (), person.native)
    if scene.message.again:
        known, calling = scene.context.roster.knows_number(scene.message.call), can_call(run, scene.context, shown)
        said = scene.words.say("help.again", contact=person.text if known else "", calling=calling)
        return Screen(said, _ways(scene, run, shown), person.native if known else None)
    if _picture(step.picture):
        return Screen(
            scene.words.say("help.picture", **_told(scene, step.picture)),
            _ways(scene, run, shown),
            picture=_drawn(step.picture),
            photo=_own(scene, step.picture),
        )
    return Screen(
        scene.words.say("help", contact=person.text, known=scene.context.roster.knows_number(scene.message.call)),
        _ways(scene, run, shown),
        person.native,
    )


@shows
def thing_shown(scene: SceneOf[ThingShown]) -> Screen:
    """Show what somebody asked about by its name, in the language in which they asked; below, their own step, or a colleague."""
    run, name = scene.here(), scene.message.picture
    here = in_language(scene, scene.message.language)
    shown = run.open_step_of(scene.reader)
    asking = RaiseNote(run.id, scene.message.turn)
    ways = move_rows(here, run, shown, run.step(shown)) if shown else ()
    return Screen(
        here.words.say("help.picture", **_told(here, name)),
        (*ways, *rows(_allowed(here, asking, asking.of not in run.pleas or not run.pleas[asking.of].to))),
        picture=_drawn(name),
        photo=_own(scene, name),
    )


@shows
def called_out(scene: SceneOf[HelpCalledOut]) -> Screen:
    """Say that others know, and what to do if nobody can come."""
    run = scene.here()
    shown = run.shown[scene.message.turn]
    return Screen(
        scene.words.say("help.called", leave=can_leave(run, shown)), _ways(scene, run, shown) if shown.open else ()
    )


def _call(scene: Scene, of: int) -> tuple[Run, HelpCall, Shown, Step]:
    run = scene.here()
    call = run.help_calls[of]
    shown = run.shown[call.shown]
    return run, call, shown, run.at_hand(shown)


@shows
def wanted(scene: SceneOf[HelpWanted]) -> Screen:
    """Ask somebody to go; later say who does, or that nobody needs to any more."""
    run, call, shown, step = _call(scene, scene.message.of)
    say, who = scene.words.say, scene.words.who
    if call.coming is not None:
        return Screen(say("help.somebody_goes", who=who(call.coming), asker=who(call.member)))
    if not shown.open:
        return Screen(say("help.over", asker=who(call.member)))
    go = _allowed(scene, GoHelp(run.id, call.turn), can_go(run, call))
    return Screen(say("help.wanted", asker=who(call.member), ask=ask(scene, step)), rows(go))


@shows
def minute_wanted(scene: SceneOf[MinuteWanted]) -> Screen:
    """Ask somebody with a patient for a minute; later say who goes, or that nobody needs to any more."""
    run, words = scene.here(), scene.words
    minute = run.minutes[scene.message.of]
    known = pictures().get(minute.picture)
    lead = known.title.in_language(words.language) if known else ""
    if minute.spared is not None:
        return Screen(words.say("minute.spared", lead=lead, who=words.who(minute.spared)))
    if not still_wanted(run, minute):
        return Screen(words.say("minute.over", lead=lead))
    go = SpareMinute(run.id, minute.turn)
    has = run.open_step_of(scene.reader)
    own = has is not None and own_machine(run, run.step(has))
    return Screen(words.say("minute", lead=lead, own=own), rows(_allowed(scene, go, legal=True)))


@shows
def on_its_way(scene: SceneOf[HelpOnItsWay]) -> Screen:
    """Tell who comes."""
    run, call, shown, _ = _call(scene, scene.message.of)
    who = scene.words.who(call.coming or call.member)
    return Screen(scene.words.say("help.on_its_way", who=who), _ways(scene, run, shown) if shown.open else ())


@shows
def go_there(scene: SceneOf[GoThere]) -> Screen:
    """Tell whoever goes to whom, what is to be done there, and what it looks like."""
    _, call, _, step = _call(scene, scene.message.of)
    return Screen(
        scene.words.say(
            "help.go",
            asker=scene.words.who(call.member),
            ask=ask(scene, step),
            never=step.never.in_language(scene.words.language),
            **_told(scene, step.picture),
        ),
        picture=_drawn(step.picture),
        photo=_own(scene, step.picture),
    )


def _answered(scene: Scene, turn: int) -> tuple[Run, str, str, Step] | None:
    """Give the run and, of what was answered at a turn, track, name and text; None if it was taken back since."""
    run = scene.here()
    found = next((place for place, answer in run.answered.items() if answer.turn == turn), None)
    return None if found is None else (run, *found, run.text_of(*found))


@shows
def left_as_it_is(scene: SceneOf[LeftAsItIs]) -> Screen:
    """Say what holds while a step stays undone, and whom to call about it."""
    found = _answered(scene, scene.message.turn)
    if found is None:
        return Screen(scene.words.say("help.left"))
    step = found[-1]
    reference = step.answers["unsure"].call
    person = card(scene, reference) if reference else None
    text = scene.words.say(f"help.left{_thing(step)}", contact=person.text if person else "")
    return Screen(text, contact=person.native if person else None)


@shows
def stays_undone(scene: SceneOf[StaysUndone]) -> Screen:
    """Tell whoever leads what stays undone; once it was done after all, by whom."""
    found = _answered(scene, scene.message.turn)
    if found is None:
        return Screen(scene.words.say("undone.open_again"))
    run, track, name, step = found
    answer = run.answered[track, name]
    if answer.settles:
        return Screen(scene.words.say("undone.made_up", ask=ask(scene, step), who=scene.words.who(answer.by)))
    text = scene.words.say(
        "undone",
        ask=ask(scene, step),
        who=scene.words.who(answer.by),
        unsure=answer.answer == "unsure",
        machine=bool(step.hands or step.picture),
        reason=answer.reason or "",
    )
    line = name.partition("/")[2]
    made_up = SettleLine(run.id, answer.shown, line, "done") if line else MakeUp(run.id, track, name)
    legal = can_make_up(run, scene.context, track, name)
    return Screen(text, rows(_allowed(scene, made_up, legal, "button.make_up")))


@shows
def number_missing(scene: SceneOf[NumberMissing]) -> Screen:
    """Tell whoever leads that somebody needed a number that nobody has entered."""
    run = scene.here()
    shown = run.shown[scene.message.turn]
    return Screen(
        scene.words.say(
            "undone.number",
            who=scene.words.who(shown.member),
            name=service_name(scene, scene.message.call),
            ask=ask(scene, run.step(shown)),
            vendor=scene.message.call.startswith("vendor:"),
        )
    )
