"""What keeps a facility ready: matters that were brought up, and tasks that somebody sees to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flows.events.event import FacilityEvent


@dataclass(frozen=True)
class UpkeepBroughtUp(FacilityEvent):
    """A member was told of matters that time has made due; ``matters`` are their names, each brought up once."""

    member: str
    matters: tuple[str, ...]


@dataclass(frozen=True)
class WallPackMade(FacilityEvent):
    """The papers for the wall were handed over to be printed; ``mark`` is a digest of the playbooks that stand on them."""

    mark: str


@dataclass(frozen=True)
class TaskOpened(FacilityEvent):
    """Somebody has to see to something until ``due`` (a day, ISO 8601); the task's id is this entry's turn."""

    what: str
    about: dict[str, Any]
    owner: str
    due: str


@dataclass(frozen=True)
class TaskGiven(FacilityEvent):
    """A task has a new owner or a new day."""

    task: int
    owner: str
    due: str


@dataclass(frozen=True)
class TaskDone(FacilityEvent):
    """Its owner says that it is done; ``how`` is what they said about it."""

    task: int
    how: str = ""


@dataclass(frozen=True)
class TaskVerified(FacilityEvent):
    """A later drill (``by``, a run) has shown whether what was done holds; if not, the task is open again."""

    task: int
    by: str
    holds: bool = True


@dataclass(frozen=True)
class TaskDropped(FacilityEvent):
    """It will not be done, for a reason."""

    task: int
    reason: str


@dataclass(frozen=True)
class QuietEndsTold(FacilityEvent):
    """Those who decide were told of runs that ended quietly."""

    runs: tuple[str, ...]
