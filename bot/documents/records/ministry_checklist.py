"""The ministry's checklist (医療機関におけるサイバーセキュリティ対策チェックリスト, FY2025): what the records answer of each item.

Whether an item is met is the facility's own answer, with its date; here stands only what journal and registry know.
Numbers that were not sourced are left to be compared with the printed form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Literal

from bot.documents.facts.fiscal_year import FiscalYear, begun_at
from bot.documents.source import Source
from bot.phrasing import phrase
from contacts.readiness.requirements import stale_number
from playbooks.frozen import frozen
from playbooks.model import FacilityKind
from playbooks.phrasing import Phrase

Answered = Literal["records", "partly", "by_hand"]


@frozen
class ChecklistEvidence:
    """What the records say to an item: that all of it, part of it or nothing of it can be told from them."""

    answered: Answered
    says: str = ""


@frozen
class ChecklistItem:
    """An item of the checklist: its number (empty where it was not sourced), what it asks, and how to look it up."""

    number: str
    text: Phrase
    look: Callable[[Source, FiscalYear], ChecklistEvidence]


def answers(source: Source, year: FiscalYear) -> Iterator[tuple[ChecklistItem, ChecklistEvidence]]:
    """Give each item with what the records say to it."""
    for item in ITEMS[source.roster.facility.kind]:
        yield item, item.look(source, year)


def _said(source: Source, key: str, **values: object) -> str:
    return source.words.say(f"paper.check.{key}", **values).unescape()


def _by_hand(_: Source, __: FiscalYear) -> ChecklistEvidence:
    return ChecklistEvidence("by_hand")


def _manager(source: Source, _: FiscalYear) -> ChecklistEvidence:
    named = [m.id for m in source.roster.active() if "safety_manager" in m.roles]
    if not named:
        return ChecklistEvidence("by_hand", _said(source, "manager.none"))
    return ChecklistEvidence("records", _said(source, "manager", who=source.words.people(named).unescape()))


def _ledger(source: Source, _: FiscalYear) -> ChecklistEvidence:
    roster = source.roster
    if not roster.systems:
        return ChecklistEvidence("by_hand", _said(source, "ledger.none"))
    return ChecklistEvidence(
        "partly", _said(source, "ledger", systems=len(roster.systems), lines=len(roster.connections))
    )


def _remote(source: Source, _: FiscalYear) -> ChecklistEvidence:
    vendors = source.roster.vendors()
    known = sum(bool(c.remote_line) for c in vendors)
    if not known:
        return ChecklistEvidence("by_hand", _said(source, "remote.none"))
    return ChecklistEvidence("partly", _said(source, "remote", known=known, vendors=len(vendors)))


def _disclosures(source: Source, _: FiscalYear) -> ChecklistEvidence:
    vendors = source.roster.vendors()
    known = sum(bool(c.disclosed_on) for c in vendors)
    if not known:
        return ChecklistEvidence("by_hand", _said(source, "disclosures.none"))
    return ChecklistEvidence("partly", _said(source, "disclosures", known=known, vendors=len(vendors)))


def _chart(source: Source, year: FiscalYear) -> ChecklistEvidence:
    roster = source.roster
    numbers = [c for c in roster.contacts if c.number]
    if not numbers:
        return ChecklistEvidence("by_hand", _said(source, "chart.none"))
    today = roster.facility.local(source.date).date()
    fresh = sum(not stale_number(c, today) for c in numbers)
    drilled = last_of(source, year, "contact")
    return ChecklistEvidence("records", _said(source, "chart", numbers=len(numbers), fresh=fresh, drilled=drilled))


def _backup(source: Source, year: FiscalYear) -> ChecklistEvidence:
    systems = source.roster.systems
    written = sum(bool(s.backup_place and s.restore_order) for s in systems)
    tested = sum(year.begin <= s.restore_tested_on <= year.end for s in systems if s.restore_tested_on is not None)
    drilled = last_of(source, year, "restore")
    if not written and not tested and not drilled:
        return ChecklistEvidence("by_hand", _said(source, "backup.none"))
    return ChecklistEvidence(
        "partly", _said(source, "backup", written=written, tested=tested, systems=len(systems), drilled=drilled)
    )


def _plan(source: Source, year: FiscalYear) -> ChecklistEvidence:
    drilled, plans = last_of(source, year, "tabletop"), source.house.plans
    approved = source.roster.facility.local(plans[-1].at).date() if plans else ""
    said = _said(source, "plan", drilled=drilled, version=len(plans), approved=approved)
    return ChecklistEvidence("records" if plans else "partly" if drilled else "by_hand", said)


def last_of(source: Source, year: FiscalYear, kind: str) -> str:
    """Give the day of a year's last drill of a kind that was signed off; empty if there was none."""
    local = source.roster.facility.local
    days: list[datetime] = [
        at
        for run in year.held
        if run.state == "closed" and run.exercise is not None and run.exercise.kind.id == kind and (at := begun_at(run))
    ]
    return f"{local(max(days)):%Y-%m-%d}" if days else ""


def _item(number: str, name: str, look: Callable[[Source, FiscalYear], ChecklistEvidence] = _by_hand) -> ChecklistItem:
    return ChecklistItem(number, phrase(f"ministry_checklist.{name}"), look)


INSTITUTIONS = (
    _item("1-1", "manager", _manager),
    _item("2-1", "ledger", _ledger),
    _item("2-2", "remote", _remote),
    _item("2-3", "disclosures", _disclosures),
    _item("", "access"),
    _item("", "accounts"),
    _item("", "patches"),
    _item("", "software"),
    _item("2-7", "passwords"),
    _item("2-8", "reuse"),
    _item("2-9", "media"),
    _item("", "two_factor"),
    _item("", "logs"),
    _item("", "sources"),
    _item("3-1", "chart", _chart),
    _item("3-2", "backup", _backup),
    _item("3-3", "plan", _plan),
    _item("4-1", "rules"),
)
"""The items of 医療機関確認用 that could be sourced; 2-7 to 2-9 have their numbers from the ministry's draft of 13 March 2025."""

ITEMS: Mapping[FacilityKind, tuple[ChecklistItem, ...]] = {
    "clinic": INSTITUTIONS,
    "dental": INSTITUTIONS,
    "visiting_nurse": INSTITUTIONS,
    "pharmacy": (),
}
"""The items by kind of facility. 薬局確認用 has a list of its own, whose text was not at hand: nothing stands in for it."""
