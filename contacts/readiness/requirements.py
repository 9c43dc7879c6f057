"""What a facility should have ready, item by item: how far it is, what to do next, and which rule wants it.

``guidance`` is the section of the ministry's guidance for small institutions, ``checklist`` the number in the
ministry's checklist of FY2025 (R7), where one was sourced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from contacts.labels import EQUIPMENT_KIND, SERVICE, role_label
from contacts.phrasing import say
from contacts.readiness.deputies import deputises
from contacts.readiness.restoring import order_flaws
from contacts.roles import DEPUTISED
from contacts.roster import Roster
from contacts.shapes.days import months_after
from contacts.shapes.outside import Contact
from contacts.shapes.systems import TASKS
from contacts.written.phone import SHORT_CODES
from playbooks.frozen import frozen
from playbooks.kinds import words_of
from playbooks.texts import Wording

VERIFIED_MONTHS = 6
"""A number that nobody has checked for so long counts as stale."""
YEARLY_MONTHS = 12
EQUIPMENT_MONTHS = 6
NEEDED_EQUIPMENT = ("mobile_router", "paper_kit", "appointment_list")

REQUIRED_OUTSIDE: tuple[tuple[str, str], ...] = (
    ("authority:police_cyber", "3.3.4"),
    ("authority:ppc", "3.3.4"),
    ("authority:mhlw", "3.3.4"),
    ("authority:health_centre", "3.3.4"),
    ("authority:eligibility_centre", "3.3.4"),
    ("adviser:insurer", "3.3.4"),
    ("adviser:lawyer", "3.3.4"),
    ("adviser:forensic", "3.3.4"),
    ("adviser:association", "3.3.4"),
    ("adviser:adviser", "3.5.3"),
)
"""Whom everybody needs beforehand, beside vendors; the section wants authorities' and experts' contacts confirmed."""

SEALS_OUTSIDE = ("adviser:seals", "3.1.1")
"""Who outside keeps the record's seals: a lawyer, an association, a befriended clinic. Nobody needs one; so it is said and doesn't count."""

ASKED_OUTSIDE = (*REQUIRED_OUTSIDE, SEALS_OUTSIDE)

_T = TypeVar("_T")


@frozen
class Item:
    """One thing to have ready: ``done`` of ``of`` parts, its weight in the figure (0: it is only said), and what to do about the rest."""

    id: str
    weight: int
    done: int
    of: int
    todo: Wording
    guidance: str
    checklist: str | None = None

    @property
    def complete(self) -> bool:
        """Whether nothing is left to do."""
        return self.done >= self.of


def items(roster: Roster, today: date) -> tuple[Item, ...]:
    """Give all items as they stand on ``today``."""
    return (
        *_people(roster),
        *_facility(roster),
        *_systems(roster, today),
        *_vendors(roster, today),
        *_contracts(roster, today),
        *_outside(roster),
        *_equipment(roster, today),
    )


def _item(
    name: str,
    weight: int,
    rows: Sequence[_T],
    fits: Callable[[_T], object],
    guidance: str,
    checklist: str | None = None,
) -> Item:
    """Make an item of rows that should all fit; with no row at all it is wholly open. What is to do names what lacks."""
    lacking = [row for row in rows if not fits(row)]
    named = [str(getattr(row, "name", "")) for row in lacking if getattr(row, "name", "")]
    how = "more" if len(named) > 2 else ("nobody", "one", "two")[len(named)]
    names = say(f"requirements.names.{how}", **dict(zip(("first", "second"), named, strict=False)))
    todo = say(f"requirements.{name}", names=names)
    return Item(name, weight, len(rows) - len(lacking), max(1, len(rows)), todo, guidance, checklist)


def _single(
    name: str, weight: int, ready: object, guidance: str, checklist: str | None = None, todo: Wording | None = None
) -> Item:
    return Item(name, weight, 1 if ready else 0, 1, todo or say(f"requirements.{name}"), guidance, checklist)


def _of_kind(name: str, roster: Roster) -> Wording:
    """Say what is to do in the words of this kind of facility."""
    return say(f"requirements.{name}", **words_of(roster.facility.kind))


def _people(roster: Roster) -> Iterator[Item]:
    active = roster.active()
    for role in DEPUTISED:
        yield _single(
            f"deputy:{role}",
            10 if role == "director" else 6,
            any(deputises(m, role) for m in active),
            "2.1",
            todo=say("requirements.deputy", label=role_label(role, roster.facility.kind)),
        )
    yield _single(
        "safety_manager",
        8,
        any("safety_manager" in m.roles for m in active),
        "3.3.1",
        "1-1",
        todo=_of_kind("safety_manager", roster),
    )
    yield _item(
        "reachable",
        6,
        active,
        lambda m: m.channels,
        "3.3.1",
        "3-1",
    )


def _facility(roster: Roster) -> Iterator[Item]:
    facility = roster.facility
    yield _single("hours", 2, facility.sessions, "3.3.4", todo=_of_kind("hours", roster))
    yield _single("prefecture", 1, facility.prefecture, "3.3.4")
    yield _single("telephone", 1, facility.telephone, "3.1.2", todo=_of_kind("telephone", roster))


def _systems(roster: Roster, today: date) -> Iterator[Item]:
    systems = roster.systems
    yield _single("systems", 6, systems, "3.5.2", "2-1")
    yield _item("system_vendor", 5, systems, roster.vendor_of, "3.5.2", "3-1")
    yield _item(
        "downtime",
        3,
        systems,
        lambda s: s.importance and s.allowed_downtime is not None,
        "3.2.2",
        "3-2",
    )
    yield _item("on_paper", 4, systems, lambda s: s.on_paper, "3.3.4", "3-2")
    yield _item("backup", 4, systems, lambda s: s.backup_place, "3.3.4", "3-2")
    too_early = {key for flaw in order_flaws(systems) for key in flaw.systems[:1]}
    yield _item(
        "restore_order",
        2,
        systems,
        lambda s: s.restore_order and s.id not in too_early,
        "3.5.3",
    )
    yield _item(
        "restore_test",
        4,
        systems,
        lambda s: _since(s.restore_tested_on, YEARLY_MONTHS, today),
        "3.3.4",
        "3-2",
    )
    settled = {(r.system, r.task) for r in roster.responsibilities if r.settled}
    yield _item(
        "responsibilities",
        4,
        systems,
        lambda s: all((s.id, task) in settled for task in TASKS),
        "3.5.3",
    )
    yield _single("connections", 2, roster.connections, "3.5.3", "2-1")


def _vendors(roster: Roster, today: date) -> Iterator[Item]:
    vendors = roster.vendors()
    yield _item(
        "vendor_number",
        5,
        vendors,
        lambda c: c.number,
        "3.5.2",
        "3-1",
    )
    yield _item("vendor_emergency", 4, vendors, lambda c: c.emergency_help, "3.1.3")
    yield _item(
        "vendor_asked",
        3,
        vendors,
        lambda c: _since(c.asked_on, YEARLY_MONTHS, today),
        "3.3.4",
    )
    yield _item("remote_line", 3, vendors, lambda c: c.remote_line, "3.5.2", "2-2")
    known = [c for c in roster.contacts if c.number]
    yield _item(
        "numbers_fresh",
        5,
        known,
        lambda c: not stale_number(c, today),
        "3.3.4",
    )


def _contracts(roster: Roster, today: date) -> Iterator[Item]:
    running = [c for c in roster.contracts if not c.ended(today)]
    covered = {system for contract in running for system in contract.systems}
    yield _item("contract", 3, roster.systems, lambda s: s.id in covered, "3.5.2")
    yield _item(
        "contract_dates",
        2,
        running,
        lambda c: c.end and c.auto_renewal is not None and c.notice_days is not None,
        "3.5.2",
    )
    yield _item("emergency_clause", 3, running, lambda c: c.emergency_clause, "3.1.3")
    yield _item("data_return", 2, running, lambda c: c.data_return, "3.5.2")


def _outside(roster: Roster) -> Iterator[Item]:
    for reference, section in REQUIRED_OUTSIDE:
        label = SERVICE[reference.partition(":")[2]]
        best = max((_known(c) for c in roster.contacts_for(reference) if not _is_shared(c)), default=0)
        todo = say("requirements.outside_unverified", label=label) if best else say("requirements.outside", label=label)
        yield Item(f"outside:{reference}", 3, best, 2, todo, section, "3-1")
    reference, section = SEALS_OUTSIDE
    keeper = roster.contacts_for(reference)
    yield Item(f"outside:{reference}", 0, 1 if keeper else 0, 1, say("requirements.outside_seals"), section)


def _known(contact: Contact) -> int:
    """Count half for a number, and whole once somebody has put the date of their check beside it."""
    return 0 if not contact.number else 1 if contact.verified_on is None else 2


def stale_number(contact: Contact, today: date) -> bool:
    """Say whether nobody has checked a number for six months, or somebody doubts it.

    110 and its like never change and are checked once.
    """
    if contact.doubted_on is not None:
        return True
    if contact.verified_on is None or _is_shared(contact):
        return contact.verified_on is None
    return not _since(contact.verified_on, VERIFIED_MONTHS, today)


def _is_shared(contact: Contact) -> bool:
    """Say whether it is a number of the whole country (110, #9110), which stands for no desk of the prefecture."""
    return contact.number in SHORT_CODES


def _equipment(roster: Roster, today: date) -> Iterator[Item]:
    kinds = {e.kind for e in roster.equipment}
    lacking = [kind for kind in NEEDED_EQUIPMENT if kind not in kinds]
    wanted = dict(
        zip(("first", "second", "third"), [EQUIPMENT_KIND[kind] for kind in lacking or NEEDED_EQUIPMENT], strict=False)
    )
    todo = say(f"requirements.equipment.{len(wanted)}", **wanted)
    yield Item("equipment", 3, len(NEEDED_EQUIPMENT) - len(lacking), len(NEEDED_EQUIPMENT), todo, "3.3.4")
    yield _item(
        "equipment_checked",
        3,
        roster.equipment,
        lambda e: e.works and _since(e.checked_on, EQUIPMENT_MONTHS, today),
        "3.3.4",
    )


def _since(day: date | None, months: int, today: date) -> bool:
    return day is not None and today < months_after(day, months)


def open_items(found: Iterable[Item]) -> tuple[Item, ...]:
    """Give what is not complete, that which moves the figure most first."""
    left = [item for item in found if not item.complete]
    return tuple(sorted(left, key=lambda item: -item.weight * (item.of - item.done) / item.of))
