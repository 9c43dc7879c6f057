"""Workbooks as we write them."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import cast

import pytest

from contacts.labels import EARLIER_PLACE, PLACE
from contacts.rows.sheets import EARLIER_TITLES, EXAMPLE, SHEETS, Sheet
from contacts.workbook import export, read, template
from contacts.workbook.layout import EXPORTED, FIRST_ROW, HEADER_ROW, HOW_TO, LISTS
from contacts.written.cells import ChoiceCell, Raw
from tests.contacts.book import RECEPTION, TODAY, VENDOR, Book, registry


def test_a_template_is_made_for_people() -> None:
    """Notes first, a sheet for each kind in Japanese; what is only for the machine does not show."""
    book = Book.template().book

    assert book.sheetnames == [HOW_TO.ja, *(s.title.ja for s in SHEETS), LISTS]
    assert book[LISTS].sheet_state == "veryHidden"
    assert any(
        "数式は使えません" in str(cell.value) for (cell,) in Book.template().sheet(HOW_TO.ja).iter_rows(max_col=1)
    )


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda s: s.kind)
def test_each_sheet_shows_how(sheet: Sheet) -> None:
    """A header for each column, the required ones marked, and an example whose every cell reads."""
    rows = list(
        Book.template().sheet(sheet.title.ja).iter_rows(min_row=HEADER_ROW, max_row=3, min_col=1, values_only=True)
    )

    assert rows[0][1:] == tuple(c.header.ja + ("※" if c.required else "") for c in sheet.columns)
    assert rows[1][0] == EXAMPLE.ja
    for column, value in zip(sheet.columns, rows[1][1:], strict=True):
        assert value is not None or not column.required
        if value is not None and "0000-000" not in str(value):
            column.form.read(cast("Raw", value))


def test_example_numbers_reach_nobody() -> None:
    """They look like numbers and can't be dialled."""
    numbers = re.findall(r"\d{2,4}-\d{4}-\d{4}", " ".join(str(c.example) for s in SHEETS for c in s.columns))

    assert numbers
    assert all(n.startswith("03-0000-") for n in numbers)


def test_choices_are_offered() -> None:
    """Roles, kinds, yes and no from lists, vendors from the sheet of contacts; a drop-down offers and never insists."""
    book = Book.template()
    offers = {s.title.ja: book.sheet(s.title.ja).data_validations.dataValidation for s in SHEETS}

    assert [v.formula1 for v in offers["システム"] if "連絡先" in str(v.formula1)] == ["'連絡先'!$D$4:$D$300"]
    assert len(offers["スタッフ"]) == 5
    assert not any(v.showErrorMessage for found in offers.values() for v in found)


def test_numbers_stay_as_typed() -> None:
    """Columns of text are text before anybody types: Excel drops no leading 0 and makes no date of 3-1."""
    sheet = Book.template().sheet("連絡先")

    assert sheet.column_dimensions["E"].number_format == "@"


@pytest.mark.parametrize("text", ["=1+1", "+81312345678", "-x", "@SUM(A1)", "=cmd|'/c calc'!A0", "#N/A", "TRUE", "007"])
def test_a_text_never_becomes_a_formula(text: str) -> None:
    """Whatever somebody was called: it is written as text, and Excel is told to leave it so."""
    book = Book.of(
        registry(RECEPTION.model_copy(update={"name": text}), VENDOR.model_copy(update={"note": text, "name": text}))
    )

    for sheet in book.book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type not in {"f", "e"}
                if cell.value == text and sheet.title != EXPORTED:
                    assert cell.quotePrefix is (text[0] in "=+-@")


def test_no_formula_in_the_file_itself() -> None:
    """Not one, looked for in its bytes."""
    data = export(registry(VENDOR.model_copy(update={"note": "=1+1"})), TODAY)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]

    assert len(sheets) > len(SHEETS)
    assert not any("<f>" in text or "<f " in text for text in sheets)


def test_what_an_export_remembers_survives_excel() -> None:
    """Excel reads ``_x0041_`` in any text as A, and would write it back so: no such thing stands there."""
    held = registry(VENDOR.model_copy(update={"note": "_x0041_"}))
    texts = [str(cell.value) for row in Book.of(held).sheet(EXPORTED).iter_rows() for cell in row]

    assert not any("_x" in text for text in texts)
    assert read(Book.of(held).bytes()).exported == held


def test_whoever_left_is_not_in_an_export() -> None:
    """Nor in what it remembers."""
    book = Book.of(registry(RECEPTION.model_copy(update={"status": "left"})))
    texts = {str(cell.value) for sheet in book.book.worksheets for row in sheet.iter_rows() for cell in row}

    assert not any("佐藤" in text or "\\u4f50\\u85e4" in text for text in texts)
    assert any("田中" in text for text in texts)


def test_an_export_is_dated() -> None:
    """So that a print-out on the wall tells its age."""
    assert "2026-11-23" in str(Book.of(registry()).sheet(HOW_TO.ja)["A1"].value)
    assert template() != export(registry(), TODAY)


def test_a_template_prints_on_a_page_across() -> None:
    """Each sheet fits the width of A4 landscape; the example and the column that is for the program stay off the paper."""
    book = Book.template()
    for sheet in SHEETS:
        worksheet = book.sheet(sheet.title.ja)
        assert (worksheet.page_setup.paperSize, worksheet.page_setup.orientation) == (9, "landscape")
        assert (worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight) == (1, 0)
        assert worksheet.print_title_rows == "$1:$2"
        assert f"!$B${FIRST_ROW + 1}:" in worksheet.print_area
        assert EXAMPLE.ja in str(worksheet.cell(FIRST_ROW, 1).value)


def test_a_workbook_with_the_names_of_before_is_read() -> None:
    """Who still has a template with 「責任分界」, 「診療時間」, 「院内」 and 「はじめの言語」 fills it in as before."""
    book = Book.template()
    for sheet in SHEETS:
        if sheet.kind in EARLIER_TITLES:
            book.sheet(sheet.title.ja).title = EARLIER_TITLES[sheet.kind].ja
    facility = book.sheet("施設")
    facility.cell(2, book.place("施設", "標準の言語")).value = "はじめの言語"
    hours = book.sheet("診療時間")
    hours.cell(2, book.place("診療時間", "開いている時間")).value = "診療時間"
    book.put("診療時間", 4, "診療時間", "9:00–12:30")
    book.add("システム", {"システム名": "カルテ", "動く場所": "院内"})
    book.add("責任分界", {"システム": "カルテ", "作業": "ログ"})
    book.add("施設", {"施設名": "みなと薬局", "はじめの言語": "英語"})
    found = read(book.bytes())

    assert found.rows["responsibility"][0].cells["task"] == "ログ"
    assert found.rows["facility"][0].cells["language"] == "英語"
    assert found.rows["weekday"][0].cells["sessions"] == "9:00–12:30"
    assert ChoiceCell(PLACE, EARLIER_PLACE).read(found.rows["system"][0].cells["runs"]) == "onpremises"
    assert not [mistake for mistake in found.mistakes if mistake.sheet in ("責任分界", "外部接続", "診療時間")]
