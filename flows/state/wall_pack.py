"""The papers on the wall: what is printed on them, when they were last made, and whether they still say what is so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from contacts.phrasing import say
from contacts.readiness.freshness import Reminder
from contacts.roster import Roster
from flows.events.facility import ContactChanged, MemberChanged, MemberInvited, MemberSuspended, RegistryChanged
from flows.events.upkeep import UpkeepBroughtUp, WallPackMade
from flows.state.stamp import Stamp, evolves
from playbooks.model import FacilityKind, Playbook

NAME = "wall_pack"

PRINTED: Mapping[str, frozenset[str]] = {
    "facility": frozenset({"name", "kind"}),
    "member": frozenset({"name", "roles", "stands_in_for", "rank", "status", "telephone"}),
    "contact": frozenset(
        {
            "kind",
            "services",
            "name",
            "number",
            "night_number",
            "alternate_number",
            "hours",
            "open_hours",
            "emergency_help",
        }
    ),
    "system": frozenset({"name", "service", "vendor", "importance", "restore_order", "needs"}),
    "contract": frozenset(
        {"name", "vendor", "systems", "end", "auto_renewal", "notice_days"}
        | {"emergency_clause", "notification", "data_return"}
    ),
}
"""The fields that the papers are made of. Absences and days of checking stand there too, but outdate no paper."""

AGAIN = timedelta(days=7)
"""So long nobody is told again of papers that were not made anew, whatever else changes."""


@dataclass
class WallPack:
    """When the papers were last made and with which playbooks (``mark``); since then, what changed last and who heard."""

    made_at: datetime | None = None
    mark: str = ""
    changed_at: datetime | None = None
    told_at: datetime | None = None

    def copy(self) -> WallPack:
        """Give the same, to be changed by itself."""
        return replace(self)


def is_pack(matter: str) -> bool:
    """Say whether a matter that is brought up is this one."""
    return matter.partition(":")[0] == NAME


def prints(kind: str, changed: Iterable[str]) -> bool:
    """Say whether the papers are made of any of these fields."""
    return not PRINTED.get(kind, frozenset()).isdisjoint(changed)


@evolves
def _made(wall: WallPack, event: WallPackMade, stamp: Stamp) -> None:
    wall.made_at, wall.mark = stamp.recorded_at, event.mark
    wall.changed_at = wall.told_at = None


@evolves
def _brought_up(wall: WallPack, event: UpkeepBroughtUp, stamp: Stamp) -> None:
    if any(map(is_pack, event.matters)):
        wall.told_at = stamp.recorded_at


@evolves
def _came_or_went(wall: WallPack, _: MemberInvited | MemberSuspended, stamp: Stamp) -> None:
    wall.changed_at = stamp.recorded_at


@evolves
def _member_changed(wall: WallPack, event: MemberChanged, stamp: Stamp) -> None:
    if prints("member", event.changed):
        wall.changed_at = stamp.recorded_at


@evolves
def _contact_changed(wall: WallPack, event: ContactChanged, stamp: Stamp) -> None:
    if prints("contact", event.changed):
        wall.changed_at = stamp.recorded_at


@evolves
def _registry_changed(wall: WallPack, event: RegistryChanged, stamp: Stamp) -> None:
    if prints(event.kind, PRINTED.get(event.kind, ()) if event.how == "removed" else event.changed):
        wall.changed_at = stamp.recorded_at


def on_the_wall(playbooks: Mapping[str, Playbook], kind: FacilityKind) -> Iterator[Playbook]:
    """Give the playbooks that have a page of their own in a facility of this kind."""
    return (book for book in playbooks.values() if kind in book.facilities and "incident" in book.use)


def mark_of(playbooks: Mapping[str, Playbook], kind: FacilityKind) -> str:
    """Sum up the playbooks on the wall: another word in any of them is another mark."""
    digest = sha256()
    for book in sorted(on_the_wall(playbooks, kind), key=lambda b: b.playbook):
        digest.update(book.model_dump_json(exclude_defaults=True).encode())
    return digest.hexdigest()[:16]


def outdated(wall: WallPack, roster: Roster, playbooks: Mapping[str, Playbook]) -> Reminder | None:
    """Give what is wrong with the papers on the wall, due the day after; None while they say what is so."""
    if wall.made_at is None:
        return Reminder(NAME, "facility", NAME, "director", None, say("reminders.wall_pack.never"))
    mark = mark_of(playbooks, roster.facility.kind)
    if wall.changed_at is None and mark == wall.mark:
        return None
    since = roster.facility.local(wall.changed_at or wall.made_at).date() + timedelta(days=1)
    changed = "changed" if wall.changed_at else "playbooks"
    return Reminder(NAME, "facility", mark, "director", since, say(f"reminders.wall_pack.{changed}"))


def pack_due(wall: WallPack, roster: Roster, playbooks: Mapping[str, Playbook], now: datetime) -> Iterator[Reminder]:
    """Give what somebody is to be told about the papers: not on the day of a change, and once for a burst of them."""
    found = None if wall.told_at and now < wall.told_at + AGAIN else outdated(wall, roster, playbooks)
    if found and (found.since is None or found.since <= roster.facility.local(now).date()):
        yield found
