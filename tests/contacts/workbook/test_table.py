"""A plain table as a workbook."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from contacts.workbook.table import workbook_of

ROWS = [("概要", "=1+1"), ("原因", "+81 +1"), ("", "𠮷野\n🚨")]


def test_every_text_stays_a_text() -> None:
    """What looks like a formula is shown, never computed; empty cells, line breaks and rare signs stay as they are."""
    sheet = load_workbook(BytesIO(workbook_of("様式 [1/2]: あ" * 5, ("項目", "内容"), ROWS))).worksheets[0]

    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        ["概要", "=1+1"],
        ["原因", "+81 +1"],
        [None, "𠮷野\n🚨"],
    ]
    assert sheet["B2"].data_type == "s"
    assert len(sheet.title) <= 31


def test_the_same_table_gives_the_same_bytes() -> None:
    """No time of making is in the file."""
    made = workbook_of("様式", ("項目", "内容"), ROWS)

    assert made == workbook_of("様式", ("項目", "内容"), ROWS)
    assert load_workbook(BytesIO(made)).properties.modified.year == 2000
