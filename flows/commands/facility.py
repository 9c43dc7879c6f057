"""What is ordered in the facility's own affairs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any

from contacts.model import Contact, Facility, Member
from flows.commands.command import FacilityCommand
from playbooks.frozen import frozen


@frozen
class MakeFacility(FacilityCommand):
    """Begin: the facility and what it ships with."""

    facility: Facility
    contacts: tuple[Contact, ...] = ()


@frozen
class Invite(FacilityCommand):
    """Invite somebody. ``member`` is the new (or known) member; ``code`` the SHA-256 (hex) of the secret code."""

    member: Member
    role: str
    code: str
    expires: datetime
    shown: Mapping[str, Any] = field(default_factory=dict)


@frozen
class Enrol(FacilityCommand):
    """Somebody sent an invitation's code from ``address``; ``code`` is its SHA-256 (hex)."""

    code: str
    address: str


@frozen
class SeatAtTerminal(FacilityCommand):
    """The member sits at the machine's own terminal, which stands in for a phone."""

    member: str
    address: str


@frozen
class ChangeMember(FacilityCommand):
    """Set fields of a member (roles, absence, language …)."""

    member: str
    fields: Mapping[str, Any]


@frozen
class EraseMember(FacilityCommand):
    """Forget name, roles, addresses and invitations of somebody who left; their id stays, and ``called`` stands for their name."""

    member: str
    called: str


@frozen
class Suspend(FacilityCommand):
    """The member's phone is lost: nothing from it counts until they are invited anew."""

    member: str


@frozen
class OfferPage(FacilityCommand):
    """Let a member in to the page, once: ``code`` is the digest (hex) of what stands in their link, which is ``shown`` at address ``to``.

    Links that they were given before open nothing any more.
    """

    member: str
    code: str
    expires: datetime
    to: str = ""
    shown: Mapping[str, Any] = field(default_factory=dict)


@frozen
class EnterPage(FacilityCommand):
    """Somebody opened the link of digest ``code``: their browser shows what has the digest ``session``, until ``expires``."""

    code: str
    session: str
    expires: datetime


@frozen
class ForgetPages(FacilityCommand):
    """Links and browsers whose time is over let nobody in any more: take them away."""


@frozen
class OfferBoard(FacilityCommand):
    """Let a room read the board of run ``of`` by a link of digest ``code``; ``texts``: with what people wrote, too.

    Links to it that were made before show nothing any more. As with :class:`OfferPage` it may be ``shown`` at ``to``.
    """

    of: str
    code: str
    expires: datetime
    texts: bool = False
    to: str = ""
    shown: Mapping[str, Any] = field(default_factory=dict)


@frozen
class LeavePage(FacilityCommand):
    """The member's browser of digest ``session`` is signed out; empty: all of theirs, and their links are worthless."""

    member: str
    session: str = ""


@frozen
class MarkUnreachable(FacilityCommand):
    """Messages to the member do not get through on ``channel``."""

    member: str
    channel: str


@frozen
class MarkReachable(FacilityCommand):
    """The member wrote from ``address`` again."""

    member: str
    channel: str


@frozen
class RegistryRow:
    """One row to put: ``value`` and ``before`` are JSON texts of :data:`contacts.registry.SHAPES`, None for no such row."""

    kind: str
    key: str
    value: str | None
    before: str | None = None


@frozen
class PutRegistry(FacilityCommand):
    """Enter, change or remove rows, all of them or none; each has to be now as it was ``before``."""

    rows: tuple[RegistryRow, ...]


@frozen
class AskMember(FacilityCommand):
    """Wait for the actor to write something in the facility's own affairs (a name for an invitation …).

    A question with a ``key`` may be changed in place later, and takes the place of an unsent one.
    """

    what: str
    about: Mapping[str, Any] = field(default_factory=dict)
    key: str | None = None


@frozen
class NoteMasked(FacilityCommand):
    """Of what I wrote over ``channel`` something of these ``kinds`` was masked; ``chat``: what becomes of the message there.

    It is taken away (``goes``), or stays; empty where there is nothing to take away.
    """

    kinds: tuple[str, ...]
    channel: str
    chat: str = ""


@frozen
class LiftMask(FacilityCommand):
    """Keep what I wrote, masked at turn ``of``, as I wrote it; ``text`` where it is put into no entry of a run."""

    of: int
    text: str = ""


@frozen
class LetMaskStand(FacilityCommand):
    """What was masked at turn ``of`` was lost with the process that knew it."""

    of: int


@frozen
class CloseHint(FacilityCommand):
    """I have said what I meant at turn ``of``."""

    of: int


@frozen
class PassHintOn(FacilityCommand):
    """Nobody has said what was meant at turn ``of``: those who decide are to know."""

    of: int
