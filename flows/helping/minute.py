"""A minute of somebody with a patient, or long at their own machine: asked for once, where a lead is to be pulled and nobody is free."""

from __future__ import annotations

from collections.abc import Iterator

from flows.commands.clock import AskMinute
from flows.commands.helping import SpareMinute
from flows.events.helping import MinuteAsked, MinuteSpared
from flows.events.working import StepReleased
from flows.messages.helping import MinuteWanted
from flows.record.journal import SOON, URGENT, Owed
from flows.refusals import Refused
from flows.response.audience import Circumstances, tells
from flows.response.lines import open_lines
from flows.response.steps import assign, show_first
from flows.scene.hands import IDLE, SLOW
from flows.scene.passing import holder
from flows.scene.presence import asks_presence, has_no_hands, where_is
from flows.scene.pulled import LEADS, own_machine
from flows.scene.voice import in_house
from flows.state.run import Minute, Run
from flows.state.work import Context, Work, decides
from playbooks.frozen import frozen


@frozen
class Lead:
    """A lead that waits for hands: the step or card that it belongs to, and its picture."""

    track: str
    step: str
    picture: str


def minute_wanted(run: Run, context: Context) -> tuple[Lead, tuple[str, ...]] | None:
    """Give which lead wants a minute, and of whom: all who answered are with patients or outside, for three minutes.

    Whoever reported is asked, too, once their own machine has had its time: their hands may be free, though the card isn't ticked.
    """
    urgent = run.live and run.grade == "urgent" and asks_presence(run) and run.state != "reviewing"
    if not urgent:
        return None
    at_machine = [run.reporter] if long_at_machine(run, context) else []
    if set(in_house(run, context)) - {*at_machine}:
        return None
    able = (*_at_patients(run, context), *at_machine)
    for lead in leads(run, context):
        of_it = [minute for minute in run.minutes.values() if (minute.track, minute.step) == (lead.track, lead.step)]
        others = [minute.at for minute in run.minutes.values() if minute not in of_it]
        asked = tuple(m for m in able if not any(m in minute.asked for minute in of_it))
        if asked and (not others or context.now >= max(others) + IDLE):  # one lead at a time
            return lead, asked
    return None


def _at_patients(run: Run, context: Context) -> list[str]:
    """Give who is with a patient, once all who answered have had no hands for three minutes."""
    told = {m: at for m, (_, at) in run.presence.items() if context.can_act(m) and not run.spares(m)}
    since = max((at for m, at in told.items() if has_no_hands(run, context, m)), default=context.now)
    found = [m for m in told if where_is(run, context, m) == "with_patient" and m not in run.presence_lasts]
    return found if context.now >= since + IDLE else []


def long_at_machine(run: Run, context: Context) -> bool:
    """Say whether whoever reported has stood at their own machine for so long that it may be done, with hands that aren't taken."""
    has = run.open_step_of(run.reporter)
    ours = has is not None and run.playbook is not None and has.track in run.playbook.tracks
    if has is None or not ours or not context.can_act(run.reporter) or has_no_hands(run, context, run.reporter):
        return False
    return own_machine(run, run.step(has)) and context.now >= has.at + SLOW


def leads(run: Run, context: Context) -> Iterator[Lead]:
    """Give the leads that have waited for hands for three minutes, the most urgent first."""
    if run.playbook is None:
        return
    names = [name for name, here in run.tracks.items() if here.open and name in run.playbook.tracks]
    for name in sorted(names, key=lambda it: run.playbook.order_of(it, run.tracks[it].step)):  # type: ignore[union-attr]
        here, has = run.tracks[name], holder(run, name)
        in_hand = has is not None and not has_no_hands(run, context, has.member)
        step = run.text_of(name, here.step)
        texts = open_lines(run, context, name, here.step).values() if step.lines else (step,)
        picture = next((one.picture for one in texts if one.hands and one.picture in LEADS), None)
        if picture is not None and not in_hand and context.now >= here.since + IDLE:
            yield Lead(name, here.step, picture)


def still_wanted(run: Run, minute: Minute) -> bool:
    """Say whether somebody has still to go: nobody has said so, and the step is where it was."""
    here = run.tracks.get(minute.track)
    return run.live and minute.spared is None and here is not None and here.step == minute.step


@decides
def ask(work: Work, _: AskMinute) -> None:
    """Ask those with patients, in one line."""
    wanted = minute_wanted(work.run, work.context)
    if wanted is None:
        raise Refused("stale")
    lead, asked = wanted
    work.add(MinuteAsked(lead.track, lead.step, lead.picture, asked))


@decides
def spare(work: Work, command: SpareMinute) -> None:
    """Let the first who can spare a minute have the step, and no other."""
    run, context, actor = work.run, work.context, work.context.actor
    minute = run.minutes.get(command.of)
    if minute is None or minute.spared == actor or (minute.spared is None and not still_wanted(run, minute)):
        raise Refused("stale")
    if minute.spared is not None:
        raise Refused("somebody_goes", member=minute.spared)
    if actor in context.busy:
        raise Refused("one_step_at_a_time", track=minute.track)
    has = holder(run, minute.track)
    work.add(MinuteSpared(minute.turn, actor))
    if has is not None:
        work.add(StepReleased(has.turn, "no_hands"))
    show_first(work, minute.track, minute.step, actor, claimed=True)
    assign(work)


@tells
def _asked(run: Run, event: MinuteAsked, how: Circumstances) -> Iterator[Owed]:
    wanted, key = MinuteWanted(how.turn), minute_key(run.id, how.turn)
    return (Owed(m, wanted, run.id, key=key, priority=URGENT) for m in event.asked)


@tells
def _spared(run: Run, event: MinuteSpared, _: Circumstances) -> Iterator[Owed]:
    here = run.minutes[event.of]
    for minute in run.minutes.values():
        if (minute.track, minute.step) == (here.track, here.step):
            wanted, key = MinuteWanted(minute.turn), minute_key(run.id, minute.turn)
            yield from (Owed(m, wanted, run.id, key=key, priority=SOON, edits=True) for m in minute.asked)


def minute_key(run: str, of: int) -> str:
    """Name the message that asks for a minute, so that it can be changed in place."""
    return f"minute:{run}:{of}"
