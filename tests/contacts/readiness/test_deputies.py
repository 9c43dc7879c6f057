"""Who stands in for whom."""

from __future__ import annotations

import pytest

from contacts.readiness.deputies import deputises, flaws, left_open_by, without_deputy
from contacts.shapes.people import Member
from tests.contacts.book import DEPUTY, DIRECTOR, RECEPTION


def member(key: str, *roles: str, instead: tuple[str, ...] = (), status: str = "active") -> Member:
    """Make a member."""
    return Member.model_validate({"id": key, "name": key, "roles": roles, "stands_in_for": instead, "status": status})


def said(*members: Member) -> str:
    """Give what is wrong, in English."""
    return "; ".join(flaw.what.en for flaw in flaws(members))


def test_a_small_clinic_is_fine() -> None:
    """One director who is safety manager, too, and one deputy for both."""
    assert flaws([DIRECTOR, DEPUTY, RECEPTION]) == ()
    assert without_deputy([DIRECTOR, DEPUTY]) == ()


def test_nobody_is_their_own_deputy() -> None:
    """It is said who and in which role; and it does not count as having a deputy."""
    alone = member("a", "director", "safety_manager", instead=("director",))

    assert "a holds the role 'director'" in said(alone)
    assert without_deputy([alone]) == ("director", "safety_manager")
    assert not deputises(alone, "director")


def test_two_who_only_stand_in_for_each_other() -> None:
    """Both away, nobody left: refused, with the way round."""
    pair = member("a", "director", instead=("safety_manager",)), member("b", "safety_manager", instead=("director",))

    assert "a → b → a" in said(*pair)
    assert said(*pair).count("circle") == 1


def test_a_third_one_breaks_the_circle() -> None:
    """As soon as somebody outside can take over."""
    pair = member("a", "director", instead=("safety_manager",)), member("b", "safety_manager", instead=("director",))

    assert said(*pair, member("c", instead=("director",))) == ""


@pytest.mark.parametrize("status", ["left", "suspended"])
def test_whoever_is_not_here_does_not_count(status: str) -> None:
    """Neither as a deputy nor as a director."""
    assert without_deputy([DIRECTOR, member("c", instead=("director", "safety_manager"), status=status)]) == (
        "director",
        "safety_manager",
    )
    assert "nobody would be the director" in said(member("a", "director", status=status))


def test_nurse_and_reception_may_help_each_other() -> None:
    """Only the roles that need a deputy are looked at for circles."""
    assert (
        said(DIRECTOR, member("n", "nurse", instead=("reception",)), member("r", "reception", instead=("nurse",))) == ""
    )


@pytest.mark.parametrize(
    ("stay", "lacking"),
    [
        ((), "nobody"),
        ((DEPUTY,), "no_director"),
        ((Member(id="d2", name="渡辺", roles=("director",)),), None),
        ((Member(id="n", name="鈴木", roles=("nurse",)),), "nobody"),
        ((DEPUTY.model_copy(update={"status": "suspended"}),), "nobody"),
    ],
)
def test_what_a_director_who_leaves_leaves_open(stay: tuple[Member, ...], lacking: str | None) -> None:
    """Nobody to decide, no director, or nothing; said before it is done."""
    director = Member(id="d", name="高橋", roles=("director",))

    assert left_open_by((director, *stay), "d") == lacking


def test_what_a_deputy_who_leaves_leaves_open() -> None:
    """The last deputy is missed, a nurse is not."""
    director = Member(id="d", name="高橋", roles=("director",))

    assert left_open_by((director, DEPUTY), DEPUTY.id) == "no_deputy"
    assert left_open_by((director, DEPUTY, Member(id="n", name="鈴木", roles=("nurse",))), "n") is None
