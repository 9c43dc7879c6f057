"""Rows into the registry, all of them or none."""

from __future__ import annotations

import json
from datetime import date

import pytest

from contacts.model import Contact, Member, System
from flows.commands.facility import PutRegistry, RegistryRow
from flows.events.event import Event
from flows.events.facility import RegistryChanged
from flows.facility.registering import registered
from flows.facility.settling import Matter
from flows.powers import CONSOLE
from flows.record.journal import FACILITY
from flows.refusals import Refused
from tests.flows.clinic import SATO, TAKAHASHI, Clinic

VENDOR = Contact(id="v", kind="vendor", services=("ehr",), name="カルテ社", number="03-1234-5678")
OTHER = VENDOR.model_copy(update={"number": "03-1234-9999"})


def put(*rows: RegistryRow) -> PutRegistry:
    """Order rows."""
    return PutRegistry(FACILITY, rows)


def added(row: Contact | System) -> RegistryRow:
    """Order a row that is not there yet."""
    return RegistryRow("contact" if isinstance(row, Contact) else "system", row.id, row.model_dump_json())


def orders(clinic: Clinic, command: PutRegistry, actor: str = TAKAHASHI, cause: str = "c1") -> tuple[Event, ...]:
    """Let somebody order it; gives what happened."""
    return clinic.engine.handle(command, actor=actor, now=clinic.now, cause=cause).events


def test_rows_come_in_with_an_entry_each(clinic: Clinic) -> None:
    """Names of the fields that say something; no value stands in the journal."""
    happened = orders(clinic, put(added(VENDOR), added(System(id="s", name="カルテ", vendor="v"))))

    assert happened == (
        RegistryChanged("contact", "v", "added", ("kind", "name", "number", "services")),
        RegistryChanged("system", "s", "added", ("name", "vendor")),
    )
    assert clinic.engine.roster().contact("v") == VENDOR
    assert not any("1234" in entry.body or "カルテ社" in entry.body for entry in clinic.journal.entries())


def test_a_change_and_a_removal(clinic: Clinic) -> None:
    """Each against the row as it was shown; what is the same makes no entry."""
    orders(clinic, put(added(VENDOR)))
    row = RegistryRow("contact", "v", OTHER.model_dump_json(), VENDOR.model_dump_json())
    same = RegistryRow("contact", "v", OTHER.model_dump_json(), OTHER.model_dump_json())
    gone = RegistryRow("contact", "v", None, OTHER.model_dump_json())

    assert orders(clinic, put(row), cause="c2") == (RegistryChanged("contact", "v", "changed", ("number",)),)
    assert orders(clinic, put(same), cause="c3") == ()
    assert orders(clinic, put(gone), cause="c4") == (RegistryChanged("contact", "v", "removed"),)
    assert clinic.engine.roster().contact("v") is None


def test_nobody_overwrites_what_they_have_not_seen(clinic: Clinic) -> None:
    """If one row has changed since it was shown, none goes in."""
    orders(clinic, put(added(VENDOR)))
    stale = RegistryRow("contact", "v", None, OTHER.model_dump_json())

    for row in (stale, added(VENDOR)):
        with pytest.raises(Refused, match="stale"):
            orders(clinic, put(added(System(id="s", name="x")), row), cause="c2")
    assert clinic.engine.roster().systems == ()


def test_an_old_row_is_compared_by_what_it_means(clinic: Clinic) -> None:
    """A row written before a field was known is the same row."""
    old = json.dumps({"id": "v", "kind": "vendor", "services": ["ehr"], "name": "カルテ社", "number": "03-1234-5678"})
    row = RegistryRow("contact", "v", OTHER.model_dump_json(), VENDOR.model_dump_json())
    context = clinic.context(TAKAHASHI)
    kept = {"contact": {"v": old}}
    done = registered((row,), Matter(clinic.engine.house, lambda k: kept.get(k, {}), context, clinic.now, TAKAHASHI))

    assert done.events == [RegistryChanged("contact", "v", "changed", ("number",))]
    assert done.puts == [("contact", "v", OTHER.model_dump_json())]


@pytest.mark.parametrize("actor", [SATO, "nobody"])
def test_only_those_who_keep_it(clinic: Clinic, actor: str) -> None:
    """And the command line."""
    with pytest.raises(Refused, match="keepers_only"):
        orders(clinic, put(added(VENDOR)), actor)
    assert orders(clinic, put(added(VENDOR)), CONSOLE)


def test_a_number_is_kept_as_it_is_dialled(clinic: Clinic) -> None:
    """Whoever enters it and however: one form, and none that can't be dialled; a new one counts as checked by nobody."""
    sure = VENDOR.model_copy(update={"number": "０３ー１２３４ー５６７８", "verified_on": date(2027, 3, 1)})
    orders(clinic, put(added(sure)))
    known = clinic.engine.roster().contact("v")
    assert known is not None
    assert (known.number, known.verified_on) == ("03-1234-5678", date(2027, 3, 1))

    bad = RegistryRow(
        "contact", "v", known.model_copy(update={"number": "3-12"}).model_dump_json(), known.model_dump_json()
    )
    assert clinic.refused(TAKAHASHI, put(bad)).data["reason"]["phrase"] == "contacts:written.phone_inside"
    new = known.model_copy(update={"number": "0312349999"})
    orders(clinic, put(RegistryRow("contact", "v", new.model_dump_json(), known.model_dump_json())), cause="c2")
    known = clinic.engine.roster().contact("v")
    assert known is not None
    assert (known.number, known.verified_on) == ("03-1234-9999", None)


def test_the_safety_manager_keeps_all_but_people(clinic: Clinic) -> None:
    """Vendors and systems, yes; who works here and who stands in for whom is for those who decide."""
    manager = clinic.hire(name="山田", roles=("safety_manager",))
    before = Member.model_validate_json(clinic.journal.registry("member")[manager])
    after = before.model_copy(update={"stands_in_for": ("director",)})

    assert orders(clinic, put(added(VENDOR)), manager)
    row = RegistryRow("member", manager, after.model_dump_json(), before.model_dump_json())
    with pytest.raises(Refused, match="chain_only"):
        orders(clinic, put(row), manager, cause="c2")


def test_whoever_leaves_can_do_nothing_any_more(clinic: Clinic) -> None:
    """Their addresses go and their open invitations are worthless; their name stays."""
    before = Member.model_validate_json(clinic.journal.registry("member")[SATO])
    after = before.model_copy(update={"status": "left"})
    orders(clinic, put(RegistryRow("member", SATO, after.model_dump_json(), before.model_dump_json())))
    roster = clinic.engine.roster()

    assert (member := roster.member(SATO)) is not None
    assert (member.name, member.channels) == ("佐藤", ())
    assert not any(json.loads(v)["member"] == SATO for v in clinic.journal.registry("address").values())
    assert all(
        json.loads(v)["used"] for v in clinic.journal.registry("invitation").values() if json.loads(v)["member"] == SATO
    )


def test_a_member_is_never_removed(clinic: Clinic) -> None:
    """Nor is the facility, nor any row that nobody could read back, nor one of a kind that is not for forms."""
    member = clinic.journal.registry("member")[SATO]
    for row in (
        RegistryRow("member", SATO, None, member),
        RegistryRow("facility", "facility", None, clinic.journal.registry("facility")["facility"]),
        RegistryRow("contact", "x", '{"id": "x"}'),
        RegistryRow("address", "phone:m9", '{"member": "m1", "reachable": true}'),
    ):
        with pytest.raises(ValueError, match=r"never removed|validation error|kind 'address'"):
            orders(clinic, put(row))
