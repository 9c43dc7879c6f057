"""A plain table as a workbook, to copy from: texts only, nothing computed, the same bytes for the same table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from contacts.workbook.writing import put

_HEADER = PatternFill("solid", fgColor="FFE8D6A8")
_WIDTHS = (26, 30, 70, 14, 14)
_SHEET_NAME = 31
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_LONG_AGO = b"2000-01-01T00:00:00Z"


def workbook_of(title: str, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Give a workbook with one sheet; a text that begins like a formula stays a text. It bears no date."""
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = re.sub(r"[\[\]:*?/\\]", " ", title)[:_SHEET_NAME]
    for line, row in enumerate([headers, *rows], 1):
        for place, text in enumerate(row, 1):
            put(sheet, line, place, text).alignment = Alignment(vertical="top", wrap_text=True)
    for place, width in zip(range(1, len(headers) + 1), _WIDTHS, strict=False):
        cell = sheet.cell(1, place)
        cell.font, cell.fill = Font(bold=True), _HEADER
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    file = BytesIO()
    book.save(file)
    return _undated(file.getvalue())


def _undated(book: bytes) -> bytes:
    """Take the time of saving out of a workbook; openpyxl writes it in whatever one asks for."""
    made = BytesIO()
    with ZipFile(BytesIO(book)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name), _STAMP.sub(rb"\g<1>" + _LONG_AGO, old.read(name)), ZIP_DEFLATED)
    return made.getvalue()
