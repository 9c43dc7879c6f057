"""How the set-up is said: every question in both languages, with buttons that fit."""

from __future__ import annotations

import re

import pytest

from bot.screens.buttons import MOST_BYTES
from bot.screens.renderer import Renderer
from bot.screens.scene import Screen
from contacts.model import Contact, System
from contacts.setup.questions import STEPS, questions
from flows.commands.facility import ChangeMember, PutRegistry, RegistryRow
from flows.messages.message import message_of
from flows.record.journal import FACILITY, Owed
from playbooks.texts import LANGUAGES, Language
from tests.clinic import Clinic


def shown(clinic: Clinic, name: str, **data: object) -> Screen:
    """Give a message as the director sees it."""
    return Renderer(clinic.engine).render(Owed("m1", message_of(name, data)), "m1", clinic.clock.now())


@pytest.fixture
def known(clinic: Clinic) -> Clinic:
    """The clinic with a vendor and a system of long names."""
    vendor = Contact(id="c-12345678", kind="vendor", services=("ehr",), name="<あおば>" + "長" * 54)
    system = System(id="s-12345678", name="<予約>" + "長" * 50)
    clinic.orders(
        PutRegistry(
            FACILITY,
            (
                RegistryRow("contact", vendor.id, vendor.model_dump_json()),
                RegistryRow("system", system.id, system.model_dump_json()),
            ),
        )
    )
    return clinic


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_can_be_asked(known: Clinic, language: Language) -> None:
    """With its place on the way, a way on and the list; buttons fit, names stay names, and no number is ever an example."""
    known.orders(ChangeMember(FACILITY, "m1", {"language": language}))
    ids = [q.id for q in questions(known.engine.roster())] + ["staff:nurse", "drills:meeting", "drills:midday"]
    for name in ids:
        screen = shown(known, "ask_setup", question=name, turn=1)
        assert re.match(rf"<b>\d+[／/]{len(STEPS)}", screen.text), name
        assert "<あおば>" not in screen.text
        data = [b.data for row in screen.rows for b in row]
        assert data[-1] == "menu|setup|menu", name
        assert len(data) >= 2, name
        assert all(len(d.encode()) <= MOST_BYTES for d in data), name
        told = screen.text.replace("0120-179-066", "")
        assert known.engine.roster().facility.telephone or not re.search(r"0\d{1,3}-\d", told), name


def test_each_region_has_its_prefectures(clinic: Clinic) -> None:
    """Forty-seven in all, in the question itself."""
    regions = [b.data for row in shown(clinic, "ask_setup", question="prefecture", turn=1).rows for b in row][:-2]
    found = []
    for data in regions:
        screen = shown(clinic, "ask_setup", question="prefecture", turn=1, region=data.rpartition("|")[2])
        found += [b.label for row in screen.rows[:-1] for b in row]

    assert len(set(found)) == 47


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_and_each_step(known: Clinic, language: Language) -> None:
    """Fourteen steps, each with its questions or the word that there are none yet."""
    known.orders(ChangeMember(FACILITY, "m1", {"language": language}))
    menu = shown(known, "setup.menu")

    assert sum(len(row) for row in menu.rows) == len(STEPS) + 1
    for step in STEPS:
        screen = shown(known, "setup.step", step=step)
        assert all(len(b.data.encode()) <= MOST_BYTES for row in screen.rows for b in row)
        assert len(screen.rows) >= 2, step
    assert shown(known, "setup.end").text
    assert (
        shown(known, "setup.unreadable", reason={"ja": "<だめ>", "en": "<no>"}, question="gone").text.count("&lt;") == 1
    )


def test_a_question_whose_subject_has_gone(clinic: Clinic) -> None:
    """Says so and offers to go on."""
    screen = shown(clinic, "ask_setup", question="runs:gone", turn=1)

    assert [b.data for row in screen.rows for b in row] == ["menu|setup|go"]
