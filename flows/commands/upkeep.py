"""What is ordered to keep a facility ready."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Any

from flows.commands.command import FacilityCommand
from playbooks.frozen import frozen


@frozen
class BringUp(FacilityCommand):
    """Tell a member of matters that time has made due."""

    member: str
    matters: tuple[str, ...]


@frozen
class TakeWallPack(FacilityCommand):
    """Take the papers for the wall as they are now, to print them."""


@frozen
class OpenTask(FacilityCommand):
    """Have somebody see to something; without an ``owner`` the safety manager does, or whoever decides."""

    what: str
    about: Mapping[str, Any] = field(default_factory=dict)
    owner: str = ""
    due: date | None = None


@frozen
class GiveTask(FacilityCommand):
    """Give a task to somebody else, or another day; what is left empty stays."""

    task: int
    owner: str = ""
    due: date | None = None


@frozen
class FinishTask(FacilityCommand):
    """It is done; ``how`` in the owner's words."""

    task: int
    how: str = ""


@frozen
class VerifyTask(FacilityCommand):
    """A drill has shown whether what was done holds; if not, the task is open again."""

    task: int
    by: str
    holds: bool = True


@frozen
class DropTask(FacilityCommand):
    """It will not be done; the reason is required."""

    task: int
    reason: str


@frozen
class TellQuietEnds(FacilityCommand):
    """Tell those who decide of runs that ended quietly."""

    runs: tuple[str, ...]


@frozen
class NoteBackup(FacilityCommand):
    """A backup was made."""

    name: str
    size: int
    head: int
    altered: int = 0


@frozen
class NoteNoBackup(FacilityCommand):
    """There could be no backup."""

    why: str


@frozen
class NoteTrial(FacilityCommand):
    """A backup was tried: ``why`` is what was wrong with it, empty for nothing."""

    name: str
    why: str
    seal: int


@frozen
class NoteKeyShown(FacilityCommand):
    """The recovery key of this fingerprint was shown to somebody at the machine."""

    key: str


@frozen
class NoteSealHandedOn(FacilityCommand):
    """The seal of entry ``seq`` was sent to its keeper outside, a contact."""

    seq: int
    contact: str


@frozen
class NoteRestore(FacilityCommand):
    """The home was just restored from a backup."""

    made_at: str
    head: int
    digest: str
    missing: tuple[int, ...] = ()
