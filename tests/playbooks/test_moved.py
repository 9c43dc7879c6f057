"""No step of a1988d0's library is lost: each stands in its place, as a line of a card, elsewhere, or was dropped for a reason."""

from __future__ import annotations

from tests.playbooks.moving import KEPT, before, by_name, now, place_now, written


def test_every_old_step_is_somewhere() -> None:
    """All 528 are found by name or by ``moved.yaml``; ``python -m tests.playbooks.moving`` names those that are not."""
    assert len(before()) == 528
    assert [old for old in before() if place_now(old) not in now() and old not in written()["dropped"]] == []


def test_whom_to_call_what_is_filed_decided_and_known_and_by_which_source_survive() -> None:
    """What an old step said of these, the step or line in its place says today; where not, ``changed`` says why.

    What took the place of several names the source of each.
    """
    lost = {
        old: gone
        for old, was in before().items()
        if old not in written()["dropped"] and (gone := {k for k in KEPT if k in was and not _said(old, k, was[k])})
    }

    assert lost == {old: set(why) for old, why in written()["changed"].items()}


def _said(old: str, what: str, was: str) -> bool:
    says = now()[place_now(old) or old].get(what, "")
    return was in says if what == "source" else was == says


def test_the_list_holds_nothing_that_names_tell() -> None:
    """It names old steps only, none that is found without it, none in two ways, and says a reason for each that is gone."""
    moved, dropped, changed = (written()[what] for what in ("moved", "dropped", "changed"))

    assert {*moved, *dropped, *changed} <= before().keys()
    assert [old for old, new in moved.items() if by_name(old) == new] == []
    assert moved.keys() & dropped.keys() == set()
    assert all(isinstance(why, str) and why for why in dropped.values())
    assert all(why and set(why) <= set(KEPT) and all(why.values()) for why in changed.values())
