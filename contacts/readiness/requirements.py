"""What a facility should have ready, item by item: how far it is, what to do next, and which rule wants it.

``guidance`` is the section of the ministry's guidance for small institutions, ``checklist`` the number in the
ministry's checklist of FY2025 (R7), where one was sourced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from contacts.labels import EQUIPMENT_KIND, ROLE, SERVICE
from contacts.readiness.deputies import deputises
from contacts.readiness.restoring import order_flaws
from contacts.roster import Roster
from contacts.shapes.days import months_after
from contacts.shapes.outside import Contact
from contacts.shapes.people import DEPUTISED
from contacts.shapes.systems import TASKS
from contacts.written.phone import SHORT_CODES
from playbooks.texts import Text

VERIFIED_MONTHS = 6
"""A number that nobody has checked for so long counts as stale."""
YEARLY_MONTHS = 12
EQUIPMENT_MONTHS = 6
NEEDED_EQUIPMENT = ("mobile_router", "paper_kit", "appointment_list")

REQUIRED_OUTSIDE: tuple[tuple[str, str], ...] = (
    ("authority:police_cyber", "3.3.4"), ("authority:ppc", "3.3.4"), ("authority:mhlw", "3.3.4"),
    ("authority:health_centre", "3.3.4"), ("authority:eligibility_centre", "3.3.4"), ("adviser:insurer", "3.3.4"),
    ("adviser:lawyer", "3.3.4"), ("adviser:forensic", "3.3.4"), ("adviser:association", "3.3.4"), ("adviser:adviser", "3.5.3"),
)  # fmt: skip
"""Whom everybody needs beforehand, beside vendors; the section wants authorities' and experts' contacts confirmed."""

_T = TypeVar("_T")


@dataclass(frozen=True)
class Item:
    """One thing to have ready: ``done`` of ``of`` parts, its weight in the figure, and what to do about the rest."""

    id: str
    weight: int
    done: int
    of: int
    todo: Text
    guidance: str
    checklist: str | None = None

    @property
    def complete(self) -> bool:
        """Whether nothing is left to do."""
        return self.done >= self.of


def items(roster: Roster, today: date) -> tuple[Item, ...]:
    """Give all items as they stand on ``today``."""
    return (*_people(roster), *_facility(roster), *_systems(roster, today), *_vendors(roster, today),
            *_contracts(roster, today), *_outside(roster), *_equipment(roster, today))  # fmt: skip


def _item(
    name: str, weight: int, rows: Sequence[_T], fits: Callable[[_T], object], ja: str, en: str, guidance: str,
    checklist: str | None = None,
) -> Item:  # fmt: skip
    """Make an item of rows that should all fit; with no row at all it is wholly open. {} in the texts names what lacks."""
    lacking = [row for row in rows if not fits(row)]
    names = [str(getattr(row, "name", "")) for row in lacking if getattr(row, "name", "")]
    more = len(names) > 2
    in_ja = "".join(f"「{n}」" for n in names[:2]) + ("など" if more else "") + ("の" if names else "")
    in_en = (", ".join(names[:2]) + (" and others" if more else "") + ": ") if names else ""
    todo = Text(ja=ja.replace("{}", in_ja), en=en.replace("{}", in_en))
    return Item(name, weight, len(rows) - len(lacking), max(1, len(rows)), todo, guidance, checklist)


def _single(
    name: str, weight: int, ready: object, ja: str, en: str, guidance: str, checklist: str | None = None
) -> Item:
    return Item(name, weight, 1 if ready else 0, 1, Text(ja=ja, en=en), guidance, checklist)


def _people(roster: Roster) -> Iterator[Item]:
    active = roster.active()
    for role in DEPUTISED:
        label = ROLE[role]
        yield _single(
            f"deputy:{role}", 10 if role == "director" else 6, any(deputises(m, role) for m in active),
            f"「{label.ja}」の代行者を決める", f"name somebody who stands in for the {label.en}", "2.1",
        )  # fmt: skip
    yield _single(
        "safety_manager", 8, any("safety_manager" in m.roles for m in active),
        "医療情報システム安全管理責任者を決める（院長が兼ねてもよい）", "appoint the safety manager (the director may be it)",
        "3.3.1", "1-1",
    )  # fmt: skip
    yield _item(
        "reachable", 6, active, lambda m: m.channels,
        "{}招待を送り、スマホで登録してもらう", "{}invite them to enrol with their phones", "3.3.1", "3-1",
    )  # fmt: skip


def _facility(roster: Roster) -> Iterator[Item]:
    facility = roster.facility
    yield _single(
        "hours", 2, facility.sessions, "診療時間と休診日を登録する", "enter opening hours and days off", "3.3.4"
    )
    yield _single("prefecture", 1, facility.prefecture, "都道府県を登録する（警察の窓口が決まります）",
                  "enter the prefecture: it decides the police desk", "3.3.4")  # fmt: skip
    yield _single("telephone", 1, facility.telephone, "患者さんが問い合わせる電話番号を登録する",
                  "enter the telephone number for patients' questions", "3.1.2")  # fmt: skip


def _systems(roster: Roster, today: date) -> Iterator[Item]:
    systems = roster.systems
    yield _single(
        "systems", 6, systems, "使っているシステムをすべて登録する", "enter all systems in use", "3.5.2", "2-1"
    )
    yield _item(
        "system_vendor", 5, systems, roster.vendor_of, "{}事業者を登録する", "{}enter the vendor", "3.5.2", "3-1"
    )
    yield _item(
        "downtime", 3, systems, lambda s: s.importance and s.allowed_downtime is not None,
        "{}重要度と、止まってよい時間を決める", "{}decide importance and allowed downtime", "3.2.2", "3-2",
    )  # fmt: skip
    yield _item("on_paper", 4, systems, lambda s: s.on_paper, "{}止まったときの代わり（紙など）を決める",
                "{}decide what is done on paper meanwhile", "3.3.4", "3-2")  # fmt: skip
    yield _item("backup", 4, systems, lambda s: s.backup_place, "{}バックアップの場所を書く",
                "{}enter where the backup is", "3.3.4", "3-2")  # fmt: skip
    too_early = {key for flaw in order_flaws(systems) for key in flaw.systems[:1]}
    yield _item(
        "restore_order", 2, systems, lambda s: s.restore_order and s.id not in too_early,
        "{}復旧の順番を決める（先に必要なもののあと）", "{}decide the order of restoring: after what it needs", "3.5.3",
    )  # fmt: skip
    yield _item(
        "restore_test", 4, systems, lambda s: _since(s.restore_tested_on, YEARLY_MONTHS, today),
        "{}バックアップからの復旧を試す（1年に1回）", "{}try to restore from the backup, once a year", "3.3.4", "3-2",
    )  # fmt: skip
    settled = {(r.system, r.task) for r in roster.responsibilities if r.settled}
    yield _item(
        "responsibilities", 4, systems, lambda s: all((s.id, task) in settled for task in TASKS),
        "{}責任分界（通常時と非常時の担当）を事業者と決める", "{}settle with the vendor who does what, normally and in an emergency", "3.5.3",
    )  # fmt: skip
    yield _single("connections", 2, roster.connections, "外とつながる回線とサービスを書き出す", "list every line that leads outside", "3.5.3",
                  "2-1")  # fmt: skip


def _vendors(roster: Roster, today: date) -> Iterator[Item]:
    vendors = [c for c in roster.contacts if c.kind == "vendor"]
    yield _item(
        "vendor_number",
        5,
        vendors,
        lambda c: c.number,
        "{}緊急時の電話番号を登録する",
        "{}enter the emergency number",
        "3.5.2",
        "3-1",
    )
    yield _item("vendor_emergency", 4, vendors, lambda c: c.emergency_help, "{}非常時にしてくれることを確かめて書く",
                "{}find out what they do in an emergency", "3.1.3")  # fmt: skip
    yield _item(
        "vendor_asked", 3, vendors, lambda c: _since(c.asked_on, YEARLY_MONTHS, today),
        "{}非常時の対応を事業者に確認する（1年に1回）", "{}ask the vendor about emergencies, once a year", "3.3.4",
    )  # fmt: skip
    yield _item("remote_line", 3, vendors, lambda c: c.remote_line, "{}遠隔保守の入り口（機器・回線。なければ「なし」）を書く",
                "{}enter how they get in from afar ('none' if they don't)", "3.5.2", "2-2")  # fmt: skip
    known = [c for c in roster.contacts if c.number]
    yield _item(
        "numbers_fresh", 5, known, lambda c: not stale_number(c, today),
        "{}電話番号が今も正しいか確かめる（半年に1回）", "{}check that the number is still right, every six months", "3.3.4",
    )  # fmt: skip


def _contracts(roster: Roster, today: date) -> Iterator[Item]:
    running = [c for c in roster.contracts if not c.ended(today)]
    covered = {system for contract in running for system in contract.systems}
    yield _item(
        "contract", 3, roster.systems, lambda s: s.id in covered, "{}契約を登録する", "{}enter the contract", "3.5.2"
    )
    yield _item(
        "contract_dates", 2, running, lambda c: c.end and c.auto_renewal is not None and c.notice_days is not None,
        "{}終了日・自動更新・解約の予告を書く", "{}enter end, renewal and notice period", "3.5.2",
    )  # fmt: skip
    yield _item("emergency_clause", 3, running, lambda c: c.emergency_clause, "{}非常時の取り決めを契約書で確かめる",
                "{}look up what the contract says about emergencies", "3.1.3")  # fmt: skip
    yield _item("data_return", 2, running, lambda c: c.data_return, "{}終了時のデータの返却・削除を確かめる",
                "{}look up the return or deletion of data at the end", "3.5.2")  # fmt: skip


def _outside(roster: Roster) -> Iterator[Item]:
    for reference, section in REQUIRED_OUTSIDE:
        label = SERVICE[reference.partition(":")[2]]
        best = max((_known(c) for c in roster.contacts_for(reference) if not _is_shared(c)), default=0)
        todo = (
            Text(ja=f"「{label.ja}」の番号を確かめて、日付を入れる", en=f"{label.en}: check the number and date it")
            if best
            else Text(
                ja=f"「{label.ja}」の電話番号を公式の案内で調べて登録する",
                en=f"{label.en}: look up the number and enter it",
            )
        )
        yield Item(f"outside:{reference}", 3, best, 2, todo, section, "3-1")


def _known(contact: Contact) -> int:
    """Count half for a number, and whole once somebody has put the date of their check beside it."""
    return 0 if not contact.number else 1 if contact.verified_on is None else 2


def stale_number(contact: Contact, today: date) -> bool:
    """Say whether nobody has checked a number for six months, or somebody doubts it.

    110 and its like never change and are checked once.
    """
    if contact.doubted_on is not None:
        return True
    if contact.verified_on is None or _is_shared(contact):
        return contact.verified_on is None
    return not _since(contact.verified_on, VERIFIED_MONTHS, today)


def _is_shared(contact: Contact) -> bool:
    """Say whether it is a number of the whole country (110, #9110), which stands for no desk of the prefecture."""
    return contact.number in SHORT_CODES


def _equipment(roster: Roster, today: date) -> Iterator[Item]:
    kinds = {e.kind for e in roster.equipment}
    lacking = [EQUIPMENT_KIND[kind] for kind in NEEDED_EQUIPMENT if kind not in kinds]
    named = lacking or [EQUIPMENT_KIND[kind] for kind in NEEDED_EQUIPMENT]
    yield Item(
        "equipment", 3, len(NEEDED_EQUIPMENT) - len(lacking), len(NEEDED_EQUIPMENT),
        Text(
            ja="".join(f"「{label.ja}」" for label in named) + "を用意して、置き場所を書く",
            en="get ready and enter the place: " + ", ".join(label.en for label in named),
        ),
        "3.3.4",
    )  # fmt: skip
    yield _item(
        "equipment_checked", 3, roster.equipment, lambda e: e.works and _since(e.checked_on, EQUIPMENT_MONTHS, today),
        "{}点検をする（半年に1回、使えるか試す）", "{}try whether it works, every six months", "3.3.4",
    )  # fmt: skip


def _since(day: date | None, months: int, today: date) -> bool:
    return day is not None and today < months_after(day, months)


def open_items(found: Iterable[Item]) -> tuple[Item, ...]:
    """Give what is not complete, that which moves the figure most first."""
    left = [item for item in found if not item.complete]
    return tuple(sorted(left, key=lambda item: -item.weight * (item.of - item.done) / item.of))
