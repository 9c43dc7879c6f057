"""The sheets and their columns."""

from __future__ import annotations

import pytest

from contacts.registry import SHAPES
from contacts.rows.facets import DayOff, WeekdayHours
from contacts.rows.sheets import CONTACTS, SHEETS, Sheet
from contacts.written.likeness import plain
from playbooks.texts import Data

NOT_IN_A_SHEET = {
    "facility": {"zone", "sessions", "closed", "half_days", "marked"},
    "member": {"id", "channels"},
    "day_off": {"id"},
    "contact": {"id", "doubted_on", "doubted_numbers"},
}
"""Fields that no cell of the kind's own sheet holds: ids, the calendar (which has sheets), what is said in the chat."""


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda s: s.kind)
def test_every_field_has_its_column(sheet: Sheet) -> None:
    """Nothing that the registry knows is out of Excel's reach, and no column fills a field that is not there."""
    shapes: dict[str, type[Data]] = {**SHAPES, "weekday": WeekdayHours, "day_off": DayOff}
    shape = shapes[sheet.kind]

    assert {c.field for c in sheet.columns} == set(shape.model_fields) - NOT_IN_A_SHEET.get(
        sheet.kind, {"id"} - {c.field for c in sheet.columns}
    )


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda s: s.kind)
def test_headers_are_told_apart(sheet: Sheet) -> None:
    """In both languages, width and case aside."""
    assert (
        len({plain(c.header.ja) for c in sheet.columns})
        == len({plain(c.header.en) for c in sheet.columns})
        == len(sheet.columns)
    )


def test_sheets_are_told_apart() -> None:
    """By both names, and every kind of the registry has one; Excel takes names of 31 signs."""
    assert len({plain(s.title.ja) for s in SHEETS} | {plain(s.title.en) for s in SHEETS}) == 2 * len(SHEETS)
    assert set(SHAPES) <= {s.kind for s in SHEETS}
    assert all(len(s.title.ja) <= 31 for s in SHEETS)


def test_a_column_by_its_field() -> None:
    """Or KeyError."""
    assert CONTACTS.column("number").header.ja == "電話番号"
    with pytest.raises(KeyError):
        CONTACTS.column("shoe_size")
