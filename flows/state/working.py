"""The work in a run: tracks, the steps on people's screens, their answers, and what was promised in an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from flows.events.promising import PromiseKept, PromiseMoved, PromiseReminded, PromiseRenewed
from flows.events.working import (
    AnswerTakenBack,
    AnswerUndone,
    Asked,
    AskingDropped,
    FactsLearned,
    HelpGiven,
    ItemTicked,
    LineOpened,
    LineSettled,
    PassedOver,
    StepAnswered,
    StepReleased,
    StepReminded,
    StepShown,
    TrackStarted,
)
from flows.state.course import move
from flows.state.machines import run_may
from flows.state.run import Answered, Asking, Promise, Run, Shown, TrackState
from flows.state.stamp import Stamp, evolves
from playbooks.model import END

COMING_BACK = ("recovery", "after")
"""Stages of the tracks with which a run comes back."""


def _stage(run: Run, track: str) -> str:
    known = run.playbook is not None and track in run.playbook.tracks
    return run.playbook.tracks[track].stage if known and run.playbook is not None else "first_response"


@evolves
def _track_started(run: Run, event: TrackStarted, stamp: Stamp) -> None:
    run.tracks[event.track] = TrackState(event.step, stamp.recorded_at, stamp.turn)
    stage = _stage(run, event.track)
    onward = "recover" if stage in COMING_BACK else "respond"
    if run_may(run.state, onward, run.mode):
        move(run, onward, stamp)


@evolves
def _step_shown(run: Run, event: StepShown, stamp: Stamp) -> None:
    before = run.shown.get(event.taken_from)  # what was ticked is not asked again of whoever has it next
    run.shown[stamp.turn] = Shown(
        stamp.turn,
        event.track,
        event.step,
        event.member,
        stamp.recorded_at,
        claimed=event.claimed,
        taken_from=event.taken_from,
        in_place_of=event.in_place_of,
        screen=run.shown[event.in_place_of].screen if event.in_place_of in run.shown else stamp.turn,
        ticked=before.ticked if before else frozenset(),
        line=before.line if before else "",
    )
    if event.claimed:
        run.engaged |= {event.member}


def _on_screen(run: Run, shown: int, **changed: Any) -> None:
    run.shown[shown] = replace(run.shown[shown], **changed)


@evolves
def _step_reminded(run: Run, event: StepReminded, stamp: Stamp) -> None:
    _on_screen(run, event.shown, reminded=stamp.recorded_at)


@evolves
def _step_released(run: Run, event: StepReleased, stamp: Stamp) -> None:
    _on_screen(run, event.shown, released=stamp.turn, why=event.why)
    _forget_asking(run, event.shown)


@evolves
def _passed_over(run: Run, event: PassedOver, stamp: Stamp) -> None:
    run.tracks[event.track] = TrackState(event.to, stamp.recorded_at, stamp.turn)
    run.passed[event.track] = stamp.turn


@evolves
def _item_ticked(run: Run, event: ItemTicked, _: Stamp) -> None:
    ticked = run.shown[event.shown].ticked
    _on_screen(run, event.shown, ticked=ticked | {event.item} if event.on else ticked - {event.item})


@evolves
def _help_given(run: Run, event: HelpGiven, stamp: Stamp) -> None:
    shown = run.shown[event.shown]
    picture = run.at_hand(shown).picture
    drawn = (*shown.drawn, picture) if picture else shown.drawn
    _on_screen(run, event.shown, helped=True, drawn=drawn, asked=stamp.recorded_at)
    run.sent_to[event.call] = run.sent_to.get(event.call, 0) + 1


@evolves
def _step_answered(run: Run, event: StepAnswered, stamp: Stamp) -> None:
    _on_screen(run, event.shown, answered=stamp.turn)
    run.answered[event.track, event.step] = Answered(
        stamp.turn,
        event.shown,
        event.answer,
        event.settles,
        stamp.actor,
        event.member,
        stamp.recorded_at,
        event.reason,
        event.given,
        event.to,
    )
    _take_promise(run, event, stamp)
    run.learn(event.sets, stamp.turn, stamp.recorded_at)
    run.tracks[event.track] = TrackState(event.to or END, stamp.recorded_at, stamp.turn)
    _forget_asking(run, event.shown)


@evolves
def _line_opened(run: Run, event: LineOpened, stamp: Stamp) -> None:
    _on_screen(run, event.shown, line=event.line, opened=stamp.recorded_at)


@evolves
def _line_settled(run: Run, event: LineSettled, stamp: Stamp) -> None:
    run.answered[event.track, f"{event.step}/{event.line}"] = Answered(
        stamp.turn,
        event.shown,
        event.answer,
        event.settles,
        stamp.actor,
        event.member,
        stamp.recorded_at,
        event.reason,
        event.given,
        event.step,
        event.in_bulk,
    )
    _take_promise(run, event, stamp, event.line)
    run.learn(event.sets, stamp.turn, stamp.recorded_at)
    _forget_asking(run, event.shown)


def _take_promise(run: Run, event: StepAnswered | LineSettled, stamp: Stamp, line: str = "") -> None:
    if "promised" in event.given:
        text, until = str(event.given["promised"]), _moment(event.given.get("until"))
        run.promises[stamp.turn] = Promise(stamp.turn, event.shown, stamp.actor, text, until, line=line)


@evolves
def _answer_taken_back(run: Run, event: AnswerTakenBack, stamp: Stamp) -> None:
    card = event.step.partition("/")[0]
    run.answered.pop((event.track, event.step), None)
    run.answered.pop((event.track, card), None)
    run.promises.pop(event.of, None)
    run.tracks[event.track] = TrackState(card, stamp.recorded_at, stamp.turn)


@evolves
def _answer_undone(run: Run, event: AnswerUndone, stamp: Stamp) -> None:
    first = event.of
    for step in event.steps:
        done = run.answered.pop((event.track, step), None)
        if done is not None:
            first = min(first, done.turn)
            run.promises.pop(done.turn, None)
            _forget_asking(run, done.shown)
            if run.shown[done.shown].answered == done.turn:
                _on_screen(run, done.shown, answered=None, released=stamp.turn, why="undone")
    run.unlearn(first, event.of)
    run.facts |= event.restores
    for fact in event.forgets:
        run.facts.pop(fact, None)
    for track in event.ends:
        run.tracks.pop(track, None)
    if run.state == "recovering" and event.ends and not any(_stage(run, track) in COMING_BACK for track in run.tracks):
        run.state = "responding"
    card = event.steps[0].partition("/")[0]
    if run.tracks[event.track].step != card:
        run.tracks[event.track] = TrackState(card, stamp.recorded_at, stamp.turn)


def _forget_asking(run: Run, shown: int) -> None:
    for member, asking in list(run.asking.items()):
        if asking.about.get("shown") == shown:
            del run.asking[member]


@evolves
def _facts_learned(run: Run, event: FactsLearned, stamp: Stamp) -> None:
    run.learn(event.sets, stamp.turn, stamp.recorded_at)


@evolves
def _asked(run: Run, event: Asked, stamp: Stamp) -> None:
    run.asking[event.member] = Asking(event.what, event.about, stamp.turn)


@evolves
def _asking_dropped(run: Run, event: AskingDropped, _: Stamp) -> None:
    run.asking.pop(event.member, None)


# ── promises ────────────────────────────────────────────────────────────────────────────────────────────────────────


@evolves
def _promise_moved(run: Run, event: PromiseMoved, stamp: Stamp) -> None:
    _promise(run, event.of, until=_moment(event.until), reminded=False)
    run.asking.pop(stamp.actor, None)


@evolves
def _promise_reminded(run: Run, event: PromiseReminded, _: Stamp) -> None:
    _promise(run, event.of, missed=event.count, reminded=True)


@evolves
def _promise_kept(run: Run, event: PromiseKept, stamp: Stamp) -> None:
    _promise(run, event.of, kept=(stamp.actor, stamp.recorded_at))
    run.void("promise", of=event.of)


@evolves
def _promise_renewed(run: Run, event: PromiseRenewed, stamp: Stamp) -> None:
    _promise(run, event.of, by=stamp.actor, text=event.text, until=_moment(event.until), reminded=False)
    run.asking.pop(stamp.actor, None)


def _promise(run: Run, of: int, **changed: Any) -> None:
    run.promises[of] = replace(run.promises[of], **changed)


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
