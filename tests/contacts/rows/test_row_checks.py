"""What a row has to be, taken as a whole."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from contacts.rows.row_checks import row_flaws
from playbooks.texts import Data
from tests.contacts.book import CONTRACT, KARTE, RECEPTION, VENDOR


@pytest.mark.parametrize(
    ("row", "changes", "field"),
    [
        (CONTRACT, {"end": date(2024, 3, 31)}, "end"),
        (RECEPTION, {"absent_from": date(2026, 12, 2), "absent_until": date(2026, 12, 1)}, "absent_until"),
        (RECEPTION, {"absent_until": date(2026, 12, 1)}, "absent_from"),
        (VENDOR, {"services": ("police",)}, "services"),
    ],
)
def test_cells_that_are_fine_and_a_row_that_is_not(row: Data, changes: dict[str, Any], field: str) -> None:
    """The field to mend is named."""
    assert [f for f, _ in row_flaws(row.model_copy(update=changes))] == [field]
    assert list(row_flaws(row)) == []


@pytest.mark.parametrize(
    "row",
    [
        KARTE,
        CONTRACT.model_copy(update={"end": CONTRACT.start}),
        RECEPTION.model_copy(update={"absent_from": date(2026, 12, 1), "absent_until": date(2026, 12, 1)}),
    ],
)
def test_one_day_is_long_enough(row: Data) -> None:
    """Beginning and end may be the same day."""
    assert list(row_flaws(row)) == []
