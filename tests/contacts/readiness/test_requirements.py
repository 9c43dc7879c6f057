"""What a facility should have ready."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from contacts.readiness.requirements import ASKED_OUTSIDE, REQUIRED_OUTSIDE, Item, items, open_items, stale_number
from contacts.references import SERVICES
from contacts.roster import Roster
from contacts.shapes.outside import Contact
from contacts.shapes.systems import TASKS, Responsibility
from playbooks.texts import Text
from tests.contacts.book import (
    BACKUP,
    CONTRACT,
    DEPUTY,
    DIRECTOR,
    FACILITY,
    KARTE,
    LINE,
    RECEPTION,
    ROUTER,
    TODAY,
    VENDOR,
    roster,
)

REACHABLE = {"channels": ("telegram",)}
PEOPLE = tuple(m.model_copy(update=REACHABLE) for m in (DIRECTOR, DEPUTY, RECEPTION))
OUTSIDE = tuple(
    Contact.model_validate(
        {
            "id": reference,
            "kind": reference.partition(":")[0],
            "services": (reference.partition(":")[2],),
            "name": reference,
            "number": "03-1234-0000",
            "verified_on": TODAY,
            "verified_by": "高橋",
        }
    )
    for reference, _ in ASKED_OUTSIDE
)
SETTLED = tuple(
    Responsibility(id=f"karte.{task}", system="karte", task=task, normal="us", emergency="both") for task in TASKS
)
KIT = (
    ROUTER,
    ROUTER.model_copy(update={"id": "e2", "kind": "paper_kit"}),
    ROUTER.model_copy(update={"id": "e3", "kind": "appointment_list"}),
)
READY: tuple[Any, ...] = (*PEOPLE, *OUTSIDE, VENDOR, KARTE, CONTRACT, *SETTLED, LINE, *KIT)


def item(found: Roster, name: str, today: date = TODAY) -> Item:
    """Give one item."""
    return next(i for i in items(found, today) if i.id == name)


def but(row: Any, **changes: Any) -> Roster:
    """Give the ready roster with one row changed."""
    return roster(*(row.model_copy(update=changes) if one == row else one for one in READY))


def test_a_clinic_that_has_everything_has_nothing_to_do() -> None:
    """Every item can be completed."""
    assert open_items(items(roster(*READY), TODAY)) == ()


@pytest.mark.parametrize(
    ("row", "changes", "name"),
    [
        (PEOPLE[1], {"stands_in_for": ("safety_manager",)}, "deputy:director"),
        (PEOPLE[1], {"stands_in_for": ("director",)}, "deputy:safety_manager"),
        (PEOPLE[0], {"roles": ("director",)}, "safety_manager"),
        (PEOPLE[2], {"channels": ()}, "reachable"),
        (KARTE, {"vendor": None, "service": None}, "system_vendor"),
        (KARTE, {"allowed_downtime": None}, "downtime"),
        (KARTE, {"on_paper": None}, "on_paper"),
        (KARTE, {"backup_place": None}, "backup"),
        (KARTE, {"restore_tested_on": date(2025, 11, 23)}, "restore_test"),
        (SETTLED[0], {"emergency": None}, "responsibilities"),
        (VENDOR, {"number": None}, "vendor_number"),
        (VENDOR, {"emergency_help": None}, "vendor_emergency"),
        (VENDOR, {"asked_on": date(2025, 11, 23)}, "vendor_asked"),
        (VENDOR, {"remote_line": None}, "remote_line"),
        (VENDOR, {"verified_on": date(2026, 5, 23)}, "numbers_fresh"),
        (CONTRACT, {"systems": ()}, "contract"),
        (CONTRACT, {"notice_days": None}, "contract_dates"),
        (CONTRACT, {"emergency_clause": None}, "emergency_clause"),
        (CONTRACT, {"data_return": None}, "data_return"),
        (KIT[1], {"kind": "lamp"}, "equipment"),
        (KIT[1], {"works": False}, "equipment_checked"),
        (KIT[1], {"checked_on": date(2026, 5, 23)}, "equipment_checked"),
    ],
)
def test_each_thing_that_lacks_is_noticed(row: Any, changes: dict[str, Any], name: str) -> None:
    """By its own item, which says what to do in both languages and which section wants it."""
    found = item(but(row, **changes), name)

    assert not found.complete
    assert found.todo.ja
    assert found.todo.en
    assert found.guidance.startswith(("2.", "3."))


@pytest.mark.parametrize("field", ["sessions", "prefecture", "telephone"])
def test_the_facility_itself(field: str) -> None:
    """Hours, prefecture and telephone."""
    empty: Any = {} if field == "sessions" else None
    found = items(roster(*READY, facility=FACILITY.model_copy(update={field: empty})), TODAY)

    assert [i.id for i in open_items(found)] == [{"sessions": "hours"}.get(field, field)]


@pytest.mark.parametrize("reference", [r for r, _ in REQUIRED_OUTSIDE])
def test_a_required_number_counts_when_it_is_dated(reference: str) -> None:
    """Half for the number, whole once somebody has put the day of their check beside it."""
    row = next(c for c in OUTSIDE if c.id == reference)
    name = f"outside:{reference}"

    assert [item(f, name).done for f in (but(row, number=None), but(row, verified_on=None), but(row))] == [0, 1, 2]
    kind, _, service = reference.partition(":")
    assert service in SERVICES[kind]


def test_the_numbers_of_the_whole_country_are_no_desk() -> None:
    """110 and #9110, verified or not, stand for no police desk of the prefecture."""
    row = next(c for c in OUTSIDE if c.id == "authority:police_cyber")

    assert item(but(row, number="#9110"), "outside:authority:police_cyber").done == 0


def test_with_nothing_entered_nothing_is_done() -> None:
    """No system is not the same as all systems in order; a system without a row of its own is not counted twice."""
    bare = roster(
        DIRECTOR.model_copy(update={"roles": ("director",)}),
        facility=FACILITY.model_copy(update={"sessions": {}, "prefecture": None, "telephone": None}),
    )

    assert {i.id for i in items(bare, TODAY) if i.done} == set()
    assert all(i.of > 0 for i in items(bare, TODAY))


def test_what_moves_the_figure_most_comes_first() -> None:
    """Weight times what is left of it; equal ones in their order."""
    text = Text(ja="x", en="x")
    a, b, c = Item("a", 4, 0, 1, text, "2.1"), Item("b", 9, 2, 3, text, "2.1"), Item("c", 4, 0, 2, text, "2.1")

    assert [i.id for i in open_items([b, a, c])] == ["a", "c", "b"]


def test_whose_turn_it_is_is_named() -> None:
    """Two by name, the rest as others."""
    three = [KARTE.model_copy(update={"id": n, "name": n, "on_paper": None}) for n in ("A", "B", "C")]
    todo = item(roster(*three), "on_paper").todo

    assert todo.ja == "「A」「B」などの止まったときの代わり（紙など）を決める"
    assert todo.en == "A, B and others: decide what is done on paper meanwhile"


@pytest.mark.parametrize(("day", "stale"), [(None, True), (date(2026, 5, 23), True), (date(2026, 5, 24), False)])
def test_a_number_is_stale_after_six_months(day: date | None, stale: bool) -> None:
    """Or as long as nobody has checked it at all; 110 is checked once."""
    assert stale_number(VENDOR.model_copy(update={"verified_on": day}), TODAY) is stale
    assert stale_number(VENDOR.model_copy(update={"number": "110", "verified_on": day}), TODAY) is (day is None)


def test_one_settled_task_is_not_all() -> None:
    """Backup alone leaves four."""
    assert not item(roster(KARTE, BACKUP), "responsibilities").complete
