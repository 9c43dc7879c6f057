"""The finish of a Word file: names that need care, and one order of its parts."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from xml.dom.minidom import parseString
from zipfile import ZipFile

import pypandoc

from bot.documents.paper.word_file import finished


def test_a_name_with_signs_of_xml(tmp_path: Path) -> None:
    """Title, facility and foot may hold any sign; the parts stay well-formed, in one order, with the page's number."""
    out = tmp_path / "x.docx"
    pypandoc.convert_text("# a\n\n|a|b|\n|-|-|\n|1|2|\n", "docx", format="markdown", outputfile=str(out))
    raw = out.read_bytes()
    made = finished(
        raw,
        title="A & <B>",
        facility="「髙」",
        marks="",
        foot='"x"',
        language="en",
        date=datetime(2027, 4, 1, tzinfo=UTC),
    )
    with ZipFile(BytesIO(made)) as file:
        for name in (n for n in file.namelist() if n.endswith((".xml", ".rels"))):
            parseString(file.read(name))  # noqa: S318  (we have made it ourselves)
        assert file.namelist()[0] == "[Content_Types].xml"
        assert "2027-04-01T00:00:00Z" in file.read("docProps/core.xml").decode()
        assert "NUMPAGES" in file.read("word/footer1.xml").decode()
