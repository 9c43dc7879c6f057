"""The fields of the common ransomware form."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from bot.documents.forms.ransomware_form import ransomware_form, ransomware_workbook
from bot.documents.source import Source
from flows.commands.people import Correct
from flows.state.run import Run
from tests.bot.documents.sources import source_of
from tests.clinic import Clinic


def test_what_only_experts_find_stays_open(whole: Source) -> None:
    """The note's photo stands; extension, kind, way in and indicators are 調査中; consent is for people to give."""
    form = ransomware_form(whole)

    assert "SHA-256" in form.field("ランサムノート（脅迫文）").text
    for label in (
        "暗号化ファイルの拡張子",
        "ランサムウェアの類型・名称",
        "侵入方法",
        "インディケータ情報（通信先・ハッシュ値等）",
    ):
        assert form.field(label).state == "investigating"
    assert form.field("国家サイバー統括室への共有の同意").state == "by_hand"
    assert "様式そのものではない" in form.foot[0]


async def test_the_table_says_the_same(clinic: Clinic, begun: Run) -> None:
    """Each statement is a row with its entries; what looks like a formula stays a text; the bytes are always the same."""
    reported = next(e.turn for e in clinic.entries("reported", begun.id))
    clinic.orders(Correct(begun.id, reported, '=HYPERLINK("x")'))
    source = source_of(clinic, begun.id)
    form = ransomware_form(source)
    made = ransomware_workbook(form, source)
    rows = list(load_workbook(BytesIO(made)).worksheets[0].iter_rows(values_only=True))
    cells = [cell for row in load_workbook(BytesIO(made)).worksheets[0].iter_rows() for cell in row]

    assert rows[0] == ("区分", "項目", "内容", "記録番号", "状態")
    assert len(rows) == 1 + sum(max(1, len(f.statements)) for s in form.sections for f in s.fields)
    assert any("HYPERLINK" in str(cell.value) for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert ransomware_workbook(form, source) == made
