"""What one row says anew."""

from __future__ import annotations

from typing import Any

import pytest

from contacts.rows.naming import Naming, filled
from contacts.rows.row_reading import Compared, RowNames, RowReading, defaults_of
from contacts.rows.sheets import CONTACTS, EQUIPMENT, SYSTEMS
from contacts.rows.tables import Row
from contacts.shapes.outside import Contact
from contacts.written.mistakes import Mistake
from playbooks.texts import Data
from tests.contacts.book import KARTE, ROUTER, TODAY, VENDOR, registry

NAMES = Naming.of(registry())


def news(row: Data, cells: dict[str, Any], now: Data | None = None) -> tuple[dict[str, Any], list[Mistake]]:
    """Give what a row of the exported file says anew after some cells were changed."""
    sheet = {type(VENDOR): CONTACTS, type(KARTE): SYSTEMS, type(ROUTER): EQUIPMENT}[type(row)]
    told: list[Mistake] = []
    reading = RowReading(sheet, RowNames(NAMES, NAMES), TODAY, told.append)
    found = reading.news(Row(7, "x", {**filled(sheet, row, NAMES), **cells}), Compared(row, now or row))
    return found, told


@pytest.mark.parametrize("row", [VENDOR, KARTE, ROUTER])
def test_a_row_as_it_was_says_nothing(row: Data) -> None:
    """Whatever is in it."""
    assert news(row, {}) == ({}, [])


def test_the_same_in_other_words_says_nothing() -> None:
    """Full width, another way of writing hours or yes."""
    assert news(
        VENDOR, {"number": "０３１２３４５６７８", "open_hours": "平日 9:00-18:00", "verified_on": "R8.11.1"}
    ) == ({}, [])
    assert news(ROUTER, {"works": True, "kind": "モバイル ルーター"}) == ({}, [])


def test_only_what_changed_is_news() -> None:
    """An emptied cell as None."""
    assert news(KARTE, {"importance": "４", "vendor": None, "restore_order": 1.0}) == (
        {"importance": 4, "vendor": None},
        [],
    )


def test_a_number_that_was_kept_before_there_were_checks() -> None:
    """Stays as it is as long as nobody touches it."""
    old = VENDOR.model_copy(update={"number": "代表 1234"})

    assert news(old, {"note": "x"}) == ({"note": "x"}, [])
    assert news(old, {"number": "03-1234-5678"})[0] == {"number": "03-1234-5678"}


@pytest.mark.parametrize(
    ("cells", "column", "says"),
    [
        ({"name": None}, "名前", "空です"),
        ({"number": "03-ABCD"}, "電話番号", "ABCD"),
        ({"verified_on": "2026/11/24"}, "番号を確かめた日", "未来"),
        ({"kind": "悪者"}, "区分", "選べません"),
    ],
)
def test_a_mistake_names_its_cell(cells: dict[str, Any], column: str, says: str) -> None:
    """Sheet, row and header; and leaves the field out."""
    found, told = news(VENDOR, cells)

    assert found == {}
    assert [(m.sheet, m.row, m.column, says in m.what.ja) for m in told] == [("連絡先", 7, column, True)]


def test_one_name_where_one_is_asked_for() -> None:
    """Two vendors of one system would leave open whom to call."""
    assert "1つだけ" in news(KARTE, {"vendor": "株式会社カルテ、警察（緊急）"})[1][0].what.ja


def test_what_both_sides_changed_is_nobodys_to_overwrite() -> None:
    """The chat changed the number after the export, the file changes it, too: it is told, not decided."""
    now = VENDOR.model_copy(update={"number": "03-1234-1111"})

    assert "03-1234-1111" in news(VENDOR, {"number": "03-1234-2222"}, now)[1][0].what.ja
    assert news(VENDOR, {"number": "03-1234-1111"}, now)[1] == []
    assert news(VENDOR, {"note": "x"}, now) == ({"note": "x"}, [])


def test_an_emptied_cell_is_the_fields_default() -> None:
    """Never None where None may not stand."""
    assert defaults_of(Contact, {"open_hours": None, "note": None, "name": None, "number": "110"}) == {
        "open_hours": {},
        "note": None,
        "number": "110",
    }
