"""What a facility's plan for going on (BCP) consists of: which of its rows and fields, and what of it is still a hole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256

from contacts.readiness.requirements import Item, items
from contacts.registry import Held
from contacts.roster import Roster
from contacts.rows.differences import Change, differences
from contacts.shapes.people import Member
from playbooks.texts import Data

FIELDS: Mapping[str, frozenset[str]] = {
    "facility": frozenset({"name", "kind", "telephone", "address", "phones_on_line", "fallback_phone"}),
    "member": frozenset({"name", "roles", "stands_in_for", "rank", "status", "telephone"}),
    "contact": frozenset(
        {"kind", "services", "name", "number", "night_number", "alternate_number", "hours", "open_hours"}
        | {"emergency_help", "remote_line"}
    ),
    "system": frozenset(
        {"name", "service", "runs", "vendor", "importance", "allowed_downtime", "on_paper", "restore_order"}
        | {"backup_place", "needs"}
    ),
    "contract": frozenset({"name", "vendor", "systems", "emergency_clause", "notification", "data_return"}),
    "responsibility": frozenset({"system", "task", "normal", "normal_words", "emergency", "emergency_words"}),
    "connection": frozenset({"name", "way", "contact", "system", "cut_by"}),
    "equipment": frozenset({"name", "kind", "place"}),
}
"""The fields of which the plan is made. Days of checking, absences and notes stand elsewhere and make no new version."""

NEEDED = (
    *("deputy:director", "deputy:safety_manager", "safety_manager", "systems", "system_vendor"),
    *("vendor_number", "downtime", "on_paper", "backup", "restore_order"),
)
"""What has to be there before somebody can stand behind the plan, by the names of readiness."""


def holes(roster: Roster, today: date) -> tuple[Item, ...]:
    """Give what is still missing of the plan; none of it is ever left blank in something that was approved."""
    return tuple(item for item in items(roster, today) if item.id in NEEDED and not item.complete)


def rows_of(roster: Roster) -> Iterator[tuple[str, Data]]:
    """Give the rows of which the plan is made, by their kind; of people those who work here."""
    yield "facility", roster.facility
    of_kinds: Mapping[str, Iterable[Data]] = {
        "member": roster.active(),
        "contact": roster.contacts,
        "system": roster.systems,
        "contract": roster.contracts,
        "responsibility": roster.responsibilities,
        "connection": roster.connections,
        "equipment": roster.equipment,
    }
    for kind, rows in of_kinds.items():
        yield from ((kind, row) for row in rows)


def plan_digest(roster: Roster, *more: str) -> str:
    """Sum up what the plan says, in whatever language; ``more`` are digests of what else belongs to it."""
    rows = [
        (kind, str(getattr(row, "id", "")), row.model_dump(mode="json", include=set(FIELDS[kind])))
        for kind, row in rows_of(roster)
    ]
    said = sorted(rows, key=lambda row: row[:2]), more
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def changes_since(before: Held, now: Held) -> tuple[Change, ...]:
    """Give what is otherwise in the plan than it was, row by row, with the fields that make it."""
    return tuple(_of_the_plan(differences(before, now)))


def _of_the_plan(found: Iterable[Change]) -> Iterator[Change]:
    for change in found:
        fields = tuple(name for name in change.fields if name in FIELDS.get(change.kind, ()))
        gone = isinstance(change.after, Member) and change.how == "removed"
        if fields or change.after is None or gone:
            yield replace(change, fields=fields)
