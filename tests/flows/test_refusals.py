"""Why something may not be, as facts."""

from __future__ import annotations

from flows.refusals import Refused


def test_a_refusal_carries_a_name_and_the_facts() -> None:
    """The words are chosen elsewhere: a refusal says which, and what they need."""
    refusal = Refused("too_long", most=4000, length=5000)

    assert (str(refusal), refusal.name, refusal.data) == ("too_long", "too_long", {"most": 4000, "length": 5000})
