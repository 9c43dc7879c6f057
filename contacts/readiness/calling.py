"""Which of somebody's numbers to dial first at this moment, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from contacts.phrasing import say
from contacts.shapes.hours import MIDNIGHT, WEEKDAYS, open_at
from contacts.shapes.outside import Contact, NumberField
from playbooks.frozen import frozen
from playbooks.texts import Wording


@frozen
class Call:
    """One number to try, and the reason for its place."""

    number: str
    which: NumberField
    why: Wording


_OPEN = say("calling.open")
_ALWAYS = say("calling.always")
_NIGHT = say("calling.night")
_NO_HOURS = say("calling.no_hours")
_ALTERNATE = say("calling.alternate")
_ANYWAY = say("calling.anyway")
_CLOSED = say("calling.closed")
_HOLIDAY = say("calling.holiday")
_DOUBTED = say("calling.doubted")


def open_now(contact: Contact, local: datetime, *, holiday: bool = False) -> bool | None:
    """Say whether somebody answers at ``local`` (wall-clock time); None while their hours are not known.

    On a national holiday only who is there on Sundays at that time counts as open: most vendors close, and the night's
    number is the safer first try.
    """
    if not contact.open_hours:
        return None
    if holiday:
        local += timedelta(days=6 - local.weekday())
    return open_at(contact.open_hours, local)


def calls(contact: Contact, local: datetime, *, holiday: bool = False) -> tuple[Call, ...]:
    """Give the numbers in the order to try, each once: the day's while they are open, the night's first while not.

    A number that somebody found to be wrong comes last. ``local`` is the facility's wall-clock time. Empty if no number
    is known.
    """
    is_open = open_now(contact, local, holiday=holiday)
    day = Call(contact.number or "", "number", _why(contact, is_open, holiday=holiday))
    night = Call(contact.night_number or "", "night_number", _NIGHT)
    alternate = Call(contact.alternate_number or "", "alternate_number", _ALTERNATE)
    order = (night, alternate, day) if is_open is False else (day, alternate, night)
    known = {call.number: call for call in reversed(order) if call.number}
    sure = [c for c in order if known.get(c.number) is c and c.which not in contact.doubted_numbers]
    doubted = [replace(c, why=_DOUBTED) for c in order if known.get(c.number) is c and c not in sure]
    return (*sure, *doubted)


def _why(contact: Contact, is_open: bool | None, *, holiday: bool) -> Wording:
    if is_open is None:
        return _NO_HOURS
    if is_open:
        return _ALWAYS if always(contact) else _OPEN
    if contact.night_number or contact.alternate_number:
        return _ANYWAY
    return _HOLIDAY if holiday else _CLOSED


def always(contact: Contact) -> bool:
    """Say whether somebody answers day and night."""
    whole = [
        s for day in WEEKDAYS for s in contact.open_hours.get(day, ()) if s.start == s.until == MIDNIGHT and not s.weeks
    ]
    return len(whole) == len(WEEKDAYS)
