"""How the first minutes go among slow people, beside the yardstick: ``python -m tests.world --seeds 1-200``. Proves nothing."""

from __future__ import annotations

import sys

import pytest

from tests.world.figures import figures, played, table, yardstick


@pytest.mark.bench
def test_bench() -> None:
    """The times of twenty mornings are printed, and what each person had to read and do."""
    sys.stdout.write("\n".join(("", *table(figures(played(range(1, 21))), yardstick()), "")))
