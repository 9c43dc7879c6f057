"""A form as a workbook."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from contacts.workbook.form_sheet import FormLine, form_sheet

LINES = (
    FormLine("heading", "1　概要"),
    FormLine("field", "概要", "=1+1", "12"),
    FormLine("field", "経過", "長い文。" * 60),
    FormLine("heading", "別紙", apart=True),
    FormLine("field", "原因", "𠮷野\n🚨", "登録"),
)


def test_every_text_stays_a_text() -> None:
    """What looks like a formula is shown, never computed; line breaks and rare signs stay as they are."""
    sheet = load_workbook(BytesIO(form_sheet("様式 [1/2]: あ" * 5, "委員会　御中", LINES))).worksheets[0]

    assert [sheet["B4"].value, sheet["B4"].data_type] == ["=1+1", "s"]
    assert [cell.value for cell in sheet[7]] == ["原因", "𠮷野\n🚨", "登録"]
    assert len(sheet.title) <= 31


def test_it_prints_as_a_form() -> None:
    """A4, one page wide, all of it in the print area, the label beside its field, a long text wholly seen."""
    sheet = load_workbook(BytesIO(form_sheet("様式", "委員会　御中", LINES))).worksheets[0]

    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_area == "'様式'!$A$1:$C$7"
    assert sheet.row_dimensions[5].height > 7 * sheet.row_dimensions[4].height
    assert sheet["B5"].alignment.wrap_text
    assert [found.id for found in sheet.row_breaks.brk] == [5]


def test_the_same_form_gives_the_same_bytes() -> None:
    """No time of making is in the file."""
    made = form_sheet("様式", "委員会　御中", LINES)

    assert made == form_sheet("様式", "委員会　御中", LINES)
    assert load_workbook(BytesIO(made)).properties.modified.year == 2000
