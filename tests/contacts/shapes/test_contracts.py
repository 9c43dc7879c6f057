"""The days that count in a contract."""

from __future__ import annotations

from datetime import date

import pytest

from contacts.shapes.contracts import Contract

YEARLY = Contract(id="k", name="保守", end=date(2026, 3, 31), auto_renewal=True, notice_days=90)


@pytest.mark.parametrize(
    ("today", "end"),
    [((2026, 3, 31), (2026, 3, 31)), ((2026, 4, 1), (2027, 3, 31)), ((2031, 1, 1), (2031, 3, 31))],
)
def test_a_contract_that_renews_itself_has_its_next_end(today: tuple[int, int, int], end: tuple[int, int, int]) -> None:
    """Term by term from the end that was entered, however long ago that was."""
    assert YEARLY.runs_out(date(*today)) == date(*end)


def test_notice_counts_back_from_that_end() -> None:
    """Where no period is agreed, the end itself is the last day; without an end there is none."""
    assert YEARLY.notice_by(date(2026, 4, 1)) == date(2026, 12, 31)
    assert YEARLY.model_copy(update={"notice_days": None}).notice_by(date(2026, 3, 1)) == date(2026, 3, 31)
    assert Contract(id="k", name="保守").notice_by(date(2026, 3, 1)) is None


def test_only_what_nothing_renews_is_over() -> None:
    """From the day after its last one."""
    fixed = YEARLY.model_copy(update={"auto_renewal": False})

    assert not YEARLY.ended(date(2030, 1, 1))
    assert [fixed.ended(day) for day in (date(2026, 3, 31), date(2026, 4, 1))] == [False, True]


def test_months_of_unequal_length() -> None:
    """A term of one month that ends on the 31st ends on the last of each month, and comes back to the 31st."""
    monthly = YEARLY.model_copy(update={"renewal_months": 1, "end": date(2026, 1, 31)})

    assert monthly.runs_out(date(2026, 2, 10)) == date(2026, 2, 28)
    assert monthly.runs_out(date(2026, 3, 10)) == date(2026, 3, 31)
