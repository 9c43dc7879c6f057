"""What hangs on the wall: card, chart, a page a playbook, forms with numbers, blank log; and nobody's data."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader

from bot.documents.kinds import make
from bot.documents.records.downtime_forms import SHEETS
from bot.documents.records.print_pack import print_pack
from bot.documents.source import Source
from flows.commands.facility import ChangeMember
from flows.record.journal import FACILITY
from tests.bot.documents.sources import source_of, text_of
from tests.clinic import Clinic


def test_everything_is_in_the_pack(house: Source) -> None:
    """The card names who decides, each playbook has its page with boxes to tick, sheets are numbered."""
    said = print_pack(house).markdown
    books = [b for b in house.engine.handbook.playbooks.values() if "incident" in b.use]

    assert "高橋、田中" in said.split(":::")[1]
    assert [b.title.ja for b in books if f"# {b.title.ja}" not in said.replace("\\", "")] == []
    assert said.count("- □") > 100
    assert f"-{SHEETS:03}" in said.replace("\\", "")
    assert "電源を切らない" in said


async def test_a_new_name_is_on_the_next_pack(clinic: Clinic) -> None:
    """The pack is as of its entry; the wall is renewed when the registry changes."""
    before = clinic.home.journal.head().seq
    clinic.orders(ChangeMember(FACILITY, clinic.id("deputy"), {"name": "山田<b>"}), "director")

    assert "山田\\<b\\>" in print_pack(source_of(clinic, FACILITY)).markdown
    assert "山田" not in print_pack(source_of(clinic, FACILITY, until=before)).markdown


def test_on_paper_it_is_no_book(house: Source) -> None:
    """A page for most playbooks, two for the longest; the numbers of sheets are there to be filled in."""
    made = make(house, "print_pack", "pdf")
    pages = len(PdfReader(BytesIO(made)).pages)

    assert pages <= len(house.engine.handbook.playbooks) + 10
    assert "D-＿＿＿＿＿＿＿＿-001" in text_of(made)
