"""A few worlds of those that ``make torture`` plays for as long as one likes."""

from __future__ import annotations

import pytest

from tests.torture.world import played

SEEDS = (8, 22, 23)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_laws_hold_whatever_happens(seed: int) -> None:
    """People behave badly, disk and line fail, the process dies and comes back: every law holds after every step."""
    came = played(seed, steps=6, settles=240)

    assert came.entries > 50
    assert came.sent > 50
    assert came.faults.total() > 0


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1000, 1030))
def test_the_laws_hold_for_hours(seed: int) -> None:
    """The same for longer."""
    played(seed, steps=40)
