"""The ministry's checklist: the records answer what they know, and leave the rest to the facility."""

from __future__ import annotations

from datetime import date

from bot.documents.facts.fiscal_year import FiscalYear
from bot.documents.records.inspection_sheet import inspection_sheet
from bot.documents.records.ministry_checklist import answers, last_of
from flows.commands.facility import ChangeMember
from flows.record.journal import FACILITY
from tests.bot.documents.sources import PlayedYear, source_of_year
from tests.clinic import Clinic
from tests.ledger import change, enter


async def test_an_empty_registry_answers_nothing(clinic: Clinic) -> None:
    """Nothing is called met that nobody entered; what software can't know is always left to be filled in."""
    source = source_of_year(clinic)
    found = {item.number: known for item, known in answers(source, FiscalYear(source))}

    assert {n for n, known in found.items() if known.answered == "by_hand"} >= {
        "1-1",
        "2-1",
        "2-2",
        "2-3",
        "",
        "3-2",
        "3-3",
        "4-1",
    }
    assert all(known.answered != "records" for n, known in found.items() if n not in ("1-1", "3-1"))


async def test_each_item_is_a_row_of_its_own(clinic: Clinic) -> None:
    """Rights, accounts, patches, software, passwords, media, two factors, logs, sources: one answer each, a target day each."""
    source = source_of_year(clinic)
    said = inspection_sheet(source).markdown
    rows = [line for line in said[said.index("## 厚生労働省") :].splitlines() if line.startswith("| 2-")]

    assert len(rows) == 3 + 10
    assert "いいえの目標日" in said
    assert all(row.count("|") == 6 for row in rows)


async def test_the_list_for_pharmacies_is_not_made_up(clinic: Clinic) -> None:
    """Its official text was not at hand: no item of another list stands in for it, and the sheet says so."""
    clinic.registers(kind="pharmacy")
    source = source_of_year(clinic)

    assert list(answers(source, FiscalYear(source))) == []
    assert "「薬局確認用」の公式の本文を確認できていない" in inspection_sheet(source).markdown


async def test_a_manager_who_is_entered(clinic: Clinic) -> None:
    """Stands there by name."""
    clinic.orders(ChangeMember(FACILITY, clinic.id("nurse"), {"roles": ["nurse", "safety_manager"]}))
    source = source_of_year(clinic)
    found = {item.number: known for item, known in answers(source, FiscalYear(source))}

    assert found["1-1"].answered == "records"
    assert "鈴木" in found["1-1"].says


async def test_what_vendors_sent_back_counts(clinic: Clinic) -> None:
    """Their disclosure beside 2-3, their signed sheet at the top; one of an earlier year counts as none."""
    enter(clinic)
    change(clinic, "contact", "maker", disclosed_on=date(2027, 4, 1), signed_on=date(2027, 3, 31))
    source = source_of_year(clinic)
    found = {item.number: known for item, known in answers(source, FiscalYear(source))}

    assert found["2-3"].answered == "partly"
    assert "1社中 1社" in found["2-3"].says
    assert "1社中、年度内に戻ったもの 0社" in inspection_sheet(source).markdown


def test_drills_of_the_year_are_evidence(played_year: PlayedYear) -> None:
    """The contact drill stands beside the chart, the tabletop beside the plan; neither makes the plan a known thing."""
    source = source_of_year(played_year.clinic)
    year = FiscalYear(source)
    found = {item.number: known for item, known in answers(source, year)}

    assert last_of(source, year, "contact") == "2027-04-16"
    assert "2027-04-16" in found["3-1"].says
    assert found["3-3"].answered == "partly"
    assert last_of(source, FiscalYear(source_of_year(played_year.clinic, 2030)), "contact") == ""
