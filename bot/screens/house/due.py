"""A matter of upkeep, as a button names it: which one it is, the row it is about, and what of that row was seen."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from contacts.readiness.freshness import Reminder, reminders
from contacts.registry import Rows
from contacts.roster import Roster
from contacts.shapes.contracts import Contract
from playbooks.frozen import frozen

_SIGNS = 10
"""Hexadecimal signs of a mark: ids may be long, and a button holds 64 bytes."""


@frozen
class DueMatter:
    """Something that is due now; ``row`` is what the registry holds of it (JSON text), None where it is about no row."""

    reminder: Reminder
    row: str | None
    today: date
    term: date | None = None

    @property
    def mark(self) -> str:
        """Name it in a button."""
        return mark_of(self.reminder.subject)

    @property
    def seen(self) -> str:
        """Sum up what somebody who looks at it sees: the row, and the term that runs where it is a contract."""
        return mark_of(f"{self.row}\n{self.term}")[:6]


def mark_of(subject: str) -> str:
    """Shorten a subject so that it fits into a button."""
    return sha256(subject.encode()).hexdigest()[:_SIGNS]


def matters(roster: Roster, rows: Rows, today: date) -> tuple[DueMatter, ...]:
    """Give all that is due on ``today``, the longest due first."""
    return tuple(_matter(reminder, roster, rows, today) for reminder in reminders(roster, today))


def matter(mark: str, roster: Roster, rows: Rows, today: date) -> DueMatter | None:
    """Give what a button names; None where it is settled."""
    found = next((r for r in reminders(roster, today) if mark_of(r.subject) == mark), None)
    return _matter(found, roster, rows, today) if found else None


def _matter(reminder: Reminder, roster: Roster, rows: Rows, today: date) -> DueMatter:
    contract = contract_of(reminder, roster)
    return DueMatter(
        reminder, rows(reminder.kind).get(reminder.key), today, contract.runs_out(today) if contract else None
    )


def contract_of(reminder: Reminder, roster: Roster) -> Contract | None:
    """Give the contract that a matter is about, if it is about one."""
    return next((c for c in roster.contracts if reminder.kind == "contract" and c.id == reminder.key), None)
