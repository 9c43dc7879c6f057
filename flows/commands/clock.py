"""What only the clock orders, and since when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any

from flows.commands.command import Command, FacilityCommand
from playbooks.frozen import frozen


@frozen
class Due:
    """Something the clock orders: since when it is due, and the cause that makes it happen only once."""

    since: datetime
    cause: str
    command: Command


@frozen
class NoteClock(FacilityCommand):
    """The clock of the machine is ``seconds`` behind what it showed before."""

    seconds: int


@frozen
class NoteOutage(Command):
    """The line was away since ``since`` and is back: what was tapped meanwhile is heard only now."""

    since: datetime


@frozen
class DoubtRecord(FacilityCommand):
    """There are ``signs`` that something else than the bot wrote to the home."""

    signs: tuple[str, ...]


@frozen
class ChangeSealKey(FacilityCommand):
    """The home has a new key for its seals: fingerprints, and ``why`` (``damaged`` or ``missing``)."""

    why: str
    before: tuple[str, ...]
    now: str


@frozen
class CloseUpRun(FacilityCommand):
    """Entry ``seq`` of ``of`` says nothing to this version."""

    of: str
    seq: int


@frozen
class NudgeReport(Command):
    """Nobody has said what a report looks like, and triage isn't sure: ask again, and tell whoever decides."""


@frozen
class TakePosture(Command):
    """Nobody has said what a report looks like, and it may be an attack: take the ``posture`` against that, no more."""

    posture: str


@frozen
class DropReport(Command):
    """Nobody has taken up a report that was unclear from the beginning: it is put away."""


@frozen
class CallIn(Command):
    """Somebody has enrolled since the others were called: call them, too."""

    member: str


@frozen
class RepeatAlarm(Command):
    """Call a silent member again."""

    member: str


@frozen
class AskVoiceCall(Command):
    """Somebody in the house has their hands free: let them call by voice whoever decides and hasn't answered."""


@frozen
class GrowLouder(Command):
    """Something small isn't small any more: it has lasted too long, or isn't the only one."""


@frozen
class AskPresence(Command):
    """What ``member`` said of where they are no longer holds, or they should have arrived: ask again."""

    member: str


@frozen
class PassCommandOn(Command):
    """Whoever was asked to decide is silent: ask the next."""


@frozen
class TakeHeld(Command):
    """``by`` never said what their text is about: take it for this run's, so that it isn't lost.

    ``again`` says that it sounds like another report; ``wants`` and ``about`` are what it wants.
    """

    text: str
    by: str
    again: bool = False
    wants: tuple[str, ...] = ()
    about: Mapping[str, Any] = field(default_factory=dict)


@frozen
class LapseCommand(Command):
    """Whoever decides is gone (``why``: left or absent): ask the next."""

    why: str


@frozen
class RemindStep(Command):
    """The time allowed for the step shown at turn ``shown`` is over."""

    shown: int


@frozen
class AssignWaiting(Command):
    """Somebody is here again or free again: see who can do what waits."""


@frozen
class ReleaseStep(Command):
    """The owner of the step shown at turn ``shown`` doesn't do it."""

    shown: int
    why: str


@frozen
class AskMinute(Command):
    """Nobody has their hands free, and a lead is to be pulled: ask those with patients for a minute."""


@frozen
class Brief(Command):
    """It is time to tell those who lead how all of it stands."""


@frozen
class RemindDowntime(Command):
    """The time that a system may stand still is nearly over, or is: tell whoever leads."""


@frozen
class PassPleaOn(Command):
    """Nobody has answered what the note at turn ``of`` wants: ask the next."""

    of: int
