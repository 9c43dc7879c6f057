"""What a row has to be, taken as a whole: ends after beginnings and services that fit."""

from __future__ import annotations

from collections.abc import Iterator

from contacts.labels import CONTACT_KIND, SERVICE
from contacts.references import SERVICES
from contacts.shapes.contracts import Contract
from contacts.shapes.outside import Contact
from contacts.shapes.people import Member
from playbooks.texts import Data, Text


def row_flaws(row: Data) -> Iterator[tuple[str, Text]]:
    """Give what is wrong with a row that reads well cell by cell, each with the field to mend."""
    match row:
        case Contract(start=start, end=end) if start and end and end < start:
            yield "end", Text(ja="終了日が開始日より前です", en="it ends before it starts")
        case Member(absent_from=None, absent_until=until) if until:
            yield "absent_from", Text(ja="不在の始まりも書いてください", en="enter the beginning of the absence too")
        case Member(absent_from=first, absent_until=until) if first and until and until < first:
            yield "absent_until", Text(ja="不在の終わりが始まりより前です", en="the absence ends before it begins")
        case Contact():
            for service in row.services:
                if service in SERVICE and service not in SERVICES[row.kind]:
                    yield "services", _misplaced(row, service)
        case _:
            return


def _misplaced(contact: Contact, service: str) -> Text:
    kind = next((k for k, services in SERVICES.items() if service in services), contact.kind)
    named, right = CONTACT_KIND[contact.kind], CONTACT_KIND[kind]
    return Text(
        ja=f"「{SERVICE[service].ja}」は区分「{right.ja}」の用件です（いまは「{named.ja}」）",
        en=f"{SERVICE[service].en!r} belongs to the kind {right.en!r}, not {named.en!r}",
    )
