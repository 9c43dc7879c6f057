"""How much the reception desk reads in the first ten minutes, held to its bound. ``python -m tests.desk`` prints the figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbooks.model import FacilityKind
from tests.desk import BOUND, NOT_YET, plays, read

TWO: tuple[tuple[str, FacilityKind], ...] = (("eligibility_outage", "clinic"), ("lost_device", "clinic"))
"""Beside the attack, which is played whole (``tests/bot/demo/test_tally.py``)."""


@pytest.mark.parametrize(
    ("playbook", "kind"), [pytest.param(*one, marks=() if one in TWO else pytest.mark.long) for one in plays()]
)
async def test_the_desk_reads_no_more_than_it_can(tmp_path: Path, playbook: str, kind: FacilityKind) -> None:
    """At most twelve messages and 1,200 characters, though a play's people are quick, and are shown the more for it."""
    figures = await read(tmp_path, playbook, kind)
    messages, characters = NOT_YET.get((playbook, kind), BOUND)

    assert figures["acts"] > 3
    assert (figures["messages"] <= messages, figures["characters"] <= characters) == (True, True), figures
