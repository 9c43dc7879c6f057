"""Who called for help with a step, who goes, and what was done after all."""

from __future__ import annotations

from dataclasses import replace

from flows.events.helping import HelpCalled, HelpComing, MadeUp
from flows.state.run import HelpCall, Run
from flows.state.stamp import Stamp, evolves


@evolves
def _called(run: Run, event: HelpCalled, stamp: Stamp) -> None:
    run.help_calls[stamp.turn] = HelpCall(stamp.turn, event.shown, event.member, event.asked)


@evolves
def _coming(run: Run, event: HelpComing, _: Stamp) -> None:
    run.help_calls[event.of] = replace(run.help_calls[event.of], coming=event.member)


@evolves
def _made_up(run: Run, event: MadeUp, stamp: Stamp) -> None:
    was = run.answered[event.track, event.step]
    run.answered[event.track, event.step] = replace(
        was, turn=stamp.turn, answer="done", settles=True, by=stamp.actor, member=event.member, at=stamp.recorded_at
    )
    run.learn(event.sets, stamp.turn)
