"""Rows into the registry, all of them or none: what an import, or a form in the chat, wants entered."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from contacts.model import Member
from contacts.registry import SHAPES, Rows
from flows import events as ev
from flows.commands.facility import RegistryRow
from flows.refusals import Refused
from playbooks.texts import Data

Put = tuple[str, str, str | None]


def registered(wanted: Iterable[RegistryRow], rows: Rows) -> tuple[list[ev.Event], list[Put]]:
    """Give the events and the rows to put.

    Refuses (``stale``) if any row is no longer what it was when the change was shown, so that nobody overwrites what
    they have not seen. A member is never removed, since reports name them for ever. ValueError for a row that could
    not be read back.
    """
    happened: list[ev.Event] = []
    puts: list[Put] = []
    known: dict[str, dict[str, str]] = {}
    for row in wanted:
        if row.kind not in known:
            known[row.kind] = rows(row.kind)
        now = _read(row.kind, known[row.kind].get(row.key))
        if now != _read(row.kind, row.before):
            raise Refused("stale")
        after = _read(row.kind, row.value)
        if after is None and row.kind in {"member", "facility"}:
            raise ValueError(f"a {row.kind} is never removed from the registry")
        if now == after:
            continue
        how = "added" if now is None else "removed" if after is None else "changed"
        happened.append(ev.RegistryChanged(row.kind, row.key, how, _changed(now, after)))
        puts.append((row.kind, row.key, row.value))
        if isinstance(after, Member) and after.status != "active":
            puts += _shut_out(row.key, rows)
    return happened, puts


def _read(kind: str, value: str | None) -> Data | None:
    if kind not in SHAPES:
        raise ValueError(f"the registry takes no rows of the kind {kind!r} this way")
    return SHAPES[kind].model_validate_json(value) if value is not None else None


def _changed(before: Data | None, after: Data | None) -> tuple[str, ...]:
    """Give the fields that differ; all that say anything where a row is added, none where one goes."""
    if after is None:
        return ()
    fields = type(after).model_fields
    old = {name: getattr(before, name) if before is not None else field.default for name, field in fields.items()}
    return tuple(sorted(name for name in fields if name != "id" and getattr(after, name) != old[name]))


def _shut_out(member: str, rows: Rows) -> Iterator[Put]:
    """Take a member's addresses away and make their open invitations worthless."""
    for address, value in rows("address").items():
        if json.loads(value)["member"] == member:
            yield "address", address, None
    for code, value in rows("invitation").items():
        invitation = json.loads(value)
        if invitation["member"] == member and not invitation["used"]:
            yield "invitation", code, json.dumps({**invitation, "used": True})
