"""Calls by voice to those who decide: somebody in the house is asked to make them, and says what came of it."""

from __future__ import annotations

from collections.abc import Iterator

from flows.commands.clock import AskVoiceCall
from flows.commands.people import TellCall
from flows.events.calling import VoiceCallAsked, VoiceCallTold
from flows.messages.calling import SpokenWith, VoiceCallWanted
from flows.record.journal import LATER, URGENT, Owed
from flows.refusals import Refused
from flows.response.alarm.charge import ask_next
from flows.response.alarm.roll_call import call_by_voice
from flows.response.audience import Circumstances, call_key, calls_over, tells
from flows.response.steps import assign
from flows.state.run import Run
from flows.state.work import Work, decides


@decides
def ask(work: Work, _: AskVoiceCall) -> None:
    """Ask whoever is free in the house to call."""
    call_by_voice(work)


@decides
def told(work: Work, command: TellCall) -> None:
    """Take what came of a call; who doesn't answer counts as silent at once, and the next is called."""
    run = work.run
    call = run.voice_calls.get(command.of)
    if call is None or call.told is not None or not run.live:
        raise Refused("stale")
    reached = command.reached == "yes"
    work.add(VoiceCallTold(call.turn, call.whom, reached))
    asked = next(reversed(run.asked_to_command), None) == call.whom and run.command_offered is None
    if not reached and run.commander is None:
        if asked:
            ask_next(work, call.whom)
        call_by_voice(work, call.caller)
    assign(work)


@tells
def _asked(run: Run, event: VoiceCallAsked, how: Circumstances) -> Iterator[Owed]:
    key = call_key(run.id, how.turn)
    yield Owed(event.member, VoiceCallWanted(how.turn), run.id, key=key, priority=URGENT)


@tells
def _told(run: Run, event: VoiceCallTold, how: Circumstances) -> Iterator[Owed]:
    key = call_key(run.id, event.of)
    yield Owed(how.actor, VoiceCallWanted(event.of), run.id, key=key, priority=LATER, edits=True)
    if event.reached:
        yield from calls_over(run)
    if event.reached and run.commander is None and how.context.can_act(event.whom):
        yield Owed(event.whom, SpokenWith(event.of), run.id, priority=URGENT)
