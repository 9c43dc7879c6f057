"""A year of drills with a bot that is off now and then: nothing is lost, nothing said twice, no day that doesn't do."""

from __future__ import annotations

import pytest

from tests.drill_year import Year, played


def of(total: Year) -> tuple[list[str], list[str], list[str]]:
    """Give what went wrong."""
    return total.lost, total.doubled, total.forbidden


def test_two_years() -> None:
    """Reminders lost 0, doubled 0, drills on forbidden days 0; and the years were full ones."""
    total = played(range(2))

    assert of(total) == ([], [], [])
    assert total.counts["DrillSignedOff"] > 16
    assert total.counts["DrillMissed"] > 4
    assert total.counts["DrillMoved"] > 4


@pytest.mark.long
@pytest.mark.parametrize("first", range(0, 1000, 25))
def test_a_thousand_years(first: int) -> None:
    """The same for a thousand seeds, twenty-five at a time."""
    assert of(played(range(first, first + 25))) == ([], [], [])
