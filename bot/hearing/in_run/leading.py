"""What is said of the lead: to whom it goes, who takes it or keeps it, and where whoever says so is."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime
from typing import Literal

from flows.commands.people import TakeCommand
from flows.powers import CHAIN, may
from flows.scene.passing import asked_to_lead, can_give, may_be_handed, may_name_the_lead, successors
from flows.scene.presence import LEFT, Where
from flows.state.run import Run
from flows.state.work import Context
from flows.written.times import until_time
from playbooks.frozen import frozen
from playbooks.triage.people import is_named
from playbooks.wants.names import (
    called_by_name,
    is_replaced,
    names_a_deed,
    names_oneself,
    names_the_lead,
    roles_given,
    says,
)
from playbooks.wants.orders import orders

Lead = Literal["takes", "keeps", "offered", "seeks", "what_now"]
"""What words come to by which somebody does it themselves: they lead, go on leading, may with one tap, want to, or ask what it is."""

PLACES_SAID: dict[str, Where] = {
    "unable": LEFT,
    "away": "away",
    "in_theatre": "with_patient",
    "outside": "away",
    "in_house": "here",
}
"""Where somebody is who says so, by the saying."""

KEEPS_FROM_LEADING = frozenset({"unable", "away", "in_theatre"})
"""Sayings of where somebody is that are the reason why they can't lead."""


@frozen
class Whereabouts:
    """Where somebody says that they are, until when (None: they named no time), and whether nobody says otherwise from there for long.

    ``leads_not`` says that they can't lead from there.
    """

    where: Where
    until: datetime | None = None
    lasting: bool = False
    leads_not: bool = False


def place_said(text: str, now: datetime) -> Whereabouts | None:
    """Give where whoever writes says that they are."""
    until, rest = until_time(text, now)
    said = next((said for said in PLACES_SAID if says(rest, said)), None)
    if said is None:
        return None
    return Whereabouts(PLACES_SAID[said], until, lasting=said == "in_theatre", leads_not=said in KEEPS_FROM_LEADING)


def lead_meant(text: str, run: Run, context: Context, *, free: bool, offered: str) -> Lead | None:
    """Give what words about doing it oneself mean where the lead stands; None where they mean a step, or something else.

    ``free``: nothing is awaited of the writer; ``offered`` is the track whose step they were asked to take, empty for none.
    """
    member, mine, again = context.actor, says(text, "take_on"), says(text, "lead_again")
    agrees = says(text, "accept")
    if run.playbook is None or not (mine or again or agrees or says(text, "keep_lead")):
        return None
    if run.commander == member and run.handed_to:
        return "keeps" if mine or again or says(text, "keep_lead") else None
    may_take = run.commander != member and may(TakeCommand(run.id), context, run)
    if may_take and asked_by_name(run, member) and (agrees or mine or again):
        return "takes"
    if not free or (offered and mine):
        return None
    own = run.open_step_of(member) is not None  # then a bare 「やります」 may be about that
    if may_take and (mine or again):
        asked = run.command_offered is not None or (run.commander is None and member in run.asked_to_command)
        led = any(member == before for before, _ in run.commanders)
        clear = again or not own or (run.command_offered is not None and names_oneself(text))
        return "takes" if clear and (led or asked) else "offered"
    if may_take and agrees and run.command_offered is not None:
        return "offered"
    if again and run.commander not in (None, member) and may(CHAIN, context) and not own:
        return "seeks"
    return "what_now" if mine or (again and run.commander == member) else None


def asked_by_name(run: Run, member: str) -> bool:
    """Say whether somebody was asked to lead by a message of its own, so that a plain yes is the answer to it."""
    first = next(iter(run.asked_to_command), None)
    return member in run.handed_to or (run.commander is None and member in run.asked_to_command and member != first)


def lead_handed_to(text: str, run: Run, context: Context, wants: Container[str]) -> str | None:
    """Name who is to lead in the place of the writer, who does or is asked to; "" for whoever is next, None for no such words."""
    member, lead = context.actor, names_the_lead(text)
    gives = "hand_over" in wants or any(says(text, one) for one in ("lead_to", "lead_down"))
    place = place_said(text, context.roster.facility.local(context.now))
    gives = gives or (place is not None and place.leads_not)
    roles = roles_given(text) if lead else frozenset()
    gives = gives or bool(roles)
    if not (gives or "cannot_now" in wants) or (names_a_deed(text) and not lead):
        return None
    others = [m for m in context.roster.active() if m.id != member]
    named = [m.id for m in others if is_named(text, m.name.split()[0])]
    named = named or [m.id for m in others if roles & {*m.roles, *(["deputy"] if m.stands_in_for else [])}][:1]
    if not asked_to_lead(run, member) and not (lead and named and may_name_the_lead(run, context)):
        return None
    if not named and called_by_name(text):
        return None  # nobody is called that: who is meant has to be asked
    own = run.open_step_of(member)
    step = own is not None and can_give(run, own.track)
    spared = orders().spared(text, [m.name.split()[0] for m in others])
    replaced = {m.id for m in others if (name := m.name.split()[0]) in spared or is_replaced(text, name)}
    to = [m.id for m in context.roster.active() if m.id in named and m.id not in replaced]
    if spared and not to:
        return None  # who is not to lead says nothing of who is
    chain = [m for m in to if m in successors(run, context)]
    entrusted = says(text, "entrusted") and not step  # all of it, since there is no step of theirs that it could be
    if not lead and not entrusted and (len(to) < len(named) or (to and not chain)):
        return None  # somebody else's step goes on, or somebody who leads nothing is asked for something else
    if len(to) == 1 and may_be_handed(run, context, to[0]):
        return to[0]
    if gives and not lead and not to and step and not (place and place.leads_not):
        return None  # their step is meant
    return next(iter(chain), "")
