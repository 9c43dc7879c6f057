"""In which order systems come back: nothing before what it needs."""

from __future__ import annotations

from contacts.model import System
from contacts.readiness.requirements import items
from contacts.readiness.restoring import order_flaws
from tests.contacts.book import TODAY, roster


def system(name: str, order: int | None, *needs: str) -> System:
    """Make a system by name, place in the order and what it needs."""
    return System(id=name, name=name, restore_order=order, needs=needs)


def test_what_is_needed_comes_first() -> None:
    """Later or at once is fine; earlier is not, and both are named with their numbers."""
    assert order_flaws([system("net", 1), system("ehr", 1, "net"), system("claims", 2, "ehr")]) == ()

    (flaw,) = order_flaws([system("net", 2), system("ehr", 1, "net")])
    assert flaw.systems == ("ehr", "net")
    assert "「ehr」の復旧が1番目ですが、先に必要な「net」は2番目" in flaw.what.ja


def test_what_is_not_known_is_passed_over() -> None:
    """No place in the order yet, or a system that has been taken out: nothing is claimed."""
    assert order_flaws([system("net", None), system("ehr", 1, "net", "gone")]) == ()


def test_a_circle_is_told_once() -> None:
    """Systems that need each other can't be started at all; nor one that needs itself. What leads into one is no part."""
    found = order_flaws([system("a", 1, "b"), system("b", 1, "c"), system("c", 1, "a"), system("d", 1, "a")])
    assert [flaw.systems for flaw in found] == [("a", "b", "c")]
    assert [flaw.systems for flaw in order_flaws([system("a", 1, "a")])] == [("a",)]


def test_a_wrong_order_keeps_readiness_below_all() -> None:
    """The item names the system to move."""
    wrong = next(i for i in items(roster(system("net", 2), system("ehr", 1, "net")), TODAY) if i.id == "restore_order")
    right = next(i for i in items(roster(system("net", 1), system("ehr", 2, "net")), TODAY) if i.id == "restore_order")
    assert (wrong.done, wrong.of, right.complete) == (1, 2, True)
    assert wrong.todo.ja.startswith("「ehr」")
