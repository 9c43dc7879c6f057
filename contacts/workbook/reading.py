"""Reading a workbook: cells by field, row by row, and everything about the file itself that stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from openpyxl import Workbook as OpenWorkbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import ValidationError

from contacts.phrasing import say
from contacts.registry import SHAPES
from contacts.rows.sheets import EARLIER_HEADERS, EARLIER_TITLES, EXAMPLE, ID_HEADER, SHEETS, Column, Sheet
from contacts.rows.tables import Row, Workbook
from contacts.workbook.layout import EXPORTED, HEADER_ROW, HOW_TO, LISTS, MOST_COLUMNS, MOST_ROWS, REQUIRED_SIGN
from contacts.workbook.recognising import opened
from contacts.written.cells import Raw, text_of
from contacts.written.likeness import nearest, plain
from contacts.written.mistakes import Mistake, Unreadable
from playbooks.texts import Data, Wording, everywhere

_KEY = "\0key"
"""Where the id of a row is kept while its sheet is read; no field has such a name."""


def read(data: bytes) -> Workbook:
    """Read a file's bytes. Never raises for what somebody may have put in: mistakes are values, all of them at once."""
    try:
        book = opened(data)
    except Unreadable as unreadable:
        return Workbook(mistakes=(Mistake(unreadable.reason),))
    reading = _SheetReader()
    try:
        reading.book(book)
    finally:
        book.close()
    return Workbook(reading.rows, tuple(reading.mistakes), reading.exported)


class _SheetReader:
    """One pass over an open workbook."""

    def __init__(self) -> None:
        self.rows: dict[str, tuple[Row, ...]] = {}
        self.mistakes: list[Mistake] = []
        self.exported: dict[str, dict[str, Data]] | None = None

    def book(self, book: OpenWorkbook) -> None:
        if EXPORTED in book.sheetnames:
            self._exported(book[EXPORTED])
        known = {plain(name): sheet for sheet in SHEETS for name in everywhere(sheet.title).values()}
        earlier = {plain(old.ja): sheet for sheet in SHEETS if (old := EARLIER_TITLES.get(sheet.kind))}
        known = {**earlier, **known}
        for worksheet in book.worksheets:
            sheet = known.get(plain(worksheet.title))
            if sheet is not None:
                self._sheet(worksheet, sheet)
            elif worksheet.title not in {*everywhere(HOW_TO).values(), EXPORTED, LISTS} and _has_text(worksheet):
                self._unknown(worksheet.title)
        if not self.rows and not self.mistakes:
            self._tell(say("workbook.no_sheet"))

    def _tell(self, what: Wording, sheet: str | None = None, row: int | None = None, column: str | None = None) -> None:
        self.mistakes.append(Mistake(what, sheet, row, column))

    def _unknown(self, title: str) -> None:
        near = nearest(title, [sheet.title.ja for sheet in SHEETS])
        self._tell(say(f"workbook.unknown_sheet.{'near' if near else 'none'}", title=title, near=near), title)

    # ── a sheet ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _sheet(self, worksheet: Worksheet, sheet: Sheet) -> None:
        title = sheet.title.ja
        if worksheet.max_row > MOST_ROWS:
            what = say("workbook.too_long", max_row=worksheet.max_row, most_rows=MOST_ROWS)
            self._tell(what, title)
            return
        width = min(worksheet.max_column, MOST_COLUMNS)
        header_row, headers = _headers(worksheet, sheet, width)
        if not any(isinstance(header, Column) for header in headers.values()):
            self._tell(
                say("workbook.no_headers"),
                title,
            )
            return
        for merged in worksheet.merged_cells.ranges:
            if merged.max_row >= header_row:
                what = say("workbook.merged", coord=merged.coord)
                self._tell(what, title, merged.min_row)
        lines = list(self._lines(worksheet, sheet, headers, header_row, width))
        self._columns(sheet, headers, header_row, lines)
        self.rows[sheet.kind] = tuple(
            Row(line, _key(cells.pop(_KEY, None)), cells) for line, cells in lines if self._counts(sheet, cells)
        )

    def _counts(self, sheet: Sheet, cells: dict[str, Raw]) -> bool:
        """Say whether a row says anything: in a template, a weekday without hours is one that nobody filled."""
        said = {field for field, raw in cells.items() if raw is not None and field != _KEY}
        return bool(said - {"id"}) if sheet.kind == "weekday" and self.exported is None else bool(said)

    def _lines(
        self, worksheet: Worksheet, sheet: Sheet, headers: dict[int, Column | str], header_row: int, width: int
    ) -> Iterator[tuple[int, dict[str, Raw]]]:
        """Give the rows below the header that hold anything, the example's left out."""
        examples = set(map(plain, everywhere(EXAMPLE).values()))
        rows = worksheet.iter_rows(min_row=header_row + 1, max_row=worksheet.max_row, max_col=width)
        for line, cells in enumerate(rows, header_row + 1):
            if plain(text_of(_value(cells[0]))) in examples:
                continue
            found: dict[str, Raw] = {}
            for place, cell in enumerate(cells):
                header = headers.get(place, "")
                field = header.field if isinstance(header, Column) else _KEY if header == ID_HEADER.ja else f"\0{place}"
                value = self._cell(cell, sheet, header)
                if value is not None or isinstance(header, Column):
                    found[field] = value
            if any(value is not None for value in found.values()):
                yield line, found

    def _cell(self, cell: Cell | MergedCell, sheet: Sheet, header: Column | str) -> Raw:
        name = header.header.ja if isinstance(header, Column) else header
        if cell.data_type == "f":
            what = say("workbook.formula")
            self._tell(what, sheet.title.ja, cell.row, name or cell.coordinate)
            return None
        if cell.data_type == "e":
            what = say("workbook.error_value", value=cell.value)
            self._tell(what, sheet.title.ja, cell.row, name or cell.coordinate)
            return None
        return _value(cell)

    def _columns(self, sheet: Sheet, headers: dict[int, Column | str], header_row: int, lines: list[Any]) -> None:
        """Tell of columns that are there and not known, twice, or needed and not there; each row loses what is not ours."""
        there = [header.field for header in headers.values() if isinstance(header, Column)]
        lacking = [column for column in sheet.columns if column.field not in there]
        used = {field for _, cells in lines for field in cells if field.startswith("\0") and field != _KEY}
        for _, cells in lines:
            for field in used & cells.keys():
                del cells[field]
        for place in sorted(int(field[1:]) for field in used):
            header = str(headers.get(place, ""))
            letter = get_column_letter(place + 1)
            near = nearest(header, [column.header.ja for column in lacking]) if header else None
            lacking = [column for column in lacking if column.header.ja != near]
            self._tell(_unknown_header(header, near, letter), sheet.title.ja, header_row, header or letter)
        for column in (c for c in sheet.columns if there.count(c.field) > 1):
            what = say("workbook.header_twice")
            self._tell(what, sheet.title.ja, header_row, column.header.ja)
        for column in (c for c in lacking if c.required and lines):
            what = say("workbook.header_missing")
            self._tell(what, sheet.title.ja, header_row, column.header.ja)

    def _exported(self, worksheet: Worksheet) -> None:
        """Read what the registry held when this file was written out."""
        found: dict[str, dict[str, Data]] = {kind: {} for kind in SHAPES}
        try:
            for kind, key, *chunks in worksheet.iter_rows(
                max_row=min(worksheet.max_row, MOST_ROWS * 10), values_only=True
            ):
                text = "".join(str(chunk) for chunk in chunks if chunk is not None)
                found[str(kind)][str(key)] = SHAPES[str(kind)].model_validate_json(text)
        except (ValidationError, KeyError, ValueError):
            what = say("workbook.record_broken")
            self._tell(what)
            return
        self.exported = found


def _headers(worksheet: Worksheet, sheet: Sheet, width: int) -> tuple[int, dict[int, Column | str]]:
    """Find the row of headers among the first ten: the one with most of the sheet's own."""
    known: dict[str, Column | str] = {
        plain(name): column for column in sheet.columns for name in (*everywhere(column.header).values(), column.field)
    }
    known |= {
        plain(old.ja): column for column in sheet.columns if (old := EARLIER_HEADERS.get((sheet.kind, column.field)))
    }
    known |= {plain(name): ID_HEADER.ja for name in (*everywhere(ID_HEADER).values(), "ID")} if sheet.ids else {}
    best: tuple[int, int, dict[int, Column | str]] = (0, HEADER_ROW, {})
    for line, cells in enumerate(worksheet.iter_rows(max_row=min(10, worksheet.max_row), max_col=width), 1):
        written = {place: text_of(_value(cell)) for place, cell in enumerate(cells)}
        named = {place: known.get(plain(text).rstrip(REQUIRED_SIGN), text) for place, text in written.items() if text}
        count = sum(isinstance(header, Column) for header in named.values())
        if count > best[0]:
            best = (count, line, named)
    return best[1], best[2]


def _value(cell: Cell | MergedCell) -> Raw:
    value = cell.value
    if isinstance(value, str):
        return value.strip() or None
    return value if isinstance(value, int | float | bool | datetime | date | time | None) else str(value)


def _key(raw: Raw) -> str | None:
    return None if raw is None else text_of(raw)


def _has_text(worksheet: Worksheet) -> bool:
    rows = worksheet.iter_rows(
        max_row=min(worksheet.max_row, 200), max_col=min(worksheet.max_column, 50), values_only=True
    )
    return any(value is not None for row in rows for value in row)


def _unknown_header(header: str, near: str | None, letter: str) -> Wording:
    if not header:
        return say("workbook.no_header", letter=letter)
    return say(f"workbook.unknown_header.{'near' if near else 'none'}", near=near)
