"""The card of somebody to call: what is known of them, how sure it is, and never an empty card."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from bot.render import Scene
from contacts.model import Contact


@dataclass(frozen=True)
class Card:
    """A card's text and, if a number is known, the native contact card (name, number) of the phone."""

    text: Markup
    native: tuple[str, str] | None = None


def card(scene: Scene, reference: str) -> Card:
    """Give the card for ``vendor:ehr``, ``authority:police``, ``role:commander`` …; says so when no number is known."""
    kind, _, name = reference.partition(":")
    if kind == "role":
        return _person(scene, name)
    found = scene.context.roster.contacts_for(reference)
    drill = scene.run is not None and scene.run.drill
    if not found:
        return Card(scene.words.say("contact.no_number", name=service_name(scene, reference)))
    cards = [_contact(scene, c) for c in found[:2]]
    if drill:
        cards.append(scene.words.say("contact.drill"))
    first = next((c for c in found if c.number), None)
    native = (first.name, first.number) if first and first.number and not drill else None
    return Card(Markup("\n").join(cards), native)


def service_name(scene: Scene, reference: str) -> str:
    """Name what a reference means when nobody is entered for it."""
    key = f"service.{reference}"
    return scene.words.label(key) if scene.words.has(key) else reference.partition(":")[2]


def _contact(scene: Scene, contact: Contact) -> Markup:
    words = scene.words
    if not contact.number:
        return words.say("contact.no_number", name=contact.name)
    text = words.say(
        "contact.card",
        name=contact.name,
        number=contact.number,
        hours=contact.hours or "",
        night=contact.night_number or "",
        verified=contact.verified_on,
    )
    return text + words.say("contact.verified", date=contact.verified_on.isoformat()) if contact.verified_on else text


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
        return Card(scene.words.say("contact.no_number", name=scene.words.role("director")))
    return Card(scene.words.say("contact.person", who=scene.words.who(found[0])))
