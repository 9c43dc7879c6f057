"""How loud it is: raised by what becomes known, by time or by one tap, lowered by those who decide; what is small ends by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flows.commands.clock import GrowLouder
from flows.commands.people import LowerGrade, RaiseGrade
from flows.events.calling import Alarmed, Declared, GradeLowered, GradeRaised
from flows.events.ending import Solved
from flows.events.working import Asked
from flows.messages.calling import LouderNow, QuieterNow
from flows.messages.ending import RunSolved
from flows.record.journal import AT_ONCE, URGENT, Owed
from flows.refusals import Refused
from flows.response.alarm.charge import ask_for_command
from flows.response.alarm.ringing import raise_alarm
from flows.response.asking import order, takes
from flows.response.audience import Circumstances, everybody, followers, tells
from flows.response.closing import left_to_do
from flows.response.steps import assign
from flows.scene.grades import above, below, can_change, concerned, louder
from flows.state.run import Run
from flows.state.work import Context, Work, decides
from playbooks.model import GRADES


@decides
def raise_grade(work: Work, command: RaiseGrade) -> None:
    """Make it louder by the word of whoever is there."""
    if not can_change(work.run) or command.to != above(work.run.grade):
        raise Refused("stale")
    work.add(GradeRaised(command.to, "said"))


@decides
def lower_grade(work: Work, command: LowerGrade) -> None:
    """Make it less loud, with a reason."""
    if not can_change(work.run) or command.to != below(work.run):
        raise Refused("stale")
    if not command.reason:
        work.add(Asked(work.context.actor, "lower_grade", {"to": command.to}))
        return
    work.add(GradeLowered(command.to, command.reason))


@takes("lower_grade")
def _lowered_for(work: Work, about: Mapping[str, Any], text: str) -> None:
    order(work, LowerGrade(work.run.id, about["to"], text))


@decides
def grow_louder(work: Work, _: GrowLouder) -> None:
    """Let time make it louder: :func:`heed`, which comes after everything that happens, does so."""
    found = louder(work.run, work.context)
    if found is None or found.since > work.context.now:
        raise Refused("stale")


def heed(work: Work, before: Run) -> None:
    """After whatever happened, let what is known by now make it louder, and end what is small and over.

    ``before`` is the run as it was.
    """
    run = work.run
    if not can_change(run):
        return
    handed_over = before.playbook is not None and GRADES.index(run.grade) > GRADES.index(before.grade)
    if handed_over and not _raised(work):
        work.add(GradeRaised(run.grade, "handed_over"))
    while (found := louder(run, work.context)) is not None and found.since <= work.context.now:
        work.add(GradeRaised(found.grade, found.why))
    if _raised(work):
        _call(work)
    elif _is_over(run, work.context):
        work.add(Solved())


def _raised(work: Work) -> bool:
    return any(isinstance(event, GradeRaised) for event, _ in work.events)


def _call(work: Work) -> None:
    """Call those whom it concerns only now, and ask somebody to decide where nobody was asked yet."""
    run = work.run
    ring, quiet = concerned(run, work.context)
    knows = {*run.ring, *run.quiet, *run.acknowledged}
    if not knows.issuperset((*ring, *quiet)):
        raise_alarm(work, [m for m in ring if m not in knows], [m for m in quiet if m not in knows])
    if run.commander is None and not run.asked_to_command and run.command_offered is None:
        ask_for_command(work)
    assign(work)


def _is_over(run: Run, context: Context) -> bool:
    """Say whether something small has come to its end: its questions are answered, and nothing is left to do."""
    begun = run.small and run.commander is None and bool(run.answered)
    return begun and not any(track.open for track in run.tracks.values()) and not left_to_do(run, context)


@tells
def _louder(run: Run, event: GradeRaised, how: Circumstances) -> Iterator[Owed]:
    """Tell those who knew already; the others are called. Of another playbook those who follow it are told anyway."""
    if any(isinstance(e, Declared) for e in how.together):
        return  # nobody knew
    called = {m for e in how.together if isinstance(e, Alarmed) for m in (*e.ring, *e.quiet)}
    if event.why == "handed_over":
        called.update(followers(run, how.context))
    if event.why == "facts" and event.grade != "urgent" and how.actor == run.reporter:
        called.add(run.reporter)  # it came of their own answer, and their board, which comes with it, says how far
    said = LouderNow(event.grade, event.why, how.actor if event.why == "said" else "")
    yield from (Owed(m, said, run.id, priority=URGENT) for m in _told(run, how.context) if m not in called)


@tells
def _quieter(run: Run, event: GradeLowered, how: Circumstances) -> Iterator[Owed]:
    said = QuieterNow(event.grade, how.actor, event.reason)
    yield from (Owed(m, said, run.id, priority=AT_ONCE) for m in _told(run, how.context))


def _told(run: Run, context: Context) -> list[str]:
    """Give all who were called or know of it, and are here."""
    here = set(everybody(context))
    return [m for m in dict.fromkeys((run.reporter, *run.ring, *run.quiet, *run.acknowledged)) if m in here]


@tells
def _solved(run: Run, _: Solved, how: Circumstances) -> Iterator[Owed]:
    had_a_step = (shown.member for shown in run.shown.values())
    yield from (Owed(m, RunSolved(), run.id, priority=AT_ONCE) for m in dict.fromkeys((run.reporter, *had_a_step)))
