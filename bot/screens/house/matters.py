"""The cards of upkeep: why a matter counts, what is known of it, and the taps that settle it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.channels.channel import Button
from bot.screens.buttons import data_of, menu
from bot.screens.house.contacts import number_buttons
from bot.screens.house.due import Matter, contract_of, mark_of, matter, matters
from bot.screens.scene import Rows, Scene, Screen, rows, shorten, view
from contacts.labels import SERVICE
from contacts.model import Contact
from contacts.readiness.deputies import candidates
from contacts.readiness.questions import END_STEPS, RENEWAL_POINTS, VENDOR_QUESTIONS
from contacts.shapes.contracts import Contract
from contacts.shapes.outside import NUMBER_FIELDS
from contacts.written.phone import SHORT_CODES
from flows.commands.people import DropQuestion
from flows.record.journal import FACILITY

MOST_CHOICES = 6

Fill = tuple[str, Mapping[str, object], Rows]
"""The phrase of a card, what stands in it, and its buttons."""


@view("matter")
def card(scene: Scene) -> Screen:
    """Show one matter as it is now; what was settled meanwhile is said to be."""
    found = matter(
        str(scene.owed.data["mark"]), scene.context.roster, scene.engine.journal.registry, scene.context.today
    )
    if found is None:
        return settled(scene)
    phrase, about, buttons = _card_of(found)(scene, found)
    news = scene.words.say("matter.changed") if scene.owed.data.get("changed") else ""
    head = found.reminder.text.in_language(scene.words.language)
    return Screen(scene.words.say(phrase, head=head, news=news, **about), buttons)


@view("matter.settled")
def settled(scene: Scene) -> Screen:
    """Thank for what was settled, and lead to the next matter of the same kind or of any."""
    left = matters(scene.context.roster, scene.engine.journal.registry, scene.context.today)
    busy = {task.about.get("matter") for task in scene.engine.house.open_tasks()}
    coming = next((m for m in left if m.reminder.subject not in busy), None)
    task = scene.words.say("matter.task") if scene.owed.data.get("task") else ""
    return Screen(scene.words.say("matter.settled", task=task), rows(to_matter(scene, coming) if coming else None))


def to_matter(scene: Scene, due: Matter) -> Button:
    """Give the button that opens a matter's card."""
    text = due.reminder.text.in_language(scene.words.language)
    return Button(scene.words.label("button.matter.open", text=shorten(text, 40)), menu("matter", due.mark))


@view("ask_upkeep_help", "ask_upkeep_note", "ask_upkeep_proof", "ask_upkeep_minutes")
def asked(scene: Scene) -> Screen:
    """Ask for the short text that a card needs; it can always be left."""
    drop = Button(scene.words.label("button.drop_question"), data_of(DropQuestion(FACILITY)))
    return Screen(scene.words.say(scene.owed.name), rows(drop), wants_text=True)


def _card_of(due: Matter) -> Callable[[Scene, Matter], Fill]:
    topic = due.reminder.subject.partition(":")[0]
    return {
        "contact_unverified": _number, "vendor_questionnaire": _questionnaire, "renewal": _renewal,
        "contract_ended": _ended, "equipment": _equipment, "restore_test": _restore, "deputy_missing": _deputy,
        "director_absent": _deputy, "long_holiday": _holiday,
    }[topic]  # fmt: skip


def _tap(scene: Scene, due: Matter, verb: str, label: str, *more: str, **about: object) -> Button:
    return Button(scene.words.label(label, **about), menu("settle", verb, due.mark, due.seen, *more))


def _contact(scene: Scene, due: Matter) -> Contact:
    found = scene.context.roster.contact(due.reminder.key)
    if found is None:
        raise LookupError(due.reminder.key)
    return found


def _number(scene: Scene, due: Matter) -> Fill:
    return _number_card(scene, _contact(scene, due))


def _number_card(scene: Scene, contact: Contact) -> Fill:
    words = scene.words
    about: dict[str, object] = {
        "name": contact.name,
        "services": words.joined(SERVICE[s].in_language(words.language) for s in contact.services if s in SERVICE),
        "numbers": [number for field in NUMBER_FIELDS if (number := getattr(contact, field))],
        "verified": contact.verified_on,
    }
    return "matter.number", about, number_buttons(scene, contact)


@view("matter_number")
def number(scene: Scene) -> Screen:
    """Show one contact of those to go through, with the taps that date its number or report it wrong."""
    contact = next((c for c in scene.context.roster.contacts if mark_of(c.id) == scene.owed.data["mark"]), None)
    if contact is None:
        return settled(scene)
    phrase, about, buttons = _number_card(scene, contact)
    return Screen(scene.words.say(phrase, head=contact.name, news="", **about), buttons)


def _questionnaire(scene: Scene, due: Matter) -> Fill:
    contact = _contact(scene, due)
    about = {
        "name": contact.name, "facility": scene.context.roster.facility.name,
        "questions": [q.in_language(scene.words.language) for q in VENDOR_QUESTIONS],
        "known": contact.emergency_help or "", "number": contact.number or "",
    }  # fmt: skip
    return "matter.questionnaire", about, rows(
        _tap(scene, due, "help", "button.matter.answered"), _tap(scene, due, "later", "button.matter.later")
    )  # fmt: skip


def _contract(scene: Scene, due: Matter) -> Contract:
    found = contract_of(due.reminder, scene.context.roster)
    if found is None:
        raise LookupError(due.reminder.key)
    return found


def _renewal(scene: Scene, due: Matter) -> Fill:
    contract, roster = _contract(scene, due), scene.context.roster
    vendor = roster.contact(contract.vendor)
    shares = [r for r in roster.responsibilities if r.system in contract.systems]
    about = {
        "vendor": vendor.name if vendor else "",
        "systems": scene.words.joined(s.name for s in roster.systems if s.id in contract.systems),
        "clause": contract.emergency_clause or "", "data_return": contract.data_return or "",
        "settled": sum(r.settled for r in shares), "shares": len(shares), "note": contract.note or "",
        "points": [p.in_language(scene.words.language) for p in RENEWAL_POINTS],
    }  # fmt: skip
    giving = any(t.about.get("matter") == due.reminder.subject for t in scene.engine.house.open_tasks())
    ends = contract.auto_renewal is False
    return "matter.renewal", about, rows(
        _tap(scene, due, "keep", "button.matter.keep"),
        _tap(scene, due, "note", "button.matter.note"),
        _tap(scene, due, "given", "button.matter.given") if giving
        else _tap(scene, due, "ends", "button.matter.ends") if ends
        else _tap(scene, due, "leave", "button.matter.leave"),
    )  # fmt: skip


def _ended(scene: Scene, due: Matter) -> Fill:
    contract = _contract(scene, due)
    ticks = [
        _tap(scene, due, "tick", "button.matter.tick", step, text=label.in_language(scene.words.language),
             tick=scene.words.say("tick.on" if step in contract.end_steps else "tick.off"))
        for step, label in END_STEPS.items()
    ]  # fmt: skip
    done = set(END_STEPS) <= set(contract.end_steps)
    proof = _tap(scene, due, "proof", "button.matter.proof") if done else None
    about = {"agreed": contract.data_return or "", "left": len(END_STEPS) - len(contract.end_steps)}
    return "matter.ended", about, rows(*ticks, proof)


def _equipment(scene: Scene, due: Matter) -> Fill:
    piece = next(e for e in scene.context.roster.equipment if e.id == due.reminder.key)
    about = {"place": piece.place or "", "checked": piece.checked_on, "broken": piece.works is False}
    return "matter.equipment", about, rows(
        _tap(scene, due, "works", "button.matter.works"), _tap(scene, due, "broken", "button.matter.broken")
    )  # fmt: skip


def _restore(scene: Scene, due: Matter) -> Fill:
    roster = scene.context.roster
    system = next(s for s in roster.systems if s.id == due.reminder.key)
    vendor = roster.vendor_of(system)
    needs = scene.words.joined(s.name for s in roster.systems if s.id in system.needs)
    about = {
        "place": system.backup_place or "", "tested": system.restore_tested_on, "needs": needs,
        "vendor": vendor.name if vendor else "",
    }  # fmt: skip
    return "matter.restore", about, rows(
        _tap(scene, due, "restored", "button.matter.restored"), _tap(scene, due, "failed", "button.matter.failed")
    )  # fmt: skip


def _deputy(scene: Scene, due: Matter) -> Fill:
    role = role_of(due)
    people = [
        Button(scene.words.label("button.matter.stand", name=m.name), menu("stand", due.mark, m.id))
        for m in candidates(scene.context.roster.members, role)[:MOST_CHOICES]
    ]
    new = "deputy" if role == "director" else "staff"
    invite = Button(scene.words.label("button.matter.invite"), menu("invite", new))
    return "matter.deputy", {"role": scene.words.role(role), "new": role != "director"}, rows(*people, invite)


def role_of(due: Matter) -> str:
    """Give the role for which nobody stands in."""
    return due.reminder.key if due.reminder.what == "deputy_missing" else "director"


def _holiday(scene: Scene, due: Matter) -> Fill:
    roster, since = scene.context.roster, due.reminder.since
    unsure = [
        c for c in sorted(roster.contacts, key=lambda c: c.kind != "vendor")
        if c.number and (c.verified_on is None or (since is not None and c.verified_on < since and c.number not in SHORT_CODES))
    ]  # fmt: skip
    buttons = [
        Button(scene.words.label("button.matter.check", name=c.name), menu("number", mark_of(c.id)))
        for c in unsure[:MOST_CHOICES]
    ]
    about: dict[str, object] = {
        "on_call": scene.words.people([m.id for m in roster.active() if m.on_call]),
        "chain": scene.words.people([m.id for m in scene.context.chain()]),
        "closed": scene.words.joined(c.name for c in roster.contacts if c.kind == "vendor" and not c.open_hours),
        "unsure": len(unsure),
    }
    return "matter.holiday", about, rows(*buttons)
