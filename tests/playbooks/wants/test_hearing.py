"""What texts want: 250 sentences that somebody who did not build this wrote and labelled, and what none may be taken for."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from playbooks.wants.hearing import wants_of

SENTENCES = Path(__file__).parent.parent / "utterances" / "listening.tsv"

ACTS = frozenset({"done", "found", "solved", "money_paid"})
"""Wants that offer to change what stands: the ones that must never be heard where nobody said so."""


def sentences(half: str) -> Iterator[tuple[str, frozenset[str], bool]]:
    """Give the sentences of a half with all answers that are right, and whether it is a trap; danger is heard elsewhere."""
    with SENTENCES.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["half"] == half and row["wants"] != "danger":
                right = frozenset({row["wants"], *filter(None, row["also"].split(","))})
                yield row["text"], right, row["trap"] == "1"


@pytest.mark.parametrize("half", ["build", "test"])
def test_nine_of_ten_are_answered_right(half: str) -> None:
    """And no plea is taken for a note. The words of ``test`` were first read after they were measured once: 73 %."""
    heard = [(text, (wants_of(text) or ("note",))[0], right) for text, right, _ in sentences(half)]
    wrong = [(text, first) for text, first, right in heard if first not in right]
    lost = [text for text, first, right in heard if first == "note" and "note" not in right]

    assert len(wrong) <= len(heard) / 10, wrong
    assert lost == []


@pytest.mark.parametrize("half", ["build", "test"])
def test_nothing_is_taken_for_a_deed(half: str) -> None:
    """Of what sounds as if it were done, found, working again or paid, nothing is heard as that."""
    taken = [
        (text, wants_of(text)) for text, right, trap in sentences(half) if trap and ACTS & set(wants_of(text)) - right
    ]

    assert taken == []


@pytest.mark.parametrize("half", ["build", "test"])
def test_notes_are_left_alone(half: str) -> None:
    """Who only notes something down is bothered in one case of twenty at most."""
    notes = [text for text, right, _ in sentences(half) if "note" in right and len(right) == 1]

    assert sum(bool(wants_of(text)) for text in notes) <= len(notes) / 20


DEEDS_THAT_ARE_NONE: Mapping[str, frozenset[str]] = {
    "抜いたほうがいいですか": frozenset({"question"}),
    "まだ抜いていません": frozenset(),
    "昼で抜けます": frozenset(),
    "患者さんがお金を払いました": frozenset(),
    "腰はなおりました": frozenset(),
    "抜いたら教えてください": frozenset(),
    "田中さんが抜いたらしいです": frozenset(),
    "直ったと思います": frozenset(),
}


@pytest.mark.parametrize("text", DEEDS_THAT_ARE_NONE)
def test_a_question_a_denial_a_condition_is_no_deed(text: str) -> None:
    """Nor is hearsay, what lies ahead, or what somebody else's body does."""
    assert ACTS.isdisjoint(wants_of(text))


def test_a_half_question_is_heard_beside_the_half_report() -> None:
    """Both are answered: the second machine, and what to do now."""
    assert wants_of("診察室のパソコンも同じ画面です。どうすればいいですか") == ("second_machine", "what_now")
