"""Whether a file is a workbook at all; whatever else somebody may send under that name is told apart."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import ParseError, iterparse

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.cell_range import CellRange

from contacts.phrasing import say
from contacts.written.mistakes import Unreadable

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 80 * 1024 * 1024
"""A workbook of 5,000 people unpacks to a few megabytes; a file made to fill the memory stops here."""

MOST_CELLS, CELLS_OF_A_SHEET = 300_000, 1000
"""Borders drawn down ten thousand rows of a sheet make some 200,000 cells; a sheet costs as much as so many, if it is empty."""

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def opened(data: bytes) -> Workbook:
    """Open a file's bytes as a workbook; Unreadable says what it is instead, and what to do. No formula is computed."""
    if not data:
        raise Unreadable(say("workbook.empty_file"))
    if len(data) > MOST_BYTES:
        raise _too_large()
    if data.startswith(_OLE):
        raise _locked() if _ENCRYPTED in data else _old()
    if not data.startswith(b"PK"):
        raise _text(data)
    _look_inside(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl leaves out (pictures, styles) says nothing about people
            return load_workbook(BytesIO(data), keep_links=False)
    except MemoryError:
        raise  # it is not the file that is broken
    except Exception as error:  # a damaged part makes openpyxl raise whatever its parts raise
        raise _broken() from error


def _look_inside(data: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            kind = archive.read("mimetype")[:60] if "mimetype" in archive.namelist() else b""
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise _broken() from error
    names = {part.filename for part in parts}
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _too_large()
    if any(part.flag_bits & 1 for part in parts):
        raise _locked()
    if "xl/workbook.xml" in names:
        _count(data)
        return
    if b"opendocument" in kind or any(name.startswith(("word/", "ppt/")) for name in names):
        raise Unreadable(say("workbook.no_workbook"))
    raise _broken()


def _count(data: bytes) -> None:
    """Look through the sheets as a stream: openpyxl makes an object of each cell, also of those that a merge only covers."""
    counted = 0
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if not name.startswith(("xl/worksheets/sheet", "xl/sharedStrings")):
                continue
            counted += CELLS_OF_A_SHEET
            for tag, reference in _elements(archive, name):
                counted += _area(reference) if tag == "mergeCell" else tag in ("c", "si")
                if counted > MOST_CELLS:
                    raise _too_large()


def _elements(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, str]]:
    try:
        with archive.open(name) as part:
            for _, element in iterparse(part):  # noqa: S314  (expat bounds what entities grow to; where strangers send it, so does a limit)
                yield element.tag.rpartition("}")[2], element.get("ref", "")
                element.clear()
    except (ParseError, zipfile.BadZipFile, zlib.error, OSError, NotImplementedError) as error:
        raise _broken() from error


def _area(reference: str) -> int:
    try:
        size = CellRange(reference).size
    except (TypeError, ValueError) as error:
        raise _broken() from error
    return int(size["columns"] * size["rows"])


def _text(data: bytes) -> Unreadable:
    if b"\0" in data[:4096]:
        return _broken()
    return Unreadable(say("workbook.text_file"))


def _locked() -> Unreadable:
    return Unreadable(say("workbook.locked"))


def _old() -> Unreadable:
    return Unreadable(say("workbook.old_format"))


def _broken() -> Unreadable:
    return Unreadable(say("workbook.broken"))


def _too_large() -> Unreadable:
    return Unreadable(say("workbook.too_large"))
