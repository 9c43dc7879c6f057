"""Nothing is offered for what only sounds like an act, and an act is heard beside what is asked with it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from playbooks.wants.acts import acts
from playbooks.wants.hearing import ACTS, wants_of
from tests.playbooks.triage.sentences import rows

WRITTEN = Path(__file__).parent.parent / "sentences" / "acts.tsv"
"""Traps and real ones, written before anybody saw what is heard in them; traps have no act."""


def sentences() -> list[tuple[str, str]]:
    """Give each sentence and its act."""
    with WRITTEN.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["act"]) for row in csv.DictReader(file, delimiter="\t")]


@pytest.mark.parametrize("text", [text for text, act in sentences() if not act])
def test_no_trap_is_an_act(text: str) -> None:
    """Who asks, plans, denies, supposes, asks others, tries, has heard of it, or speaks of a vending machine has done nothing."""
    assert ACTS.isdisjoint(wants_of(text))


def test_what_was_done_is_not_lost() -> None:
    """The form speaks against none that tells of an act, and hardly one in ten is heard as something else."""
    real = [(text, act) for text, act in sentences() if act]

    assert [text for text, act in real if not acts().may_tell(act, text)] == []
    assert sum(act in wants_of(text) for text, act in real) >= 0.88 * len(real)


def test_hardly_any_form_speaks_against_what_many_wrote() -> None:
    """Of some two thousand acts that many people told of, in dialect and in haste."""
    told = [(row["text"], row["wants"]) for row in rows("learnt", "wants") if row["wants"] in ACTS]
    lost = [text for text, act in told if not acts().may_tell(act, text)]

    assert len(lost) <= 0.015 * len(told)


TRAPS = WRITTEN.parent / "traps.tsv"
"""Questions, denials, plans, teeth, what was heard of, and pleas beside them, written before anybody saw what is heard in them."""


def test_no_trap_is_a_deed_and_no_plea_is_lost() -> None:
    """What they may mean stands beside them; whoever wants something is never only noted down."""
    with TRAPS.open(encoding="utf-8", newline="") as file:
        meant = {row["text"]: set(row["meant"].split(",")) for row in csv.DictReader(file, delimiter="\t")}

    assert [text for text, may in meant.items() if ACTS & set(wants_of(text)) - may] == []
    assert [
        text for text, may in meant.items() if not wants_of(text) and not may & {"note", "not_done", "danger"}
    ] == []


def test_a_number_that_is_told_is_not_asked_for() -> None:
    """Whoever writes a vendor's number isn't shown the card without it; whoever asks about one is."""
    for told in (
        "業者の番号 045-333-4444",
        "青葉警察署の番号は０４５ー２２２ー０１１０です",
        "Vendor's number is 03-5555-1234",
    ):
        assert "number" not in wants_of(told), told
    for asked in ("業者の番号教えて", "業者の番号は045-333-4444で合ってる？", "0120-444-555は業者の番号ですか"):
        assert "number" in wants_of(asked), asked
