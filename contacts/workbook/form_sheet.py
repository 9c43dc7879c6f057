"""A form as a workbook: one sheet that prints on A4, one page wide, a label beside each field; texts only, no date inside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Literal
from unicodedata import east_asian_width
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from contacts.workbook.writing import on_paper, put
from playbooks.frozen import frozen

WIDTHS = {"A": 24, "B": 66, "C": 10}
"""The columns, in signs of half width: label, what is said, where it comes from."""

LINE_HEIGHT = 18.0
"""Points a line of text takes in the font that Excel falls back to for Japanese; less cuts the last line off."""

_HEADING = PatternFill("solid", fgColor="FFE8D6A8")
_LABEL = PatternFill("solid", fgColor="FFF6F0E2")
_THIN = Side(style="thin", color="FF999999")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAP = Alignment(vertical="top", wrap_text=True)
_SHEET_NAME = 31
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_LONG_AGO = b"2000-01-01T00:00:00Z"


@frozen
class FormLine:
    """A line of a form: a ``heading`` (``apart``: on a new page) or a ``note`` over the whole width, or a ``field``.

    ``text`` is what the field says, ``behind`` where it comes from.
    """

    kind: Literal["heading", "note", "field"]
    label: str
    text: str = ""
    behind: str = ""
    apart: bool = False


def form_sheet(title: str, to: str, lines: Sequence[FormLine]) -> bytes:
    """Give the workbook; the same bytes for the same form, and a text that begins like a formula stays a text."""
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = re.sub(r"[\[\]:*?/\\]", " ", title)[:_SHEET_NAME]
    for column, width in WIDTHS.items():
        sheet.column_dimensions[column].width = width
    put(sheet, 1, 1, title).font = Font(bold=True, size=16)
    put(sheet, 2, 1, to)
    for row, line in enumerate(lines, 3):
        _write(sheet, row, line)
    on_paper(sheet, "portrait", 3, 2 + len(lines))
    sheet.print_title_rows = "1:1"
    file = BytesIO()
    book.save(file)
    return _undated(file.getvalue())


def _write(sheet: Worksheet, row: int, line: FormLine) -> None:
    cells = [put(sheet, row, place, text) for place, text in enumerate((line.label, line.text, line.behind), 1)]
    for cell in cells:
        cell.alignment = _WRAP
    if line.kind == "field":
        cells[0].fill = _LABEL
        cells[2].font = Font(size=8, color="FF808080")
        for cell in cells:
            cell.border = _FRAME
        taken = max(
            _lines(text, WIDTHS[column])
            for text, column in zip((line.label, line.text, line.behind), WIDTHS, strict=True)
        )
    else:
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(WIDTHS))
        taken = _lines(line.label, sum(WIDTHS.values()))
        if line.kind == "heading":
            cells[0].font, cells[0].fill = Font(bold=True, size=12), _HEADING
            taken += 0.3
        else:
            cells[0].font = Font(size=9, color="FF606060")
    if line.apart:
        sheet.row_breaks.append(Break(id=row - 1))
    sheet.row_dimensions[row].height = LINE_HEIGHT * max(1, taken)


def _lines(text: str, width: float) -> float:
    """Say how many lines a text takes in a column; Excel makes no row higher by itself where it isn't opened first."""
    return sum(max(1, -(-_wide(line) // (width - 2))) for line in text.split("\n"))


def _wide(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text)


def _undated(book: bytes) -> bytes:
    """Take the time of saving out of a workbook; openpyxl writes it in whatever one asks for."""
    made = BytesIO()
    with ZipFile(BytesIO(book)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name), _STAMP.sub(rb"\g<1>" + _LONG_AGO, old.read(name)), ZIP_DEFLATED)
    return made.getvalue()
