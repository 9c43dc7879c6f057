"""The registry's workbook in a director's hands: the template, opened and filled as one would in an evening."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from contacts.workbook import template
from contacts.workbook.layout import HEADER_ROW, REQUIRED_SIGN

NAME = "tomoshibi-contacts.xlsx"
"""What the template is called when it is sent."""


class Excel:
    """A workbook in a person's hands."""

    def __init__(self, content: bytes) -> None:
        self.book = load_workbook(BytesIO(content))

    def add(self, sheet: str, cells: Mapping[str, Any]) -> None:
        """Fill the next row of a sheet."""
        rows = self.book[sheet]
        headers = {str(c.value).rstrip(REQUIRED_SIGN): n for n, c in enumerate(rows[HEADER_ROW], 1)}
        line = rows.max_row + 1
        for header, value in cells.items():
            rows.cell(line, headers[header]).value = value

    def hours(self, day: str, sessions: str) -> None:
        """Fill a weekday."""
        rows = self.book["開いている時間"]
        line = next(n for n, row in enumerate(rows.iter_rows(values_only=True), 1) if row[1] == day and n > 3)
        rows.cell(line, 3).value = sessions

    def bytes(self) -> bytes:
        """Save it."""
        file = BytesIO()
        self.book.save(file)
        return file.getvalue()


def fill(book: Excel) -> Excel:
    """Fill the template as a director would, in an evening."""
    book.add(
        "施設",
        {
            "施設名": "みどり診療所",
            "種類": "診療所",
            "都道府県": "大阪府",
            "患者さん用の電話": "０３−１２３４−５６７８",
        },
    )
    for day in "月火水木金":
        book.hours(day, "9:00–12:30、15:00–18:30")
    book.add("休みの日", {"日付": "R8.12.29"})
    book.add("スタッフ", {"氏名": "高橋", "役割": "院長、安全管理責任者"})
    book.add("スタッフ", {"氏名": "田中", "役割": "看護師", "代行する役割": "院長、安全管理責任者"})
    book.add(
        "連絡先",
        {
            "区分": "事業者",
            "用件": "電子カルテ、レセコン",
            "名前": "あおばシステム",
            "電話番号": "03-1234-5670",
            "受付時間": "月–金 9:00–18:00",
            "番号を確かめた日": "2026/3/1",
        },
    )
    book.add(
        "システム",
        {
            "システム名": "電子カルテ",
            "種類": "電子カルテ・薬歴",
            "動く場所": "クラウド",
            "事業者": "あおばシステム",
            "重要度（1–5）": 5,
            "止まってよい時間": "4時間",
            "止まったときの代わり": "紙カルテ",
        },
    )
    book.add("備品", {"品名": "モバイルルーター", "種類": "モバイルルーター", "置き場所": "受付"})
    return book


def filled() -> bytes:
    """Give the template, filled."""
    return fill(Excel(template())).bytes()
