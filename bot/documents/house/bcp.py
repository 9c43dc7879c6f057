"""The facility's plan for going on (BCP) as one document, made of what was entered: with its version, who stands behind it, and what changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from bot.documents.facts import improvements
from bot.documents.facts.ledger import contracts, shares
from bot.documents.kinds import Written, document
from bot.documents.paper.markdown import BLANK, Markdown, lines, write
from bot.documents.source import Source
from contacts.labels import EQUIPMENT_KIND, PLACE
from contacts.readiness.chart import ChartSection, chart
from contacts.readiness.ledger import in_order, systems_of
from contacts.readiness.requirements import EQUIPMENT_MONTHS, VERIFIED_MONTHS, YEARLY_MONTHS
from contacts.registry import held
from contacts.rows.differences import described, names_in
from contacts.rows.plan import changes_since, holes
from contacts.shapes.days import months_after
from contacts.shapes.systems import System
from flows.facility.plan import plan_now, unread
from flows.state.house import PlanVersion
from flows.state.wall_pack import mark_of, on_the_wall

REVIEWED_AFTER = YEARLY_MONTHS
"""Months after its approval in which the plan is gone through again."""

PICTURE = "systems.png"

TURNS = ("begin", "paper", "limit", "restore", "resume", "end")
"""The turns of an incident at which somebody decides, in their order: the playbooks ask for each of them."""

Row = tuple[object, ...]


@document("bcp", of="facility")
def bcp(source: Source) -> Written:
    """Write the plan; it is a draft until this very plan was approved, and says at its top what is still missing."""
    words, roster, house = source.words, source.roster, source.house
    digest, today = plan_now(source.context, house), source.context.today
    last = house.plans[-1] if house.plans else None
    approved = last is not None and last.sha256 == digest
    drawn = chart(roster, today, words.language)
    inside, *outside = drawn.sections
    from bot.documents.house.system_map import system_map  # noqa: PLC0415  (matplotlib takes its time to load)

    drawing = system_map(source)
    made = write(
        "bcp",
        words,
        title=words.say("paper.bcp.title"),
        head=list(_head(source, last if approved else None, digest)),
        missing=[item.todo.in_language(words.language) for item in holes(roster, today)],
        approved=approved,
        events=list(_events(source)),
        turns=list(_turns(source)),
        inside=(inside.header, inside.rows),
        outside=[(section.title, _table_of(section)) for section in outside],
        fallback=roster.facility.fallback_phone or "",
        on_line=roster.facility.phones_on_line,
        systems=list(_systems(source)),
        order=list(_order(source)),
        shares=list(shares(source)),
        contracts=list(contracts(source)),
        lines=list(_lines(source)),
        things=list(_things(source)),
        picture=Markdown(PICTURE) if drawing else "",
        ahead=list(_ahead(source)),
        tasks=list(improvements.rows(source, house.open_tasks())),
        drills=list(_drills(source)),
        versions=list(_versions(source)),
        read_by=words.people(_readers(source, last)) if last else "",
        unread=words.people([m.id for m in unread(last, source.context)]) if last else "",
        changes=list(_changes(source, last)) if last is not None and not approved else [],
        number=len(house.plans) + 1,
        today=today,
    )
    pictures = {PICTURE: drawing} if drawing else {}
    return Written(words.say("paper.bcp.title").unescape(), made, pictures, draft=not approved)


def _day(source: Source, moment: datetime) -> date:
    return source.roster.facility.local(moment).date()


def _head(source: Source, approved: PlanVersion | None, digest: str) -> Iterator[Row]:
    words, facility = source.words, source.roster.facility
    number = approved.number if approved else len(source.house.plans) + 1
    say = "paper.bcp.version.approved" if approved else "paper.bcp.version.draft"
    yield words.say("paper.bcp.head.facility"), facility.name
    yield words.say("paper.bcp.head.place"), "　".join(filter(None, (facility.address, facility.telephone))) or BLANK
    yield words.say("paper.bcp.head.version"), words.say(say, number=number)
    who = words.who(approved.by).unescape() if approved else BLANK
    yield words.say("paper.bcp.head.by"), who
    yield words.say("paper.bcp.head.at"), _day(source, approved.at) if approved else BLANK
    review = months_after(_day(source, approved.at), REVIEWED_AFTER) if approved else BLANK
    yield words.say("paper.bcp.head.review"), review
    yield words.say("paper.bcp.head.mark"), digest[:16]


def _events(source: Source) -> Iterator[Row]:
    language = source.words.language
    for book in on_the_wall(source.engine.handbook.playbooks, source.roster.facility.kind):
        first = book.alarm.in_language(language) if book.alarm else source.words.say(f"alarm.now.{book.event}")
        yield book.title.in_language(language), first


def _turns(source: Source) -> Iterator[Row]:
    """Give what makes the plan begin, go on paper, come back and end, and who decides it."""
    for turn in TURNS:
        yield tuple(source.words.say(f"paper.bcp.turn.{turn}{part}") for part in ("", ".when", ".who"))


def _table_of(section: ChartSection) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Give a section of the chart without the day on which its numbers were checked: that stands with the work of normal times."""
    checked = 5
    return (
        tuple(cell for place, cell in enumerate(section.header) if place != checked),
        tuple(tuple(cell for place, cell in enumerate(row) if place != checked) for row in section.rows),
    )


def _systems(source: Source) -> Iterator[Row]:
    words, roster = source.words, source.roster
    for system in systems_of(roster, ()):
        vendor = roster.vendor_of(system)
        yield (
            system.name,
            PLACE[system.runs].in_language(words.language) if system.runs else "",
            system.importance or BLANK,
            words.length(system.allowed_downtime) if system.allowed_downtime is not None else BLANK,
            system.on_paper or BLANK,
            vendor.name if vendor else BLANK,
        )


def _order(source: Source) -> Iterator[Row]:
    for system in (*in_order(source.roster), *(s for s in source.roster.systems if not s.restore_order)):
        yield system.restore_order or BLANK, system.name, _needs(source, system), system.backup_place or BLANK


def _needs(source: Source, system: System) -> Markdown:
    return lines(known.name for need in system.needs if (known := source.roster.system(need)))


def _lines(source: Source) -> Iterator[Row]:
    for line in source.roster.connections:
        other = source.roster.contact(line.contact)
        yield line.name, line.way or "", other.name if other else "", line.cut_by or ""


def _things(source: Source) -> Iterator[Row]:
    for thing in source.roster.equipment:
        yield thing.name, EQUIPMENT_KIND[thing.kind].in_language(source.words.language), thing.place or ""


# ── what is done in normal times ────────────────────────────────────────────────────────────────────────────────────


def _ahead(source: Source) -> Iterator[Row]:
    """Give for each part of the plan the work of normal times on which it rests, when it was done last, and when again."""
    roster = source.roster
    numbered = [c for c in roster.contacts if c.number]
    dates = {
        "numbers": ([c.verified_on for c in numbered], VERIFIED_MONTHS),
        "vendors": ([c.asked_on for c in roster.vendors()], YEARLY_MONTHS),
        "restores": ([s.restore_tested_on for s in roster.systems], YEARLY_MONTHS),
        "things": ([e.checked_on for e in roster.equipment], EQUIPMENT_MONTHS),
    }
    for name, (days, months) in dates.items():
        yield (*_work(source, name), *_dated(source, days, months))
    for name, kind in {"people": "contact", "paper": "paper", "deciding": "tabletop", "whole": "yearly_review"}.items():
        yield (*_work(source, name), _last_held(source, kind), _next_held(source, kind))


def _work(source: Source, name: str) -> tuple[object, object]:
    return source.words.say(f"paper.bcp.ahead.{name}"), source.words.say(f"paper.bcp.work.{name}")


def _dated(source: Source, days: list[date | None], months: int) -> tuple[object, object]:
    """Give the oldest day on which any of them was done, and when it is due again; how many never were."""
    done = [day for day in days if day is not None]
    never = len(days) - len(done)
    if not done:
        return source.words.say("paper.bcp.never"), "—" if not days else source.words.say("paper.bcp.now")
    since = source.words.say("paper.bcp.oldest", day=min(done), never=never)
    return since, source.words.say("paper.bcp.now") if never else months_after(min(done), months)


def _last_held(source: Source, kind: str) -> object:
    held_on = [
        _day(source, run.exercise.begun_at)
        for run in source.runs.values()
        if run.exercise is not None and run.exercise.kind.id == kind and run.state == "closed"
    ]
    return max(held_on, default=None) or source.words.say("paper.bcp.never")


def _next_held(source: Source, kind: str) -> object:
    ahead = [drill.at for drill in source.house.calendar.ahead() if drill.kind == kind]
    return _day(source, min(ahead)) if ahead else "—"


def _drills(source: Source) -> Iterator[Row]:
    words = source.words
    for kind in source.house.calendar.kinds(source.engine.handbook.drills).values():
        if kind.every_months is None and kind.within_days_of_joining is None:
            continue
        often = (
            words.say("paper.bcp.every", months=kind.every_months)
            if kind.every_months
            else words.say("paper.bcp.joining", days=kind.within_days_of_joining)
        )
        title = kind.title.in_language(words.language)
        yield (
            title,
            often,
            kind.purpose.in_language(words.language),
            _last_held(source, kind.id),
            _next_held(source, kind.id),
        )


# ── versions ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _versions(source: Source) -> Iterator[Row]:
    for version in source.house.plans:
        who = source.words.who(version.by).unescape()
        yield version.number, _day(source, version.at), who, version.sha256[:16]


def _readers(source: Source, version: PlanVersion) -> list[str]:
    """Give who works here and said that they read a version, in the order of the roster."""
    return [m.id for m in source.roster.active() if m.id in version.read_by]


def _changes(source: Source, last: PlanVersion) -> Iterator[str]:
    """Say what is otherwise than in the version that was approved last, row by row."""
    journal = source.engine.journal
    before = held(lambda kind: journal.registry_as_of(kind, last.until))
    now = held(lambda kind: journal.registry_as_of(kind, source.seq))
    found = changes_since(before, now)
    naming = names_in(before, found)
    yield from (described(change, naming, source.words.language) for change in found)
    if mark_of(source.engine.handbook.playbooks, source.roster.facility.kind) != last.mark:
        yield source.words.say("paper.bcp.playbooks_changed").unescape()
