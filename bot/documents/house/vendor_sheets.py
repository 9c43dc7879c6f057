"""A sheet for each vendor to confirm and sign: what they are asked once a year, what we have written down, room for the pen.

What nobody entered is a line; a house that has entered no vendor gets one sheet that is all lines.

The questions are those of the yearly questionnaire; who does what is the ledger's. Nothing of patients or of the log stands there.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from bot.documents.facts.ledger import numbers
from bot.documents.kinds import Written, document
from bot.documents.paper.markdown import BLANK, Markdown, lines, write
from bot.documents.source import Source
from contacts.labels import ANSWERABLE, TASK
from contacts.readiness.ledger import running_contracts
from contacts.readiness.questions import VENDOR_QUESTIONS
from contacts.shapes.outside import Contact
from contacts.shapes.systems import TASKS, Answerable, System

SECTIONS = ("3.1.3", "3.5.2", "3.3.4", "3.5.2", "3.3.4", "3.3.4", "3.3.4", "3.1.2", "3.5.2")
"""The section of the guidance for small institutions on which each question of the questionnaire rests."""

UNKNOWN = Contact(id="", kind="vendor", services=(), name="")
"""The vendor of a blank sheet."""

Row = tuple[object, ...]


@document("vendor_sheets", of="facility")
def vendor_sheets(source: Source) -> Written:
    """Write a page for each vendor, or a blank one."""
    words, vendors = source.words, source.roster.vendors() or (UNKNOWN,)
    made = write(
        "vendor_sheets",
        words,
        title=words.say("paper.vendor_sheets.title"),
        facility=source.roster.facility.name,
        sheets=[
            (vendor.name or BLANK, list(_head(source, vendor)), list(_shares(source, vendor)), _asked(source, vendor))
            for vendor in vendors
        ],
        today=source.context.today,
        blank=BLANK,
    )
    return Written(words.say("paper.vendor_sheets.title").unescape(), made)


def _systems(source: Source, vendor: Contact) -> list[System]:
    return [system for system in source.roster.systems if source.roster.vendor_of(system) == vendor]


def _head(source: Source, vendor: Contact) -> Iterator[Row]:
    say, facility = source.words.say, source.roster.facility
    contracts = [c.name for c in running_contracts(source.roster, vendor, source.context.today)]
    yield say("paper.vendor_sheets.to"), vendor.name or BLANK
    yield say("paper.vendor_sheets.from"), "　".join(filter(None, (facility.name, facility.telephone)))
    yield (
        say("paper.vendor_sheets.systems"),
        source.words.joined(s.name for s in _systems(source, vendor)).unescape() or BLANK,
    )
    yield say("paper.vendor_sheets.contract"), source.words.joined(contracts).unescape() or BLANK


def _shares(source: Source, vendor: Contact) -> Iterator[Row]:
    """Give each task: who does it on which system by the ledger, and boxes where nobody settled it."""
    systems = _systems(source, vendor)
    known = {(share.system, share.task): share for share in source.roster.responsibilities}
    for task in TASKS:
        settled = [(system, known.get((system.id, task))) for system in systems]
        normal = [(s, share.normal if share else None, share.normal_words if share else "") for s, share in settled]
        emergency = [
            (s, share.emergency if share else None, share.emergency_words if share else "") for s, share in settled
        ]
        yield TASK[task].in_language(source.words.language), _who(source, normal), _who(source, emergency)


def _who(source: Source, shares: list[tuple[System, Answerable | None, str | None]]) -> Markdown:
    """Say who does something on each system, those of which nobody said it together in one line with boxes."""
    words = source.words
    said = [
        words.say(
            "paper.vendor_sheets.share",
            name=system.name,
            who=ANSWERABLE[who].in_language(words.language),
            words=more or "",
        )
        for system, who, more in shares
        if who is not None
    ]
    open_ = [system.name for system, who, _ in shares if who is None]
    if open_ or not shares:
        names = words.joined(open_) if said else ""
        said.append(words.say("paper.vendor_sheets.who", names=names))
    return lines(said)


def _asked(source: Source, vendor: Contact) -> list[Row]:
    """Give each question with its section, what we wrote down of it, and room for the answer."""
    contract = next(iter(running_contracts(source.roster, vendor, source.context.today)), None)
    backups = [f"{s.name}: {s.backup_place}" for s in _systems(source, vendor) if s.backup_place]
    tested = [f"{s.name}: {s.restore_tested_on}" for s in _systems(source, vendor) if s.restore_tested_on]
    ours: tuple[object, ...] = (
        vendor.emergency_help or "",
        lines(numbers(vendor)),
        (contract.emergency_clause if contract else None) or "",
        vendor.remote_line or "",
        lines(backups),
        lines(tested),
        "",
        (contract.notification if contract else None) or "",
        (contract.data_return if contract else None) or "",
    )
    language = source.words.language
    rows: list[Row] = [
        (f"{question.in_language(language)}（{section}）", held, BLANK)
        for question, section, held in zip_longest(VENDOR_QUESTIONS, SECTIONS, ours, fillvalue="")
        if not isinstance(question, str)
    ]
    disclosed = source.words.say("paper.vendor_sheets.received", day=vendor.disclosed_on) if vendor.disclosed_on else ""
    say = source.words.say
    checklist = say("paper.vendor_sheets.checklist"), "", say("paper.vendor_sheets.enclosed")
    return [*rows, (say("paper.vendor_sheets.disclosure"), disclosed, BLANK), checklist]
