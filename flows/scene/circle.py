"""Who may know of a run: everybody, or of a delicate matter a few, of whom whoever reported may leave some out."""

from __future__ import annotations

from collections.abc import Iterable

from contacts.roles import DEPUTISED
from contacts.shapes.people import Member
from flows.state.run import Run
from flows.state.work import Context


def delicate(run: Run, context: Context) -> bool:
    """Say whether only a few may know; before a playbook is chosen, by what it looks like most."""
    if run.drill:
        return False
    if run.playbook is not None:
        return not run.calls_everybody
    likeliest = context.handbook.playbooks.get(next(iter(run.near), ""))
    return likeliest is not None and likeliest.calls == "deciders"


def may_be_delicate(run: Run, context: Context) -> bool:
    """Say whether one of those that a report may be is for a few alone, so that time tells nobody of it."""
    books = (context.handbook.playbooks.get(name) for name in run.near)
    return delicate(run, context) or any(book is not None and book.calls == "deciders" for book in books)


def circle(run: Run, context: Context) -> frozenset[str] | None:
    """Give who may know of a run: until they said who may, only whoever reported; None where everybody may."""
    if not delicate(run, context):
        return None
    if unchosen(run, context):
        return frozenset({run.reporter})
    had_a_step = (shown.member for shown in run.shown.values())
    inside = {run.reporter, *(m.id for m in _deciding_side(context)), *had_a_step, *(m for m, _ in run.commanders)}
    return frozenset(inside - run.left_out)


def unchosen(run: Run, context: Context) -> bool:
    """Say whether whoever reported a delicate matter hasn't said yet who may know: what they write of it is for nobody."""
    return delicate(run, context) and (run.playbook is None or run.circle_asked)


def may_be_left_out(run: Run, context: Context) -> list[str]:
    """Give whom a delicate matter would come to beside whoever reported."""
    return [m.id for m in _deciding_side(context) if m.id != run.reporter]


def named_among(run: Run, context: Context) -> list[str]:
    """Give whom the report names of those: unless whoever reported says else, they aren't told."""
    return [m for m in may_be_left_out(run, context) if m in run.named]


def _deciding_side(context: Context) -> list[Member]:
    """Give those who direct or keep safe, and whoever stands in for them, here today or not."""
    return [m for m in context.roster.active() if {*DEPUTISED} & {*m.roles, *m.stands_in_for}]


def sees(run: Run, context: Context, member: str) -> bool:
    """Say whether a member may know that there is such a run."""
    inside = circle(run, context)
    return inside is None or member in inside


def seen(runs: Iterable[Run], context: Context, member: str) -> list[Run]:
    """Give the runs that a member may know of, in the order in which they are given."""
    return [run for run in runs if sees(run, context, member)]
