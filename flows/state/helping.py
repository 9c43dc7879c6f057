"""Who called for help with a step, who goes, of whom a minute is wanted, and what was done after all."""

from __future__ import annotations

from dataclasses import replace

from flows.events.helping import HelpCalled, HelpComing, MadeUp, MinuteAsked, MinuteSpared
from flows.state.run import HelpCall, Minute, Run
from flows.state.stamp import Stamp, evolves


@evolves
def _called(run: Run, event: HelpCalled, stamp: Stamp) -> None:
    run.help_calls[stamp.turn] = HelpCall(stamp.turn, event.shown, event.member, event.asked)


@evolves
def _coming(run: Run, event: HelpComing, _: Stamp) -> None:
    run.help_calls[event.of] = replace(run.help_calls[event.of], coming=event.member)


@evolves
def _minute_asked(run: Run, event: MinuteAsked, stamp: Stamp) -> None:
    run.minutes[stamp.turn] = Minute(stamp.turn, event.track, event.step, event.picture, event.asked, stamp.recorded_at)


@evolves
def _minute_spared(run: Run, event: MinuteSpared, _: Stamp) -> None:
    here = run.minutes[event.of]
    for turn, minute in run.minutes.items():  # others were asked for the same lead at another time
        if turn == event.of or ((minute.track, minute.step, minute.spared) == (here.track, here.step, None)):
            run.minutes[turn] = replace(minute, spared=event.member)


@evolves
def _made_up(run: Run, event: MadeUp, stamp: Stamp) -> None:
    was = run.answered[event.track, event.step]
    run.answered[event.track, event.step] = replace(
        was, turn=stamp.turn, answer="done", settles=True, by=stamp.actor, member=event.member, at=stamp.recorded_at
    )
    run.learn(event.sets, stamp.turn, stamp.recorded_at)
