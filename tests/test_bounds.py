"""How much an incident asks of its people: screens and acts on the worst lawful branch, held to the bounds that were set.

``python -m tests.worst`` prints the figures. What a play doesn't meet yet stands in NOT_YET with its own figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from playbooks.model import FACILITY_KINDS, FacilityKind
from tests.worst import PLAYS, Worst

NOT_YET: Mapping[tuple[str, ...], tuple[int, int]] = {
    # The bound was set before an attack told the persons concerned: who else is owed word, a list, the text, telling them,
    # two weeks' watch for harm, and two more kinds of data to tick. Merged as far as one person and one moment allow.
    ("ransomware", "in all"): (47, 100),
}
"""Plays that need more than they may, in all or in the ``first`` minutes: screens and acts, which they must not exceed."""


@cache
def came_to(name: str, kind: FacilityKind) -> Mapping[str, tuple[int, int]]:
    """Play it: screens and acts in all, and the most of a person in the first fifteen minutes."""
    played = Worst(PLAYS[name].playbook, kind, PLAYS[name].ways).play()
    return {"in all": played.came_to, "first": played.first}


@pytest.mark.parametrize("part", ["in all", "first"])
@pytest.mark.parametrize("kind", FACILITY_KINDS)
@pytest.mark.parametrize("name", PLAYS)
def test_a_play_stays_within_its_bounds(name: str, kind: FacilityKind, part: str) -> None:
    """From the report to the last answer no more screens and acts than it may take, the first quarter of an hour a person.

    What needs more as yet may not come to need more still, and as soon as it meets its bounds, it is no exception any more.
    """
    play, came = PLAYS[name], came_to(name, kind)[part]
    may = (play.screens, play.acts) if part == "in all" else play.first
    late = NOT_YET.get((name, part)) or NOT_YET.get((name, part, kind))
    at_most = late or may

    assert (came[0] <= at_most[0], came[1] <= at_most[1]) == (True, True), came
    assert late is None or came[0] > may[0] or came[1] > may[1], f"{came} meets {may}: take it out of NOT_YET"
