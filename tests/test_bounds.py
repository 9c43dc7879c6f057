"""How much an incident asks of its people: screens and acts on the worst lawful branch, held to the bounds that were set.

``python -m tests.worst`` prints the figures. What a play doesn't meet yet is an expected failure with its figures; as soon as it does, this fails.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import pytest

from playbooks.model import FACILITY_KINDS, FacilityKind
from tests.worst import PLAYS, Worst

NOT_YET: Mapping[tuple[str, ...], str] = {
    ("ransomware", "in all"): "86 screens, 174 acts",
    ("ransomware", "first", "dental"): "14 screens, 23 acts",
    ("ransomware", "first", "pharmacy"): "15 screens, 24 acts",
    ("ransomware", "first", "visiting_nurse"): "5 screens, 13 acts",
    ("EHR outage", "in all"): "69 screens, 128 acts",
    ("EHR outage", "first"): "4 screens, 13 acts",
    ("not found", "in all"): "52 screens, 105 acts",
    ("not found", "first"): "18 screens, 31 acts",
    ("eligibility", "in all"): "24 screens, 44 acts",
    ("eligibility", "first"): "11 screens, 16 acts",
}
"""Plays that need more than they may, in all or in the ``first`` minutes: what was measured where it is worst."""


def plays() -> Iterator[object]:
    """Give every play at every kind of facility, and whether all of it or the first minutes are looked at."""
    for name in PLAYS:
        for kind in FACILITY_KINDS:
            for part in ("in all", "first"):
                late = NOT_YET.get((name, part)) or NOT_YET.get((name, part, kind))
                marks = (pytest.mark.xfail(reason=late, strict=True),) if late else ()
                yield pytest.param(name, kind, part, id=f"{name}, {part}, {kind}", marks=marks)


@cache
def came_to(name: str, kind: FacilityKind) -> Mapping[str, tuple[int, int]]:
    """Play it: screens and acts in all, and the most of a person in the first fifteen minutes."""
    played = Worst(PLAYS[name].playbook, kind, PLAYS[name].ways).play()
    return {"in all": played.came_to, "first": played.first}


@pytest.mark.parametrize(("name", "kind", "part"), list(plays()))
def test_a_play_stays_within_its_bounds(name: str, kind: FacilityKind, part: str) -> None:
    """From the report to the last answer no more screens and acts than it may take, the first quarter of an hour a person."""
    play, (screens, acts) = PLAYS[name], came_to(name, kind)[part]
    at_most = (play.screens, play.acts) if part == "in all" else play.first

    assert (screens <= at_most[0], acts <= at_most[1]) == (True, True), (screens, acts)
