"""Who is given which step: the nearest who has nothing else on the screen, and nobody who said that they have no hands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flows.powers import COMMAND_ROLES
from flows.scene.presence import where_is
from flows.state.run import Run, Shown
from flows.state.work import Context
from playbooks.model import Step

ROLE_FALLBACK = ("commander", "safety_manager", "reporter")
"""Who does a step whose role nobody holds, first to last."""


@dataclass(frozen=True)
class Handing:
    """A step that ``member`` is to have now; ``out_of`` is where it stands on the screen of somebody without hands."""

    track: str
    step: str
    member: str
    out_of: Shown | None = None


def handings(run: Run, context: Context) -> Iterator[Handing]:
    """Give what can be given to whom, the most urgent first: what waits, and what stands with somebody without hands."""
    if run.playbook is None or run.state == "reviewing":
        return
    waiting = [(track, step, None) for track, step in run.waiting()]
    stuck = [
        (s.track, s.step, s) for s in run.open_steps() if s.track in run.playbook.tracks and _stuck(run, context, s)
    ]
    for track, step, out_of in sorted((*waiting, *stuck), key=lambda it: run.playbook.tracks[it[0]].urgency):  # type: ignore[union-attr]
        member = _nearest(run, context, track, step, out_of)
        if member is not None:
            yield Handing(track, step, member, out_of)


def suits(run: Run, context: Context, member: str, step: Step) -> bool:
    """Say whether a step may be given to somebody where they are: none with a patient, none that takes hands outside.

    What only whoever leads may do is theirs wherever they are; who said nothing is given what they were before.
    """
    where = where_is(run, context, member)
    return step.role in COMMAND_ROLES or not (where == "with_patient" or (where == "away" and step.hands))


def _stuck(run: Run, context: Context, shown: Shown) -> bool:
    """Say whether somebody has a step that doesn't suit where they are; who took one since they said so has it of their will."""
    told = run.presence.get(shown.member)
    of_their_will = shown.claimed and told is not None and told[1] <= shown.at
    return not of_their_will and not suits(run, context, shown.member, run.step(shown))


def _nearest(run: Run, context: Context, track: str, name: str, out_of: Shown | None) -> str | None:
    """Give the nearest member who is free for a step; None if it waits, or stays where it is."""
    step = run.text_of(track, name)
    if step.role in COMMAND_ROLES:
        return _free(run, context, owners(step.role, run, context) if run.commander else [])
    since = run.tracks[track].since  # who let go of an earlier round of the same step may have this one
    let_go = {
        s.member
        for s in run.shown.values()
        if s.released and s.why != "no_hands" and (s.track, s.step) == (track, name) and s.at >= since
    }
    asked = owners(step.role, run, context) or _instead(run, context)
    found = [m for m in asked if m not in let_go and suits(run, context, m, step)]
    if let_go or out_of or not found:
        around = _all_around(run, context, step, asked)
        found = [m for m in around if m not in let_go and suits(run, context, m, step)]
    if out_of is not None:  # from somebody who answered to somebody who did, too
        found = [m for m in found if m in (run.reporter, run.commander) or m in run.acknowledged]
    if not found and not let_go and out_of is None:  # nobody has hands, and still it may not come to nothing
        found = owners("reporter", run, context) or asked
    return _free(run, context, found)


def _free(run: Run, context: Context, members: list[str]) -> str | None:
    return next((m for m in members if m not in context.busy and run.open_step_of(m) is None), None)


def owners(role: str, run: Run, context: Context) -> list[str]:
    """Give the members who own a role in this run, the nearest first; deputies only where no holder is here."""
    if role == "reporter":
        found = [run.reporter]
    elif role in COMMAND_ROLES:
        found = [run.commander] if run.commander else []
    elif role == "anyone":
        found = [run.reporter, *sorted(run.acknowledged, key=lambda m: run.acknowledged[m])]
    else:
        people = context.roster.owners(role, context.today)
        holders = [m.id for m in people if role in m.roles]
        found = holders or [m.id for m in people]
    return list(dict.fromkeys(m for m in found if context.can_act(m) and not run.spares(m)))


def _instead(run: Run, context: Context) -> list[str]:
    """Give who does a step whose role nobody holds, first to last."""
    return list(dict.fromkeys(m for role in ROLE_FALLBACK for m in owners(role, run, context)))


def _all_around(run: Run, context: Context, step: Step, first: list[str]) -> list[str]:
    """Give who may do a step in the place of those it is for, who is known to be in the house first where hands are taken."""
    deputies = [m.id for m in context.roster.owners(step.role, context.today) if context.can_act(m.id)]
    around = list(dict.fromkeys((*first, *deputies, *owners("anyone", run, context))))
    return sorted(around, key=lambda m: step.hands and where_is(run, context, m) != "here")
