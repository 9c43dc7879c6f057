"""The facility's plan for going on: whoever decides stands behind it, as it is and without a hole; that makes a version."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256

from contacts.model import Member
from contacts.phrasing import say
from contacts.readiness.freshness import Reminder
from contacts.rows.plan import holes, plan_digest
from flows.commands.papers import ApprovePlan, ReadPlan
from flows.events.papers import PlanApproved, PlanRead
from flows.facility.settling import Matter, Settlement, settles
from flows.messages.reporting import PlanIsRead, PlanReady
from flows.record.journal import AT_ONCE, SOON, Owed
from flows.refusals import Refused
from flows.state.house import House, PlanVersion
from flows.state.wall_pack import mark_of
from flows.state.work import Context
from playbooks.phrasing import Phrase

UNREAD_AFTER = timedelta(days=7)
"""After its approval: whoever hasn't read the plan by then is named to whoever decides."""

CHANGED, TO_READ, UNREAD = "plan_changed", "plan_to_read", "plan_unread"
"""What is brought up about the plan."""


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
    return Settlement([event], owed=[Owed(matter.actor, PlanReady(len(plans) + 1), priority=SOON)])


@settles
def read(matter: Matter, command: ReadPlan) -> Settlement:
    """Keep that somebody read the plan as it was approved last; said again, nothing is added."""
    last = standing(matter.here, matter.house)
    if last is None or last.number != command.version:
        raise Refused("document_changed")
    told = [Owed(matter.actor, PlanIsRead(last.number), priority=AT_ONCE)]
    return Settlement([PlanRead(last.number)] if matter.actor not in last.read_by else [], owed=told)


def standing(context: Context, house: House) -> PlanVersion | None:
    """Give the version that was approved last, as long as the plan still reads so."""
    last = house.plans[-1] if house.plans else None
    return last if last is not None and last.sha256 == plan_now(context, house) else None


def unread(version: PlanVersion, context: Context) -> tuple[Member, ...]:
    """Give who works here and hasn't said that they read a version, of those who can say so in the chat."""
    return tuple(m for m in context.roster.active() if m.channels and m.id not in version.read_by)


def plan_matters(house: House, context: Context) -> Iterator[tuple[str, Reminder]]:
    """Give what is to be said of the plan to whom (a member, or empty for whoever decides), from the day after it came up.

    A plan that changed is to be approved anew; one that was approved is to be read by everybody, and who hasn't is named.
    """
    if not house.plans:
        return
    local, last = context.roster.facility.local, house.plans[-1]
    approved = local(last.at).date()
    if standing(context, house) is None:
        if house.entered_at is None or local(house.entered_at).date() < context.today:
            yield "", _about(CHANGED, f"{last.number}", say("reminders.plan.changed", version=last.number))
        return
    left = unread(last, context) if approved < context.today else ()
    for member in left:
        if context.can_act(member.id):
            key = f"{last.number}.{member.id}"
            yield member.id, _about(TO_READ, key, say("reminders.plan.to_read", version=last.number))
    if left and context.today >= approved + UNREAD_AFTER:
        names = tuple(m.name for m in left)
        yield "", _about(UNREAD, f"{last.number}", say("reminders.plan.unread", version=last.number, names=names))


def _about(what: str, key: str, text: Phrase) -> Reminder:
    return Reminder(what, "facility", key, "director", None, text)
