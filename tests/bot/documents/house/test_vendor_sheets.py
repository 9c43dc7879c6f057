"""The sheet that a vendor confirms and signs: what we have written down, and room for the pen where we have nothing."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader

from bot.documents.house.vendor_sheets import SECTIONS, vendor_sheets
from bot.documents.kinds import make
from bot.documents.source import Source
from bot.screens.buttons import data_of
from bot.screens.requests.contacts import ShowContact
from contacts.model import Contact
from contacts.readiness.questions import VENDOR_QUESTIONS
from contacts.shapes.systems import TASKS
from flows.record.journal import FACILITY
from playbooks.texts import LANGUAGES
from tests.clinic import Clinic
from tests.flows.clinic import entering
from tests.ledger import VENDOR, enter


def sheets(clinic: Clinic, language: str = "ja") -> list[str]:
    """Give the text of each vendor's sheet."""
    source = Source.of(clinic.engine, FACILITY, "en" if language == "en" else "ja")
    return vendor_sheets(source).markdown.replace("\\", "").split("::: newpage")


def test_each_vendor_has_a_sheet(clinic: Clinic) -> None:
    """All questions with their section, who does what, what we have; nothing of another vendor, and lines to sign on."""
    enter(clinic)
    clinic.orders(entering(Contact(id="other", kind="vendor", services=("lab",), name="検査社")))
    first, second = sheets(clinic)

    assert len(SECTIONS) == len(VENDOR_QUESTIONS)
    for part in (
        *(f"{q.ja}（{section}）" for q, section in zip(VENDOR_QUESTIONS, SECTIONS, strict=True)),
        "電子カルテ: 両方（当施設が頼む）",
        "院内の線: □当施設 □事業者 □両方",
        "電子カルテ: 金庫のディスク",
        "第9条: すぐに電話",
        "MDS／SDS",
        "「事業者確認用」",
        "署名",
    ):
        assert part in first, part
    assert first.count("□当施設 □事業者 □両方") == second.count("□当施設 □事業者 □両方") == 2 * len(TASKS)
    assert ("検査社" in second, "カルテ" in second.partition("当施設で把握していること")[0]) == (True, False)


def test_on_paper_a_vendor_has_one_page(clinic: Clinic) -> None:
    """In both languages; a house that has entered no vendor gets one that is all lines, with nothing made up."""
    [blank] = sheets(clinic)
    assert all(q.ja in blank for q in VENDOR_QUESTIONS)
    assert blank.count("□当施設 □事業者 □両方") == 2 * len(TASKS)
    assert len(PdfReader(BytesIO(make(Source.of(clinic.engine, FACILITY, "ja"), "vendor_sheets", "pdf"))).pages) == 1
    enter(clinic)
    for language in LANGUAGES:
        pdf = make(Source.of(clinic.engine, FACILITY, language), "vendor_sheets", "pdf")
        assert len(PdfReader(BytesIO(pdf)).pages) == 1


async def test_what_came_back_is_kept_with_its_day(clinic: Clinic) -> None:
    """One tap on the vendor's card; signed, they need not be asked again this year. Reception has no such button."""
    enter(clinic)
    await clinic.does("director", button=data_of(ShowContact(VENDOR.id)))
    shown = await clinic.says("director", "[確認書が今日戻った]")
    await clinic.says("director", "[MDS・SDSが今日届いた]")
    kept = clinic.engine.roster().contact(VENDOR.id)

    assert "確認書が戻った日: 2027-04-01" in shown
    assert kept is not None
    assert {str(day) for day in (kept.signed_on, kept.asked_on, kept.disclosed_on)} == {"2027-04-01"}
    assert "2027-04-01 に受け取りました" in sheets(clinic)[0]
    assert "確認書が今日戻った" not in await clinic.does("reception", button=data_of(ShowContact(VENDOR.id)))
