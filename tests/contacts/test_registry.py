"""The registry's rows as people, contacts and addresses."""

from __future__ import annotations

import json

from contacts.model import Contact, Facility, Member
from contacts.registry import addresses_of, member_at, members_with_address, roster_from

CLINIC = Facility(name="あかり", kind="clinic")
NURSE = Member(id="m4", name="鈴木", roles=("nurse",))
VENDOR = Contact(id="v", kind="vendor", services=("ehr",), name="カルテ社")


def address(member: str, *, reachable: bool = True) -> str:
    """Make an address's row."""
    return json.dumps({"member": member, "reachable": reachable})


TABLES: dict[str, dict[str, str]] = {
    "facility": {"facility": CLINIC.model_dump_json()},
    "member": {"m4": NURSE.model_dump_json(), "m5": NURSE.model_copy(update={"id": "m5"}).model_dump_json()},
    "contact": {"v": VENDOR.model_dump_json()},
    "address": {
        "telegram:1": address("m4"),
        "terminal:m4": address("m4"),
        "telegram:2": address("m5", reachable=False),
    },
}


def rows(kind: str) -> dict[str, str]:
    """Give the rows of a kind."""
    return TABLES.get(kind, {})


def test_rows_become_a_roster() -> None:
    """Facility, members and contacts as they were entered, each member with the channels that reach them now."""
    roster = roster_from(rows)

    assert roster.facility == CLINIC
    assert roster.contacts == (VENDOR,)
    assert roster.member("m4") == NURSE.model_copy(update={"channels": ("telegram", "terminal")})
    assert [m.channels for m in roster.members] == [("telegram", "terminal"), ()]


def test_a_member_is_reached_at_every_address_that_works() -> None:
    """One that is blocked gets nothing."""
    assert addresses_of(rows, "m4") == ("telegram:1", "terminal:m4")
    assert addresses_of(rows, "m5") == addresses_of(rows, "m9") == ()


def test_an_address_belongs_to_one_member() -> None:
    """Also while it is unreachable: whoever writes from it is known. A stranger is nobody."""
    assert [member_at(rows, a) for a in ("telegram:1", "telegram:2", "telegram:3")] == ["m4", "m5", None]


def test_who_has_ever_enrolled() -> None:
    """Reachable or not."""
    assert members_with_address(rows) == {"m4", "m5"}
