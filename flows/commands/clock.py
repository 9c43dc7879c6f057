"""What only the clock orders, and since when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flows.commands.command import Command, FacilityCommand


@dataclass(frozen=True)
class Due:
    """Something the clock orders: since when it is due, and the cause that makes it happen only once."""

    since: datetime
    cause: str
    command: Command


@dataclass(frozen=True)
class NoteClock(FacilityCommand):
    """The clock of the machine is ``seconds`` behind what it showed before."""

    seconds: int


@dataclass(frozen=True)
class NoteOutage(Command):
    """The line was away since ``since`` and is back: what was tapped meanwhile is heard only now."""

    since: datetime


@dataclass(frozen=True)
class DoubtRecord(FacilityCommand):
    """There are ``signs`` that something else than the bot wrote to the home."""

    signs: tuple[str, ...]


@dataclass(frozen=True)
class ChangeSealKey(FacilityCommand):
    """The home has a new key for its seals: fingerprints, and ``why`` (``damaged`` or ``missing``)."""

    why: str
    before: tuple[str, ...]
    now: str


@dataclass(frozen=True)
class CloseUpRun(FacilityCommand):
    """Entry ``seq`` of ``of`` says nothing to this version."""

    of: str
    seq: int


@dataclass(frozen=True)
class NudgeReport(Command):
    """Nobody has said what a report looks like, and triage isn't sure: ask again, and tell whoever decides."""


@dataclass(frozen=True)
class TakePosture(Command):
    """Nobody has said what a report looks like, and it may be an attack: take the ``posture`` against that, no more."""

    posture: str


@dataclass(frozen=True)
class DropReport(Command):
    """Nobody has taken up a report that was unclear from the beginning: it is put away."""


@dataclass(frozen=True)
class CallIn(Command):
    """Somebody has enrolled since the others were called: call them, too."""

    member: str


@dataclass(frozen=True)
class RepeatAlarm(Command):
    """Call a silent member again."""

    member: str


@dataclass(frozen=True)
class AskVoiceCall(Command):
    """Somebody in the house has their hands free: let them call by voice whoever decides and hasn't answered."""


@dataclass(frozen=True)
class GrowLouder(Command):
    """Something small isn't small any more: it has lasted too long, or isn't the only one."""


@dataclass(frozen=True)
class AskPresence(Command):
    """What ``member`` said of where they are no longer holds, or they should have arrived: ask again."""

    member: str


@dataclass(frozen=True)
class PassCommandOn(Command):
    """Whoever was asked to decide is silent: ask the next."""


@dataclass(frozen=True)
class TakeHeld(Command):
    """``by`` never said what their text is about: take it for this run's, so that it isn't lost.

    ``again`` says that it sounds like another report; ``wants`` and ``about`` are what it wants.
    """

    text: str
    by: str
    again: bool = False
    wants: tuple[str, ...] = ()
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LapseCommand(Command):
    """Whoever decides is gone (``why``: left or absent): ask the next."""

    why: str


@dataclass(frozen=True)
class RemindStep(Command):
    """The time allowed for the step shown at turn ``shown`` is over."""

    shown: int


@dataclass(frozen=True)
class AssignWaiting(Command):
    """Somebody is here again or free again: see who can do what waits."""


@dataclass(frozen=True)
class ReleaseStep(Command):
    """The owner of the step shown at turn ``shown`` doesn't do it."""

    shown: int
    why: str


@dataclass(frozen=True)
class AskMinute(Command):
    """Nobody has their hands free, and a lead is to be pulled: ask those with patients for a minute."""


@dataclass(frozen=True)
class Brief(Command):
    """It is time to tell those who lead how all of it stands."""


@dataclass(frozen=True)
class RemindDowntime(Command):
    """The time that a system may stand still is nearly over, or is: tell whoever leads."""


@dataclass(frozen=True)
class PassPleaOn(Command):
    """Nobody has answered what the note at turn ``of`` wants: ask the next."""

    of: int
