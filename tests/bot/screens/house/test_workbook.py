"""How workbooks are said; see also tests/test_setup_by_excel.py."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.channels.text import pieces, units
from bot.documents.orders import made
from bot.screens.house.workbook import FIRST, FOLLOWING
from bot.screens.renderer import Renderer
from bot.screens.scene import Screen
from flows.commands.facility import ChangeMember
from flows.commands.people import Report
from flows.messages.message import message_of
from flows.record.journal import FACILITY, Owed
from playbooks.texts import LANGUAGES, Language
from tests.clinic import Clinic


def shown(clinic: Clinic, name: str, **data: object) -> Screen:
    """Give a message as the director sees it."""
    return Renderer(clinic.engine).render(Owed("m1", message_of(name, data)), "m1", clinic.clock.now())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 30, 400, 5000])
def test_the_count_is_true(clinic: Clinic, language: Language, count: int) -> None:
    """However many mistakes there are: what is shown and what is said to be left make up the whole, in three messages at most."""
    clinic.orders(ChangeMember(FACILITY, "m1", {"language": language}))
    found = [
        f"「連絡先」シート {n}行目 「電話番号」: <b>けた数</b>をもう一度確かめてください"
        for n in range(min(count, 400))
    ]
    text = shown(clinic, "workbook.mistaken", count=count, lines=found, workbook=1).text

    seen = text.count("行目")
    assert "<b>" not in text
    assert seen == count or str(count - seen) in text
    assert units(text.partition("行目")[0]) < FIRST
    assert len(pieces(text)) <= 1 + -(-FOLLOWING // 4096) + 1


@pytest.mark.parametrize("name", ["workbook.template", "workbook.export"])
def test_a_file_is_made_when_it_goes_out(clinic: Clinic, name: str) -> None:
    """Rendering makes none; what is made then opens in Excel."""
    file = shown(clinic, name).document
    assert file is not None
    content = made(clinic.home, file)

    assert file.name.endswith(".xlsx")
    assert "スタッフ" in load_workbook(BytesIO(content)).sheetnames


def test_what_a_file_is_with_two_runs(clinic: Clinic) -> None:
    """Each run has its own button."""
    runs = [clinic.orders(Report("", text, playbook="unknown"), "nurse").run for text in ("停電", "雨漏り")]
    screen = shown(clinic, "ask_workbook_or_evidence", turn=1, runs=runs)

    assert [row[0].data for row in screen.rows] == ["menu|workbook|read|1", *(f"menu|file|1|{run}" for run in runs)]
