"""Paper: HTML, Word and PDF/A of one Markdown; whole, in our fonts, and the same bytes each time."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from bot.documents.paper.markdown import escape, table
from bot.documents.paper.press import PaperSheet, to_docx, to_html, to_pdf
from tests.bot.documents.paper.test_markdown import HOSTILE
from tests.bot.documents.sources import text_of

SHEET = PaperSheet(
    "時系列<記録>",
    "あかり診療所 & 薬局",
    "ja",
    datetime(2027, 4, 1, tzinfo=UTC),
    banner="【訓練】",
    draft="下書き",
    foot="記録 drill-1 #x",
    log='{"seq":1}\n',
)
ROWS = 200


@pytest.fixture(scope="module")
def long() -> str:
    """A table over many pages, with everything hostile in it."""
    rows = [(f"R{n:04}", HOSTILE[n % len(HOSTILE)] + (" 長い文" * n if n % 40 == 0 else "")) for n in range(ROWS)]
    return f"# 題\n{table((10, 90), ('番号', '何を'), rows)}\n\n::: card\n{escape('𓀀 #x')}\n:::\n\n- [ ] x\n"


@pytest.fixture(scope="module")
def pdf(long: str) -> bytes:
    """That table as PDF."""
    return to_pdf(long, SHEET)


def test_no_row_vanishes(pdf: bytes) -> None:
    """Every row of a table over many pages is on paper, once, and its header on each of them."""
    said = text_of(pdf)
    pages = len(PdfReader(BytesIO(pdf)).pages)

    assert [n for n in range(ROWS) if said.count(f"R{n:04}") != 1] == []
    assert pages > 4
    assert said.count("番号") >= pages - 1
    assert "U+13000 EGYPTIAN HIEROGLYPH A001" in said


def test_each_page_says_what_it_is(pdf: bytes) -> None:
    """Facility, drill, draft, run and page stand on each page."""
    pages = PdfReader(BytesIO(pdf)).pages
    for number, page in enumerate(pages, start=1):
        said = page.extract_text()
        for wanted in (
            "あかり診療所 & 薬局",
            "【訓練】",
            "下書き",
            "時系列<記録>",
            "drill-1 #x",
            f"{number} / {len(pages)}",
        ):
            assert wanted.replace(" ", "") in said.replace(" ", ""), (number, wanted)


def test_it_is_pdf_a_with_its_fonts(pdf: bytes) -> None:
    """It calls itself PDF/A-3b, and every font it uses is inside."""
    reader = PdfReader(BytesIO(pdf))
    about = reader.trailer["/Root"]["/Metadata"].get_data().decode()  # type: ignore[index]

    assert "<pdfaid:part>3</pdfaid:part>" in about
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in about
    fonts = [font for page in reader.pages for font in fonts_of(page)]
    assert fonts
    assert [name for name, inside in fonts if not inside] == []


def fonts_of(page: Any) -> list[tuple[str, bool]]:
    """Give the fonts of a page and whether they are embedded."""
    fonts = [f.get_object() for f in page["/Resources"]["/Font"].values()]
    told = [(f, f["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()) for f in fonts]
    return [(str(f["/BaseFont"]), any(key in d for key in ("/FontFile", "/FontFile2", "/FontFile3"))) for f, d in told]


def test_the_log_is_inside(pdf: bytes, long: str) -> None:
    """The log is attached as it stands; without one nothing is."""
    assert PdfReader(BytesIO(pdf)).attachments["journal.jsonl"] == [b'{"seq":1}\n']
    bare = PaperSheet("壁", "x", "en", SHEET.date)
    assert not PdfReader(BytesIO(to_pdf("# x\n", bare))).attachments


def test_a_web_page_needs_no_other(long: str) -> None:
    """Nothing is loaded from elsewhere, nothing typed runs, the drill is named, the language too."""
    page = to_html(long, SHEET).decode()

    assert '<html lang="ja">' in page
    assert "【訓練】" in page
    assert "<script" not in page
    assert "src=" not in page.replace("src=&quot;", "")
    assert "<title>時系列&lt;記録&gt;</title>" in page


def test_a_word_file_is_whole(long: str) -> None:
    """A4, Japanese fonts, header and page numbers, its own time only; every row is there."""
    made = to_docx(long, SHEET)
    with ZipFile(BytesIO(made)) as file:
        assert {entry.date_time[0] for entry in file.infolist()} == {1980}
        text, styles, header = (file.read(f"word/{n}.xml").decode() for n in ("document", "styles", "header1"))

    assert [n for n in range(ROWS) if f"R{n:04}" not in text] == []
    assert "Yu Gothic" in styles
    assert "【訓練】　下書き" in header
    assert 'w:w="11906"' in text
    assert made == to_docx(long, SHEET)
