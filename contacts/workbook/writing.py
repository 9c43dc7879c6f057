"""Writing a workbook: the empty one with drop-downs and examples, and the one that holds the registry."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from typing import Literal, cast

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from contacts.labels import WEEKDAY, YES_NO
from contacts.phrasing import say
from contacts.registry import Held
from contacts.rows.facets import unfold
from contacts.rows.naming import Naming, filled
from contacts.rows.sheets import EXAMPLE, ID_HEADER, SHEETS, Column, Sheet
from contacts.shapes.hours import WEEKDAYS
from contacts.shapes.people import Member
from contacts.workbook.layout import (
    CHUNK,
    EXPORTED,
    FIRST_ROW,
    HEADER_ROW,
    HOW_TO,
    LISTS,
    MOST_ROWS,
    REQUIRED_SIGN,
    TITLE_ROW,
)
from contacts.written.cells import ChoiceCell, ChoicesCell, DayCell, Raw, WholeCell, YesNoCell, text_of
from playbooks.phrasing import Phrase

_HEADER = PatternFill("solid", fgColor="FFE8D6A8")
_EXAMPLE = PatternFill("solid", fgColor="FFF2F2F2")
_WRAP = Alignment(vertical="top", wrap_text=True)
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet might compute."""

BLANK_ROWS = 24
"""Rows of an empty sheet that are printed to be written in by hand."""

_NOTES = ("light", "required", "example", "headers", "numbers", "dates", "confirm", "removed", "patients")
"""What stands on the first sheet, in this order."""


def template() -> bytes:
    """Give an empty workbook: headers, drop-downs, an example row on each sheet, and notes."""
    book = _book(say("workbook.head.template"))
    for sheet in SHEETS:
        worksheet = book[sheet.title.ja]
        row = [EXAMPLE, *(column.example for column in sheet.columns)]
        for place, value in enumerate(row, 1):
            cell = put(worksheet, FIRST_ROW, place, value.ja if isinstance(value, Phrase) else value)
            cell.fill, cell.font = _EXAMPLE, Font(italic=True, color="FF808080")
        if sheet.kind == "weekday":
            for line, day in enumerate(WEEKDAYS, FIRST_ROW + 1):
                put(worksheet, line, 2, WEEKDAY[day].ja)
        # The example is for the screen; on paper there are only rows to write in.
        _as_pages(worksheet, sheet, FIRST_ROW + BLANK_ROWS, f"B{FIRST_ROW + 1}")
    return _bytes(book)


def export(held: Held, day: date) -> bytes:
    """Give the registry as a workbook, dated; whoever has left is not in it. Texts can never become formulas."""
    here = {
        kind: {k: r for k, r in rows.items() if not (isinstance(r, Member) and r.status == "left")}
        for kind, rows in held.items()
    }
    rows, naming = unfold(here), Naming.of(unfold(held))
    book = _book(say("workbook.head.export", day=day))
    kept = book.create_sheet(EXPORTED)
    kept.sheet_state = "veryHidden"
    for sheet in SHEETS:
        worksheet = book[sheet.title.ja]
        for line, (key, row) in enumerate(rows.get(sheet.kind, {}).items(), FIRST_ROW):
            put(worksheet, line, 1, key if sheet.ids else None)
            for place, value in enumerate(filled(sheet, row, naming).values(), 2):
                put(worksheet, line, place, value)
        _as_pages(worksheet, sheet, max(FIRST_ROW, worksheet.max_row), f"B{FIRST_ROW}")
    lines = ((kind, key, row) for kind, found in here.items() for key, row in found.items())
    for line, (kind, key, row) in enumerate(lines, 1):
        # ASCII alone, so that nothing in it is cut, joined or unescaped on its way through XML
        text = json.dumps(row.model_dump(mode="json")).replace("_x", "\\u005fx")
        chunks = (text[start : start + CHUNK] for start in range(0, len(text), CHUNK))
        for place, value in enumerate((kind, key, *chunks), 1):
            kept.cell(line, place).value = value
    return _bytes(book)


def _as_pages(worksheet: Worksheet, sheet: Sheet, last: int, first: str) -> None:
    """Let a sheet print across A4 with lines to write on, title and headers on each page; the first column is the program's."""
    on_paper(worksheet, "landscape", 1 + len(sheet.columns), last, first)
    worksheet.print_title_rows = f"{TITLE_ROW}:{HEADER_ROW}"
    worksheet.print_options.gridLines = True


def _book(head: Phrase) -> Workbook:
    """Make a workbook with all sheets and no rows."""
    book = Workbook()
    how_to = book.worksheets[0]
    how_to.title = HOW_TO.ja
    how_to.column_dimensions["A"].width = 110
    notes = (say(f"workbook.notes.{note}", required=REQUIRED_SIGN, example=EXAMPLE).ja for note in _NOTES)
    for line, text in enumerate((head.ja, "", *notes), 1):
        put(how_to, line, 1, text)
    how_to["A1"].font = Font(bold=True, size=14)
    on_paper(how_to, "landscape", 1, 2 + len(_NOTES))
    sheets = [(book.create_sheet(sheet.title.ja), sheet) for sheet in SHEETS]
    lists = _Lists(book.create_sheet(LISTS))
    for worksheet, sheet in sheets:
        _headers(worksheet, sheet, lists)
    book.properties.creator = "Tomoshibi"
    return book


def _headers(worksheet: Worksheet, sheet: Sheet, lists: _Lists) -> None:
    put(worksheet, TITLE_ROW, 2, f"{sheet.title.ja}: {sheet.note.ja}").font = Font(bold=True)  # A is not printed
    first = ID_HEADER.ja if sheet.ids else say("workbook.mark").ja
    for place, text in enumerate(
        [first, *(c.header.ja + (REQUIRED_SIGN if c.required else "") for c in sheet.columns)], 1
    ):
        cell = put(worksheet, HEADER_ROW, place, text)
        cell.fill, cell.font, cell.alignment = _HEADER, Font(bold=True), _WRAP
    worksheet.column_dimensions["A"].width = 12
    for place, column in enumerate(sheet.columns, 2):
        letter = get_column_letter(place)
        worksheet.column_dimensions[letter].width = column.width
        worksheet.column_dimensions[letter].number_format = _format(column)
        source = lists.source(column)
        if source is not None:
            # A drop-down gives one; several, parted by 「、」, are typed. So it offers and does not insist.
            offer = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=False)
            worksheet.add_data_validation(offer)
            offer.add(f"{letter}{FIRST_ROW}:{letter}{MOST_ROWS}")
    worksheet.freeze_panes = f"C{FIRST_ROW}"


def _format(column: Column) -> str:
    """Give Excel's format of a column: text stays as typed (0 in front, 3-1 is no day), days are days."""
    if isinstance(column.form, DayCell):
        return "yyyy/mm/dd"
    return "0" if isinstance(column.form, WholeCell) else "@"


class _Lists:
    """The hidden sheet with what the drop-downs offer; one column for each list."""

    def __init__(self, worksheet: Worksheet) -> None:
        self._worksheet = worksheet
        self._worksheet.sheet_state = "veryHidden"
        self._sources: dict[tuple[str, ...], str] = {}

    def source(self, column: Column) -> str | None:
        """Give the range that a column chooses from; None if it chooses from nothing."""
        if column.refers is not None:
            other = next(sheet for sheet in SHEETS if sheet.kind == column.refers)
            place = get_column_letter(2 + [c.field for c in other.columns].index("name"))
            return f"'{other.title.ja}'!${place}${FIRST_ROW + 1}:${place}$300"
        if isinstance(column.form, ChoiceCell | ChoicesCell):
            return self._range(tuple(label.ja for label in column.form.labels.values()))
        return self._range(tuple(label.ja for label in YES_NO.values())) if isinstance(column.form, YesNoCell) else None

    def _range(self, names: tuple[str, ...]) -> str:
        if names not in self._sources:
            place = len(self._sources) + 1
            for line, name in enumerate(names, 1):
                put(self._worksheet, line, place, name)
            letter = get_column_letter(place)
            self._sources[names] = f"{LISTS}!${letter}$1:${letter}${len(names)}"
        return self._sources[names]


def on_paper(
    worksheet: Worksheet, orientation: Literal["portrait", "landscape"], columns: int, last: int, first: str = "A1"
) -> None:
    """Let a sheet print on A4, as wide as the page, from cell ``first`` to row ``last``, with page numbers below."""
    worksheet.page_setup.paperSize = int(worksheet.PAPERSIZE_A4)
    worksheet.page_setup.orientation = orientation
    worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 1, 0
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    worksheet.print_area = f"{first}:{get_column_letter(columns)}{last}"
    if worksheet.oddFooter is not None:
        worksheet.oddFooter.center.text = "&A　&P / &N"


def put(worksheet: Worksheet, line: int, place: int, value: Raw) -> Cell:
    """Write a value; a text is a text, whatever it begins with, and Excel is told so (``quotePrefix``)."""
    cell = cast("Cell", worksheet.cell(line, place))  # nothing is merged here
    if not isinstance(value, str):
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "yyyy/mm/dd"
    elif text := text_of(value):
        cell.value = text
        cell.data_type = "s"
        cell.number_format = "@"
        if text.startswith(_FORMULA_SIGNS):
            cell.quotePrefix = True
    return cell


def _bytes(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()
