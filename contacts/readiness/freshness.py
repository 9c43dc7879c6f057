"""What time makes stale: reminders computed from dates, never kept anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from contacts.readiness.deputies import without_deputy
from contacts.readiness.requirements import EQUIPMENT_MONTHS, VERIFIED_MONTHS, YEARLY_MONTHS, stale_number
from contacts.roster import Roster
from contacts.shapes.contracts import Contract
from contacts.shapes.days import long_holidays_near, months_after
from playbooks.texts import Text

BEFORE_RENEWAL = (90, 60, 30)
"""Days before the notice period ends at which a contract is brought up."""

BEFORE_HOLIDAYS = 14
"""Days before a long holiday at which contacts are gone through; an absence is looked ahead for as long."""


@dataclass(frozen=True)
class Reminder:
    """Something to look at: ``what`` it is, about which row (``kind``, ``key``), to ``whom`` (a role).

    ``since`` is the first day on which it is due, None for what was never done at all; ``by`` the day until which it
    has to be settled, where there is one. Two reminders with the same ``id`` are one.
    """

    what: str
    kind: str
    key: str
    whom: str
    since: date | None
    text: Text
    by: date | None = None

    @property
    def id(self) -> str:
        """A name for telling it apart from others and from the same one of another time."""
        return f"{self.what}:{self.kind}:{self.key}:{self.since or 'never'}"

    @property
    def subject(self) -> str:
        """What it is about, whichever stage it is at: a renewal stays one matter from 90 days before to its end."""
        return f"{_STAGE.get(self.what.partition('_renewal_')[0], self.what)}:{self.key}"


_STAGE = {
    "contract": "renewal",
    "contract_notice_passed": "renewal",
    "equipment_unchecked": "equipment",
    "equipment_broken": "equipment",
}


def reminders(roster: Roster, today: date) -> tuple[Reminder, ...]:
    """Give all that is due on ``today``, the longest due first; what was never done comes last."""
    found = (
        *_contacts(roster, today), *_holidays(today), *_contracts(roster, today), *_deputies(roster, today),
        *_equipment(roster, today), *_restore_tests(roster, today),
    )  # fmt: skip
    return tuple(sorted(found, key=lambda r: (r.since is None, r.since or today)))


def _due(day: date | None, months: int, today: date) -> tuple[bool, date | None]:
    """Say whether something done on ``day`` has to be done again, and since when."""
    if day is None:
        return True, None
    again = months_after(day, months)
    return again <= today, again


def _contacts(roster: Roster, today: date) -> Iterator[Reminder]:
    for contact in roster.contacts:
        if contact.number and contact.doubted_on is None and stale_number(contact, today):  # else a task reminds
            since = months_after(contact.verified_on, VERIFIED_MONTHS) if contact.verified_on else None
            text = Text(
                ja=f"{contact.name}の電話番号が今も正しいか、確かめてください",
                en=f"check that {contact.name}'s number is still right",
            )
            yield Reminder("contact_unverified", "contact", contact.id, "safety_manager", since, text)
        due, since = _due(contact.asked_on, YEARLY_MONTHS, today)
        if due and contact.kind == "vendor":
            text = Text(
                ja=f"{contact.name}に、非常時の対応を確認してください",
                en=f"ask {contact.name} what they do in an emergency",
            )
            yield Reminder("vendor_questionnaire", "contact", contact.id, "safety_manager", since, text)


def _holidays(today: date) -> Iterator[Reminder]:
    names = {
        "golden_week": ("ゴールデンウィーク", "Golden Week"),
        "obon": ("お盆", "Obon"),
        "year_end": ("年末年始", "the year's end"),
    }
    for name, begins in long_holidays_near(today, BEFORE_HOLIDAYS):
        ja, en = names[name]
        text = Text(
            ja=f"{ja}の前に、連絡先・休みのあいだの当番・事業者の受付時間を確かめてください",
            en=f"before {en}, go through contacts, who is on call and the vendors' hours",
        )
        since = begins - timedelta(days=BEFORE_HOLIDAYS)
        yield Reminder("long_holiday", "facility", name, "director", since, text, begins)


def _contracts(roster: Roster, today: date) -> Iterator[Reminder]:
    for contract in roster.contracts:
        if contract.ended(today):
            if contract.data_returned_on is None and contract.end is not None:
                text = Text(
                    ja=f"「{contract.name}」は終わりました。データの返却・削除を確かめ、証明を保管してください",
                    en=f"{contract.name} has ended: confirm the return or deletion of data and keep the proof",
                )
                since = contract.end + timedelta(days=1)
                yield Reminder("contract_ended", "contract", contract.id, "director", since, text)
            continue
        yield from _renewal(contract, today)


def _renewal(contract: Contract, today: date) -> Iterator[Reminder]:
    end, notice = contract.runs_out(today), contract.notice_by(today)
    if end is None or notice is None or contract.checked_for == end:
        return
    begun = [days for days in BEFORE_RENEWAL if notice - timedelta(days=days) <= today]
    if not begun:
        return
    renews = contract.auto_renewal
    if today <= notice:
        ja = "で自動更新されます" if renews else "で終わります"
        en = "renews itself" if renews else "ends"
        text = Text(
            ja=f"「{contract.name}」は{end:%Y-%m-%d}{ja}。{notice:%Y-%m-%d}までに、変わった点と続けるかどうかを確かめてください",
            en=f"{contract.name} {en} on {end}; until {notice}, check what has changed and whether to go on",
        )
        days = min(begun)
        yield Reminder(
            f"contract_renewal_{days}", "contract", contract.id, "director", notice - timedelta(days=days), text, notice
        )
        return
    ja = "自動更新されます" if renews else "終わります"
    text = Text(
        ja=f"「{contract.name}」は解約を申し出る期限が過ぎました。{end:%Y-%m-%d}に{ja}。変わった点を確かめてください",
        en=f"{contract.name}: the notice period has passed; it {'renews itself' if renews else 'ends'} on {end}. Check what has changed",
    )
    yield Reminder("contract_notice_passed", "contract", contract.id, "director", notice + timedelta(days=1), text, end)


def _deputies(roster: Roster, today: date) -> Iterator[Reminder]:
    lacking = without_deputy(roster.members)
    for role in lacking:
        who = (
            Text(ja="院長・管理者", en="director")
            if role == "director"
            else Text(ja="安全管理責任者", en="safety manager")
        )
        text = Text(ja=f"「{who.ja}」の代行者を決めてください", en=f"name somebody who stands in for the {who.en}")
        yield Reminder("deputy_missing", "member", role, "director", None, text)
    for director in (m for m in roster.active() if "director" in m.roles and m.absent_from is not None):
        first = director.absent_from
        if first is None or not (
            director.absent_on(today) or today <= first <= today + timedelta(days=BEFORE_HOLIDAYS)
        ):
            continue
        if not roster.chain(max(first, today)):
            text = Text(
                ja=f"{director.name}さんが不在のあいだ、代わりに判断する人がいません。代行者を決めてください",
                en=f"nobody decides while {director.name} is away; name a deputy",
            )
            yield Reminder("director_absent", "member", director.id, "director", min(first, today), text, first)


def _equipment(roster: Roster, today: date) -> Iterator[Reminder]:
    for piece in roster.equipment:
        if piece.works is False:
            text = Text(
                ja=f"「{piece.name}」は使えない状態です。直すか、取り替えてください",
                en=f"{piece.name} does not work: mend or replace it",
            )
            yield Reminder("equipment_broken", "equipment", piece.id, "safety_manager", piece.checked_on, text)
            continue
        due, since = _due(piece.checked_on, EQUIPMENT_MONTHS, today)
        if due:
            text = Text(ja=f"「{piece.name}」が使えるか、点検してください", en=f"check that {piece.name} works")
            yield Reminder("equipment_unchecked", "equipment", piece.id, "safety_manager", since, text)


def _restore_tests(roster: Roster, today: date) -> Iterator[Reminder]:
    for system in roster.systems:
        due, since = _due(system.restore_tested_on, YEARLY_MONTHS, today)
        if due:
            text = Text(
                ja=f"「{system.name}」のバックアップから戻せるか、試してください",
                en=f"try to restore {system.name} from its backup",
            )
            yield Reminder("restore_test", "system", system.id, "safety_manager", since, text)
