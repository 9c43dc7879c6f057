"""What keeps a facility ready: matters that were brought up, tasks that somebody sees to, and backups of the record.

Of a backup no folder and no key ever stand here.
"""

from __future__ import annotations

from typing import Any

from flows.events.event import FacilityEvent
from playbooks.frozen import frozen


@frozen
class UpkeepBroughtUp(FacilityEvent):
    """A member was told of matters that time has made due; ``matters`` are their names, each brought up once."""

    member: str
    matters: tuple[str, ...]


@frozen
class WallPackMade(FacilityEvent):
    """The papers for the wall were handed over to be printed; ``mark`` is a digest of the playbooks that stand on them."""

    mark: str


@frozen
class TaskOpened(FacilityEvent):
    """Somebody has to see to something until ``due`` (a day, ISO 8601); the task's id is this entry's turn."""

    what: str
    about: dict[str, Any]
    owner: str
    due: str


@frozen
class TaskGiven(FacilityEvent):
    """A task has a new owner or a new day."""

    task: int
    owner: str
    due: str


@frozen
class TaskDone(FacilityEvent):
    """Its owner says that it is done; ``how`` is what they said about it."""

    task: int
    how: str = ""


@frozen
class TaskVerified(FacilityEvent):
    """A later drill (``by``, a run) has shown whether what was done holds; if not, the task is open again."""

    task: int
    by: str
    holds: bool = True


@frozen
class TaskDropped(FacilityEvent):
    """It will not be done, for a reason."""

    task: int
    reason: str


@frozen
class QuietEndsTold(FacilityEvent):
    """Those who decide were told of runs that ended quietly."""

    runs: tuple[str, ...]


@frozen
class BackupMade(FacilityEvent):
    """A backup was made and read back; it holds the journal up to and with entry ``head``, in ``size`` bytes.

    ``altered`` counts the evidence in it that isn't what it was when it was kept; then older backups are worth more.
    """

    name: str
    size: int
    head: int
    altered: int = 0


@frozen
class BackupFailed(FacilityEvent):
    """There could be no backup: ``why`` is one of :data:`bot.backup.making.Why`; entered once, until it changes."""

    why: str


@frozen
class BackupTried(FacilityEvent):
    """A backup was restored into an empty folder and verified; ``why`` is what was wrong with it, empty for nothing.

    ``seal`` is the entry of the newest seal, which was looked for in it.
    """

    name: str
    why: str = ""
    seal: int = 0


@frozen
class RecoveryKeyShown(FacilityEvent):
    """Somebody at the machine was shown the recovery key of this fingerprint."""

    key: str


@frozen
class SealHandedOn(FacilityEvent):
    """The seal of entry ``seq`` was handed to its keeper outside, a ``contact``; whoever entered it sent it."""

    seq: int
    contact: str


@frozen
class Restored(FacilityEvent):
    """The home was restored from the backup made at ``made_at`` (ISO 8601), whose last entry was ``head`` with ``digest``.

    ``missing`` seals of the entries after it are known to have been posted: so far the journal had gone on, at least.
    """

    made_at: str
    head: int
    digest: str
    missing: tuple[int, ...] = ()
