"""What time makes stale: reminders computed from dates, never kept anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from contacts.labels import role_label
from contacts.phrasing import say
from contacts.readiness.deputies import without_deputy
from contacts.readiness.requirements import EQUIPMENT_MONTHS, VERIFIED_MONTHS, YEARLY_MONTHS, stale_number
from contacts.roster import Roster
from contacts.shapes.contracts import Contract
from contacts.shapes.days import long_holidays_near, months_after
from playbooks.frozen import frozen
from playbooks.texts import Wording

BEFORE_RENEWAL = (90, 60, 30)
"""Days before the notice period ends at which a contract is brought up."""

BEFORE_HOLIDAYS = 14
"""Days before a long holiday at which contacts are gone through; an absence is looked ahead for as long."""


@frozen
class Reminder:
    """Something to look at: ``what`` it is, about which row (``kind``, ``key``), to ``whom`` (a role).

    ``since`` is the first day on which it is due, None for what was never done at all; ``by`` the day until which it
    has to be settled, where there is one. Two reminders with the same ``id`` are one.
    """

    what: str
    kind: str
    key: str
    whom: str
    since: date | None
    text: Wording
    by: date | None = None

    @property
    def id(self) -> str:
        """A name for telling it apart from others and from the same one of another time."""
        return f"{self.what}:{self.kind}:{self.key}:{self.since or 'never'}"

    @property
    def subject(self) -> str:
        """What it is about, whichever stage it is at: a renewal stays one matter from 90 days before to its end."""
        return f"{_STAGE.get(self.what.partition('_renewal_')[0], self.what)}:{self.key}"


_STAGE = {
    "contract": "renewal",
    "contract_notice_passed": "renewal",
    "equipment_unchecked": "equipment",
    "equipment_broken": "equipment",
}


def reminders(roster: Roster, today: date) -> tuple[Reminder, ...]:
    """Give all that is due on ``today``, the longest due first; what was never done comes last."""
    found = (
        *_contacts(roster, today),
        *_holidays(today),
        *_contracts(roster, today),
        *_deputies(roster, today),
        *_equipment(roster, today),
        *_restore_tests(roster, today),
    )
    return tuple(sorted(found, key=lambda r: (r.since is None, r.since or today)))


def _due(day: date | None, months: int, today: date) -> tuple[bool, date | None]:
    """Say whether something done on ``day`` has to be done again, and since when."""
    if day is None:
        return True, None
    again = months_after(day, months)
    return again <= today, again


def _contacts(roster: Roster, today: date) -> Iterator[Reminder]:
    for contact in roster.contacts:
        if contact.number and contact.doubted_on is None and stale_number(contact, today):  # else a task reminds
            since = months_after(contact.verified_on, VERIFIED_MONTHS) if contact.verified_on else None
            text = say("reminders.contact_unverified", name=contact.name)
            yield Reminder("contact_unverified", "contact", contact.id, "safety_manager", since, text)
        due, since = _due(contact.asked_on, YEARLY_MONTHS, today)
        if due and contact.kind == "vendor":
            text = say("reminders.vendor_questionnaire", name=contact.name)
            yield Reminder("vendor_questionnaire", "contact", contact.id, "safety_manager", since, text)


def _holidays(today: date) -> Iterator[Reminder]:
    for name, begins in long_holidays_near(today, BEFORE_HOLIDAYS):
        text = say("reminders.long_holiday", holiday=say(f"reminders.holiday.{name}"))
        since = begins - timedelta(days=BEFORE_HOLIDAYS)
        yield Reminder("long_holiday", "facility", name, "director", since, text, begins)


def _contracts(roster: Roster, today: date) -> Iterator[Reminder]:
    for contract in roster.contracts:
        if contract.ended(today):
            if contract.data_returned_on is None and contract.end is not None:
                text = say("reminders.contract_ended", name=contract.name)
                since = contract.end + timedelta(days=1)
                yield Reminder("contract_ended", "contract", contract.id, "director", since, text)
            continue
        yield from _renewal(contract, today)


def _renewal(contract: Contract, today: date) -> Iterator[Reminder]:
    end, notice = contract.runs_out(today), contract.notice_by(today)
    if end is None or notice is None or contract.checked_for == end:
        return
    begun = [days for days in BEFORE_RENEWAL if notice - timedelta(days=days) <= today]
    if not begun:
        return
    said = {"name": contract.name, "end": end, "notice": notice}
    way = "renews" if contract.auto_renewal else "ends"
    if today <= notice:
        text = say(f"reminders.renewal.{way}", **said)
        days = min(begun)
        yield Reminder(
            f"contract_renewal_{days}", "contract", contract.id, "director", notice - timedelta(days=days), text, notice
        )
        return
    text = say(f"reminders.notice_passed.{way}", **said)
    yield Reminder("contract_notice_passed", "contract", contract.id, "director", notice + timedelta(days=1), text, end)


def _deputies(roster: Roster, today: date) -> Iterator[Reminder]:
    lacking = without_deputy(roster.members)
    for role in lacking:
        text = say("reminders.deputy_missing", who=role_label(role, roster.facility.kind))
        yield Reminder("deputy_missing", "member", role, "director", None, text)
    for director in (m for m in roster.active() if "director" in m.roles and m.absent_from is not None):
        first = director.absent_from
        if first is None or not (
            director.absent_on(today) or today <= first <= today + timedelta(days=BEFORE_HOLIDAYS)
        ):
            continue
        if not roster.chain(max(first, today)):
            text = say("reminders.director_absent", name=director.name)
            yield Reminder("director_absent", "member", director.id, "director", min(first, today), text, first)


def _equipment(roster: Roster, today: date) -> Iterator[Reminder]:
    for piece in roster.equipment:
        if piece.works is False:
            text = say("reminders.equipment_broken", name=piece.name)
            yield Reminder("equipment_broken", "equipment", piece.id, "safety_manager", piece.checked_on, text)
            continue
        due, since = _due(piece.checked_on, EQUIPMENT_MONTHS, today)
        if due:
            text = say("reminders.equipment_unchecked", name=piece.name)
            yield Reminder("equipment_unchecked", "equipment", piece.id, "safety_manager", since, text)


def _restore_tests(roster: Roster, today: date) -> Iterator[Reminder]:
    for system in roster.systems:
        due, since = _due(system.restore_tested_on, YEARLY_MONTHS, today)
        if due:
            text = say("reminders.restore_test", name=system.name)
            yield Reminder("restore_test", "system", system.id, "safety_manager", since, text)
