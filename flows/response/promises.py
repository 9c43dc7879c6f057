"""What people outside promised on the telephone: until when, whether they did, and who is reminded if not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flows.commands.promising import AskPromisedTime, CallAgain, KeepPromise, RemindPromise
from flows.events.promising import PromiseKept, PromiseMoved, PromiseReminded, PromiseRenewed
from flows.events.working import Asked
from flows.messages.promising import PromiseMissed, PromiseSettled, PromiseTaken
from flows.record.journal import AT_ONCE, LATER, Owed
from flows.refusals import Refused
from flows.response.asking import takes
from flows.response.audience import Circumstances, tells
from flows.state.run import Promise, Run
from flows.state.work import Context, Work, decides
from flows.written.times import later_time

ESCALATES = 2
"""The missed time from which on whoever decides is asked to go another way."""


def waiting(run: Run) -> list[Promise]:
    """Give the promises with a time that nobody has said to be kept, the earliest first."""
    timed = [(p.until, p) for p in run.promises.values() if p.until is not None and p.kept is None]
    return [p for _, p in sorted(timed, key=lambda pair: (pair[0], pair[1].turn))]


def reminders_due(run: Run) -> Iterator[Promise]:
    """Give the promises about which somebody is to be reminded when their time comes; once for each time promised."""
    return (p for p in waiting(run) if not p.reminded)


def reminded(promise: Promise, run: Run, context: Context) -> list[str]:
    """Give who is reminded: whoever holds the promise, if they can be, and whoever decides (nobody: the chain's first)."""
    return [m for m in dict.fromkeys((promise.by, _deciding(run, context))) if m and context.can_act(m)]


def escalated_to(promise: Promise, run: Run, context: Context) -> str | None:
    """Give who has to go another way, because the time has passed more than once; None as long as it has not."""
    return _deciding(run, context) if promise.missed >= ESCALATES else None


def _deciding(run: Run, context: Context) -> str | None:
    return run.commander or next((m.id for m in context.chain() if context.can_act(m.id)), None)


def find(run: Run, of: int) -> Promise:
    """Give a promise that still holds; Refused(``stale`` or, with who and when, ``already_kept``)."""
    promise = run.promises.get(of)
    if promise is None:
        raise Refused("stale")
    if promise.kept is not None:
        raise Refused("already_kept", member=promise.kept[0], at=promise.kept[1].isoformat())
    return promise


@decides
def ask_time(work: Work, command: AskPromisedTime) -> None:
    """Wait for the actor to write until when it was promised."""
    work.add(Asked(work.context.actor, "promised_time", {"of": find(work.run, command.of).turn}))


@decides
def call_again(work: Work, command: CallAgain) -> None:
    """Wait for the actor to write what was promised in the call that they make now."""
    work.add(Asked(work.context.actor, "promise", {"of": find(work.run, command.of).turn}))


@decides
def keep(work: Work, command: KeepPromise) -> None:
    """They called back."""
    work.add(PromiseKept(find(work.run, command.of).turn))


@decides
def remind(work: Work, command: RemindPromise) -> None:
    """Their time has passed."""
    promise = find(work.run, command.of)
    if promise.until is None or promise.until > work.context.now:
        raise Refused("stale")
    work.add(PromiseReminded(promise.turn, promise.missed + 1))


@takes("promised_time")
def _move(work: Work, about: Mapping[str, Any], text: str) -> None:
    """Put right until when it was promised; Refused(``needs_time``) if the text names no time."""
    promise = find(work.run, about["of"])
    until = later_time(text, work.context.roster.facility.local(work.context.now))
    if until is None:
        raise Refused("needs_time", text=text, sign=text, doubt="")
    work.add(PromiseMoved(promise.turn, until.isoformat()))


@takes("promise")
def _renew(work: Work, about: Mapping[str, Any], text: str) -> None:
    """Take what they promise after another call."""
    promise = find(work.run, about["of"])
    until = later_time(text, work.context.roster.facility.local(work.context.now))
    work.add(PromiseRenewed(promise.turn, text, until.isoformat() if until else None))


@tells
def _moved(run: Run, event: PromiseMoved | PromiseRenewed, how: Circumstances) -> Iterator[Owed]:
    yield Owed(how.actor, PromiseTaken(event.of), run.id, priority=AT_ONCE)
    yield from _settled(run, event.of)


@tells
def _kept(run: Run, event: PromiseKept, _: Circumstances) -> Iterator[Owed]:
    return _settled(run, event.of)


@tells
def _missed(run: Run, event: PromiseReminded, how: Circumstances) -> Iterator[Owed]:
    missed, key = PromiseMissed(event.of, event.count), f"promise:{run.id}:{event.of}"
    for member in reminded(run.promises[event.of], run, how.context):
        yield Owed(member, missed, run.id, key=key, priority=AT_ONCE)


def _settled(run: Run, of: int) -> Iterator[Owed]:
    """Change the reminders of a missed promise into what has come of it."""
    for member in dict.fromkeys([*(m for m, _ in run.commanders), *run.acknowledged]):
        key = f"promise:{run.id}:{of}"
        yield Owed(member, PromiseSettled(of), run.id, key=key, priority=LATER, edits=True)
