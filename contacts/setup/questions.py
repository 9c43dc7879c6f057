"""What set-up asks a director, in order: each question, what the registry knows of its answer, and what comes next."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, time
from itertools import pairwise

from contacts.labels import EQUIPMENT_KIND, HOLIDAY, OCCASION, PLACE, ROLE, SERVICE, WEEKDAY, YES_NO, labelled
from contacts.phrasing import say
from contacts.readiness.deputies import deputises
from contacts.readiness.requirements import ASKED_OUTSIDE, NEEDED_EQUIPMENT
from contacts.roles import DEPUTISED
from contacts.roster import Roster
from contacts.shapes.facility import OCCASIONS, Facility, Occasion
from contacts.shapes.hours import WEEKDAYS, Hours, Session
from contacts.shapes.outside import Contact
from contacts.shapes.people import Member
from contacts.written.closures import write_closures
from contacts.written.hours import hours_said
from contacts.written.phone import SHORT_CODES
from playbooks.frozen import frozen
from playbooks.texts import Data, Text, Wording

STEPS: tuple[str, ...] = (
    "urgent",
    "prefecture",
    "telephone",
    "hours",
    "closures",
    "drills",
    "safety_manager",
    "deputies",
    "staff",
    "systems",
    "details",
    "vendors",
    "authorities",
    "advisers",
    "equipment",
    "lines",
    "poster",
    "photos",
    "labels",
)
"""The steps of set-up in their order; a step has one question or several."""

URGENT: dict[str, tuple[str, ...]] = {"ehr": ("ehr",), "network": ("network", "pc")}
"""Whose numbers are asked for before anything else, by the services that answer for them: with these two and the
deputy's mobile a first hour is possible."""

OFFERED_SYSTEMS = labelled(
    "setup.system", "ehr", "receipt", "eligibility", "imaging", "lab", "network", "website", "mail"
)
"""What most of them use, by service, to be chosen with one tap."""

OWN_POSTER = "poster:own"
"""The question for a facility's own words on its door, instead of those that stand there."""

YES_OR_NO = ("phones_on_line", "home_devices")
"""Questions to which "none" is an answer."""

BEFORE_OPENING = 15
SHORTEST_BREAK = 30
"""Minutes: what a drill before opening takes, and what makes a midday break of the time between two sessions."""


@frozen
class SetupQuestion:
    """One question. ``subject`` is the id of what it is about (a system, a role, a service), ``name`` what people call it.

    ``known`` is the answer that the registry holds, a line each. ``several`` questions take any number of answers and
    are done when they are left behind.
    """

    what: str
    step: str
    subject: str = ""
    name: Wording | None = None
    known: tuple[Wording, ...] = ()
    several: bool = False
    settled: bool | None = None

    @property
    def id(self) -> str:
        """The question's name, which tells it apart from all others."""
        return f"{self.what}:{self.subject}" if self.subject else self.what

    @property
    def done(self) -> bool:
        """Whether the registry holds an answer, so that it need not be asked."""
        return bool(self.known) if self.settled is None and not self.several else bool(self.settled)


@frozen
class SetupAnswer:
    """An answer as it was given: what it is about, what was written or chosen, and who (``by`` name, ``who`` by id) says so when."""

    subject: str
    written: str
    roster: Roster
    today: date
    by: str = ""
    who: str = ""


@frozen
class SetupEntry:
    """What to enter: rows as (kind, key, row; None takes it out), or somebody new to invite in a role."""

    rows: tuple[tuple[str, str, Data | None], ...] = ()
    invite: Member | None = None
    role: str = ""


def questions(roster: Roster) -> tuple[SetupQuestion, ...]:
    """Give all questions in order, those about systems and vendors for each one that is known by now."""
    found = (
        *_urgent(roster),
        *_facility(roster.facility),
        *_people(roster),
        *_systems(roster),
        *_vendors(roster),
        *_outside(roster),
        *_equipment(roster),
        *_lines(roster.facility),
        *(SetupQuestion(step, step, several=True) for step in ("photos", "labels")),
    )
    return tuple(sorted(found, key=lambda q: STEPS.index(q.step)))


def question(roster: Roster, name: str) -> SetupQuestion | None:
    """Give one question by its id; None if there is none, or not any more. ``staff:nurse`` is the staff's with a role."""
    found = {q.id: q for q in questions(roster)}
    what, _, subject = name.partition(":")
    if name == OWN_POSTER:
        return replace(found[what], subject=subject, known=())
    if name not in found and what in found and found[what].several and subject:
        label = {**ROLE, **OCCASION}.get(subject)
        return replace(found[what], subject=subject, name=label, several=False, known=()) if label else None
    return found.get(name)


def next_question(roster: Roster, passed: Collection[str]) -> SetupQuestion | None:
    """Give the first question that is neither answered nor left behind (``passed``, by id); None at the end."""
    return next((q for q in questions(roster) if not q.done and q.id not in passed), None)


def quiet_times(facility: Facility) -> dict[Occasion, Hours]:
    """Give the times of a week that the sessions leave free and in which people are there: good for a drill."""
    before: Hours = {}
    midday: Hours = {}
    for day, sessions in facility.sessions.items():
        opening = _minutes(sessions[0].start) if sessions else 0
        if opening >= BEFORE_OPENING:
            hour, minute = divmod(opening - BEFORE_OPENING, 60)
            before[day] = (Session(start=time(hour, minute), until=sessions[0].start),)
        for earlier, later in pairwise(sessions):
            if day not in midday and _minutes(later.start) - _minutes(earlier.until) >= SHORTEST_BREAK:
                midday[day] = (Session(start=earlier.until, until=later.start),)
    found: dict[Occasion, Hours] = {"before_opening": before, "midday": midday}
    return {what: hours for what, hours in found.items() if hours}


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _said(*texts: str | None) -> tuple[Wording, ...]:
    return tuple(Text(ja=text, en=text) for text in texts if text)


def urgent_contact(roster: Roster, service: str) -> Contact | None:
    """Give the vendor who is called first about a service, one with a number before others."""
    found = [c for s in URGENT.get(service, ()) for c in roster.contacts_for(f"vendor:{s}")]
    return next((c for c in found if c.number), next(iter(found), None))


def _urgent(roster: Roster) -> Iterator[SetupQuestion]:
    for service in URGENT:
        contact = urgent_contact(roster, service)
        known = _numbers(contact)
        yield SetupQuestion("urgent", "urgent", service, SERVICE[service], known=known)
    deputies = [m for m in roster.active() if deputises(m, "director") and m.telephone]
    yield SetupQuestion("mobile", "urgent", known=_said(*(f"{m.name} {m.telephone}" for m in deputies)))


def _facility(facility: Facility) -> Iterator[SetupQuestion]:
    yield SetupQuestion("prefecture", "prefecture", known=_said(facility.prefecture))
    yield SetupQuestion("telephone", "telephone", known=_said(facility.telephone))
    yield SetupQuestion("hours", "hours", known=_week(facility.sessions))
    days = dict.fromkeys(facility.closed, ()) | facility.half_days
    yield SetupQuestion("closures", "closures", known=_said(*write_closures(days).splitlines()))
    marked = [(OCCASION[o], hours_said(facility.marked[o])) for o in OCCASIONS if facility.marked.get(o)]
    known = tuple(say("setup.marked", label=label, hours=hours) for label, hours in marked)
    yield SetupQuestion("drills", "drills", known=known, several=True)


def _week(hours: Hours) -> tuple[Wording, ...]:
    """Say the hours of a week, and on which days there are none: whoever wrote 「土は急患のみ」 sees what became of it."""
    if not hours:
        return ()
    closed = tuple(WEEKDAY[day] for day in WEEKDAYS if not hours.get(day))
    return (hours_said(hours), *((say("setup.closed_on", days=(*closed, HOLIDAY)),) if closed else ()))


def _lines(facility: Facility) -> Iterator[SetupQuestion]:
    for what in YES_OR_NO:
        if what == "home_devices" and facility.kind == "dental":
            continue
        said = getattr(facility, what)
        yield SetupQuestion(what, "lines", known=() if said is None else (YES_NO["yes" if said else "no"],))
    yield SetupQuestion("fallback_phone", "lines", known=_said(facility.fallback_phone))
    yield SetupQuestion("poster", "poster", known=_said(facility.poster))


def _people(roster: Roster) -> Iterator[SetupQuestion]:
    active = roster.active()
    managers = [m.name for m in active if "safety_manager" in m.roles]
    yield SetupQuestion("safety_manager", "safety_manager", known=_said(*managers))
    for role in DEPUTISED:
        deputies = [m.name for m in active if deputises(m, role)]
        yield SetupQuestion("deputy", "deputies", role, ROLE[role], known=_said(*deputies))
    yield SetupQuestion("staff", "staff", known=_said(*(m.name for m in active)), several=True)


def _systems(roster: Roster) -> Iterator[SetupQuestion]:
    yield SetupQuestion("systems", "systems", known=_said(*(s.name for s in roster.systems)), several=True)
    for system in roster.systems:
        name, vendor = Text(ja=system.name, en=system.name), roster.vendor_of(system)
        yield SetupQuestion("runs", "details", system.id, name, known=(PLACE[system.runs],) if system.runs else ())
        yield SetupQuestion("importance", "details", system.id, name, known=_said(str(system.importance or "")))
        yield SetupQuestion("keeper", "details", system.id, name, known=_said(vendor.name if vendor else None))


def _vendors(roster: Roster) -> Iterator[SetupQuestion]:
    for contact in roster.vendors():
        name = Text(ja=contact.name, en=contact.name)
        yield SetupQuestion("number", "vendors", contact.id, name, known=_numbers(contact, named=False))
        yield SetupQuestion("night", "vendors", contact.id, name, known=_said(contact.night_number))
        hours = (hours_said(contact.open_hours),) if contact.open_hours else _said(contact.hours)
        yield SetupQuestion("open", "vendors", contact.id, name, known=hours)


def _numbers(contact: Contact | None, *, named: bool = True) -> tuple[Wording, ...]:
    """Say the number of somebody outside, and the one for when nobody answers there."""
    if contact is None or not contact.number:
        return ()
    other = contact.alternate_number
    number = _said(f"{contact.name} {contact.number}" if named else contact.number)
    return (*number, say("setup.alternate", number=other)) if other else number


def _outside(roster: Roster) -> Iterator[SetupQuestion]:
    for reference, _ in ASKED_OUTSIDE:
        kind, _, service = reference.partition(":")
        contact = outside_contact(roster, service)
        known = _numbers(contact)
        checked = contact is not None and contact.number is not None and contact.verified_on is not None
        step = "authorities" if kind == "authority" else "advisers"
        yield SetupQuestion("outside", step, service, SERVICE[service], known=known, settled=checked)


def outside_contact(roster: Roster, service: str) -> Contact | None:
    """Give who is asked for a required service; 110 and #9110 are no desk of the prefecture and stand for none."""
    reference = next((r for r, _ in ASKED_OUTSIDE if r.partition(":")[2] == service), "")
    return next((c for c in roster.contacts_for(reference) if c.number not in SHORT_CODES), None)


def _equipment(roster: Roster) -> Iterator[SetupQuestion]:
    for kind in NEEDED_EQUIPMENT:
        places = [e.place for e in roster.equipment if e.kind == kind]
        yield SetupQuestion("place", "equipment", kind, EQUIPMENT_KIND[kind], known=_said(*places))
