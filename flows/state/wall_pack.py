"""The papers on the wall: what is printed on them, when they were last made, and whether they still say what is so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from contacts.readiness.freshness import Reminder
from contacts.roster import Roster
from flows import events as ev
from flows.state.stamp import Stamp
from playbooks.model import FacilityKind, Playbook
from playbooks.texts import Text

NAME = "wall_pack"

PRINTED: Mapping[str, frozenset[str]] = {
    "facility": frozenset({"name", "kind"}),
    "member": frozenset({"name", "roles", "stands_in_for", "rank", "status"}),
    "contact": frozenset({
        "kind", "services", "name", "number", "night_number", "alternate_number", "hours", "open_hours", "emergency_help",
    }),
    "system": frozenset({"name", "service", "vendor", "importance", "restore_order", "needs"}),
}  # fmt: skip
"""The fields that the papers are made of. Absences and days of checking stand there too, but outdate no paper."""

AGAIN = timedelta(days=7)
"""So long nobody is told again of papers that were not made anew, whatever else changes."""

_NEVER = Text(
    ja="システムが使えないときのために、壁に貼る紙を作って刷ってください",
    en="make and print the papers for the wall, for when nothing works",
)
_CHANGED = Text(
    ja="連絡先などが変わりました。壁に貼る紙を刷り直してください",
    en="contacts or other details have changed: print the papers for the wall again",
)
_PLAYBOOKS = Text(
    ja="対応の手順が変わりました。壁に貼る紙を刷り直してください",
    en="the steps to follow have changed: print the papers for the wall again",
)


@dataclass
class WallPack:
    """When the papers were last made and with which playbooks (``mark``); since then, what changed last and who heard."""

    made_at: datetime | None = None
    mark: str = ""
    changed_at: datetime | None = None
    told_at: datetime | None = None

    def apply(self, event: ev.Event | None, stamp: Stamp) -> None:
        """Take in one event of the facility."""
        match event:
            case ev.WallPackMade():
                self.made_at, self.mark = stamp.recorded_at, event.mark
                self.changed_at = self.told_at = None
            case ev.UpkeepBroughtUp() if any(is_pack(matter) for matter in event.matters):
                self.told_at = stamp.recorded_at
            case _ if changes_print(event):
                self.changed_at = stamp.recorded_at


def is_pack(matter: str) -> bool:
    """Say whether a matter that is brought up is this one."""
    return matter.partition(":")[0] == NAME


def changes_print(event: ev.Event | None) -> bool:
    """Say whether an event changes what the papers say; by the names of fields, since the journal holds no values."""
    match event:
        case ev.MemberInvited() | ev.MemberSuspended():
            return True
        case ev.MemberChanged():
            return not PRINTED["member"].isdisjoint(event.changed)
        case ev.ContactChanged():
            return not PRINTED["contact"].isdisjoint(event.changed)
        case ev.RegistryChanged(kind=kind) if kind in PRINTED:
            return event.how == "removed" or not PRINTED[kind].isdisjoint(event.changed)
        case _:
            return False


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
        return Reminder(NAME, "facility", NAME, "director", None, _NEVER)
    mark = mark_of(playbooks, roster.facility.kind)
    if wall.changed_at is None and mark == wall.mark:
        return None
    since = roster.facility.local(wall.changed_at or wall.made_at).date() + timedelta(days=1)
    return Reminder(NAME, "facility", mark, "director", since, _CHANGED if wall.changed_at else _PLAYBOOKS)


def pack_due(wall: WallPack, roster: Roster, playbooks: Mapping[str, Playbook], now: datetime) -> Iterator[Reminder]:
    """Give what somebody is to be told about the papers: not on the day of a change, and once for a burst of them."""
    found = None if wall.told_at and now < wall.told_at + AGAIN else outdated(wall, roster, playbooks)
    if found and (found.since is None or found.since <= roster.facility.local(now).date()):
        yield found
