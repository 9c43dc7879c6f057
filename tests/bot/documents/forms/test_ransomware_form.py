"""The fields of the common ransomware form."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from bot.documents.forms.ransomware_form import ransomware_form, ransomware_workbook
from bot.documents.source import Source
from contacts.model import System
from flows.commands.facility import PutRegistry, RegistryRow
from flows.commands.people import Correct
from flows.record.journal import FACILITY
from flows.state.run import Run
from tests.bot.documents.sources import learns, source_of
from tests.clinic import Clinic

OPEN = {"investigating": "調査中の項目", "by_hand": "手で記入する項目"}


TOLD = ("暗号化ファイルの拡張子", "侵入方法", "インディケータ情報（通信先・ハッシュ値等）")
"""What the reporter sees on the screen, and what the vendor or an investigator tells."""


async def test_what_only_experts_find_stays_open(clinic: Clinic, begun: Run) -> None:
    """Extension, kind, way in and indicators are 調査中 and say whom to ask; consent is for people to give."""
    form = ransomware_form(source_of(clinic, begun.id))

    for label in (*TOLD, "ランサムウェアの類型・名称", "発生日時"):
        assert form.field(label).state == "investigating"
    assert all(form.field(label).note for label in TOLD)
    assert form.field("国家サイバー統括室への共有の同意").state == "by_hand"
    assert "公式の様式ではない" in form.foot[0]


def test_what_was_asked_and_told_stands_in_the_form(whole: Source) -> None:
    """The note's photo, the files' ending, the way in, the traces, each with the entry that told it."""
    form = ransomware_form(whole)

    assert "SHA-256" in form.field("ランサムノート（脅迫文）").text
    for label in TOLD:
        field = form.field(label)
        assert (field.state, field.note) == ("known", "")
        assert all(one.entries for one in field.statements)


def test_it_has_the_head_that_a_receiver_needs(whole: Source) -> None:
    """Preliminary or final, new or supplement, until when, sent when, to whom, which number, found by whom, entrusted or not."""
    form = ransomware_form(whole)

    assert form.field("速報・確報の別").text == "確報"
    assert form.field("新規・続報の別").text.startswith("続報（前回：速報")
    assert form.field("期限").text.endswith("まで")
    assert form.field("提出日").state == "by_hand"
    assert "□ 個人情報保護委員会" in form.field("提出先").note
    assert "規則7条3号" in form.field("規則7条の該当号").text
    assert form.field("発見者").text == "当施設の職員（受付）"
    assert form.field("委託元・委託先の有無").state == "by_hand"
    assert "対応を開始" in form.field("経過").text


def test_what_the_run_knows_is_filled_in(whole: Source) -> None:
    """Actor, kind of cause, medium, whose data, its items, systems: drawn from the run, said to be expected where it is."""
    form = ransomware_form(whole)

    assert form.field("原因の主体").text == "第三者の疑い（特定は調査中）"
    assert form.field("原因の種別").text.startswith("不正アクセスの疑い")
    assert form.field("媒体").text == "電子媒体"
    assert set(form.field("本人の種類").text.splitlines()) == {"患者・利用者", "職員"}
    assert "要確認）氏名、診療情報" in form.field("含まれる項目").text
    assert "電子カルテ等" in form.field("影響を受けたシステム").text
    assert all(one.entries for one in form.field("影響を受けたシステム").statements)


def test_what_is_open_is_listed(whole: Source) -> None:
    """Each field that is under investigation or to be entered by hand stands in the list at the end, no other."""
    form = ransomware_form(whole)
    listed = {state: form.field(label).text for state, label in OPEN.items()}

    assert "ランサムウェアの類型・名称" in listed["investigating"]
    assert "法人番号" in listed["by_hand"]
    for section in form.sections:
        for field in section.fields:
            assert field.state == "known" or field.label in listed[field.state]


async def test_a_drills_form_says_so_and_is_not_for_handing_in(clinic: Clinic) -> None:
    """Paper and workbook bear 【訓練】, and that it is never handed in."""
    source = source_of(clinic, (await clinic.drill()).id)
    form = ransomware_form(source)
    cells = {
        cell.value for row in load_workbook(BytesIO(ransomware_workbook(form, source))).worksheets[0] for cell in row
    }

    assert form.title.startswith("【訓練】")
    assert any("実際には提出しない" in str(cell) for cell in cells)
    assert form.title in cells


async def test_the_workbook_says_the_same(clinic: Clinic, begun: Run) -> None:
    """A row a field, with its entries beside it; what looks like a formula stays a text; a draft says so."""
    reported = next(e.turn for e in clinic.entries("reported", begun.id))
    clinic.orders(Correct(begun.id, reported, '=HYPERLINK("x")'))
    source = source_of(clinic, begun.id)
    form = ransomware_form(source)
    made = ransomware_workbook(form, source)
    rows = {str(row[0].value): [str(cell.value) for cell in row] for row in load_workbook(BytesIO(made)).worksheets[0]}

    assert {field.label for section in form.sections for field in section.fields} <= set(rows)
    assert "HYPERLINK" in rows["発覚時の状況"][1]
    assert str(form.field("発覚時の状況").entries[0]) in rows["発覚時の状況"][2]
    assert rows["侵入方法"][1].startswith("調査中")
    assert any("【下書き】" in label for label in rows)
    assert ransomware_workbook(form, source) == made


async def test_what_runs_again_is_said_with_its_time(clinic: Clinic, begun: Run) -> None:
    """When the systems were stopped and when they were taken up again stands beside their names, and under 復旧."""
    system = System(id="s1", name="電子カルテ", service="ehr")
    clinic.orders(PutRegistry(FACILITY, (RegistryRow("system", system.id, system.model_dump_json()),)))
    learns(clinic, begun, systems="stopped")
    await clinic.passes(90)
    learns(clinic, begun, reopened="yes")
    form = ransomware_form(source_of(clinic, begun.id))

    assert form.field("影響を受けたシステム").text.splitlines() == [
        "2027-04-01 08:50 使用を停止したシステム：電子カルテ",
        "2027-04-01 10:20 システムによる業務を全面再開",
    ]
    assert form.field("復旧").text == "2027-04-01 10:20 システムによる業務を全面再開"
