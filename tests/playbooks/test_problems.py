"""A mistake in a file, as one line that a person can act on."""

from __future__ import annotations

from playbooks.problems import Problem


def test_it_reads_as_file_line_what_and_cure() -> None:
    """`file:line: what is wrong (likely cure)`, as compilers write it and editors jump to it."""
    problem = Problem("own.yaml", 12, "the step `photo` has no text in English", "add `en:`")

    assert str(problem) == "own.yaml:12: the step `photo` has no text in English (add `en:`)"


def test_without_a_cure_nothing_is_put_in_brackets() -> None:
    """Where nobody can guess the cure, the sentence ends."""
    assert str(Problem("own.yaml", 1, "empty")) == "own.yaml:1: empty"


def test_problems_stand_in_the_order_of_the_file() -> None:
    """Sorted, they lead through the file from top to bottom."""
    later, earlier = Problem("a.yaml", 9, "x"), Problem("a.yaml", 2, "y")

    assert sorted([later, earlier]) == [earlier, later]
