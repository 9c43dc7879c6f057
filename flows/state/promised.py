"""What the entries about a promise mean for the state of a run; :func:`flows.state.replay.apply` asks it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows import events as ev
from flows.state.run import Promise, Run
from flows.state.stamp import Stamp

PromiseEvent = ev.PromiseMoved | ev.PromiseReminded | ev.PromiseKept | ev.PromiseRenewed


def begin(run: Run, event: ev.StepAnswered, stamp: Stamp) -> None:
    """Note the promise that an answer holds, if it holds one."""
    if "promised" in event.given:
        text, until = str(event.given["promised"]), _moment(event.given.get("until"))
        run.promises[stamp.turn] = Promise(stamp.turn, event.shown, stamp.actor, text, until)


def take_in(run: Run, event: PromiseEvent, stamp: Stamp) -> None:
    """Take in what became of a promise."""
    known = run.promises[event.of]
    match event:
        case ev.PromiseMoved():
            known = replace(known, until=_moment(event.until), reminded=False)
            run.asking.pop(stamp.actor, None)
        case ev.PromiseReminded():
            known = replace(known, missed=event.count, reminded=True)
        case ev.PromiseKept():
            known = replace(known, kept=(stamp.actor, stamp.recorded_at))
        case ev.PromiseRenewed():
            known = replace(known, by=stamp.actor, text=event.text, until=_moment(event.until), reminded=False)
            run.asking.pop(stamp.actor, None)
    run.promises[event.of] = known


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
