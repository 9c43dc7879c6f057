"""Rows into the registry, all of them or none: what an import, or a form in the chat, wants entered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from contacts.model import Contact, Member
from contacts.registry import SHAPES, Rows
from contacts.rows.verification import as_entered
from contacts.written.phone import NotANumber
from flows.commands.facility import PutRegistry, RegistryRow
from flows.events.facility import RegistryChanged
from flows.events.upkeep import TaskDone
from flows.facility.members import Put, shut_page
from flows.facility.settling import Matter, Settlement, settles
from flows.facility.tasks import told
from flows.messages.upkeep import TaskOver
from flows.powers import number_tasks
from flows.refusals import Refused
from playbooks.texts import Data


@settles
def put(matter: Matter, command: PutRegistry) -> Settlement:
    """Enter rows."""
    return registered(command.rows, matter)


def registered(wanted: Sequence[RegistryRow], matter: Matter) -> Settlement:
    """Give what entering rows does.

    Refuses (``stale``) if any row is no longer what it was when the change was shown, so that nobody overwrites what
    they have not seen; (``bad_number``) a telephone number that can't be dialled. Tasks about a wrong number that is
    right now are done with it. A member is never removed, since reports name them for ever. ValueError for a row that
    could not be read back.
    """
    done = Settlement()
    known: dict[str, dict[str, str]] = {}
    rows = matter.rows
    for row in wanted:
        if row.kind not in known:
            known[row.kind] = rows(row.kind)
        now = _read(row.kind, known[row.kind].get(row.key))
        if now != _read(row.kind, row.before):
            raise Refused("stale")
        after = _read(row.kind, row.value)
        if after is None and row.kind in {"member", "facility"}:
            raise ValueError(f"a {row.kind} is never removed from the registry")
        if isinstance(after, Contact):
            after = _dialled(now, after)
        if now == after:
            continue
        how = "added" if now is None else "removed" if after is None else "changed"
        done.events.append(RegistryChanged(row.kind, row.key, how, _changed(now, after)))
        done.puts.append((row.kind, row.key, after.model_dump_json() if after is not None else None))
        if isinstance(after, Member) and after.status != "active":
            done.puts += _shut_out(row.key, rows)
        if row.kind == "contact" and not (isinstance(after, Contact) and after.doubted_on):
            settle_doubts(row.key, matter, done)
    return done


def _dialled(now: Data | None, after: Contact) -> Contact:
    try:
        return as_entered(now, after)
    except NotANumber as unreadable:
        raise Refused("bad_number", reason=unreadable.reason.as_json()) from unreadable


def settle_doubts(contact: str, matter: Matter, done: Settlement) -> None:
    """Finish the open tasks about a number of ``contact`` that is wrong no longer; their owners are told."""
    for task in number_tasks(contact, matter.house):
        done.events.append(TaskDone(task.id))
        done.owed += told(task, matter, TaskOver(task.id))


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
    yield from (row for row in shut_page(rows, member) if row[0] != "address")
    for code, value in rows("invitation").items():
        invitation = json.loads(value)
        if invitation["member"] == member and not invitation["used"]:
            yield "invitation", code, json.dumps({**invitation, "used": True})
