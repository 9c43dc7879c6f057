"""What a grade means: whom the alarm concerns, and what makes it louder. It is raised and lowered, and never computed down.

``urgent``: everybody, aloud. ``firm``: those who decide, and the roles that the playbook names. ``quiet``: whoever reported, and
whoever has a step of it; nobody is called, and it is over by itself with its question.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

from flows.state.run import Run
from flows.state.work import Context
from playbooks.conditions import Condition
from playbooks.frozen import frozen
from playbooks.model import GRADES, Grade

Why = Literal["said", "facts", "handed_over", "near", "second_report", "asked", "unanswered", "unsolved"]
WHYS: tuple[Why, ...] = ("said", "facts", "handed_over", "near", "second_report", "asked", "unanswered", "unsolved")
"""Why it is louder: somebody said so, a fact that its playbook names, another playbook; of what is quiet also that an attack is
near, that it isn't the only report, that somebody who decides is asked, that its question isn't answered in time, that it lasts."""

SECOND_REPORT = timedelta(minutes=60)
"""So far apart two reports in the house are no chance."""

UNSOLVED = timedelta(minutes=15)
"""So long something quiet may last."""


@frozen
class Louder:
    """It is to be as loud as ``grade`` from ``since`` on, because of ``why``."""

    grade: Grade
    why: Why
    since: datetime


def above(grade: Grade) -> Grade | None:
    """Give the next louder grade; None above the loudest."""
    return next(iter(GRADES[GRADES.index(grade) + 1 :]), None)


def below(run: Run) -> Grade | None:
    """Give the grade to which a run may be lowered; to a quiet one only what began as one."""
    under = next(iter(reversed(GRADES[: GRADES.index(run.grade)])), None)
    began_quiet = run.playbook is not None and run.playbook.begins_as == "quiet"
    return under if under != "quiet" or began_quiet else None


def can_change(run: Run) -> bool:
    """Say whether the grade of a run may be changed: it goes on, is no drill, and no matter of a few."""
    begun = run.playbook is not None and run.live and run.state != "reviewing"
    return begun and not run.drill and run.calls_everybody


def concerned(run: Run, context: Context) -> tuple[list[str], list[str]]:
    """Give whom the alarm concerns: those who are rung, and those who are told without a sound at this hour."""
    if run.small:
        return [], []
    open_now = context.roster.facility.in_session(context.now)
    deciding = {m.id for m in context.chain()}
    needed = _roles_needed(run, context)
    called = [
        m
        for m in context.roster.active()
        if m.id != run.reporter
        and (m.id in deciding or (run.calls_everybody and (needed is None or needed & {*m.roles, *m.stands_in_for})))
    ]
    ring = [m.id for m in called if m.id in deciding or m.on_call or (open_now and not m.absent_on(context.today))]
    return ring, [m.id for m in called if m.id not in ring]


def _roles_needed(run: Run, context: Context) -> set[str] | None:
    """Give the roles whose holders a matter needs beside those who decide; None where everybody has to know."""
    if run.playbook is None or run.exercise is not None or run.grade == "urgent":
        return None
    kind = context.roster.facility.kind
    steps = [step for track in run.playbook.tracks.values() for step in track.steps.values()]
    return {step.role for step in steps if kind in step.facilities}


def urgent_near(run: Run, context: Context) -> bool:
    """Say whether one of those that are near is loud from its beginning."""
    near = (context.handbook.playbooks.get(name) for name in run.near)
    return any(book is not None and book.begins_as == "urgent" for book in near)


def attack_near(run: Run, context: Context) -> bool:
    """Say whether one of those that are near is an attack."""
    near = (context.handbook.playbooks.get(name) for name in run.near)
    return any(book is not None and book.event == "cyber_attack" for book in near)


def louder(run: Run, context: Context) -> Louder | None:
    """Give what makes a run louder now or next; what has raised it before doesn't do so again."""
    found = _louder(run, context) if can_change(run) else iter(())
    higher = (one for one in found if GRADES.index(one.grade) > GRADES.index(run.grade))
    new = (one for one in higher if (one.grade, one.why) not in run.raised)
    return min(new, key=lambda it: (it.since, -GRADES.index(it.grade)), default=None)


def _louder(run: Run, context: Context) -> Iterator[Louder]:
    began = run.declared_at or context.now
    for grade, condition in run.playbook.raises.items() if run.playbook else ():
        if Condition.of(condition).holds(run.facts):
            yield Louder(grade, "facts", began)
    if not run.small:
        return
    if attack_near(run, context):
        yield Louder("urgent" if run.sure else "firm", "near", began)
    if _reported_again(run, context):
        yield Louder("firm", "second_report", began)
    if any(plea.to for plea in run.pleas.values()):
        yield Louder("firm", "asked", began)
    if not run.answered and any(shown.reminded for shown in run.shown.values()):
        yield Louder("firm", "unanswered", began)
    yield Louder("firm", "unsolved", began + UNSOLVED)


def _reported_again(run: Run, context: Context) -> bool:
    """Say whether somebody else reported it, too, or something else was reported at about the same time."""
    if run.reports_again or any(
        "second_machine" in p.wants or p.by != run.reporter for p in run.pleas.values() if p.to
    ):
        return True
    at = run.reported_at or context.now
    others = (o for o in context.others if not o.drill and o.playbook is not None and o.calls_everybody)
    return any(o.state != "false_alarm" and o.reported_at and abs(o.reported_at - at) < SECOND_REPORT for o in others)
