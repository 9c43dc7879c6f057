"""How readiness is said, in both languages."""

from __future__ import annotations

import pytest

from bot.screens.house.readiness import sheet_of
from bot.screens.renderer import Renderer
from bot.screens.scene import Screen
from contacts.readiness.requirements import items
from contacts.rows.sheets import SHEETS
from flows.commands.facility import ChangeMember
from flows.messages.message import message_of
from flows.record.journal import FACILITY, Owed
from playbooks.texts import LANGUAGES, Language
from tests.clinic import Clinic


def said(clinic: Clinic, name: str, **data: object) -> Screen:
    """Render a message to the director."""
    director = clinic.id("director")
    return Renderer(clinic.engine).render(Owed(director, message_of(name, data)), director, clinic.clock.now())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_can_be_said(clinic: Clinic, language: Language) -> None:
    """The figure, all items, one item, the chart."""
    clinic.orders(ChangeMember(FACILITY, clinic.id("director"), {"language": language}), "director")

    assert "100" in said(clinic, "readiness").text
    whole = said(clinic, "readiness.all").text
    assert whole.count("✅") + whole.count("⬜") == len(items(clinic.engine.roster(), clinic.clock.now().date()))
    assert "§" not in whole  # the guidance's numbers are on the page of an item
    assert "3-1" in said(clinic, "readiness.item", item="outside:authority:ppc").text
    assert "110" in said(clinic, "chart").text


def test_every_item_has_its_sheet(clinic: Clinic) -> None:
    """So that nobody is told to enter something and not where."""
    assert all(sheet_of(item) in SHEETS for item in items(clinic.engine.roster(), clinic.clock.now().date()))


async def test_what_the_chat_asks_for_is_entered_there(clinic: Clinic) -> None:
    """A missing telephone leads to its question; what only the workbook holds names its sheet and has no such button."""
    await clinic.does("director", button="menu|ready|telephone")
    assert "ここで入力する" in clinic.read("director")
    assert "代表電話" in await clinic.says("director", "ここで入力する")

    shown = await clinic.does("director", button="menu|ready|connections")
    assert "シートに書きます" in shown
    assert "ここで入力する" not in shown.split("シートに書きます")[1]
