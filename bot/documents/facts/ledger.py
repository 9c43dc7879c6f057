"""Rows of the ledger as documents list them: who does what on which system, and what the contracts say."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.paper.markdown import lines
from bot.documents.source import Source
from contacts.labels import ANSWERABLE, TASK
from contacts.shapes.outside import Contact
from contacts.shapes.systems import Answerable
from contacts.written.hours import write_hours

Row = tuple[object, ...]


def shares(source: Source) -> Iterator[Row]:
    """Give who does which task on which system, in normal times and in an emergency."""
    language = source.words.language
    for share in source.roster.responsibilities:
        system = source.roster.system(share.system)
        if system is not None:
            normal = _who(share.normal, share.normal_words, source)
            emergency = _who(share.emergency, share.emergency_words, source)
            yield system.name, TASK[share.task].in_language(language), normal, emergency


def _who(who: Answerable | None, said: str | None, source: Source) -> object:
    named = ANSWERABLE[who].in_language(source.words.language) if who is not None else ""
    return lines(filter(None, (named, said)))


def contracts(source: Source) -> Iterator[Row]:
    """Give the contracts that run: which, with whom and their hours and number, for what, until when, and what was agreed."""
    words, roster, today = source.words, source.roster, source.context.today
    for contract in roster.contracts:
        if contract.ended(today):
            continue
        vendor = roster.contact(contract.vendor)
        systems = [system.name for key in contract.systems if (system := roster.system(key)) is not None]
        end, notice = contract.runs_out(today), contract.notice_by(today)
        until = words.say("paper.contract.end", end=end, auto=contract.auto_renewal, notice=notice) if end else ""
        agreed = [
            words.say(f"paper.contract.{field}", value=value)
            for field in ("emergency_clause", "notification", "data_return")
            if (value := getattr(contract, field))
        ]
        yield (
            lines(filter(None, (contract.name, *systems))),
            lines(filter(None, (vendor.name, *numbers(vendor)))) if vendor else "",
            until,
            lines(agreed),
        )


def numbers(contact: Contact) -> list[str]:
    """Give the numbers of somebody outside with their hours."""
    said = dict.fromkeys((write_hours(contact.open_hours), contact.hours or ""))
    hours = " ".join(part for part in said if part)
    day = f"{contact.number}（{hours}）" if contact.number and hours else contact.number or hours
    return [one for one in (day, contact.night_number, contact.alternate_number) if one]
