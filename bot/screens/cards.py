"""The card of somebody to call: the numbers in the order to try at this hour, how sure they are, never an empty card."""

from __future__ import annotations

from typing import Literal

from markupsafe import Markup

from bot.screens.scene import Scene
from contacts.defaults import SHIPPED_CONTACTS
from contacts.model import Contact
from contacts.readiness.calling import Call, always, calls
from contacts.readiness.requirements import stale_number
from contacts.shapes.days import is_national_holiday
from contacts.written.hours import ALWAYS_WORDS
from contacts.written.phone import dialled
from playbooks.frozen import frozen


@frozen
class Card:
    """A card's text and, if a number is known, the native contact card (name, number) of the phone."""

    text: Markup
    native: tuple[str, str] | None = None


PEOPLE = ("role", "member")
"""Kinds of references to somebody who works here."""


def card(scene: Scene, reference: str) -> Card:
    """Give the card for ``vendor:ehr``, ``authority:police``, ``role:commander`` …; says so when no number is known."""
    kind, _, name = reference.partition(":")
    if kind in PEOPLE:
        return _person(scene, name) if kind == "role" else _member(scene, name)
    found = scene.context.roster.contacts_for(reference)
    if not found:
        return Card(no_number(scene, service_name(scene, reference), kind, name))
    sure = [sureness(scene, c) for c in found[:2]]
    cards = [
        contact_card(scene, c, doubts=said not in sure[n + 1 :])
        for n, (c, said) in enumerate(zip(found, sure, strict=False))
    ]
    texts = [c.text for c in cards]
    if pretended(scene):
        texts.append(scene.words.say("contact.drill"))
        return Card(Markup("\n").join(texts))
    return Card(Markup("\n").join(texts), next((c.native for c in cards if c.native), None))


def pretended(scene: Scene) -> bool:
    """Say whether a call is only pretended: in every drill but one that is about the numbers themselves."""
    run = scene.run
    return run is not None and run.drill and not (run.exercise is not None and run.exercise.kind.real_contacts)


def no_number(scene: Scene, name: str, kind: str, service: str = "") -> Markup:
    """Say that no number is known, and where this desk, or people like these, have theirs printed; of vendors that once."""
    where = next(key for key in (f"contact.where.{service}", f"contact.where.{kind}") if scene.words.has(key))
    known = where == "contact.where.vendor" and has_called(scene)
    return scene.words.say("contact.no_number", name=name, where="" if known else scene.words.say(where))


def has_called(scene: Scene) -> bool:
    """Say whether the reader has made a call of this run already, and so has read how."""
    run = scene.run
    mine = [] if run is None else [place for place, how in run.answered.items() if how.by == scene.reader]
    return run is not None and any(run.text_of(*place).contact for place in mine)


def service_name(scene: Scene, reference: str) -> str:
    """Name what a reference means when nobody is entered for it."""
    key = f"service.{reference}"
    return scene.words.label(key) if scene.words.has(key) else reference.partition(":")[2]


def calls_now(scene: Scene, contact: Contact) -> tuple[Call, ...]:
    """Give the numbers of a contact in the order to try at this moment."""
    local = scene.context.roster.facility.local(scene.context.now)
    return calls(contact, local, holiday=is_national_holiday(local.date()))


def contact_card(scene: Scene, contact: Contact, *, doubts: bool = True) -> Card:
    """Give the card of one contact; the phone's own card carries the number to dial first.

    ``doubts``: it says how sure the numbers are, unless the card below it says the same.
    """
    words, numbers, name = scene.words, calls_now(scene, contact), in_words(scene, contact, "name")
    if not numbers:
        return Card(no_number(scene, name, contact.kind))
    text = words.say(
        "contact.card",
        name=name,
        calls=[_line(scene, contact, call) for call in numbers],
        hours="" if always(contact) else in_words(scene, contact, "hours"),
        sure=sureness(scene, contact) if doubts else "",
    )
    number = dialled(numbers[0].number)
    return Card(text, (name, number) if number else None)


def in_words(scene: Scene, contact: Contact, field: Literal["name", "hours", "note"]) -> str:
    """Give what is written of a contact; what came along with us stands in the reader's language until somebody changes it."""
    written, key = getattr(contact, field) or "", f"contact.shipped.{contact.id}.{field}"
    came = next((getattr(one, field) for one in SHIPPED_CONTACTS if one.id == contact.id), None)
    if written and written == came:
        return scene.words.label(key) if field == "name" else scene.words.say(key).unescape()
    always = field == "hours" and written.casefold() in ALWAYS_WORDS
    return scene.words.label("contact.always") if always else written


def _line(scene: Scene, contact: Contact, call: Call) -> Markup:
    hidden = contact.hours and not contact.open_hours and call.which == "number" and not contact.doubted_numbers
    why = "" if hidden else call.why.in_language(scene.words.language)
    return scene.words.say("contact.call", number=call.number, why=why)


def sureness(scene: Scene, contact: Contact) -> Markup:
    """Say who verified the numbers and when; with a warning if nobody did, long ago, or if one is doubted."""
    words, day = scene.words, contact.verified_on
    if contact.doubted_on is not None:
        return words.say("contact.doubted", date=contact.doubted_on.isoformat())
    if day is None:
        return words.say("contact.unverified")
    key = "contact.stale" if stale_number(contact, scene.context.today) else "contact.verified"
    return words.say(key, date=day.isoformat(), by=contact.verified_by or "")


def _person(scene: Scene, role: str) -> Card:
    run, roster = scene.run, scene.context.roster
    if role == "commander" and run is not None and run.commander and run.commander != scene.reader:
        found = [run.commander]
    else:
        found = [
            m.id
            for m in roster.owners("director" if role == "commander" else role, scene.context.today)
            if m.id != scene.reader
        ]
    if not found:
        found = [m.id for m in scene.context.chain() if m.id != scene.reader]
    if not found:
        return Card(no_number(scene, scene.words.role("director"), "person"))
    return _member(scene, found[0])


def _member(scene: Scene, member: str) -> Card:
    """Give the card of a colleague, with their own number if they gave one."""
    person = scene.context.roster.member(member)
    number = person.telephone if person and not pretended(scene) else None
    text = scene.words.say("contact.person", who=scene.words.who(member), number=number or "")
    return Card(text, (person.name, dialled(number)) if person and number else None)
