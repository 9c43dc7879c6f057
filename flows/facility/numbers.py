"""Telephone numbers in people's hands: verified today, found to be wrong, or put right; each in one act."""

from __future__ import annotations

from collections.abc import Mapping

from contacts.shapes.outside import NUMBER_FIELDS, Contact
from contacts.written.phone import NotANumber, numbers_of
from flows.commands.contacts import DoubtNumber, EnterNumber, VerifyNumber
from flows.commands.facility import RegistryRow
from flows.commands.upkeep import OpenTask
from flows.events.facility import RegistryChanged
from flows.facility import tasks
from flows.facility.registering import registered, settle_doubts
from flows.facility.settling import Matter, Settlement, settles
from flows.messages.contacts import ContactShown, NumberDoubted, NumberEntered, NumberVerified
from flows.messages.message import Message
from flows.powers import CONSOLE, NUMBER_WRONG, number_tasks
from flows.record.journal import FACILITY, Owed
from flows.refusals import Refused


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


def _changed(contact: Contact, fields: Mapping[str, object]) -> Settlement:
    after = contact.model_copy(update=fields)
    changed = tuple(sorted(name for name in fields if getattr(after, name) != getattr(contact, name)))
    event = RegistryChanged("contact", contact.id, "changed", changed)
    return Settlement([event], [("contact", contact.id, after.model_dump_json())])


def _shown(done: Settlement, contact: Contact, matter: Matter, said: Message) -> Settlement:
    """Answer whoever acted, and renew the card on their screen."""
    if matter.actor != CONSOLE:
        card = ContactShown(contact.id)
        done.owed.append(Owed(matter.actor, said, priority=1))
        done.owed.append(Owed(matter.actor, card, key=card_key(contact.id), priority=4, edits=True))
    return done


def card_key(contact: str) -> str:
    """Name the message that shows the card of a contact, so that it can be changed in place."""
    return f"contact:{contact}"
