"""A step goes to somebody else because people say so, or go; and so does what is led: the scene, and command itself."""

from __future__ import annotations

from collections.abc import Iterator

from flows.commands.people import GiveStep, HandCommand, Leave, TakeScene
from flows.events.calling import CommandAsked, CommandHandedOn, SceneTaken
from flows.events.telling import PleaAnswered
from flows.events.working import StepReleased
from flows.messages.calling import CommandWanted, SceneIs
from flows.record.journal import SOON, URGENT, Owed
from flows.refusals import Refused
from flows.response.alarm.charge import ask_next, command_taken, hand_on
from flows.response.alarm.roll_call import gone
from flows.response.audience import Circumstances, followers, tells
from flows.response.steps import assign, show
from flows.scene.passing import holder, may_be_handed, seeking, stands, takers
from flows.scene.presence import LEFT, where_is
from flows.state.run import Run
from flows.state.work import CLOCK, Work, decides


@decides
def give(work: Work, command: GiveStep) -> None:
    """Let somebody have the step of a track; with nobody named it goes to whoever is free, if somebody is."""
    run, context = work.run, work.context
    has = holder(run, command.track)
    if not stands(run, command.track, command.shown):
        raise Refused("stale")
    if command.to and command.to not in takers(run, context, command.track):
        raise Refused("cannot_take", member=command.to)
    if has is not None:
        work.add(StepReleased(has.turn, "given"))
    if command.to:
        show(work, command.track, run.tracks[command.track].step, command.to)
    assign(work)
    has_now = holder(run, command.track)
    if has_now is None or (has is not None and has_now.member == has.member):
        raise Refused("nobody_free")


@decides
def hand_command(work: Work, command: HandCommand) -> None:
    """Ask somebody to decide from here on, once; until they accept, whoever hands it over does.

    Who said that they want to, and only waited for this, does at once. Who was asked and can't lets the next be asked.
    """
    run, context, to = work.run, work.context, command.to
    if run.live and to and run.commander == to:
        raise Refused("not_in_chain", member=to)
    if not run.live or (to and not may_be_handed(run, context, to)):
        raise Refused("stale")
    if to in (run.handed_to or (run.asked_to_command if run.commander is None else ())):
        raise Refused("already_asked", member=to)
    if run.commander == context.actor and (plea := seeking(run).get(to)) is not None:
        command_taken(work, to)
        work.add(PleaAnswered(plea.of))
        assign(work)
    elif run.commander is not None:
        hand_on(work, to)
    elif to:
        work.add(CommandAsked(to, after=context.actor))
    else:
        ask_next(work)


@decides
def leave(work: Work, _: Leave) -> None:
    """Let what somebody has go to others, since they go home; what only they may do stays theirs until somebody else leads."""
    if not work.run.live or where_is(work.run, work.context, work.context.actor) == LEFT:
        raise Refused("stale")
    gone(work)


@decides
def take_scene(work: Work, _: TakeScene) -> None:
    """Let the actor run the scene."""
    work.add(SceneTaken(work.context.actor))
    assign(work)


@tells
def _scene_taken(run: Run, event: SceneTaken, how: Circumstances) -> Iterator[Owed]:
    for m in dict.fromkeys([*followers(run, how.context), event.member]):
        yield Owed(m, SceneIs(event.member), run.id, priority=SOON)


@tells
def _handed_on(run: Run, event: CommandHandedOn, how: Circumstances) -> Iterator[Owed]:
    leads = run.commander or how.actor
    yield Owed(event.member, CommandWanted(leads), run.id, key=f"command:{run.id}", priority=URGENT)
    for m in dict.fromkeys([leads, *([] if how.actor == CLOCK else [how.actor])]):
        yield Owed(m, CommandWanted(event.member, you=False), run.id, priority=SOON)
