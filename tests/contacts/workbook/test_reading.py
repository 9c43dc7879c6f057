"""Reading workbooks that people have filled, moved about and spoilt."""

from __future__ import annotations

import pytest
from openpyxl.worksheet.formula import ArrayFormula

from contacts.workbook import read, template
from contacts.workbook.layout import EXPORTED, MOST_ROWS
from contacts.written.mistakes import Mistake
from tests.contacts.book import TITLES, Book, registry

STAFF, OUTSIDE = "スタッフ", "連絡先"


def told(book: Book) -> list[tuple[str | None, int | None, str | None, str]]:
    """Give the mistakes of a workbook."""
    return [(m.sheet, m.row, m.column, m.what.ja) for m in read(book.bytes()).mistakes]


def test_a_file_that_is_no_workbook_is_one_mistake() -> None:
    """Never an exception."""
    (mistake,) = read(b"a,b,c").mistakes

    assert isinstance(mistake, Mistake)
    assert "CSV" in mistake.what.ja


def test_an_untouched_template_holds_no_row() -> None:
    """Examples are passed over, wherever they have been moved; so are the notes."""
    workbook = read(template())

    assert set(map(len, workbook.rows.values())) == {0}
    assert (workbook.mistakes, workbook.exported) == ((), None)


def test_rows_know_their_line_and_their_id() -> None:
    """Cells by field, the empty ones None, blank rows in between passed over."""
    book = Book.of(registry())
    book.sheet(STAFF).insert_rows(4, 2)
    rows = read(book.bytes()).rows["member"]

    assert [(row.line, row.key, row.cells["name"]) for row in rows] == [
        (3, "m1", "高橋"),
        (6, "m2", "田中"),
        (7, "m3", "佐藤"),
    ]
    assert rows[0].cells["absent_from"] is None


def test_headers_are_found_where_they_are() -> None:
    """Below a title of one's own, in English, in full width, with or without the sign for required."""
    book = Book.of(registry())
    book.sheet(STAFF).insert_rows(1, 3)
    book.sheet(STAFF).cell(5, book.sheet(STAFF).max_column).value = None
    book = Book.of(registry())
    book.put(OUTSIDE, 2, "電話番号", "ＮＵＭＢＥＲ")
    book.sheet(OUTSIDE).insert_rows(1, 3)
    book.sheet(OUTSIDE)["A1"] = "うちの名簿"

    workbook = read(book.bytes())
    assert workbook.mistakes == ()
    assert [row.cells["number"] for row in workbook.rows["contact"]][-1] == "03-1234-5678"


def test_columns_may_stand_in_another_order_or_be_left_out() -> None:
    """What is not there says nothing."""
    book = Book.of(registry())
    book.sheet(STAFF).move_range(f"B2:B{book.sheet(STAFF).max_row}", cols=15)
    book.sheet(STAFF).delete_cols(3)
    workbook = read(book.bytes())

    assert workbook.mistakes == ()
    assert [row.cells["name"] for row in workbook.rows["member"]] == ["高橋", "田中", "佐藤"]
    assert "roles" not in workbook.rows["member"][0].cells


def test_a_renamed_header() -> None:
    """Did you mean …? The column is not taken for missing as well."""
    book = Book.of(registry())
    book.put(STAFF, 2, "氏名", "お名前（氏名）")

    assert told(book) == [(STAFF, 2, "お名前（氏名）", "この見出しはわかりません。「氏名」のことですか？")]


def test_a_missing_column_that_is_needed() -> None:
    """Is named."""
    book = Book.of(registry())
    book.sheet(STAFF).delete_cols(book.place(STAFF, "氏名"))

    assert told(book) == [(STAFF, 2, "氏名", "この見出しの列がありません")]


def test_a_header_twice_and_one_that_is_gone() -> None:
    """Which one would count? And what would stand there?"""
    book = Book.of(registry())
    book.put(STAFF, 2, "言語", "役割")
    assert (STAFF, 2, "役割", "この見出しが2つ以上あります") in told(book)

    book = Book.of(registry())
    book.put(STAFF, 2, "言語", None)
    assert any("見出しがありません" in what for *_, what in told(book))


def test_a_sheet_without_headers() -> None:
    """Is told; nothing of it is guessed."""
    book = Book.of(registry())
    book.sheet(STAFF).delete_rows(2)

    assert any(sheet == STAFF and "見出しの行が見つかりません" in what for sheet, _, _, what in told(book))


@pytest.mark.parametrize(("title", "says"), [("スタッフ一覧", "「スタッフ」のことなら"), ("メモ", "消すか")])
def test_a_wrong_sheet(title: str, says: str) -> None:
    """A renamed one, or one of somebody's own: told, unless it is empty."""
    book = Book.of(registry())
    book.book.create_sheet("Sheet1")
    assert told(book) == []

    book.sheet(STAFF).title = title
    ((sheet, _, _, what),) = told(book)
    assert sheet == title
    assert says in what


def test_a_workbook_of_something_else() -> None:
    """No sheet of ours at all."""
    book = Book.template()
    for title in TITLES:
        del book.book[title]

    assert [what for *_, what in told(book)] == ["読めるシートがありません。ひな形を使ってください"]


def test_merged_cells() -> None:
    """Are told with their place; a title may be merged."""
    book = Book.of(registry())
    book.sheet(STAFF).merge_cells("A1:D1")
    assert told(book) == []

    book.sheet(STAFF).merge_cells("C3:C4")
    assert told(book) == [(STAFF, 3, None, "結合されたセル（C3:C4）があります。結合を解除してください")]


@pytest.mark.parametrize(
    "formula", ["=1+1", '=HYPERLINK("http://example.com","x")', "=cmd|'/c calc'!A0", ArrayFormula("C5", "=A1:A2")]
)
def test_formulas_are_refused(formula: object) -> None:
    """Never computed, and not their last result either: who knows when that was."""
    book = Book.of(registry())
    book.put(STAFF, 5, "役割", formula)

    assert told(book) == [(STAFF, 5, "役割", "数式は読みません。値だけを貼り付けてください")]


def test_errors_of_excel_are_told() -> None:
    """As what they are."""
    book = Book.of(registry())
    book.put(STAFF, 5, "役割", "#REF!")

    assert told(book) == [(STAFF, 5, "役割", "「#REF!」はExcelのエラーです。値を書き直してください")]


def test_more_rows_than_anybody_has() -> None:
    """Stray formats at the bottom of a sheet don't cost minutes."""
    book = Book.of(registry())
    book.sheet(STAFF).cell(1_000_000, 2).value = "x"
    ((sheet, _, _, what),) = told(book)

    assert sheet == STAFF
    assert str(MOST_ROWS) in what


def test_an_export_remembers_what_there_was() -> None:
    """Row by row, also long ones."""
    held = registry()
    contact = held["contact"]["ehr"].model_copy(update={"note": "長い" * 40_000})
    held["contact"]["ehr"] = contact

    assert read(Book.of(held).bytes()).exported == held


@pytest.mark.parametrize("value", ["{", "null", '{"id": 3}'])
def test_a_spoilt_memory_is_told(value: str) -> None:
    """Rather than taken for: everything was removed."""
    book = Book.of(registry())
    book.sheet(EXPORTED).cell(3, 3).value = value

    assert [what[:12] for *_, what in told(book)] == ["書き出したときの記録が壊"]
