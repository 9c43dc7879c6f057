"""A few of the ten thousand alterations of ``python -m tests.alterations``, each kind at least twice."""

from __future__ import annotations

from tests.alterations import BEYOND_BUNDLE, BEYOND_HOME, IN_BUNDLE, IN_HOME
from tests.alterations.trying import tried


def test_what_was_altered_is_found() -> None:
    """Every kind that has to be found is, each time, by all verifiers; what the README says can't be, isn't always."""
    findable, beyond = tried(2 * max(len(IN_HOME), len(IN_BUNDLE)) * 2)

    assert findable.keys() == IN_HOME.keys() | IN_BUNDLE.keys()
    assert {name: one.missed for name, one in findable.items() if one.missed} == {}
    assert beyond.keys() == BEYOND_HOME.keys() | BEYOND_BUNDLE.keys()
    assert all(one.missed for one in beyond.values())
