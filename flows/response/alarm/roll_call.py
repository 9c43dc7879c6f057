"""Who knows, where they are, and who is back."""

from __future__ import annotations

from collections.abc import Iterator

from flows.commands.people import Acknowledge, TakeCommand, TellByMouth, TellPresence
from flows.events.calling import Acknowledged, PresenceTold, Returned, VoiceCallAsked
from flows.messages.calling import AlarmConfirmed, LeadersOffered, LeavingHeard, WelcomeBack, WhereNow
from flows.powers import may
from flows.record.journal import AT_ONCE, LATER, Owed
from flows.refusals import Refused
from flows.response.alarm.charge import command_taken, pass_over_those_without_hands
from flows.response.audience import Circumstances, tells, where_key
from flows.response.steps import assign
from flows.scene.presence import LEFT, PLACES, asks_presence, where_is
from flows.scene.voice import call_wanted
from flows.state.run import Run
from flows.state.work import Work, decides


@decides
def acknowledge(work: Work, _: Acknowledge) -> None:
    """Record that the actor knows."""
    knows(work, work.context.actor)
    assign(work)


@decides
def tell_presence(work: Work, command: TellPresence) -> None:
    """Record where the actor is, and that they know; who is asked to decide and has no hands is passed over at once."""
    run, context, actor = work.run, work.context, work.context.actor
    stays = command.where == "here" and where_is(run, context, actor) == LEFT
    asked = asks_presence(run) or stays
    if command.where not in (*PLACES, "") or (command.where and not asked) or run.playbook is None:
        raise Refused("stale")
    again = actor in run.acknowledged
    news = command.until is not None or command.lasting
    if again and not news and where_is(run, context, actor) == (command.where or None):
        raise Refused("already_confirmed", member=actor, at=run.acknowledged[actor].isoformat())
    if not again:
        work.add(Acknowledged(actor))
        came_back(work)
    if command.where:
        until = command.until.isoformat() if command.until is not None else ""
        work.add(PresenceTold(actor, command.where, until, lasting=command.lasting))
        if run.commander is None and next(reversed(run.asked_to_command), None) == actor:
            pass_over_those_without_hands(work)
    assign(work)  # a lead that waits comes before the call
    call_by_voice(work)


def gone(work: Work) -> None:
    """Let the actor be gone for the day, and others have at once what they had."""
    work.add(PresenceTold(work.context.actor, LEFT))
    assign(work)


def call_by_voice(work: Work, by: str = "") -> None:
    """Ask whoever is free in the house, first ``by``, to call who decides and hasn't answered, before they get anything else."""
    wanted = call_wanted(work.run, work.context, by)
    if wanted is not None:
        work.add(VoiceCallAsked(*wanted))


@decides
def tell_by_mouth(work: Work, command: TellByMouth) -> None:
    """Record that somebody was told by the actor."""
    knows(work, command.member)


def knows(work: Work, member: str) -> None:
    """Record that a member knows; for whoever was asked to decide this means taking command."""
    run, context = work.run, work.context
    person = context.roster.member(member)
    if person is None:
        raise Refused("stale")
    if member in run.acknowledged:
        raise Refused(
            "already_confirmed", member=run.told_by.get(member, member), at=run.acknowledged[member].isoformat()
        )
    work.add(Acknowledged(member))
    asked = member == context.actor and run.commander is None and member in run.asked_to_command
    if asked and may(TakeCommand(run.id), context, run):
        command_taken(work)
    came_back(work)


def shows_life(work: Work) -> None:
    """Take whoever works at a run for told of it: they aren't called again. Where they are is still asked."""
    if work.run.live and work.run.playbook is not None and work.context.actor in work.run.unconfirmed():
        work.add(Acknowledged(work.context.actor))
        came_back(work)


def came_back(work: Work) -> None:
    """Note that somebody who was passed over is back, once, so that they get one summary."""
    run, context = work.run, work.context
    leads = run.exercise is not None and run.exercise.facilitator == context.actor
    if context.actor in run.returned or run.playbook is None or run.commander == context.actor or leads:
        return
    never_had_it = context.actor in run.asked_to_command and context.actor not in {m for m, _ in run.commanders}
    passed_over = run.commander is not None and (never_had_it or context.actor in run.lapsed)
    silent = run.repeats.get(context.actor, (0, context.now))[0] >= context.handbook.pace.alarm_repeats
    if passed_over or silent:
        work.add(Returned(context.actor))


@tells
def _acknowledged(run: Run, event: Acknowledged, _: Circumstances) -> Iterator[Owed]:
    if run.exercise is None or not run.exercise.questions:
        yield Owed(event.member, AlarmConfirmed(), run.id, key=f"alarm:{run.id}", priority=LATER, edits=True)


@tells
def _presence_told(run: Run, event: PresenceTold, how: Circumstances) -> Iterator[Owed]:
    if event.where == LEFT:
        yield Owed(event.member, LeavingHeard(), run.id, priority=AT_ONCE)
        if run.commander == event.member:
            yield Owed(event.member, LeadersOffered(), run.id, priority=AT_ONCE)
        return
    if not any(isinstance(e, Acknowledged) for e in how.together):
        yield Owed(event.member, AlarmConfirmed(), run.id, key=f"alarm:{run.id}", priority=LATER, edits=True)
    if event.member in run.presence_asked:
        yield Owed(event.member, WhereNow(), run.id, key=where_key(run.id), priority=LATER, edits=True)


@tells
def _returned(run: Run, event: Returned, _: Circumstances) -> Iterator[Owed]:
    yield Owed(event.member, WelcomeBack(), run.id, priority=AT_ONCE)
