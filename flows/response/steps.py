"""Who does which step: tracks side by side, one open step a person, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from flows.commands.clock import AssignWaiting, RemindStep
from flows.commands.people import AnswerStep, Claim, LearnFacts, TickItem
from flows.events.telling import Decided
from flows.events.working import (
    Asked,
    FactsLearned,
    HandedOver,
    HelpGiven,
    ItemTicked,
    PassedOver,
    StepAnswered,
    StepReleased,
    StepReminded,
    StepShown,
    SwitchProposed,
    TrackStarted,
)
from flows.messages.helping import LeftAsItIs, StaysUndone
from flows.messages.promising import PromiseTaken
from flows.messages.steps import (
    LeftOpen,
    LineGoes,
    PhotoTaken,
    PlaybookChanged,
    StepDone,
    StepOpen,
    StepReminder,
    StepTaken,
    StepWaiting,
    SwitchWanted,
    TextTaken,
)
from flows.powers import may
from flows.record.journal import AT_ONCE, NEXT, SOON, Owed
from flows.refusals import Refused
from flows.response.audience import (
    Circumstances,
    alarmed,
    called_off,
    followers,
    leaders,
    screen_key,
    tells,
    undone_key,
)
from flows.response.reporting import filed_by_step, knew_at, said_filed, to_confirm
from flows.scene.hands import ASKS_ALL, handings, left_behind, suits
from flows.scene.presence import is_free
from flows.scene.pulled import cuts_line
from flows.scene.second_eyes import second_eyes
from flows.state.run import Run, Shown
from flows.state.work import Context, Work, decides
from flows.written.taking import TAKING, lacks, own_words, wants_more
from playbooks.conditions import Condition
from playbooks.frozen import frozen
from playbooks.model import END, Answer, Playbook, Step

GONE = "gone"
"""Why a step is taken from somebody who is gone for the day."""

KNOWN_AT = "found_at"
"""The value of a step that asks since when somebody here knew; it moves the clocks of the reporting duties."""


# ── where a track goes ──────────────────────────────────────────────────────────────────────────────────────────────


def applies(step: Step, run: Run, context: Context, sets: Mapping[str, str] = MappingProxyType({})) -> bool:
    """Say whether a step (of a card: any line) concerns this facility and this case; what is unknown never removes a step.

    ``sets`` are facts that are about to be known.
    """
    if context.roster.facility.kind not in step.facilities:
        return False
    if step.lines and not any(applies(line, run, context, sets) for line in step.lines.values()):
        return False
    return step.when is None or Condition.of(step.when).holds({**run.facts, **sets}) is not False


def settle_on(
    work: Work, playbook: Playbook, track: str, step: str, sets: Mapping[str, str] = MappingProxyType({})
) -> tuple[str, tuple[str, ...]]:
    """Give the first step from ``step`` on that applies (or ``end``), and those that were passed over."""
    passed: list[str] = []
    while step != END and step not in passed:
        here = playbook.tracks[track].steps[step]
        if applies(here, work.run, work.context, sets):
            return step, tuple(passed)
        passed.append(step)
        step = here.otherwise
    return END, tuple(passed)


def start_tracks(work: Work, names: tuple[str, ...] | None = None) -> None:
    """Start the named tracks, or all that begin at once; a track that runs already is left alone."""
    playbook = work.run.playbook
    if playbook is None:
        return
    for name, track in playbook.tracks.items():
        wanted = track.starts == "at_once" if names is None else name in names
        if not wanted or name in work.run.tracks:
            continue
        if track.when is not None and Condition.of(track.when).holds(work.run.facts) is False:
            continue
        step, passed = settle_on(work, playbook, name, track.begin)
        work.add(TrackStarted(name, step, passed))


# ── who does what waits ─────────────────────────────────────────────────────────────────────────────────────────────


@decides
def assign_waiting(work: Work, _: AssignWaiting) -> None:
    """Show what waits to whoever is free by now."""
    assign(work)


def assign(work: Work, *, tapped: int = 0) -> None:
    """Give every step that waits, or stands with somebody without hands, to whoever may have it and is free.

    ``tapped`` is the turn of the step that the actor has just answered under its own message.
    """
    _pass_over_what_is_moot(work)
    for shown in left_behind(work.run, work.context):
        work.add(StepReleased(shown.turn, GONE))
    for it in handings(work.run, work.context):
        if it.out_of is not None:
            work.add(StepReleased(it.out_of.turn, it.why))
        show_first(work, it.track, it.step, it.member, tapped=tapped)


def show(work: Work, track: str, step: str, member: str, *, claimed: bool = False, tapped: int = 0) -> None:
    """Show a step to somebody; who had it before in this round is named, and what they ticked stays ticked."""
    since = work.run.tracks[track].turn
    had = [s.turn for s in work.run.shown.values() if (s.track, s.step) == (track, step) and s.turn > since]
    turned = any(
        isinstance(event, HandedOver) for event, _ in work.events
    )  # that is told below, and what is new comes after it
    place = tapped if not turned and _in_place(work.run, tapped, member, work.run.text_of(track, step)) else 0
    work.add(StepShown(track, step, member, claimed, taken_from=max(had, default=0), in_place_of=place))


def _in_place(run: Run, tapped: int, member: str, step: Step) -> bool:
    """Say whether a step may stand in the message of the one that was just tapped, instead of in a new one below it.

    Its reader's eyes are there, and the answer goes with it. What brings a number to dial, or waits for words, comes as a
    message of its own: a phone shows neither in what it changes. So does everything once something else was asked below.
    """
    before = run.shown.get(tapped)
    if before is None or before.member != member or before.answered is None:
        return False
    below = _asked_since(run, member, run.shown[before.screen].at if before.screen in run.shown else before.at)
    return not below and step.contact is None and step.type.wants not in ("text", "call")


def _asked_since(run: Run, member: str, at: datetime) -> bool:
    """Say whether somebody was asked for something else since, and hasn't answered: to lead, to call, where they are, for a minute."""
    lead = (run.asked_to_command.get(member), run.command_offered) if run.commander is None else ()
    calls = (call.at for call in run.voice_calls.values() if call.caller == member and call.told is None)
    minutes = (one.at for one in run.minutes.values() if member in one.asked and one.spared is None)
    return any(asked is not None and asked >= at for asked in (*lead, *calls, *minutes, run.presence_asked.get(member)))


def show_first(work: Work, track: str, step: str, member: str, *, claimed: bool = False, tapped: int = 0) -> None:
    """Show a step to somebody in the place of what they have; that waits."""
    meanwhile = work.run.open_step_of(member)
    if meanwhile is not None:
        work.add(StepReleased(meanwhile.turn, "later"))
    show(work, track, step, member, claimed=claimed, tapped=tapped)


def _pass_over_what_is_moot(work: Work) -> None:
    """Go on where a track stands at a step that concerns nobody any more, and take it from the screen of whoever has it."""
    run, context, playbook = work.run, work.context, work.run.playbook
    for name, track in list(run.tracks.items()):
        if playbook is None or not track.open or name not in playbook.tracks:
            continue
        step = playbook.tracks[name].steps[track.step]
        if not applies(step, run, context):
            for shown in run.open_steps():
                if shown.track == name:
                    work.add(StepReleased(shown.turn, "moot"))
            work.add(PassedOver(name, track.step, *settle_on(work, playbook, name, step.otherwise)))


def taken_from(run: Run, shown: Shown) -> str | None:
    """Give who had a step that was handed on because they have no hands; None if it came to nobody that way."""
    return run.shown[shown.taken_from].member if shown.taken_from else None


def taken_by(run: Run, shown: Shown) -> str | None:
    """Give who has what was handed on because its holder has no hands."""
    return next((s.member for s in run.shown.values() if s.taken_from == shown.turn), None)


@decides
def claim(work: Work, command: Claim) -> None:
    """Give the waiting step of a track to whoever asks for it."""
    run, context, track = work.run, work.context, command.track
    step = next((s for t, s in run.waiting() if t == track), None)
    if step is None or run.playbook is None:
        holder = next((s for s in run.open_steps() if s.track == track), None)
        raise Refused("already_taken", member=holder.member if holder else None, track=track)
    if not is_free(run, context, context.actor):
        raise Refused("one_step_at_a_time", track=track)
    show(work, track, step, context.actor, claimed=True)


@decides
def remind(work: Work, command: RemindStep) -> None:
    """Remind the owner that the time allowed is over."""
    work.add(StepReminded(command.shown))


@tells
def _shown(run: Run, event: StepShown, how: Circumstances) -> Iterator[Owed]:
    in_place, key = bool(event.in_place_of), screen_key(run, how.turn)
    yield Owed(event.member, StepOpen(how.turn), run.id, key=key, priority=NEXT, edits=in_place)
    first = not any((s.track, s.step) == (event.track, event.step) for s in run.shown.values() if s.turn < how.turn)
    if first and cuts_line(run, event.track, event.step):
        looks = second_eyes(run, how.context, but=event.member)
        for member in followers(run, how.context):
            pulls = member == event.member  # who pulls it reads of the line on the card
            if not pulls or looks == member:
                yield Owed(member, LineGoes(member == looks, pulls), run.id, key=f"line:{run.id}", priority=SOON)


@tells
def _reminded(run: Run, event: StepReminded, _: Circumstances) -> Iterator[Owed]:
    yield Owed(run.shown[event.shown].member, StepReminder(event.shown), run.id, priority=AT_ONCE)


@tells
def _released(run: Run, event: StepReleased, how: Circumstances) -> Iterator[Owed]:
    shown = run.shown[event.shown]
    key, released = screen_key(run, shown.turn), StepTaken(shown.turn, event.why)
    yield Owed(shown.member, released, run.id, key=key, priority=AT_ONCE, edits=True)
    handed_on = any(isinstance(e, StepShown) and e.track == shown.track for e in how.together)
    if event.why == GONE:
        for leader in leaders(run, how.context):
            yield Owed(leader, LeftOpen(shown.turn), run.id, priority=SOON)
    if event.why in ASKS_ALL and not handed_on:
        for member in alarmed(run, how.context):  # the first tap takes it
            free = member != shown.member and is_free(run, how.context, member) and not run.spares(member)
            can = free and suits(run, how.context, member, run.step(shown))
            if can and may(Claim(run.id, shown.track), replace(how.context, actor=member), run):
                yield Owed(
                    member, StepWaiting(shown.turn), run.id, key=f"waiting:{run.id}:{shown.track}", priority=AT_ONCE
                )


# ── answers ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@decides
def answer_step(work: Work, command: AnswerStep) -> None:
    """Answer a step, and see who does what waits now."""
    answer(work, command.shown, command.answer, command.given, command.reason)
    assign(work, tapped=command.shown if command.on_screen else 0)


def answer(work: Work, shown_turn: int, move: str, given: Mapping[str, Any], reason: str | None) -> None:
    """Answer a step: ask for what is missing, give help, or settle it and go on."""
    run, context = work.run, work.context
    shown = find_open(run, shown_turn)
    step = run.step(shown)
    if step.lines:  # a card is done when its lines are
        raise Refused("not_now", state=shown.step, move=move)
    to = run.machine(shown.track).after(shown.step, move)
    chosen = chosen_by(step, move)
    if move == "unsure" and (step.picture or not chosen.settles):  # how it goes on from there: flows.helping
        work.add(HelpGiven(shown.turn, chosen.call or "role:commander"))
        return
    if move == "unsure" and chosen.call:
        work.add(HelpGiven(shown.turn, chosen.call))
    given = handed_by(move, given, shown.ticked)
    lacking = missing(step, move, chosen, given, reason, shown)
    if lacking is not None:
        about = {"shown": shown.turn, "answer": move, **({"given": dict(given)} if given else {})}
        work.add(Asked(context.actor, lacking, about))
        return
    settle(work, shown, step, Settled(move, to, chosen, given, reason))


def handed_by(move: str, given: Mapping[str, Any], ticked: frozenset[str]) -> Mapping[str, Any]:
    """Give what an answer hands over: what was sent, and the choice or the ticks that the move itself stands for."""
    if move.startswith("choice:"):
        return {"choice": move.removeprefix("choice:")}
    return {**given, "ticked": sorted(ticked)} if move == "done" and ticked else given


def missing(
    step: Step, move: str, chosen: Answer, given: Mapping[str, Any], reason: str | None, shown: Shown
) -> str | None:
    """Name what has to be asked for before an answer counts; Refused(``needs_…``) where it is not written but sent or ticked."""
    lacking = lacks(step, move, given)
    if lacking and TAKING[step.takes].done_without == "is_refused":
        raise Refused(f"needs_{step.takes}", shown=shown.turn)
    if lacking or (move == "done" and wants_more(step, given, shown.at)):
        return step.takes
    return "reason" if _needs_reason(step, chosen) and not reason else None


def chosen_by(step: Step, move: str) -> Answer:
    """Give the answer that a move stands for; a choice adds to what [done] means."""
    if not move.startswith("choice:"):
        return step.answers[move]
    choice, done = step.choices[move.removeprefix("choice:")], step.answers.get("done")
    return Answer(
        label=choice.label,
        to=choice.to,
        sets={**(done.sets if done else {}), **choice.sets},
        starts=(*(done.starts if done else ()), *choice.starts),
    )


def _needs_reason(step: Step, chosen: Answer) -> bool:
    return chosen.reason == "required" or (step.decision is not None and chosen.settles)


@frozen
class Settled:
    """A complete answer: the move, where it leads, what it means, what was handed over and why."""

    move: str
    to: str
    chosen: Answer
    given: Mapping[str, Any]
    reason: str | None


def facts_set(step: Step, it: Settled) -> dict[str, str]:
    """Give the facts that an answer establishes."""
    sets = dict(it.chosen.sets)
    if step.value and "value" in it.given:
        sets[step.value] = str(it.given["value"])
    for item in it.given.get("ticked", ()):
        sets |= step.choices[item].sets
    return sets


def settle(work: Work, shown: Shown, step: Step, it: Settled) -> None:
    """Let a complete answer stand: the decision, the facts, what it files and starts, and where the track goes."""
    run = work.run
    if run.playbook is None:
        return
    sets = facts_set(step, it)
    if step.decision and it.chosen.settles:
        choice = it.move.removeprefix("choice:")
        work.add(Decided(step.decision, choice, it.reason or "", provisional=run.reserved, shown=shown.turn))
    to, passed = settle_on(work, run.playbook, shown.track, it.to, sets)
    work.add(
        StepAnswered(
            shown.turn,
            shown.track,
            shown.step,
            it.move,
            shown.member,
            to,
            it.chosen.settles,
            passed,
            dict(it.given),
            it.reason,
            sets,
        )
    )
    follow(work, step, it)


def follow(work: Work, step: Step, it: Settled) -> None:
    """Let come what follows from an answer: a clock moved, a report filed, another playbook, further tracks."""
    run = work.run
    if step.value == KNOWN_AT and "value" in it.given:
        knew_at(work, str(it.given["value"]))
    if (duty := said_filed(run, step, it.move)) is not None:
        filed_by_step(work, duty, own_words(it.given))
    if it.chosen.hands_over:
        propose_or_hand_over(work, it.chosen.hands_over)
    start_tracks(work, it.chosen.starts)
    start_tracks_now_true(work)


@decides
def learn_facts(work: Work, command: LearnFacts) -> None:
    """Take facts that became known outside a step, and start what they ask for."""
    work.add(FactsLearned(dict(command.sets)))
    start_tracks_now_true(work)
    assign(work)


def start_tracks_now_true(work: Work) -> None:
    """Start the tracks that begin at once but whose condition was certainly false until now."""
    if work.run.playbook is not None and any(t.when for t in work.run.playbook.tracks.values()):
        start_tracks(work)


HARMFUL = ("cyber_attack", "disaster")
"""Events that nobody has to make sure of before they are taken for what it is, although an attack was feared."""


def propose_or_hand_over(work: Work, playbook_id: str) -> None:
    """Go on with another playbook; with something harmless, while an attack is feared, only when somebody who knows made sure."""
    new = work.context.handbook.playbooks.get(playbook_id)
    if new is not None and work.run.attacked and new.event not in HARMFUL:
        work.add(SwitchProposed(playbook_id, new.title.model_dump(), work.context.actor))
    else:
        hand_over(work, playbook_id)


def hand_over(work: Work, playbook_id: str, reason: str = "", source: str = "") -> None:
    """Go on with another playbook: tracks that are the same in both keep their place, others begin anew, the rest ends."""
    run, context = work.run, work.context
    new = context.handbook.playbooks.get(playbook_id)
    if new is None or run.playbook is None:
        raise Refused("unknown_playbook", playbook=playbook_id)
    for shown in run.open_steps():
        if new.tracks.get(shown.track) != run.playbook.tracks.get(shown.track):
            work.add(StepReleased(shown.turn, "handed_over"))
    work.add(HandedOver(new.model_dump(mode="json"), was=run.playbook.playbook, reason=reason, source=source))
    start_tracks(work)


def find_open(run: Run, shown_turn: int) -> Shown:
    """Give a step that is on somebody's screen, or refuse: unknown, done by somebody already, taken over."""
    shown = run.shown.get(shown_turn)
    if shown is None or not run.live:
        raise Refused("stale")
    done = run.answered.get((shown.track, shown.step))
    if done is not None and not shown.open:
        raise Refused("already_done", member=done.by, at=done.at.isoformat(), answer=done.answer)
    if not shown.open:  # released, or its answer was taken back: it waits again, as another entry
        holder = next((s for s in run.open_steps() if (s.track, s.step) == (shown.track, shown.step)), None)
        raise Refused("already_taken", member=holder.member if holder else None, track=shown.track)
    return shown


@decides
def tick(work: Work, command: TickItem) -> None:
    """Tick or untick an item of a checklist on the actor's screen."""
    shown, item = find_open(work.run, command.shown), command.item
    if item not in work.run.step(shown).choices:
        raise Refused("not_now", state=shown.step, move=item)
    work.add(ItemTicked(shown.turn, item, item not in shown.ticked))


def moves(run: Run, shown: Shown) -> tuple[str, ...]:
    """Give the answers that are legal now on a step: exactly the buttons that are shown."""
    step = run.step(shown)
    if step.lines:
        return ()
    given = {"ticked": 1} if shown.ticked else {}
    lacking = lacks(step, "done", given) and TAKING[step.takes].done_without == "is_refused"
    return tuple(m for m in run.machine(shown.track).moves(shown.step) if not (m == "done" and lacking))


@tells
def _ticked(run: Run, event: ItemTicked, _: Circumstances) -> Iterator[Owed]:
    member, key = run.shown[event.shown].member, screen_key(run, event.shown)
    yield Owed(member, StepOpen(event.shown), run.id, key=key, priority=AT_ONCE, edits=True)


@tells
def _answered(run: Run, event: StepAnswered, how: Circumstances) -> Iterator[Owed]:
    key = screen_key(run, event.shown)
    changed = any(isinstance(e, HandedOver) for e in how.together)
    came_of = StepTaken(event.shown, "handed_over") if changed else StepDone(event.shown)
    yield Owed(event.member, came_of, run.id, key=key, priority=AT_ONCE, edits=True)
    if "text" in event.given and "evidence" not in event.given:
        yield Owed(how.actor, TextTaken(how.turn), run.id, priority=AT_ONCE)
    if "evidence" in event.given and not any(isinstance(e, StepShown) and e.member == how.actor for e in how.together):
        yield Owed(how.actor, PhotoTaken(how.turn), run.id, priority=AT_ONCE)  # else the next step below says so
    if "promised" in event.given:
        yield Owed(how.actor, PromiseTaken(how.turn), run.id, priority=AT_ONCE)
    yield from to_confirm(run, event.track, event.step, event, how)
    for call in run.help_calls.values():
        if call.shown == event.shown and call.coming is None:
            yield from called_off(run, call)
    if event.answer in ("cannot", "unsure") and not event.settles and not run.step(run.shown[event.shown]).optional:
        yield from left_undone(run, event.track, event.step, event.answer, how)


def left_undone(run: Run, track: str, step: str, answer: str, how: Circumstances) -> Iterator[Owed]:
    """Tell who leads what stays undone, a step or a line, and whoever did not know it what holds meanwhile."""
    if answer == "unsure":
        yield Owed(how.actor, LeftAsItIs(how.turn), run.id, priority=AT_ONCE)
    for member in leaders(run, how.context):
        yield Owed(member, StaysUndone(how.turn), run.id, key=undone_key(run.id, track, step), priority=SOON)


@tells
def _proposed(run: Run, event: SwitchProposed, how: Circumstances) -> Iterator[Owed]:
    """Tell whoever said so that it waits, and those who may decide it what is needed for it."""
    told = dict.fromkeys([event.member, *leaders(run, how.context), *(m.id for m in how.context.chain())])
    return (Owed(m, SwitchWanted(event.playbook, event.member), run.id, priority=AT_ONCE) for m in told)


@tells
def _handed_over(run: Run, event: HandedOver, how: Circumstances) -> Iterator[Owed]:
    changed = PlaybookChanged(event.reason, event.source)
    told = followers(run, how.context)
    reads = bool(event.source)  # else who chose it reads so where they did, and has its first step below
    return (Owed(m, changed, run.id, priority=AT_ONCE) for m in told if reads or m != how.actor)
