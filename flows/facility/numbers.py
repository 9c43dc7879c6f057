"""Telephone numbers in people's hands: verified today, found to be wrong, or put right; each in one act."""

from __future__ import annotations

from collections.abc import Mapping

from contacts.shapes.outside import NUMBER_FIELDS, Contact
from contacts.written.phone import NotANumber, plain_number
from flows import commands as cmd
from flows import events as ev
from flows.commands.facility import RegistryRow
from flows.facility import tasks
from flows.facility.registering import registered, settle_doubts
from flows.facility.settling import CONSOLE, Matter, Settlement, keeps
from flows.record.journal import FACILITY, Owed
from flows.refusals import Refused
from flows.state.house import Task


def settle(command: cmd.VerifyNumber | cmd.DoubtNumber | cmd.EnterNumber, matter: Matter) -> Settlement:
    """Give what is done about a number.

    Everybody may say that one is wrong. Verifying and changing it is for those who keep the contacts in order, and for
    the owner of a task about it. Refused: ``stale`` (no such contact, no such number), ``keepers_only``,
    ``already_doubted`` and ``already_verified`` (with ``member``), ``bad_number`` (with the reason, ``ja`` and ``en``).
    """
    contact = matter.here.roster.contact(command.contact)
    if contact is None:
        raise Refused("stale")
    match command:
        case cmd.DoubtNumber(which=which):
            return _doubt(contact, which, matter)
        case cmd.VerifyNumber():
            return _verify(contact, matter)
        case cmd.EnterNumber(which=which, written=written):
            return _enter(contact, which, written, matter)


def may_keep(contact: str, matter: Matter) -> bool:
    """Say whether somebody may verify and change the numbers of a contact."""
    return keeps(matter.context, matter.actor) or matter.actor in {t.owner for t in _tasks(contact, matter)}


def _tasks(contact: str, matter: Matter) -> list[Task]:
    return [t for t in matter.house.open_tasks() if t.what == tasks.NUMBER_WRONG and t.about.get("contact") == contact]


def _only_may_keep(contact: Contact, matter: Matter) -> None:
    if not may_keep(contact.id, matter):
        raise Refused("keepers_only")


def _doubt(contact: Contact, which: str, matter: Matter) -> Settlement:
    field = next((name for name in NUMBER_FIELDS if name == which and getattr(contact, name)), None)
    if field is None:
        raise Refused("stale")
    open_tasks = _tasks(contact.id, matter)
    if field in contact.doubted_numbers and open_tasks:
        raise Refused("already_doubted", member=open_tasks[0].owner)
    doubted = (*(name for name in contact.doubted_numbers if name != field), field)
    done = _changed(contact, {"doubted_on": matter.here.today, "doubted_numbers": doubted})
    if not open_tasks:
        opened = tasks.opened(cmd.OpenTask(FACILITY, tasks.NUMBER_WRONG, {"contact": contact.id}), matter, ahead=1)
        done.events += opened.events
        done.owed += opened.owed
    return _shown(done, contact, matter, "number_doubted")


def _verify(contact: Contact, matter: Matter) -> Settlement:
    _only_may_keep(contact, matter)
    if not any(getattr(contact, name) for name in NUMBER_FIELDS):
        raise Refused("stale")
    here = matter.here.roster.member(matter.actor)
    if contact.verified_on == matter.here.today and contact.doubted_on is None:
        raise Refused("already_verified", by=contact.verified_by or "")
    who = here.name if here else None
    fields = {"verified_on": matter.here.today, "verified_by": who, "doubted_on": None, "doubted_numbers": ()}
    done = _changed(contact, fields)
    settle_doubts(contact.id, matter, done)
    return _shown(done, contact, matter, "number_verified")


def _enter(contact: Contact, which: str, written: str, matter: Matter) -> Settlement:
    _only_may_keep(contact, matter)
    if which not in NUMBER_FIELDS:
        raise Refused("stale")
    try:
        number = plain_number(written)
    except NotANumber as unreadable:
        raise Refused("bad_number", **unreadable.reason.model_dump()) from unreadable
    if number == getattr(contact, which):
        raise Refused("same_number")
    after = contact.model_copy(update={which: number})
    row = RegistryRow("contact", contact.id, after.model_dump_json(), contact.model_dump_json())
    return _shown(registered((row,), matter), contact, matter, "number_entered")


def _changed(contact: Contact, fields: Mapping[str, object]) -> Settlement:
    after = contact.model_copy(update=fields)
    changed = tuple(sorted(name for name in fields if getattr(after, name) != getattr(contact, name)))
    event = ev.RegistryChanged("contact", contact.id, "changed", changed)
    return Settlement([event], [("contact", contact.id, after.model_dump_json())])


def _shown(done: Settlement, contact: Contact, matter: Matter, name: str) -> Settlement:
    """Answer whoever acted, and renew the card on their screen."""
    if matter.actor != CONSOLE:
        data = {"contact": contact.id}
        done.owed.append(Owed(matter.actor, name, data=data, priority=1))
        done.owed.append(Owed(matter.actor, "contact", data=data, key=card_key(contact.id), priority=4, edits=True))
    return done


def card_key(contact: str) -> str:
    """Name the message that shows the card of a contact, so that it can be changed in place."""
    return f"contact:{contact}"
