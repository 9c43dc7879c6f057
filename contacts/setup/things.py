"""What set-up's answers about things and those outside enter: systems, vendors, numbers, equipment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contacts.defaults import SHIPPED_CONTACTS
from contacts.labels import EQUIPMENT_KIND, SERVICE, VENDOR_SERVICE
from contacts.model import Contact, Equipment, System
from contacts.phrasing import say
from contacts.readiness.requirements import ASKED_OUTSIDE
from contacts.references import SERVICES
from contacts.roster import Roster
from contacts.rows.naming import Naming
from contacts.rows.sheets import CONTACTS, SYSTEMS
from contacts.setup.questions import OFFERED_SYSTEMS, SetupAnswer, SetupEntry, outside_contact, urgent_contact
from contacts.shapes.outside import NUMBER_FIELDS
from contacts.written.cells import LIST_SIGNS, ChoiceCell, WordsCell
from contacts.written.keys import new_key
from contacts.written.mistakes import Unreadable
from contacts.written.phone import name_before, numbers_of, plain_number
from playbooks.texts import Data, everywhere

SAME = "="
"""Chosen instead of a number: the one that is shown is right."""

_NAME = WordsCell(60)
_PLACE = WordsCell(200)
_SHIPPED = frozenset(contact.id for contact in SHIPPED_CONTACTS)


def systems(asking: SetupAnswer) -> SetupEntry:
    """Enter the systems named; one that is chosen again is taken out, unless something is known about it already."""
    roster, rows = asking.roster, list[tuple[str, str, Data | None]]()
    keys = {s.id for s in roster.systems}
    if asking.written in OFFERED_SYSTEMS:
        known = next((s for s in roster.systems if s.service == asking.written), None)
        if known is not None:
            if known != System(id=known.id, name=known.name, service=known.service) or _is_named(known, roster):
                raise Unreadable(say("setup.more_is_entered", name=known.name))
            return SetupEntry((("system", known.id, None),))
    naming = Naming({"system": {s.id: s.name for s in roster.systems}})
    for part in dict.fromkeys(p.strip() for p in LIST_SIGNS.split(asking.written) if p.strip()):
        service = part if part in OFFERED_SYSTEMS else _service(part)
        name = OFFERED_SYSTEMS[part].in_language(roster.facility.language) if part in OFFERED_SYSTEMS else part
        if naming.keys("system", name):
            continue
        key = new_key("system", name, asking.today, keys)
        keys.add(key)
        rows.append(("system", key, System(id=key, name=_NAME.read(name), service=service)))
    return SetupEntry(tuple(rows))


def _service(written: str) -> str | None:
    try:
        return ChoiceCell(VENDOR_SERVICE).one(written)
    except Unreadable:
        return next((s for s, name in OFFERED_SYSTEMS.items() if written in everywhere(name).values()), None)


def knows_service(written: str) -> bool:
    """Say whether a text only names systems by what everybody calls them."""
    parts = [p.strip() for p in LIST_SIGNS.split(written) if p.strip()]
    return bool(parts) and all(_service(part) for part in parts)


def _is_named(system: System, roster: Roster) -> bool:
    return (
        any(system.id in c.systems for c in roster.contracts)
        or any(r.system == system.id for r in roster.responsibilities)
        or any(c.system == system.id for c in roster.connections)
    )


def of_system(field: str) -> Callable[[SetupAnswer], SetupEntry]:
    """Give what reads one field of a system, as its column of the workbook is read."""

    def read(asking: SetupAnswer) -> SetupEntry:
        system = _system(asking)
        value = SYSTEMS.column(field).form.read(asking.written)
        return SetupEntry((("system", system.id, system.model_copy(update={field: value})),))

    return read


def _system(asking: SetupAnswer) -> System:
    system = asking.roster.system(asking.subject)
    if system is None:
        raise KeyError(asking.subject)
    return system


def keeper(asking: SetupAnswer) -> SetupEntry:
    """Name a system's vendor: one that is known, or somebody new whose numbers are asked for later."""
    system, contacts = _system(asking), asking.roster.contacts
    vendors = Naming({"contact": {c.id: c.name for c in contacts if c.kind == "vendor"}})
    service = system.service or ""
    services = (service,) if service in SERVICES["vendor"] else ()
    if asking.written.startswith("[") or vendors.keys("contact", asking.written):
        known = asking.roster.contact(vendors.meant("contact", asking.written))
        if known is None:
            raise KeyError(asking.written)
        vendor = known.model_copy(update={"services": tuple(dict.fromkeys((*known.services, *services)))})
    else:
        name = _NAME.read(asking.written)
        key = new_key("contact", name, asking.today, {c.id for c in contacts})
        vendor = Contact(id=key, kind="vendor", services=services, name=name)
    return SetupEntry(
        (("contact", vendor.id, vendor), ("system", system.id, system.model_copy(update={"vendor": vendor.id})))
    )


def of_contact(field: str) -> Callable[[SetupAnswer], SetupEntry]:
    """Give what reads one field of a contact; a number counts as verified today."""

    def read(asking: SetupAnswer) -> SetupEntry:
        contact = asking.roster.contact(asking.subject)
        if contact is None:
            raise KeyError(asking.subject)
        changed = _field_of(contact, field, asking.written)
        if field != "open_hours":
            changed |= _verified(asking)
        return SetupEntry((("contact", contact.id, contact.model_copy(update=changed)),))

    return read


def _field_of(contact: Contact, field: str, written: str) -> dict[str, Any]:
    if field in NUMBER_FIELDS:
        return dict(numbers_of(written, contact, field))
    return {field: CONTACTS.column(field).form.read(written)}


def _verified(asking: SetupAnswer) -> dict[str, object]:
    """Set-up asks for numbers that the director has just looked up, so the day speaks for them."""
    return {"verified_on": asking.today, "verified_by": asking.by or None}


# ── those whom everybody needs ──────────────────────────────────────────────────────────────────────────────────────


def outside(asking: SetupAnswer) -> SetupEntry:
    """Enter somebody's number, with their name in front of it or without; what is shown may be said to be right."""
    service, known = asking.subject, outside_contact(asking.roster, asking.subject)
    if asking.written == SAME and known is not None and known.number:
        return SetupEntry((("contact", known.id, known.model_copy(update=_verified(asking))),))
    name, numbers = _name_and_numbers(asking.written, known)
    number = numbers["number"]
    changed: dict[str, object] = {**numbers, **_verified(asking)} | ({"name": name} if name else {})
    if known is not None and (known.id not in _SHIPPED or known.number == number):
        return SetupEntry((("contact", known.id, known.model_copy(update=changed)),))
    kind = next(reference.partition(":")[0] for reference, _ in ASKED_OUTSIDE if reference.endswith(f":{service}"))
    name = name or SERVICE[service].in_language(asking.roster.facility.language)
    key = new_key("contact", f"{service} {name}", asking.today, {c.id for c in asking.roster.contacts})
    contact = {"id": key, "kind": kind, "services": (service,), **changed, "name": name}
    return SetupEntry((("contact", key, Contact.model_validate(contact)),))


def read_name_and_number(written: str) -> tuple[str, str]:
    """Read ``name number`` or a bare number; the name is empty where there is none. Unreadable without a number, or with two."""
    name, rest = _split(written)
    return name, plain_number(rest)


def _name_and_numbers(written: str, known: Contact | None) -> tuple[str, dict[str, str]]:
    name, rest = _split(written)
    return name, numbers_of(rest, known)


def _split(written: str) -> tuple[str, str]:
    name, rest = name_before(written)
    return (_NAME.read(name) if name else ""), rest


def urgent(asking: SetupAnswer) -> SetupEntry:
    """Enter the number of a vendor who is called first, with their name in front of it or without."""
    service, known = asking.subject, urgent_contact(asking.roster, asking.subject)
    name, numbers = _name_and_numbers(asking.written, known)
    changed: dict[str, object] = {**numbers, **_verified(asking)} | ({"name": name} if name else {})
    if known is not None and (not name or name == known.name):
        return SetupEntry((("contact", known.id, known.model_copy(update=changed)),))
    label = say("setup.vendor_of", service=SERVICE[service])
    name = name or label.in_language(asking.roster.facility.language)
    key = new_key("contact", name, asking.today, {c.id for c in asking.roster.contacts})
    contact = {"id": key, "kind": "vendor", "services": (service,), **changed, "name": name}
    return SetupEntry((("contact", key, Contact.model_validate(contact)),))


def place(asking: SetupAnswer) -> SetupEntry:
    """Enter where a piece of emergency equipment lies."""
    kind = asking.subject
    label = EQUIPMENT_KIND[kind].in_language(asking.roster.facility.language)
    known = next((e for e in asking.roster.equipment if e.kind == kind), None)
    if known is None:
        key = new_key("equipment", label, asking.today, {e.id for e in asking.roster.equipment})
        known = Equipment.model_validate({"id": key, "name": label, "kind": kind})
    place = _PLACE.read(asking.written)
    return SetupEntry((("equipment", known.id, known.model_copy(update={"place": place})),))
