"""The registry's rows as a roster: what is kept as JSON text under a kind and a key becomes people and contacts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, TypeVar

from contacts.model import Connection, Contact, Contract, Equipment, Facility, Member, Responsibility, System
from contacts.roster import Roster
from playbooks.texts import Data

Rows = Callable[[str], dict[str, str]]
"""Gives the rows of a kind, key → JSON text: those of :data:`SHAPES`, ``address``, ``invitation``, and those of the page."""

SHAPES: Final[Mapping[str, type[Data]]] = {
    "facility": Facility,
    "member": Member,
    "contact": Contact,
    "system": System,
    "contract": Contract,
    "responsibility": Responsibility,
    "connection": Connection,
    "equipment": Equipment,
}
"""What the rows of a kind hold. Old rows have to read for ever: a new field needs a default."""

FACILITY_KEY = "facility"
"""The key of the one row of the kind ``facility``; the other kinds are kept under the id of what they hold."""

PAGE_LINK: Final = "page_link"
"""The kind of the rows of links to the page that nobody has opened yet: under the link's digest its member and when it expires."""

PAGE_SESSION: Final = "page_session"
"""The kind of the rows of browsers that are let in: under the digest of what a browser shows its member and until when."""

BOARD_LINK: Final = "board_link"
"""The kind of the rows of links to the board of one run: under the link's digest the run, who made it, and until when it is shown."""

Held = Mapping[str, Mapping[str, Data]]
"""All that the registry holds, as stored: kind → key → what is held, in the order of entry."""


def held(rows: Rows) -> dict[str, dict[str, Data]]:
    """Read every row; ValueError for one that does not read, which nothing of ours writes."""
    return {
        kind: {key: shape.model_validate_json(value) for key, value in rows(kind).items()}
        for kind, shape in SHAPES.items()
    }


def roster_from(rows: Rows) -> Roster:
    """Build the roster of this moment; a member's channels are the reachable addresses they enrolled from."""
    facility = Facility.model_validate_json(rows("facility")[FACILITY_KEY])
    channels: dict[str, list[str]] = {}
    for address, value in rows("address").items():
        held = json.loads(value)
        if held["reachable"]:
            channels.setdefault(held["member"], []).append(address.partition(":")[0])
    members = tuple(
        Member.model_validate_json(value).model_copy(update={"channels": tuple(channels.get(key, ()))})
        for key, value in rows("member").items()
    )
    return Roster(
        facility,
        members,
        _all(Contact, rows("contact")),
        _all(System, rows("system")),
        _all(Contract, rows("contract")),
        _all(Responsibility, rows("responsibility")),
        _all(Connection, rows("connection")),
        _all(Equipment, rows("equipment")),
    )


_Shape = TypeVar("_Shape", bound=Data)


def _all(shape: type[_Shape], rows: Mapping[str, str]) -> tuple[_Shape, ...]:
    return tuple(shape.model_validate_json(value) for value in rows.values())


def addresses_of(rows: Rows, member: str) -> tuple[str, ...]:
    """Give the addresses under which a member is reached now."""
    held = {address: json.loads(value) for address, value in rows("address").items()}
    return tuple(a for a, v in held.items() if v["member"] == member and v["reachable"])


def member_at(rows: Rows, address: str) -> str | None:
    """Give the member who enrolled from an address; None for people nobody knows."""
    value = rows("address").get(address)
    return json.loads(value)["member"] if value else None


def page_address(member: str) -> str:
    """Give a member's address on the page, the same in all their browsers."""
    return f"page:{member}"


def member_of_page(rows: Rows, kind: str, digest: str, now: datetime) -> str | None:
    """Give the member of a link or a browser (:data:`PAGE_LINK`, :data:`PAGE_SESSION`); None for one that lets nobody in now."""
    value = rows(kind).get(digest)
    held = json.loads(value) if value else None
    return held["member"] if held and now < datetime.fromisoformat(held["expires"]) else None


def board_of_link(rows: Rows, digest: str, now: datetime) -> tuple[str, bool] | None:
    """Give the run whose board a link shows, and whether with what people wrote; None for one that shows nothing now."""
    value = rows(BOARD_LINK).get(digest)
    held = json.loads(value) if value else None
    return (held["run"], held["texts"]) if held and now < datetime.fromisoformat(held["expires"]) else None


def members_with_address(rows: Rows) -> frozenset[str]:
    """Give the members who have enrolled from somewhere, reachable or not."""
    return frozenset(json.loads(value)["member"] for value in rows("address").values())
