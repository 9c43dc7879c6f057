"""The facility's own affairs: people, invitations and contacts; names of fields, never their values."""

from __future__ import annotations

from flows.events.event import FacilityEvent
from playbooks.frozen import frozen


@frozen
class FacilityMade(FacilityEvent):
    """The home was made."""


@frozen
class MemberInvited(FacilityEvent):
    """An invitation for a member was made; ``code`` is the SHA-256 of the code, never the code."""

    member: str
    role: str
    code: str
    expires: str


@frozen
class MemberEnrolled(FacilityEvent):
    """The invited person answered from their own phone."""

    member: str
    code: str


@frozen
class MemberChanged(FacilityEvent):
    """Something about a member changed: the names of the fields, never their values."""

    member: str
    changed: tuple[str, ...]


@frozen
class MemberSuspended(FacilityEvent):
    """A member's phone is lost or in wrong hands: nothing from it counts any more."""

    member: str


@frozen
class MemberUnreachable(FacilityEvent):
    """Messages to a member do not get through on this channel."""

    member: str
    channel: str


@frozen
class MemberReachable(FacilityEvent):
    """A member who could not be reached on this channel wrote again."""

    member: str
    channel: str


@frozen
class PageOffered(FacilityEvent):
    """A link that lets a member in to the page, once, was made for them."""

    member: str
    expires: str


@frozen
class PageEntered(FacilityEvent):
    """Somebody came in to the page by a member's link; their browser is known ``until`` then."""

    member: str
    until: str


@frozen
class BoardOffered(FacilityEvent):
    """A link to the board of a run was made, for a room; ``texts``: with what people wrote. Earlier ones show nothing any more."""

    of: str
    expires: str
    texts: bool = False


@frozen
class PageLeft(FacilityEvent):
    """A member's browsers are let in no longer: one that was signed out, or ``all`` of them."""

    member: str
    all: bool = False


@frozen
class ContactChanged(FacilityEvent):
    """A contact changed; only in old journals, today :class:`RegistryChanged` says it."""

    contact: str
    changed: tuple[str, ...]


@frozen
class RegistryChanged(FacilityEvent):
    """A row of the registry was ``added``, ``changed`` or ``removed`` (``how``): the names of the fields, never their values."""

    kind: str
    key: str
    how: str
    changed: tuple[str, ...] = ()


@frozen
class ClockSetBack(FacilityEvent):
    """The clock of the machine is ``seconds`` behind what it showed before: whatever people wait for goes on as if it weren't."""

    seconds: int


@frozen
class RecordDoubted(FacilityEvent):
    """Something else than the bot wrote to the home: ``signs`` are kinds of findings, each with what it is about."""

    signs: tuple[str, ...]


@frozen
class SealKeyChanged(FacilityEvent):
    """Seals are signed with the key ``now`` from here on, since the one ``before`` was ``damaged`` or ``missing`` (``why``)."""

    why: str
    before: tuple[str, ...]
    now: str


@frozen
class RunUnread(FacilityEvent):
    """Entry ``seq`` of ``run`` said nothing to the version that was started: the run is kept, and not dealt with."""

    run: str
    seq: int


@frozen
class DangerSeen(FacilityEvent):
    """``member`` wrote of a danger (``person``, ``violence``, ``fire``, ``despair`` or ``own_despair``) and was told whom to call.

    ``plain`` says that nothing spoke against it; ``drill`` is the drill that was going on; ``helped``, that somebody had
    called for help. ``joins`` is the turn at which the same danger was seen before. ``unplayed`` says that nothing in the drill is
    about such a danger.
    """

    member: str
    danger: str
    text: str
    plain: bool = False
    drill: str = ""
    helped: bool = False
    joins: int = 0
    unplayed: bool = False


@frozen
class DangerRung(FacilityEvent):
    """Everybody in ``ring`` was called."""

    of: int
    ring: tuple[str, ...] = ()


@frozen
class DangerTold(FacilityEvent):
    """``member`` wrote what became of the danger of turn ``of`` (0: of one that nobody wrote of), and ``to`` were told.

    ``news``: help was ``called`` or has ``arrived``, it has ``eased``, the same was seen ``again``, who was rung is ``coming``,
    or a thing is ``looked_for``, or who was rung ``waited_for``; whether help was called is asked (``asks_called``), or it was not
    (``uncalled``). Who wrote can't call (``cannot_call``) or must not be heard (``voiceless``). Asked is who is to call
    (``asks_whose``), what to say (``asks_words``), how long help takes (``asks_long``), how to help (``asks_care``), what to do
    (``asks_doing``), or how it stands (``asks_state``). Anything else that was written while it was fresh is ``said``.
    """

    member: str
    of: int
    news: str
    text: str
    to: tuple[str, ...] = ()


@frozen
class DangerLate(FacilityEvent):
    """Nobody is rung by itself for the danger of turn ``of``, ``written`` (ISO) while the bot was off or just before: ``to`` were told so."""

    of: int
    written: str
    to: tuple[str, ...] = ()


@frozen
class DangerTakenBack(FacilityEvent):
    """It was none."""

    of: int


@frozen
class TextMasked(FacilityEvent):
    """What ``member`` wrote over ``channel`` stands with marks in the place of what seems to be a patient's, of these ``kinds``."""

    member: str
    kinds: tuple[str, ...]
    channel: str


@frozen
class MaskLifted(FacilityEvent):
    """What was masked at turn ``of`` is a patient's to nobody, or is needed: its writer had it kept as they wrote it.

    ``text`` is what they wrote, where no entry of a run was put right by it.
    """

    of: int
    text: str = ""


@frozen
class NumberOffered(FacilityEvent):
    """``member`` wrote a number that the registry doesn't know: ``to`` may keep it, of ``contact`` or, empty, of somebody new.

    ``kind`` and ``service`` are what the words beside it tell of whoever is new; ``drill``: it was written in one.
    """

    member: str
    to: str
    number: str
    contact: str = ""
    kind: str = ""
    service: str = ""
    drill: bool = False


@frozen
class OfferedNumberKept(FacilityEvent):
    """The number offered at turn ``of`` stands in ``field`` of ``contact``, who is ``new`` with it or was known."""

    of: int
    contact: str
    field: str
    new: bool


@frozen
class OfferedNumberTakenBack(FacilityEvent):
    """The number offered at turn ``of`` is a contact's no longer."""

    of: int


@frozen
class MaskStands(FacilityEvent):
    """The bot was started anew before the writer of what was masked at turn ``of`` said anything: what they wrote is gone."""

    of: int


@frozen
class HintClosed(FacilityEvent):
    """What sounded like trouble at turn ``of`` waits no longer: its writer has said what it is, or ``to`` were told of it."""

    of: int
    to: tuple[str, ...] = ()
