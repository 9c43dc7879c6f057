"""Whether a file is a workbook, and what it is if not."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from contacts.workbook import template
from contacts.workbook.recognising import CELLS_OF_A_SHEET, MOST_BYTES, MOST_CELLS, MOST_UNPACKED, opened
from contacts.written.mistakes import Unreadable

OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def archive(**parts: bytes) -> bytes:
    """Make a zip file; in the names __ stands for / and _dot_ for a dot."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return file.getvalue()


def sheets(*parts: bytes) -> bytes:
    """Make a workbook of sheets that hold these parts and nothing else."""
    named = {
        f"xl__worksheets__sheet{n}_dot_xml": b"<worksheet>" + part + b"</worksheet>" for n, part in enumerate(parts)
    }
    return archive(xl__workbook_dot_xml=b"<workbook/>", **named)


def encrypted_zip() -> bytes:
    """Make an archive whose parts say that they are encrypted."""
    data = bytearray(archive(xl__workbook_dot_xml=b"<x/>"))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "空です"),
        ("氏名,役割\n高橋,院長\n".encode("cp932"), "CSV"),
        ("\ufeff氏名,役割\n".encode(), "CSV"),
        (b"<html><table></table></html>", "文字のファイル"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "パスワード"),
        (OLE + b"\0" * 600, ".xls"),
        (encrypted_zip(), "パスワード"),
        (b"PK\x03\x04 and then nothing", "壊れて"),
        (b"\x89PNG\r\n\0\0\0", "壊れて"),
        (template()[: len(template()) // 2], "壊れて"),
        (archive(xl__workbook_dot_xml=b"<workbook"), "壊れて"),
        (archive(something=b"x"), "壊れて"),
        (archive(word__document_dot_xml=b"<x/>"), "Excelのファイルではありません"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "Excelのファイルではありません"),
        (archive(xl__workbook_dot_xml=b"\0" * (MOST_UNPACKED + 1)), "大きすぎ"),
        (sheets(b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), "大きすぎ"),
        (sheets(*[b"<sheetData/>"] * (MOST_CELLS // CELLS_OF_A_SHEET + 1)), "大きすぎ"),
        (sheets(b"<sheetData><row>" + b"<c/>" * MOST_CELLS + b"</row></sheetData>"), "大きすぎ"),
        (sheets(b'<mergeCells><mergeCell ref="all"/></mergeCells>'), "壊れて"),
        (b"PK" + b"\0" * MOST_BYTES, "大きすぎ"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_what_is_no_workbook_is_told_apart(data: bytes, says: str) -> None:
    """A CSV by that name, a password, the old format, another program's, a broken or a monstrous one: each with its cure."""
    with pytest.raises(Unreadable) as refused:
        opened(data)
    assert says in refused.value.reason.ja
    assert refused.value.reason.en


def test_a_workbook_opens() -> None:
    """And is only read."""
    assert "スタッフ" in opened(template()).sheetnames


@pytest.mark.parametrize("place", range(0, 20_000, 1_500))
def test_a_damaged_workbook_never_brings_us_down(place: int) -> None:
    """Whatever byte is wrong: it opens, or it is said that it does not."""
    data = bytearray(template())
    data[place % len(data)] ^= 0xFF
    try:
        opened(bytes(data)).close()
    except Unreadable as refused:
        reason = refused.reason.ja
    else:
        reason = ""
    assert reason == "" or "壊れて" in reason or "大きすぎ" in reason or "パスワード" in reason or "文字の" in reason
