"""The facility's plan for going on: whoever decides stands behind it, as it is and without a hole; that makes a version."""

from __future__ import annotations

import json
from hashlib import sha256

from contacts.rows.plan import holes, plan_digest
from flows.commands.papers import ApprovePlan
from flows.events.papers import PlanApproved
from flows.facility.settling import Matter, Settlement, settles
from flows.messages.reporting import PlanReady
from flows.record.journal import Owed
from flows.refusals import Refused
from flows.state.house import House
from flows.state.wall_pack import mark_of
from flows.state.work import Context


def plan_now(context: Context, house: House) -> str:
    """Sum up the plan as it stands: what was entered, the playbooks that are followed, and how often is drilled."""
    book, kind = context.handbook, context.roster.facility.kind
    often = {one.id: one.every_months for one in house.calendar.kinds(book.drills).values()}
    drilled = sha256(json.dumps(often, sort_keys=True).encode()).hexdigest()
    return plan_digest(context.roster, mark_of(book.playbooks, kind), drilled)


@settles
def approve(matter: Matter, command: ApprovePlan) -> Settlement:
    """Keep that somebody stands behind the plan that they read; one with a hole, or that reads otherwise by now, is none."""
    here, plans = matter.here, matter.house.plans
    if command.sha256 != plan_now(here, matter.house):
        raise Refused("document_changed")
    if plans and plans[-1].sha256 == command.sha256:
        raise Refused("already_approved")
    missing = holes(here.roster, here.today)
    if missing:
        raise Refused("plan_has_hole", count=len(missing))
    event = PlanApproved(command.sha256, command.until, mark_of(here.handbook.playbooks, here.roster.facility.kind))
    return Settlement([event], owed=[Owed(matter.actor, PlanReady(len(plans) + 1), priority=4)])
