"""The backups of this home: when the last good one was made, whether it can be restored, and what is to be said of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from contacts.phrasing import say
from contacts.readiness.freshness import Reminder
from contacts.shapes.facility import Facility
from flows.events.upkeep import BackupFailed, BackupMade, BackupTried, RecoveryKeyShown, Restored
from flows.state.stamp import Stamp, evolves

NAME = "backup"

OLD = timedelta(days=14)
"""After so long without another good backup the last one is old: two weekly ones did not come."""

UNTRIED = timedelta(days=62)
"""After so long without a restore that was tried, nobody knows any more whether it can be."""

AGAIN = timedelta(days=7)
"""As often is told again what is still so."""


@dataclass
class Backups:
    """What is known of the backups; ``name`` is that of the last good one.

    It was made at ``made_at``, the first one at ``first_at``, the newest one, good or not, at ``newest_at`` with the
    journal up to ``newest_head``. ``failing`` is why there could be no good one since ``failing_since``, empty while there
    can; ``wrong`` is what was found when one was last tried.
    """

    first_at: datetime | None = None
    made_at: datetime | None = None
    name: str = ""
    newest_at: datetime | None = None
    newest_head: int = 0
    failing: str = ""
    failing_since: datetime | None = None
    tried_at: datetime | None = None
    wrong: str = ""
    key_shown: str = ""
    restored_at: datetime | None = None

    def copy(self) -> Backups:
        """Give the same, to be changed by itself."""
        return replace(self)


def is_backup(matter: str) -> bool:
    """Say whether a matter that is brought up is one of these."""
    return matter.partition(":")[0] == NAME


@evolves
def _made(backups: Backups, event: BackupMade, stamp: Stamp) -> None:
    backups.newest_at, backups.newest_head = stamp.recorded_at, event.head
    if event.altered:
        _fails(backups, "evidence", stamp)
        return
    backups.made_at, backups.name = stamp.recorded_at, event.name
    backups.first_at = backups.first_at or stamp.recorded_at
    backups.failing, backups.failing_since = "", None


@evolves
def _failed(backups: Backups, event: BackupFailed, stamp: Stamp) -> None:
    _fails(backups, event.why, stamp)


def _fails(backups: Backups, why: str, stamp: Stamp) -> None:
    backups.failing, backups.failing_since = why, backups.failing_since or stamp.recorded_at


@evolves
def _tried(backups: Backups, event: BackupTried, stamp: Stamp) -> None:
    backups.tried_at, backups.wrong = stamp.recorded_at, event.why


@evolves
def _key_shown(backups: Backups, event: RecoveryKeyShown, _: Stamp) -> None:
    backups.key_shown = event.key


@evolves
def _restored(backups: Backups, event: Restored, stamp: Stamp) -> None:
    backups.restored_at, backups.made_at = stamp.recorded_at, datetime.fromisoformat(event.made_at)
    backups.newest_at, backups.newest_head = backups.made_at, event.head
    backups.name = ""  # into whatever folder it goes here, it is the first one
    backups.tried_at, backups.wrong = stamp.recorded_at, ""
    backups.key_shown = backups.key_shown or "restored"


def wanting(backups: Backups, facility: Facility, now: datetime) -> Reminder | None:
    """Give what is most wrong with the backups; None while the last good one is fresh, tried, and its key on paper."""

    def day(moment: datetime) -> date:
        return facility.local(moment).date()

    made = backups.made_at
    if made is None and not backups.failing:
        return Reminder(NAME, "facility", "never", "director", None, say("reminders.backup.never"))
    for what, since in (
        ("failing", backups.failing_since),
        ("wrong", backups.tried_at if backups.wrong else None),
        ("old", made + OLD if made else None),
        ("no_key", made if made and not backups.key_shown else None),
        ("untried", (backups.tried_at or backups.first_at or made) + UNTRIED if made else None),
    ):
        if since is not None and since <= now:
            last = say("reminders.backup.last", made=day(made)) if made else say("reminders.backup.no_last")
            text = say(f"reminders.backup.{what}", last=last)
            return Reminder(NAME, "facility", what, "director", day(since + (now - since) // AGAIN * AGAIN), text)
    return None
