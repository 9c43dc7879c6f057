"""Who may be given a step that somebody passes on, and who may lead in the place of whoever does."""

from __future__ import annotations

from flows.scene.circle import sees
from flows.scene.hands import suits
from flows.scene.presence import asks_presence, is_free
from flows.state.run import COMMAND_ROLES, TAKE_LEAD, Plea, Run, Shown
from flows.state.work import Context
from playbooks.model import Step


def holder(run: Run, track: str) -> Shown | None:
    """Give where the step of a track stands; None if nobody has it."""
    return next((s for s in run.open_steps() if s.track == track), None)


def stands(run: Run, track: str, shown: int) -> bool:
    """Say whether the step of a track can go to somebody else and still stands where it was shown; 0: with nobody."""
    return can_give(run, track) and shown_at(run, track) == shown


def shown_at(run: Run, track: str) -> int:
    """Give the turn under which the step of a track is on a screen; 0 if nobody has it."""
    has = holder(run, track)
    return has.turn if has else 0


def decides_alone(step: Step) -> bool:
    """Say whether a step is for whoever leads and for nobody else: it is a decision."""
    return step.role in COMMAND_ROLES and (step.decision is not None or step.type.wants == "choice")


def takers(run: Run, context: Context, track: str) -> list[str]:
    """Give who may have the step of a track now: here, free, and with hands for it; of the deciding side what is theirs."""
    if not can_give(run, track):
        return []
    shown, step = holder(run, track), run.text_of(track, run.tracks[track].step)
    inside = step.role in COMMAND_ROLES or not run.calls_everybody
    people = context.chain() if inside else context.roster.active()
    silent = run.asked_to_command.keys() - run.acknowledged.keys() if step.hands and asks_presence(run) else ()
    return [
        m.id
        for m in people
        if (shown is None or m.id != shown.member)
        and context.can_act(m.id)
        and not run.spares(m.id)
        and is_free(run, context, m.id)
        and suits(run, context, m.id, step)
        and m.id not in silent
    ]


def can_give(run: Run, track: str) -> bool:
    """Say whether the step of a track can go to somebody else at all."""
    here = run.tracks.get(track)
    if here is None or not here.open or not run.live or run.playbook is None or track not in run.playbook.tracks:
        return False
    return not decides_alone(run.text_of(track, here.step))


def asked_to_lead(run: Run, member: str) -> bool:
    """Say whether it is up to somebody who leads: they do, or were asked last and haven't answered."""
    asked = run.handed_to or (run.asked_to_command if run.commander is None else {})
    return member == run.commander or member == next(reversed(asked), None)


def may_name_the_lead(run: Run, context: Context) -> bool:
    """Say whether somebody may ask another by name to lead: it is up to them, or to nobody yet and they stand in the chain."""
    nobody = run.commander is None and any(m.id == context.actor for m in context.chain())
    return asked_to_lead(run, context.actor) or nobody


def may_be_handed(run: Run, context: Context, member: str) -> bool:
    """Say whether somebody could be asked by name to lead: whoever is here to read it and may know of it."""
    return member != run.commander and context.can_act(member) and sees(run, context, member)


def seeking(run: Run) -> dict[str, Plea]:
    """Give who wants to lead in the place of whoever does, and hasn't been answered."""
    return {p.by: p for p in run.pleas.values() if TAKE_LEAD in p.wants and p.waits and p.by != run.commander}


def successors(run: Run, context: Context) -> list[str]:
    """Give who could lead in the place of whoever does."""
    return [m.id for m in context.chain() if m.id != run.commander and context.can_act(m.id)]
