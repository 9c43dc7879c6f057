"""The cards of upkeep: why a matter counts, what is known of it, and the taps that settle it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.channels.channel import Button
from bot.screens.cards import in_words
from bot.screens.house.contacts import number_buttons
from bot.screens.house.due import DueMatter, contract_of, mark_of, matter, matters
from bot.screens.labels import button
from bot.screens.requests.people import InviteAs
from bot.screens.requests.upkeep import SettleMatter, ShowMatter, ShowNumber, StandIn, TickEnd, WayToSettle
from bot.screens.scene import Rows, Scene, SceneOf, Screen, rows, shorten, shows
from contacts.labels import SERVICE
from contacts.model import Contact
from contacts.readiness.deputies import candidates
from contacts.readiness.questions import END_STEPS, RENEWAL_POINTS, VENDOR_QUESTIONS
from contacts.shapes.contracts import Contract
from contacts.shapes.outside import NUMBER_FIELDS
from contacts.written.phone import SHORT_CODES
from flows.commands.people import DropQuestion
from flows.messages.upkeep import (
    AskUpkeepHelp,
    AskUpkeepMinutes,
    AskUpkeepNote,
    AskUpkeepProof,
    MatterNumber,
    MatterSettled,
    MatterShown,
)
from flows.powers import CHAIN
from flows.record.journal import FACILITY

MOST_CHOICES = 6

Fill = tuple[str, Mapping[str, object], Rows]
"""The phrase of a card, what stands in it, and its buttons."""


@shows
def card(scene: SceneOf[MatterShown]) -> Screen:
    """Show one matter as it is now; what was settled meanwhile is said to be."""
    found = matter(scene.message.mark, scene.context.roster, scene.engine.journal.registry, scene.context.today)
    if found is None:
        return _settled(scene)
    phrase, about, buttons = _card_of(found)(scene, found)
    news = scene.words.say("matter.changed") if scene.message.changed else ""
    head = found.reminder.text.in_language(scene.words.language)
    return Screen(scene.words.say(phrase, head=head, news=news, **about), buttons)


@shows
def settled(scene: SceneOf[MatterSettled]) -> Screen:
    """Thank for what was settled, and lead to the next matter of the same kind or of any."""
    return _settled(scene, task=scene.message.task)


def _settled(scene: Scene, *, task: bool = False) -> Screen:
    left = matters(scene.context.roster, scene.engine.journal.registry, scene.context.today)
    busy = {task.about.get("matter") for task in scene.engine.house.open_tasks()}
    coming = next((m for m in left if m.reminder.subject not in busy), None)
    news = scene.words.say("matter.task") if task else ""
    return Screen(scene.words.say("matter.settled", task=news), rows(to_matter(scene, coming) if coming else None))


def to_matter(scene: Scene, due: DueMatter) -> Button:
    """Give the button that opens a matter's card."""
    text = due.reminder.text.in_language(scene.words.language)
    return button(scene, ShowMatter(due.mark), text=shorten(text, 40))


@shows
def asked(scene: SceneOf[AskUpkeepHelp | AskUpkeepNote | AskUpkeepProof | AskUpkeepMinutes]) -> Screen:
    """Ask for the short text that a card needs; it can always be left."""
    drop = button(scene, DropQuestion(FACILITY))
    return Screen(scene.words.say(scene.message.kept_as), rows(drop), wants_text=True)


def _card_of(due: DueMatter) -> Callable[[Scene, DueMatter], Fill]:
    topic = due.reminder.subject.partition(":")[0]
    return {
        "contact_unverified": _number,
        "vendor_questionnaire": _questionnaire,
        "renewal": _renewal,
        "contract_ended": _ended,
        "equipment": _equipment,
        "restore_test": _restore,
        "deputy_missing": _deputy,
        "director_absent": _deputy,
        "long_holiday": _holiday,
    }[topic]


def _taps(scene: Scene, due: DueMatter, *ways: WayToSettle) -> list[Button]:
    return [button(scene, SettleMatter(way, due.mark, due.seen)) for way in ways]


def _contact(scene: Scene, due: DueMatter) -> Contact:
    found = scene.context.roster.contact(due.reminder.key)
    if found is None:
        raise LookupError(due.reminder.key)
    return found


def _number(scene: Scene, due: DueMatter) -> Fill:
    return _number_card(scene, _contact(scene, due))


def _number_card(scene: Scene, contact: Contact) -> Fill:
    words = scene.words
    about: dict[str, object] = {
        "name": in_words(scene, contact, "name"),
        "services": words.joined(SERVICE[s].in_language(words.language) for s in contact.services if s in SERVICE),
        "numbers": [number for field in NUMBER_FIELDS if (number := getattr(contact, field))],
        "verified": contact.verified_on,
    }
    return "matter.number", about, number_buttons(scene, contact)


@shows
def number(scene: SceneOf[MatterNumber]) -> Screen:
    """Show one contact of those to go through, with the taps that date its number or report it wrong."""
    contact = next((c for c in scene.context.roster.contacts if mark_of(c.id) == scene.message.mark), None)
    if contact is None:
        return _settled(scene)
    phrase, about, buttons = _number_card(scene, contact)
    return Screen(scene.words.say(phrase, head=about["name"], news="", **about), buttons)


def _questionnaire(scene: Scene, due: DueMatter) -> Fill:
    contact = _contact(scene, due)
    about = {
        "name": contact.name,
        "facility": scene.context.roster.facility.name,
        "questions": [q.in_language(scene.words.language) for q in VENDOR_QUESTIONS],
        "known": contact.emergency_help or "",
        "number": contact.number or "",
    }
    return "matter.questionnaire", about, rows(*_taps(scene, due, "help", "later"))


def _contract(scene: Scene, due: DueMatter) -> Contract:
    found = contract_of(due.reminder, scene.context.roster)
    if found is None:
        raise LookupError(due.reminder.key)
    return found


def _renewal(scene: Scene, due: DueMatter) -> Fill:
    contract, roster = _contract(scene, due), scene.context.roster
    vendor = roster.contact(contract.vendor)
    shares = [r for r in roster.responsibilities if r.system in contract.systems]
    about = {
        "vendor": vendor.name if vendor else "",
        "systems": scene.words.joined(s.name for s in roster.systems if s.id in contract.systems),
        "clause": contract.emergency_clause or "",
        "data_return": contract.data_return or "",
        "settled": sum(r.settled for r in shares),
        "shares": len(shares),
        "note": contract.note or "",
        "points": [p.in_language(scene.words.language) for p in RENEWAL_POINTS],
    }
    giving = any(t.about.get("matter") == due.reminder.subject for t in scene.engine.house.open_tasks())
    end: WayToSettle = "given" if giving else "ends" if contract.auto_renewal is False else "leave"
    return "matter.renewal", about, rows(*_taps(scene, due, "keep", "note", end))


def _ended(scene: Scene, due: DueMatter) -> Fill:
    contract = _contract(scene, due)
    ticks = [
        button(
            scene,
            TickEnd(due.mark, due.seen, step),
            text=label.in_language(scene.words.language),
            tick=scene.words.say("tick.on" if step in contract.end_steps else "tick.off"),
        )
        for step, label in END_STEPS.items()
    ]
    done = set(END_STEPS) <= set(contract.end_steps)
    proof = _taps(scene, due, "proof") if done else []
    about = {"agreed": contract.data_return or "", "left": len(END_STEPS) - len(contract.end_steps)}
    return "matter.ended", about, rows(*ticks, *proof)


def _equipment(scene: Scene, due: DueMatter) -> Fill:
    piece = next(e for e in scene.context.roster.equipment if e.id == due.reminder.key)
    about = {"place": piece.place or "", "checked": piece.checked_on, "broken": piece.works is False}
    return "matter.equipment", about, rows(*_taps(scene, due, "works", "broken"))


def _restore(scene: Scene, due: DueMatter) -> Fill:
    roster = scene.context.roster
    system = next(s for s in roster.systems if s.id == due.reminder.key)
    vendor = roster.vendor_of(system)
    needs = scene.words.joined(s.name for s in roster.systems if s.id in system.needs)
    about = {
        "place": system.backup_place or "",
        "tested": system.restore_tested_on,
        "needs": needs,
        "vendor": vendor.name if vendor else "",
    }
    return "matter.restore", about, rows(*_taps(scene, due, "restored", "failed"))


def _deputy(scene: Scene, due: DueMatter) -> Fill:
    role, decides = role_of(due), scene.may(CHAIN)
    about: dict[str, object] = {"role": scene.words.role(role), "new": role != "director"}
    about |= {"decides": decides, "director": scene.words.role("director")}
    if not decides:
        return "matter.deputy", about, ()
    people = [
        button(scene, StandIn(due.mark, m.id), name=m.name)
        for m in candidates(scene.context.roster.members, role)[:MOST_CHOICES]
    ]
    invite = button(scene, InviteAs("deputy" if role == "director" else "staff"), "button.matter.invite")
    return "matter.deputy", about, rows(*people, invite)


def role_of(due: DueMatter) -> str:
    """Give the role for which nobody stands in."""
    return due.reminder.key if due.reminder.what == "deputy_missing" else "director"


def _holiday(scene: Scene, due: DueMatter) -> Fill:
    roster, since = scene.context.roster, due.reminder.since
    unsure = [
        c
        for c in sorted(roster.contacts, key=lambda c: c.kind != "vendor")
        if c.number
        and (c.verified_on is None or (since is not None and c.verified_on < since and c.number not in SHORT_CODES))
    ]
    buttons = [button(scene, ShowNumber(mark_of(c.id)), name=c.name) for c in unsure[:MOST_CHOICES]]
    about: dict[str, object] = {
        "on_call": scene.words.people([m.id for m in roster.active() if m.on_call]),
        "chain": scene.words.people([m.id for m in scene.context.chain()]),
        "closed": scene.words.joined(c.name for c in roster.vendors() if not c.open_hours),
        "unsure": len(unsure),
    }
    return "matter.holiday", about, rows(*buttons)
