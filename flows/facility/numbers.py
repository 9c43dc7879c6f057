"""Telephone numbers in people's hands: verified today, found wrong, put right, or kept as they were written of; each in one act."""

from __future__ import annotations

from collections.abc import Mapping

from contacts.shapes.outside import NUMBER_FIELDS, Contact
from contacts.written.keys import new_key
from contacts.written.outsiders import OTHERWISE, outsider
from contacts.written.phone import NotANumber, numbers_of, plain_number
from flows.commands.contacts import DoubtNumber, EnterNumber, KeepNumber, OfferNumber, TakeNumberBack, VerifyNumber
from flows.commands.facility import RegistryRow
from flows.commands.upkeep import OpenTask
from flows.events.facility import NumberOffered, OfferedNumberKept, OfferedNumberTakenBack, RegistryChanged
from flows.facility import tasks
from flows.facility.registering import registered, settle_doubts
from flows.facility.settling import Matter, Settlement, settles
from flows.messages.contacts import (
    ContactShown,
    NumberDoubted,
    NumberEntered,
    NumberHeard,
    NumberKept,
    NumberTakenBack,
    NumberVerified,
)
from flows.messages.message import Message
from flows.powers import CONSOLE, KEEPERS, NUMBER_WRONG, keepers, number_tasks
from flows.record.journal import AT_ONCE, FACILITY, LATER, SOON, Owed
from flows.refusals import Refused
from flows.state.house import NumberOffer


def _contact(matter: Matter, contact: str) -> Contact:
    known = matter.here.roster.contact(contact)
    if known is None:
        raise Refused("stale")
    return known


@settles
def doubt(matter: Matter, command: DoubtNumber) -> Settlement:
    """Doubt a number. Refused: ``stale`` (no such number), ``already_doubted`` (with ``member``)."""
    contact = _contact(matter, command.contact)
    field = next((name for name in NUMBER_FIELDS if name == command.which and getattr(contact, name)), None)
    if field is None:
        raise Refused("stale")
    open_tasks = number_tasks(contact.id, matter.house)
    if field in contact.doubted_numbers and open_tasks:
        raise Refused("already_doubted", member=open_tasks[0].owner)
    doubted = (*(name for name in contact.doubted_numbers if name != field), field)
    done = _changed(contact, {"doubted_on": matter.here.today, "doubted_numbers": doubted})
    if not open_tasks:
        opened = tasks.opened(OpenTask(FACILITY, NUMBER_WRONG, {"contact": contact.id}), matter, ahead=1)
        done.events += opened.events
        done.owed += opened.owed
    return _shown(done, contact, matter, NumberDoubted(contact.id))


@settles
def verify(matter: Matter, command: VerifyNumber) -> Settlement:
    """Say that the numbers of a contact are right as of today.

    Refused: ``stale`` (no number to verify), ``already_verified`` (with ``by``).
    """
    contact = _contact(matter, command.contact)
    if not any(getattr(contact, name) for name in NUMBER_FIELDS):
        raise Refused("stale")
    here = matter.here.roster.member(matter.actor)
    if contact.verified_on == matter.here.today and contact.doubted_on is None:
        raise Refused("already_verified", by=contact.verified_by or "")
    who = here.name if here else None
    fields = {"verified_on": matter.here.today, "verified_by": who, "doubted_on": None, "doubted_numbers": ()}
    done = _changed(contact, fields)
    settle_doubts(contact.id, matter, done)
    return _shown(done, contact, matter, NumberVerified(contact.id))


@settles
def enter(matter: Matter, command: EnterNumber) -> Settlement:
    """Enter another number; ``bad_number`` (the reason, a phrase), ``same_number``."""
    contact = _contact(matter, command.contact)
    if command.which not in NUMBER_FIELDS:
        raise Refused("stale")
    try:
        changed = numbers_of(command.written, contact, command.which)
    except NotANumber as unreadable:
        raise Refused("bad_number", reason=unreadable.reason.as_json()) from unreadable
    if all(number == getattr(contact, field) for field, number in changed.items()):
        raise Refused("same_number")
    after = contact.model_copy(update=changed)
    row = RegistryRow("contact", contact.id, after.model_dump_json(), contact.model_dump_json())
    return _shown(registered((row,), matter), contact, matter, NumberEntered(contact.id))


@settles
def offer(matter: Matter, command: OfferNumber) -> Settlement:
    """Offer it to whoever wrote it, or to whoever decides where they may not; a number is offered once, and a broken one never."""
    here = matter.here
    to = matter.actor if KEEPERS.holds(here) else next((m.id for m in (*here.chain(), *keepers(here.roster))), "")
    try:
        number = plain_number(command.number)
    except NotANumber:
        return Settlement()
    if not to or any(known.number == number for known in matter.house.offers.values()):
        return Settlement()
    words = (command.contact, command.kind, command.service, command.drill)
    told = Owed(
        to, NumberHeard(matter.house.turns + 1), key=offer_key(matter.house.turns + 1), priority=LATER, silent=True
    )
    return Settlement([NumberOffered(matter.actor, to, number, *words)], owed=[told])


@settles
def keep(matter: Matter, command: KeepNumber) -> Settlement:
    """Keep it in the first field of a contact that is free, or of somebody new; nothing that stands there is lost.

    Refused: ``stale``, ``offer_used``, ``numbers_full`` (the contact has one in each field).
    """
    offered = _offered(matter, command.of, "waits")
    if any(
        offered.number == getattr(contact, name) for contact in matter.here.roster.contacts for name in NUMBER_FIELDS
    ):
        raise Refused("offer_used")
    known = matter.here.roster.contact(command.contact) if command.contact else None
    if known is None and (command.contact or not command.name):
        raise Refused("stale")
    if known is None:
        taken = {contact.id for contact in matter.here.roster.contacts}
        key = new_key("contact", command.name, matter.here.today, taken)
        told = outsider(command.name)  # a name tells more than the words beside the number
        kind, service = told if told != OTHERWISE else (offered.kind, offered.service)
        shape = {"kind": kind, "services": (service,), "name": command.name}
        after, before, field = Contact.model_validate({"id": key, **shape, "number": offered.number}), None, "number"
    else:
        field = next((name for name in _IN_TURN if not getattr(known, name)), "")
        if not field:
            raise Refused("numbers_full", contact=known.id)
        after, before = known.model_copy(update={field: offered.number}), known.model_dump_json()
    done = registered((RegistryRow("contact", after.id, after.model_dump_json(), before),), matter)
    done.events.append(OfferedNumberKept(offered.turn, after.id, field, known is None))
    return _said(done, matter, offered, NumberKept(offered.turn))


@settles
def take_back(matter: Matter, command: TakeNumberBack) -> Settlement:
    """Take it out of the contacts again; whoever was new with it goes, unless more was entered of them since."""
    offered = _offered(matter, command.of, "kept")
    known = matter.here.roster.contact(offered.contact)
    if known is None or getattr(known, offered.field) != offered.number:
        raise Refused("stale")
    before = known.model_dump_json()
    bare = known.model_copy(update={offered.field: None})
    goes = offered.new and not any(getattr(bare, name) for name in (*NUMBER_FIELDS, "note", "emergency_help", "hours"))
    row = RegistryRow("contact", known.id, None if goes else bare.model_dump_json(), before)
    done = registered((row,), matter)
    done.events.append(OfferedNumberTakenBack(offered.turn))
    return _said(done, matter, offered, NumberTakenBack(offered.turn))


_IN_TURN = ("number", "alternate_number", "night_number")
"""The fields that a number may fill; of the night it is only where no other is free."""


def _offered(matter: Matter, turn: int, state: str) -> NumberOffer:
    offered = matter.house.offers.get(turn)
    if offered is None:
        raise Refused("stale")
    if offered.state != state:
        raise Refused("offer_used")
    return offered


def _said(done: Settlement, matter: Matter, offered: NumberOffer, said: Message) -> Settlement:
    """Say so in the place of the offer, to whoever acted."""
    if matter.actor != CONSOLE:
        done.owed.append(Owed(matter.actor, said, key=offer_key(offered.turn), priority=AT_ONCE))
    return done


def offer_key(turn: int) -> str:
    """Name the message that offers a number."""
    return f"offer:{turn}"


def _changed(contact: Contact, fields: Mapping[str, object]) -> Settlement:
    after = contact.model_copy(update=fields)
    changed = tuple(sorted(name for name in fields if getattr(after, name) != getattr(contact, name)))
    event = RegistryChanged("contact", contact.id, "changed", changed)
    return Settlement([event], [("contact", contact.id, after.model_dump_json())])


def _shown(done: Settlement, contact: Contact, matter: Matter, said: Message) -> Settlement:
    """Answer whoever acted, and renew the card on their screen."""
    if matter.actor != CONSOLE:
        card = ContactShown(contact.id)
        done.owed.append(Owed(matter.actor, said, priority=AT_ONCE))
        done.owed.append(Owed(matter.actor, card, key=card_key(contact.id), priority=SOON, edits=True))
    return done


def card_key(contact: str) -> str:
    """Name the message that shows the card of a contact, so that it can be changed in place."""
    return f"contact:{contact}"
