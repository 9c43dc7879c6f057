"""What a row has to be, taken as a whole: ends after beginnings and services that fit."""

from __future__ import annotations

from collections.abc import Iterator

from contacts.labels import CONTACT_KIND, SERVICE
from contacts.phrasing import say
from contacts.references import SERVICES
from contacts.shapes.contracts import Contract
from contacts.shapes.outside import Contact
from contacts.shapes.people import Member
from playbooks.texts import Data, Wording


def row_flaws(row: Data) -> Iterator[tuple[str, Wording]]:
    """Give what is wrong with a row that reads well cell by cell, each with the field to mend."""
    match row:
        case Contract(start=start, end=end) if start and end and end < start:
            yield "end", say("rows.ends_before_start")
        case Member(absent_from=None, absent_until=until) if until:
            yield "absent_from", say("rows.absence_beginning")
        case Member(absent_from=first, absent_until=until) if first and until and until < first:
            yield "absent_until", say("rows.absence_ends")
        case Contact():
            for service in row.services:
                if service in SERVICE and service not in SERVICES[row.kind]:
                    yield "services", _misplaced(row, service)
        case _:
            return


def _misplaced(contact: Contact, service: str) -> Wording:
    kind = next((k for k, services in SERVICES.items() if service in services), contact.kind)
    named, right = CONTACT_KIND[contact.kind], CONTACT_KIND[kind]
    return say("rows.misplaced", service=SERVICE[service], right=right, named=named)
