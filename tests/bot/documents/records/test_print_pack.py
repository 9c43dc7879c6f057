"""What hangs on the wall: card, chart, a page a playbook, forms with numbers, blank log; and nobody's data."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

from pypdf import PdfReader

from bot.documents.kinds import make
from bot.documents.records.downtime_forms import SHEETS
from bot.documents.records.print_pack import print_pack
from bot.documents.source import Source
from contacts.model import Contact
from flows.commands.facility import ChangeMember, PutRegistry, RegistryRow
from flows.record.journal import FACILITY
from tests.bot.documents.sources import source_of, text_of
from tests.clinic import Clinic
from tests.ledger import enter


def test_everything_is_in_the_pack(house: Source) -> None:
    """The card names who decides, each playbook has its page with boxes to tick, sheets are numbered."""
    said = print_pack(house).markdown
    books = [b for b in house.engine.handbook.playbooks.values() if "incident" in b.use]

    assert "高橋 ☎＿＿＿＿＿＿、田中" in said.split(":::")[1]
    assert [b.title.ja for b in books if f"# {b.title.ja}" not in said.replace("\\", "")] == []
    assert len(re.findall(r"^\d+\. □", said, re.MULTILINE)) > 80
    assert f"-{SHEETS:03}" in said.replace("\\", "")
    assert "電源を切らない" in said


def test_contracts_are_in_the_pack(clinic: Clinic) -> None:
    """With whom, by which number, until when and what was agreed; a house without any has no empty table of them."""
    assert "# 契約" not in print_pack(source_of(clinic, FACILITY)).markdown
    enter(clinic)
    said = print_pack(source_of(clinic, FACILITY)).markdown.replace("\\", "")
    table = said.partition("## 契約")[2].partition("# ")[0]

    for part in ("カルテ保守", "03-1234-5678", "2028-03-31まで（自動更新）", "第8条: 2時間で着手", "第9条: すぐに電話"):
        assert part in table, part


def page(source: Source, playbook: str) -> str:
    """Give the page of a playbook as Markdown."""
    title = source.engine.handbook.playbooks[playbook].title.in_language(source.words.language)
    return next(part for part in print_pack(source).markdown.split("\n# ")[1:] if part.startswith(title))


def test_the_page_for_an_attack_goes_on_to_the_calls(house: Source) -> None:
    """With the net gone the paper is all there is: each line of its cards, drawings, and whom to call, with number or room for one."""
    said = page(house, "ransomware").replace("\\", "")

    assert "□ LANの線を抜く" in said
    assert "□ ルーターの外へ向かう線を抜く" in said
    assert "picture-lan_plug.png" in said
    for call in ("電子カルテの会社 | ☎＿", "#9110", "0120-179-066", "保健所 | ☎＿", "厚生労働省", "サイバー保険の会社"):
        assert call in said, call
    assert "おおむね3〜5日以内" in said


def test_a_question_says_where_each_answer_leads(house: Source) -> None:
    """「何かおかしい」 can be followed on paper: to a numbered step, to the page of another event, or to the end."""
    said = page(house, "unknown")
    numbers = {int(number) for number in re.findall(r"^(\d+)\. □", said, re.MULTILINE)}

    assert "→ カルテ・薬歴・会計：「電子カルテ・レセコンなどの停止」のページへ" in said
    assert "→ ホームページが変：「ホームページの改ざん・偽サイト」のページへ" in said
    assert {int(number) for number in re.findall(r"：(\d+)へ", said)} <= numbers
    assert "：ここで終わり" in page(house, "ransomware")


async def test_numbers_of_the_registry_are_on_the_page(clinic: Clinic) -> None:
    """A vendor's number stands where they are to be called, and whoever decides can be dialled from the card."""
    clinic.orders(ChangeMember(FACILITY, clinic.id("director"), {"telephone": "090-1234-5678"}))
    ehr = Contact(id="c9", kind="vendor", services=("ehr",), name="みどりカルテ", number="03-3210-0001")
    clinic.orders(PutRegistry(FACILITY, (RegistryRow("contact", "c9", ehr.model_dump_json(), None),)))
    source = source_of(clinic, FACILITY)

    assert "電子カルテの会社：みどりカルテ | 03-3210-0001" in page(source, "ransomware").replace("\\", "")
    assert "高橋 090-1234-5678" in print_pack(source).markdown.split(":::")[1].replace("\\", "")


def test_in_word_the_card_keeps_its_frame_and_size(house: Source) -> None:
    """Each line of the card bears the card's style; no bullet stands before a box."""
    with ZipFile(BytesIO(make(house, "print_pack", "docx"))) as file:
        body, styles = (file.read(f"word/{part}.xml").decode() for part in ("document", "styles"))

    lines = re.findall(r'<w:pStyle w:val="(Card(?:Title)?)" ?/>', body)
    assert lines == ["CardTitle", *["Card"] * 8]
    look = re.search(r'w:styleId="Card".*?</w:style>', styles)
    assert look is not None
    assert "<w:pBdr>" in look[0]
    assert 'w:sz w:val="40"' in look[0]


async def test_a_new_name_is_on_the_next_pack(clinic: Clinic) -> None:
    """The pack is as of its entry; the wall is renewed when the registry changes."""
    before = clinic.home.journal.head().seq
    clinic.orders(ChangeMember(FACILITY, clinic.id("deputy"), {"name": "山田<b>"}), "director")

    assert "山田\\<b\\>" in print_pack(source_of(clinic, FACILITY)).markdown
    assert "山田" not in print_pack(source_of(clinic, FACILITY, until=before)).markdown


def test_on_paper_it_is_no_book(house: Source) -> None:
    """A sheet for each playbook, steps in front and calls behind; the numbers of paper forms are there to be filled in."""
    made = make(house, "print_pack", "pdf")
    pages = len(PdfReader(BytesIO(made)).pages)

    books = [b for b in house.engine.handbook.playbooks.values() if "incident" in b.use]
    assert pages <= 2 * len(books) + 10
    assert "D-＿＿＿＿＿＿＿＿-001" in text_of(made)
