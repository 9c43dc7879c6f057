"""A workbook is read in a process of its own, which ends when the file asks too much of it."""

from __future__ import annotations

import sys
from io import BytesIO

import pytest
from openpyxl import Workbook

from bot.tending.apart import without_secrets
from bot.tending.reading_apart import read_apart
from contacts.workbook import read
from tests.filled_workbook import filled

TOO_MUCH = "時間かメモリ"


def with_rows(count: int) -> bytes:
    """Make a workbook with a sheet of so many rows."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("スタッフ")
    for number in range(count):
        sheet.append([number])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


async def test_it_reads_what_reading_here_reads() -> None:
    """The same rows, the same mistakes."""
    content = filled()
    assert await read_apart(content) == read(content)


@pytest.mark.skipif(sys.platform == "win32", reason="this system limits no process's memory")
async def test_a_file_that_fills_memory_is_a_mistake_of_the_file() -> None:
    """Its sender reads what to take out; we go on."""
    book = await read_apart(with_rows(20_000), memory=1)
    assert [TOO_MUCH in mistake.in_language("ja") for mistake in book.mistakes] == [True]


async def test_a_file_that_takes_for_ever_is_one_too() -> None:
    """Also where only the clock on the wall says so."""
    book = await read_apart(filled(), lasts=0.001)
    assert [TOO_MUCH in mistake.in_language("ja") for mistake in book.mistakes] == [True]


async def test_nothing_secret_goes_along(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that reads a stranger's file knows no token."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:secret")
    assert "TELEGRAM_BOT_TOKEN" not in without_secrets()
