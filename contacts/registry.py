"""The registry's rows as a roster: what is kept as JSON text under a kind and a key becomes people and contacts."""

from __future__ import annotations

import json
from collections.abc import Callable

from contacts.model import Contact, Facility, Member
from contacts.roster import Roster

Rows = Callable[[str], dict[str, str]]
"""Gives the rows of a kind, key → JSON text: ``facility``, ``member``, ``address``, ``contact``, ``invitation``."""


def roster_from(rows: Rows) -> Roster:
    """Build the roster of this moment; a member's channels are the reachable addresses they enrolled from."""
    facility = Facility.model_validate_json(rows("facility")["facility"])
    channels: dict[str, list[str]] = {}
    for address, value in rows("address").items():
        held = json.loads(value)
        if held["reachable"]:
            channels.setdefault(held["member"], []).append(address.partition(":")[0])
    members = tuple(
        Member.model_validate_json(value).model_copy(update={"channels": tuple(channels.get(key, ()))})
        for key, value in rows("member").items()
    )
    contacts = tuple(Contact.model_validate_json(value) for value in rows("contact").values())
    return Roster(facility, members, contacts)


def addresses_of(rows: Rows, member: str) -> tuple[str, ...]:
    """Give the addresses under which a member is reached now."""
    held = {address: json.loads(value) for address, value in rows("address").items()}
    return tuple(a for a, v in held.items() if v["member"] == member and v["reachable"])


def member_at(rows: Rows, address: str) -> str | None:
    """Give the member who enrolled from an address; None for people nobody knows."""
    value = rows("address").get(address)
    return json.loads(value)["member"] if value else None


def members_with_address(rows: Rows) -> frozenset[str]:
    """Give the members who have enrolled from somewhere, reachable or not."""
    return frozenset(json.loads(value)["member"] for value in rows("address").values())
