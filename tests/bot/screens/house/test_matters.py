"""The cards of upkeep: each in both languages, with its taps, and a way back to the next."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.screens.buttons import MOST_BYTES
from bot.screens.house.due import mark_of
from bot.screens.renderer import Renderer
from bot.screens.scene import Screen
from contacts.model import Member
from contacts.readiness.deputies import candidates
from contacts.readiness.freshness import reminders
from flows.commands.facility import ChangeMember, PutRegistry, RegistryRow
from flows.commands.upkeep import OpenTask
from flows.messages.message import message_of
from flows.record.journal import FACILITY, Owed
from playbooks.texts import LANGUAGES, Language
from tests.bot.desks.test_upkeep import CONTRACT, ENDED, ROUTER, SYSTEM, VENDOR, enter
from tests.clinic import Clinic

MATTERS = {
    "contact_unverified:v": 3,
    "vendor_questionnaire:v": 2,
    "renewal:k": 3,
    "contract_ended:e": 6,
    "equipment:r": 2,
    "restore_test:s": 2,
    "deputy_missing:safety_manager": 5,
    "long_holiday:golden_week": 5,
}
"""Each kind of matter with the number of buttons on its card."""

LACKING = "deputy_missing:safety_manager"
"""A role for which nobody stands in."""


@pytest.fixture
def full(clinic: Clinic) -> Clinic:
    """The clinic shortly before Golden Week, with one of everything that is due."""
    enter(clinic, "contact", VENDOR.model_copy(update={"name": "<カルテ>", "verified_on": None}))
    for kind, row in (("system", SYSTEM), ("contract", CONTRACT), ("contract", ENDED), ("equipment", ROUTER)):
        enter(clinic, kind, row)
    clinic.clock.advance(days=18)
    return clinic


def said(clinic: Clinic, name: str, who: str = "director", **data: object) -> Screen:
    """Render a message to somebody."""
    reader = clinic.id(who)
    return Renderer(clinic.engine).render(Owed(reader, message_of(name, data)), reader, clinic.clock.now())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("subject", MATTERS)
def test_each_card(full: Clinic, subject: str, language: Language) -> None:
    """Says why, offers what settles it, every button fits, and nothing that was typed becomes markup."""
    full.orders(ChangeMember(FACILITY, full.id("director"), {"language": language}), "director")
    screen = said(full, "matter", mark=mark_of(subject))
    buttons = [b for row in screen.rows for b in row]

    assert "<カルテ>" not in screen.text
    assert len([b for b in buttons if not b.data.startswith("menu|matter")]) == MATTERS[subject]
    assert all(len(b.data.encode()) <= MOST_BYTES for b in buttons)


def test_the_words_of_other_desks(full: Clinic) -> None:
    """A number is verified or reported wrong under the contacts' own words."""
    screen = said(full, "matter", mark=mark_of("contact_unverified:v"))

    assert [b.data for row in screen.rows for b in row] == ["menu|verified|v", "menu|wrong|v|0", "menu|new_number|v"]


async def test_an_absent_director(full: Clinic) -> None:
    """Says so on a card of its own, with whom to choose."""
    full.orders(ChangeMember(FACILITY, full.id("deputy"), {"stands_in_for": ["safety_manager"]}))
    today = full.clock.now().date()
    away = {"absent_from": today, "absent_until": today + timedelta(days=3)}
    full.orders(ChangeMember(FACILITY, full.id("director"), away), "director")
    context = full.engine.context(full.clock.now(), "")
    found = next(r for r in reminders(context.roster, context.today) if r.what == "director_absent")
    screen = said(full, "matter", mark=mark_of(found.subject))

    stand = next(b for row in screen.rows for b in row if b.label == "田中さんにする")
    await full.does("director", button=stand.data)
    assert "director" in next(m for m in full.engine.roster().members if m.id == full.id("deputy")).stands_in_for


def test_who_stands_in_is_for_those_who_decide(full: Clinic) -> None:
    """Whoever is only the safety manager reads that nobody stands in for them, and who may choose somebody."""
    nurse = full.engine.journal.registry("member")[full.id("nurse")]
    holds = Member.model_validate_json(nurse).model_copy(update={"roles": ("nurse", "safety_manager")})
    full.orders(PutRegistry(FACILITY, (RegistryRow("member", holds.id, holds.model_dump_json(), nurse),)))
    director, manager = (said(full, "matter", who, mark=mark_of(LACKING)) for who in ("director", "nurse"))

    assert director.rows
    assert "院長か代行者" not in director.text
    assert manager.rows == ()
    assert "院長か代行者" in manager.text


def test_what_was_settled_leads_on(full: Clinic) -> None:
    """To the next matter, and to none that somebody sees to already."""
    first = said(full, "matter.settled").rows[0][0].data.split("|")[2]
    subject = next(
        r.subject for r in reminders(full.engine.roster(), full.clock.now().date()) if mark_of(r.subject) == first
    )
    full.orders(OpenTask(FACILITY, "upkeep", {"text": "x", "matter": subject}))

    assert said(full, "matter.settled").rows[0][0].data.split("|")[2] != first


def test_who_could_stand_in() -> None:
    """Neither who holds the role nor who does so already, nobody who left, nor who would close a circle."""
    director = Member(id="a", name="あ", roles=("director",))
    manager = Member(id="b", name="い", roles=("safety_manager",), stands_in_for=("director",))
    nurse, gone = Member(id="c", name="う"), Member(id="d", name="え", status="left")
    people = (director, manager, nurse, gone)

    assert [m.id for m in candidates(people, "safety_manager")] == ["c"]
    assert [m.id for m in candidates(people, "director")] == ["c"]
