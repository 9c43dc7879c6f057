"""The figure and the next three things."""

from __future__ import annotations

import pytest

from contacts.defaults import SHIPPED_CONTACTS
from contacts.readiness.readiness import readiness
from contacts.readiness.requirements import REQUIRED_OUTSIDE
from contacts.shapes.facility import Facility
from contacts.shapes.people import Member
from tests.contacts.book import TODAY, roster
from tests.contacts.readiness.test_requirements import OUTSIDE, READY


def test_everything_is_a_hundred() -> None:
    """And there is nothing next."""
    ready = readiness(roster(*READY), TODAY)

    assert (ready.figure, ready.next) == (100, ())


@pytest.mark.parametrize("reference", [r for r, _ in REQUIRED_OUTSIDE])
def test_a_single_empty_authority_keeps_it_below(reference: str) -> None:
    """However complete all the rest is; and so does one that nobody has verified."""
    for changes in ({"number": None}, {"verified_on": None}):
        rows = [r.model_copy(update=changes) if r in OUTSIDE and r.id == reference else r for r in READY]
        assert readiness(roster(*rows), TODAY).figure < 100


def test_a_new_home_has_nearly_everything_before_it() -> None:
    """And is told the three things that count most: people first."""
    new = roster(
        Member(id="m1", name="高橋", roles=("director",)), *SHIPPED_CONTACTS, facility=Facility(name="x", kind="clinic")
    )
    ready = readiness(new, TODAY)

    assert ready.figure < 5
    assert [item.id for item in ready.next] == ["deputy:director", "safety_manager", "deputy:safety_manager"]


def test_each_thing_done_raises_it() -> None:
    """Or leaves it; never lowers it."""
    rows = list(READY)
    figures = [readiness(roster(*rows[: n + 1]), TODAY).figure for n in range(len(PEOPLE_AND_OUTSIDE))]

    assert figures == sorted(figures)


PEOPLE_AND_OUTSIDE = READY[: 3 + len(OUTSIDE)]
