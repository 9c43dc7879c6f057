"""How much an incident asks of its people: screens and acts on the worst lawful branch, held to the bounds that were set.

``python -m tests.worst`` prints the figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from playbooks.model import FACILITY_KINDS, FacilityKind
from tests.worst import PLAYS, Worst


@cache
def came_to(name: str, kind: FacilityKind) -> Mapping[str, tuple[int, int]]:
    """Play it: screens and acts in all, and the most of a person in the first fifteen minutes."""
    played = Worst(PLAYS[name].playbook, kind, PLAYS[name].ways).play()
    return {"in all": played.came_to, "first": played.first}


@pytest.mark.parametrize("part", ["in all", "first"])
@pytest.mark.parametrize("kind", FACILITY_KINDS)
@pytest.mark.parametrize("name", PLAYS)
def test_a_play_stays_within_its_bounds(name: str, kind: FacilityKind, part: str) -> None:
    """From the report to the last answer no more screens and acts than it may take, the first quarter of an hour a person."""
    play, came = PLAYS[name], came_to(name, kind)[part]
    screens, acts = (play.screens, play.acts) if part == "in all" else play.first
    assert (came[0] <= screens, came[1] <= acts) == (True, True), came
