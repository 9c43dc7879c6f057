"""The desk for workbooks: which files are for it. The whole way is walked in tests/test_setup_by_excel.py."""

from __future__ import annotations

import pytest

from bot.channels.channel import Attachment
from tests.clinic import Clinic


def file(name: str, size: int = 10, kind: str = "file") -> Attachment:
    """Make a file that somebody sends."""
    return Attachment(kind, "nowhere", name, size)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "kind"), [("記録.pdf", "file"), ("x.xlsx", "photo"), (None, "file")])
async def test_what_is_no_workbook_is_a_report(clinic: Clinic, name: str, kind: str) -> None:
    """As it always was."""
    await clinic.does("director", attachment=file(name, kind=kind))

    assert len(clinic.engine.runs()) == 1
    assert clinic.engine.house.workbooks == {}


async def test_an_ending_in_capitals(clinic: Clinic) -> None:
    """Is an ending."""
    assert "受け取りました。読んでいます" in await clinic.does("director", attachment=file("名簿.XLSX"))
    assert clinic.engine.runs() == []


async def test_one_that_can_not_be_fetched(clinic: Clinic) -> None:
    """Its sender is told, and nothing has changed."""
    shown = await clinic.does("deputy", attachment=file("名簿.xlsx"))

    assert "取り寄せられませんでした" in shown
    assert [w.state for w in clinic.engine.house.workbooks.values()] == ["lost"]


@pytest.mark.parametrize(
    "button",
    ["menu|workbook", "menu|workbook|read|1", "menu|workbook|register|1", "menu|workbook|drop|1", "menu|workbook|x|y"],
)
async def test_a_button_that_nobody_made(clinic: Clinic, button: str) -> None:
    """Is stale, and changes nothing."""
    head = clinic.home.journal.head().seq
    await clinic.does("director", button=button)

    assert clinic.home.journal.head().seq == head
    assert clinic.home.journal.unhandled.all() == []


async def test_the_registry_goes_out_to_those_who_decide(clinic: Clinic) -> None:
    """As a file with the day in its name; nobody else gets it."""
    assert "📎 tomoshibi-contacts-20270401.xlsx" in await clinic.says("director", "/export")
    assert "院長か代行者だけ" in await clinic.says("reception", "/export")
