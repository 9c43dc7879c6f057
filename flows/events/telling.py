"""What people told and kept during a run: notes, corrections, evidence and decisions."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from flows.events.event import RunEvent
from playbooks.frozen import frozen


@frozen
class NoteTaken(RunEvent):
    """Somebody wrote something down; the entry's ``occurred_at`` is when it happened, as they say.

    ``by`` is who wrote it, where time took it in their place; ``answered``, that its writer reads what the words did.
    """

    text: str
    timed: bool = False
    by: str = ""
    answered: bool = False


@frozen
class NoteShared(RunEvent):
    """A note was sent to everybody."""

    of: int


@frozen
class PleaHeard(RunEvent):
    """Note ``of`` wants something, and ``to`` have it now; ``about`` is what it means, as far as it was read."""

    of: int
    wants: tuple[str, ...]
    to: tuple[str, ...] = ()
    about: dict[str, Any] = field(default_factory=dict)


@frozen
class PleaPassedOn(RunEvent):
    """What note ``of`` wants stayed unanswered: ``to`` have it now, too; nobody: there is nobody left to ask."""

    of: int
    to: tuple[str, ...] = ()


@frozen
class PleaAnswered(RunEvent):
    """What note ``of`` wants is answered; without ``text`` somebody has read it and sees to it."""

    of: int
    text: str = ""


@frozen
class DeedConfirmed(RunEvent):
    """Who is said in note ``of`` to have done something says whether they did, and ``text`` says what."""

    of: int
    did: bool
    text: str = ""


@frozen
class Briefed(RunEvent):
    """Those who lead (``to``) were told how all of it stands, ``others`` in one line."""

    to: tuple[str, ...]
    others: tuple[str, ...] = ()


@frozen
class DowntimeReminded(RunEvent):
    """Whoever leads was told of systems (by their ids) that may not stand still much longer, or have too long already."""

    near: tuple[str, ...]
    over: tuple[str, ...] = ()


@frozen
class Corrected(RunEvent):
    """What entry ``of`` says is put right by ``text`` or ``occurred_at`` (ISO 8601); the old entry stays."""

    of: int
    text: str | None = None
    occurred_at: str | None = None


@frozen
class LineWasAway(RunEvent):
    """Nobody could be heard since ``since`` (ISO 8601, UTC): what comes right after may have been done at any time from there on."""

    since: str


@frozen
class EvidenceReceived(RunEvent):
    """A photo or file arrived; ``reference`` is where the channel keeps its bytes."""

    reference: str
    media: str
    file_name: str | None = None
    caption: str | None = None
    shown: int | None = None


@frozen
class PhotosLookedAt(RunEvent):
    """Whoever sent photo ``of`` says whether patients, their names or charts are to be seen on photos of this run."""

    of: int
    patients: bool


@frozen
class EvidenceKept(RunEvent):
    """The bytes of evidence ``of`` lie in the home, under their SHA-256 (hex)."""

    of: int
    sha256: str
    bytes: int


OVER = "over:"
"""Begins why evidence was lost that there was no room for; behind it stands which bound was reached."""


@frozen
class EvidenceLost(RunEvent):
    """The bytes of evidence ``of`` could not be fetched, for good; the person was told, and to send it again if that helps."""

    of: int
    why: str


@frozen
class Decided(RunEvent):
    """One of the recorded decisions; ``provisional`` until the director or a deputy ratifies it."""

    decision: str
    choice: str
    reason: str
    provisional: bool = False
    shown: int | None = None


@frozen
class Ratified(RunEvent):
    """The director or a deputy stands behind decision ``of``, or objects (``approved`` false, with a reason)."""

    of: int
    approved: bool
    reason: str | None = None
