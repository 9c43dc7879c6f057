"""Who decides: asked, passed over, taken, handed on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from flows.commands.clock import LapseCommand, PassCommandOn, ReleaseStep
from flows.commands.people import TakeCommand
from flows.events.calling import CommandAsked, CommandHandedOn, CommandLapsed, CommandOffered, CommandTaken, Declared
from flows.events.working import StepReleased
from flows.messages.calling import CommandAsk, CommandIs, CommandOpen, CommandWanted, CommandYours
from flows.powers import CHAIN, may
from flows.record.journal import AT_ONCE, SOON, URGENT, Owed
from flows.refusals import Refused
from flows.response.audience import Circumstances, calls_over, everybody, followers, tells
from flows.response.steps import assign
from flows.scene.hands import decides as decides_alone
from flows.scene.passing import successors
from flows.scene.presence import has_no_hands
from flows.state.run import COMMAND_ROLES, Run
from flows.state.work import Context, Work, decides

MOST_ASKED = 2
"""So many may be silent one after the other while it is urgent; then everybody is asked to decide."""


def asked_next(run: Run, context: Context) -> str | None:
    """Give who is asked to decide if those who were asked stay silent; None: everybody, after two where it is urgent."""
    never_led = set(run.asked_to_command) - {member for member, _ in run.commanders}
    if run.grade == "urgent" and len(never_led) >= MOST_ASKED:
        return None
    return next((m.id for m in context.chain() if m.id not in run.asked_to_command and context.can_act(m.id)), None)


def ask_for_command(work: Work) -> None:
    """Ask the first of the chain to decide; whoever reports and stands first in it decides from the start.

    So does whoever leads another incident and says that this is one, too: they have it in hand.
    """
    run, context = work.run, work.context
    chain = [m.id for m in context.chain() if context.can_act(m.id)]
    leads = context.actor in chain and any(r.live and r.commander == context.actor for r in context.others)
    if not chain:
        work.add(CommandOffered())
    elif leads or chain[0] == run.reporter or (run.exercise is not None and chain[0] == context.actor):
        member = context.actor if leads else chain[0]
        work.add(CommandAsked(member))
        work.add(CommandTaken(member))
    else:
        work.add(CommandAsked(chain[0]))


@decides
def pass_command_on(work: Work, _: PassCommandOn) -> None:
    """Ask the next of the chain to decide, since whoever was asked last is silent."""
    if handed_due(work.run, work.context) is None:
        ask_next(work)
    else:
        hand_on(work)


def hand_on(work: Work, to: str = "") -> None:
    """Ask somebody, else the next who could, to lead in the place of whoever does; when nobody is left, everybody."""
    run, context = work.run, work.context
    next_one = next((m for m in successors(run, context) if m not in (*run.handed_to, context.actor)), "")
    work.add(CommandHandedOn(to or next_one) if to or next_one else CommandOffered())


def handed_due(run: Run, context: Context) -> datetime | None:
    """Give when the next is asked to take over from whoever leads, if nobody accepts; None when nothing is waited for."""
    if run.commander is None or run.command_offered is not None or not run.handed_to:
        return None
    return max(run.handed_to.values()) + timedelta(minutes=context.handbook.pace.command_at(run.grade))


def ask_next(work: Work, silent_one: str | None = None) -> None:
    """Ask the next of the chain after ``silent_one`` (who was asked last), and when nobody is left offer it to all."""
    run, context = work.run, work.context
    if run.commander is not None:
        raise Refused("stale")
    member = asked_next(run, context)
    after = silent_one or next(reversed(run.asked_to_command), None)
    work.add(CommandAsked(member, after=after) if member else CommandOffered())
    pass_over_those_without_hands(work)


def pass_over_those_without_hands(work: Work) -> None:
    """Go on to the next as long as whoever was asked last is with a patient or outside and didn't take charge."""
    run, context = work.run, work.context
    if run.commander is None and run.command_offered is None:
        last = next(reversed(run.asked_to_command), None)
        if last is not None and has_no_hands(run, context, last):
            ask_next(work)


@decides
def lapse_command(work: Work, command: LapseCommand) -> None:
    """Take the decision, and the steps that belong to it, from somebody who is away."""
    lapse(work, command.why)
    for shown in work.run.open_steps():
        if work.run.step(shown).role in COMMAND_ROLES:
            work.add(StepReleased(shown.turn, command.why))


@decides
def release_step(work: Work, command: ReleaseStep) -> None:
    """Open a step to others; when it was for whoever decides, the decision itself goes to the next of the chain."""
    run = work.run
    shown = run.shown[command.shown]
    if not shown.open:
        raise Refused("stale")
    work.add(StepReleased(command.shown, command.why))
    if run.commander == shown.member and run.step(shown).role in COMMAND_ROLES:
        lapse(work, "silent" if command.why == "overdue" else command.why)
    assign(work)


def lapse(work: Work, why: str) -> None:
    """Take the decision from somebody who is silent or gone, and ask the next; they can take it back at any time."""
    had_it = work.run.commander
    if had_it is None:
        raise Refused("stale")
    work.add(CommandLapsed(had_it, why))
    ask_next(work, had_it)


def command_due(run: Run, context: Context) -> datetime | None:
    """Give when the command passes on if nobody answers; None when nothing is waited for."""
    if run.commander is not None or run.command_offered is not None or not run.asked_to_command:
        return None
    last = next(reversed(run.asked_to_command))
    return run.asked_to_command[last] + timedelta(minutes=context.handbook.pace.command_at(run.grade))


@decides
def take_command(work: Work, _: TakeCommand) -> None:
    """Let the actor decide, and have the steps that wait for whoever does."""
    command_taken(work)
    assign(work)


def command_taken(work: Work, member: str = "") -> None:
    """Let somebody, the actor if none is named, decide from here on.

    The director's own decisions wait for ratification if they aren't of the chain. Who has asked somebody to lead may keep it.
    """
    run, context = work.run, work.context
    actor = member or context.actor
    if run.commander == actor and not run.handed_to:
        raise Refused("already_command", member=actor)
    approves = (
        bool(context.chain()) or not run.left_out
    )  # where all who approve are kept from it, nothing waits for them
    work.add(CommandTaken(actor, reserved=approves and not may(CHAIN, replace(context, actor=actor))))
    for shown in run.open_steps():
        step = run.step(shown)
        if (
            step.role in COMMAND_ROLES and decides_alone(step) and shown.member != actor
        ):  # a call that is being made goes on
            work.add(StepReleased(shown.turn, "command"))


@tells
def _command_asked(run: Run, event: CommandAsked, how: Circumstances) -> Iterator[Owed]:
    """Ask somebody in the place of another, who reads whom where they said themselves that they can't."""
    in_words = all(isinstance(e, CommandAsked) for e in how.together)
    if event.after == how.actor and in_words:
        yield Owed(how.actor, CommandWanted(event.member, you=False), run.id, priority=SOON)
    if event.after is not None:
        asked = CommandAsk(event.after)
        yield Owed(event.member, asked, run.id, key=f"command:{run.id}", priority=URGENT)


@tells
def _command_offered(run: Run, _: CommandOffered, how: Circumstances) -> Iterator[Owed]:
    chain, everyone = {m.id for m in how.context.chain()}, everybody(how.context)
    free = [m for m in everyone if m in chain or not has_no_hands(run, how.context, m)]
    for m in free or everyone:
        yield Owed(m, CommandOpen(), run.id, key=f"command:{run.id}", priority=URGENT)


@tells
def _command_taken(run: Run, event: CommandTaken, how: Circumstances) -> Iterator[Owed]:
    if any(isinstance(e, Declared) for e in how.together):
        return
    yield from calls_over(run)
    known = (
        {m.id for m in how.context.chain()} if len(run.commanders) > 1 else None
    )  # others read on the board that it passed on
    for m in dict.fromkeys([*followers(run, how.context), event.member]):
        if known is not None and m not in {*known, event.member, *(led for led, _ in run.commanders)}:
            continue
        if m == event.member:
            yield Owed(m, CommandYours(m), run.id, priority=AT_ONCE)
        else:
            yield Owed(m, CommandIs(event.member), run.id, priority=SOON - 1)
