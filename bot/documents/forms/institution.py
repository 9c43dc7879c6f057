"""Who reports: the institution, its head and whom to ask, as the registry knows them."""

from __future__ import annotations

from bot.documents.facts.form import Section, Statement
from bot.documents.facts.pen import Pen
from contacts.labels import FACILITY_KIND


def institution(pen: Pen) -> Section:
    """Give the head of a report; what the registry does not hold is filled in by hand."""
    facility = pen.source.roster.facility
    street, prefecture = facility.address or "", facility.prefecture or ""
    kind = FACILITY_KIND[facility.kind].in_language(pen.source.language)
    return pen.section(
        "form.institution",
        pen.field("form.institution.name", pen.registered(facility.name)),
        pen.field("form.institution.kind", pen.registered(pen.say("form.institution.business", kind=kind))),
        pen.by_hand("form.institution.number"),
        pen.by_hand(
            "form.institution.address",
            pen.registered(street if street.startswith(prefecture) else f"{prefecture}{street}"),
            note="" if street else "form.institution.address.note",
        ),
        pen.by_hand("form.institution.head", holders(pen, "director"), note="form.institution.head.note"),
        pen.by_hand("form.institution.contact", holders(pen, "safety_manager"), note="form.institution.contact.note"),
        pen.by_hand("form.institution.telephone", pen.registered(facility.telephone)),
        pen.by_hand("form.institution.mail"),
    )


def holders(pen: Pen, role: str) -> tuple[Statement, ...]:
    """Name who holds a role, with what they are."""
    words = pen.source.words
    return tuple(
        one
        for member in pen.source.roster.active()
        if role in member.roles
        for one in pen.registered(pen.say("form.person", name=member.name, role=words.role(role)))
    )
