"""「わからない」: somebody in the house comes, or the step stays undone by name, and whoever leads knows at once."""

from __future__ import annotations

from collections.abc import Iterator

from flows.commands.helping import CallHelp, GoHelp, LeaveUndone, MakeUp
from flows.events.helping import HelpCalled, HelpComing, MadeUp
from flows.events.working import HelpGiven
from flows.messages.helping import (
    GoThere,
    HelpCalledOut,
    HelpOnItsWay,
    HelpWanted,
    NumberMissing,
    StaysUndone,
)
from flows.messages.steps import StepHelp
from flows.record.journal import AT_ONCE, NEXT, SOON, URGENT, Owed
from flows.refusals import Refused
from flows.response.audience import Circumstances, called_off, everybody, help_key, leaders, tells, undone_key
from flows.response.lines import leave_line
from flows.response.steps import Settled, applies, assign, find_open, settle
from flows.scene.presence import has_no_hands
from flows.state.run import COMMAND_ROLES, Answered, HelpCall, Run, Shown
from flows.state.work import Context, Work, decides
from playbooks.frozen import frozen


def who_can_come(run: Run, context: Context, asker: str) -> tuple[str, ...]:
    """Give who may be asked to come: all but those with a patient or outside; none where not everybody is to know of it."""
    if not run.calls_everybody:
        return ()
    return tuple(
        m
        for m in everybody(context)
        if m != asker and context.can_act(m) and not run.spares(m) and not has_no_hands(run, context, m)
    )


def call_of(run: Run, shown: int) -> HelpCall | None:
    """Give the call for help that was made about a step."""
    return next((call for call in run.help_calls.values() if call.shown == shown), None)


def can_call(run: Run, context: Context, shown: Shown) -> bool:
    """Say whether help can be called for a step: it is open, nobody was called yet, and somebody could come."""
    return shown.open and call_of(run, shown.turn) is None and bool(who_can_come(run, context, shown.member))


def can_leave(run: Run, shown: Shown) -> bool:
    """Say whether a step may stay undone and the track go on: 「わからない」 was said, and leads somewhere."""
    unsure = run.at_hand(shown).answers.get("unsure")
    return shown.open and shown.helped and unsure is not None and unsure.to not in (None, shown.step)


def can_go(run: Run, call: HelpCall) -> bool:
    """Say whether somebody still has to go: nobody does yet, and the step is open."""
    return call.coming is None and run.shown[call.shown].open


@frozen
class Undone:
    """A step that was left undone: which, and how it was answered."""

    track: str
    step: str
    answered: Answered


def undone(run: Run, context: Context) -> list[Undone]:
    """Give what stays undone by name, in the order in which it was left: for the board and the card of whoever leads."""
    left = [
        Undone(track, step, answer)
        for (track, step), answer in run.answered.items()
        if not answer.settles and (track, step) not in run.waived and track in run.tracks
    ]
    texts = ((one, run.text_of(one.track, one.step)) for one in left)
    needed = [one for one, text in texts if not text.optional and applies(text, run, context)]
    return sorted(needed, key=lambda one: one.answered.turn)


def can_make_up(run: Run, context: Context, track: str, step: str) -> bool:
    """Say whether a tap can say that it was done after all: it is undone, takes nothing and decides nothing."""
    there = any((u.track, u.step) == (track, step) for u in undone(run, context))
    here = run.text_of(track, step) if there else None
    return here is not None and here.type.wants == "tap" and here.role not in COMMAND_ROLES and here.decision is None


# ── what is done ────────────────────────────────────────────────────────────────────────────────────────────────────


@decides
def call_help(work: Work, command: CallHelp) -> None:
    """Ask those who are here to come."""
    shown = find_open(work.run, command.shown)
    if not can_call(work.run, work.context, shown):
        raise Refused("already_called")
    work.add(HelpCalled(shown.turn, shown.member, who_can_come(work.run, work.context, shown.member)))


@decides
def go_help(work: Work, command: GoHelp) -> None:
    """The first who says so goes."""
    call = work.run.help_calls.get(command.of)
    if call is None or not work.run.live:
        raise Refused("stale")
    if not can_go(work.run, call):
        raise Refused("somebody_goes", member=call.coming or call.member)
    work.add(HelpComing(call.turn, work.context.actor))


@decides
def leave_undone(work: Work, command: LeaveUndone) -> None:
    """Let the step stay undone by name, and the track go on."""
    shown = find_open(work.run, command.shown)
    if not can_leave(work.run, shown):
        raise Refused("stale")
    step = work.run.step(shown)
    if step.lines:
        leave_line(work, shown, shown.line)
    else:
        to = work.run.machine(shown.track).after(shown.step, "unsure")
        settle(work, shown, step, Settled("unsure", to, step.answers["unsure"], {}, None))
    assign(work)


@decides
def make_up(work: Work, command: MakeUp) -> None:
    """Take note that it was done after all."""
    if not can_make_up(work.run, work.context, command.track, command.step):
        raise Refused("stale")
    done = work.run.text_of(command.track, command.step).answers.get("done")
    work.add(MadeUp(command.track, command.step, work.context.actor, dict(done.sets) if done else {}))


OWN_PHONE = "phone_wifi"
"""The picture of what is done with one's own phone: no firm's number is missed for it."""


# ── who is told ─────────────────────────────────────────────────────────────────────────────────────────────────────


@tells
def _helped(run: Run, event: HelpGiven, how: Circumstances) -> Iterator[Owed]:
    shown = run.shown[event.shown]
    again = shown.drawn.count(run.at_hand(shown).picture or "") > 1
    yield Owed(how.actor, StepHelp(event.shown, event.call, again), run.id, priority=AT_ONCE)
    needed = run.sent_to[event.call] == 1 and run.at_hand(shown).picture != OWN_PHONE
    if needed and not how.context.roster.knows_number(event.call):
        for member in leaders(run, how.context):
            missing = NumberMissing(event.shown, event.call)
            yield Owed(member, missing, run.id, key=f"number:{run.id}:{event.call}", priority=SOON)


@tells
def _called(run: Run, event: HelpCalled, how: Circumstances) -> Iterator[Owed]:
    yield Owed(how.actor, HelpCalledOut(event.shown), run.id, priority=NEXT)
    for member in event.asked:
        yield Owed(member, HelpWanted(how.turn), run.id, key=help_key(run.id, how.turn), priority=URGENT)


@tells
def _coming(run: Run, event: HelpComing, _: Circumstances) -> Iterator[Owed]:
    call = run.help_calls[event.of]
    yield Owed(call.member, HelpOnItsWay(call.turn), run.id, priority=URGENT)
    yield Owed(event.member, GoThere(call.turn), run.id, priority=URGENT)
    yield from called_off(run, call)


@tells
def _made_up(run: Run, event: MadeUp, how: Circumstances) -> Iterator[Owed]:
    turn = run.answered[event.track, event.step].turn
    for member in {*leaders(run, how.context), how.actor}:
        key = undone_key(run.id, event.track, event.step)
        yield Owed(member, StaysUndone(turn), run.id, key=key, priority=SOON, edits=True)
