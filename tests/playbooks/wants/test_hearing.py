"""What texts want: 250 sentences that somebody who did not build this wrote and labelled, and what none may be taken for."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from playbooks.triage.danger import danger_ears
from playbooks.wants.hearing import wants_of

SENTENCES = Path(__file__).parent.parent / "utterances" / "listening.tsv"

ACTS = frozenset({"done", "found", "solved", "money_paid"})
"""Wants that offer to change what stands: the ones that must never be heard where nobody said so."""


GRAVE = frozenset({"powered_off", "attackers_spoke", "press", "secret_given", "remote_hands"})
"""What the sentences' writer called ``grave`` in one word."""


def heard_in(text: str) -> tuple[str, ...]:
    """Give what a text wants, in the words of the labels; danger is heard before all."""
    if danger_ears().hear(text) is not None:
        return ("danger",)
    return tuple("grave" if want in GRAVE else want for want in wants_of(text)) or ("note",)


def sentences(half: str) -> Iterator[tuple[str, frozenset[str], bool]]:
    """Give the sentences of a half with all answers that are right, and whether it is a trap; danger is heard elsewhere."""
    with SENTENCES.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["half"] == half and row["wants"] != "danger":
                right = frozenset({row["wants"], *filter(None, row["also"].split(","))})
                yield row["text"], right, row["trap"] == "1"


@pytest.mark.parametrize("half", ["build", "test"])
def test_nine_of_ten_are_answered_right(half: str) -> None:
    """And no plea is taken for a note.

    The words of ``test`` were first read after they were measured: 73 % of the first 125 were right with 3 false acts; of
    the 160 that came later 68 % with 8, and of their own test half, built only on the other, 71 % with 4.
    """
    heard = [(text, heard_in(text)[0], right) for text, right, _ in sentences(half)]
    wrong = [(text, first) for text, first, right in heard if first not in right]
    lost = [text for text, first, right in heard if first == "note" and "note" not in right]

    assert len(wrong) <= len(heard) / 10, wrong
    assert lost == []


@pytest.mark.parametrize("half", ["build", "test"])
def test_nothing_is_taken_for_a_deed(half: str) -> None:
    """Of what sounds as if it were done, found, working again or paid, nothing is heard as that."""
    taken = [(text, wants_of(text)) for text, right, _ in sentences(half) if ACTS & set(heard_in(text)) - right]

    assert taken == []


@pytest.mark.parametrize("half", ["build", "test"])
def test_notes_are_left_alone(half: str) -> None:
    """Who only notes something down is bothered in one case of twenty at most."""
    notes = [text for text, right, _ in sentences(half) if "note" in right and len(right) == 1]

    assert sum(heard_in(text) != ("note",) for text in notes) <= len(notes) / 20


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


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("LANを元に戻しました", "put_back"),
        ("Wi-Fiをまたオンにしました", "put_back"),
        ("機内モードを解除しました", "put_back"),
        ("電源切っちゃいました", "powered_off"),
        ("再起動してしまいました", "powered_off"),
        ("犯人から電話がありました", "attackers_spoke"),
        ("記者が来ています", "press"),
        ("パスワードを入力してしまいました", "secret_given"),
        ("遠隔操作のソフトを入れちゃいました", "remote_hands"),
        ("ギフトカードを買えと言われて買いました", "money_paid"),
        ("He told me to buy gift cards and I bought them", "money_paid"),
    ],
)
def test_what_does_harm_unheard_goes_to_whoever_leads(text: str, want: str) -> None:
    """A cable back in is no repair, a machine switched off no step done."""
    assert wants_of(text)[0] == want


@pytest.mark.parametrize(
    "text",
    [
        "電源は切っていません",
        "機内モードをオンにしました",
        "線を戻していいですか",
        "もう差していいですか",
        "まだ戻していません",
    ],
)
def test_what_was_left_alone_or_is_asked_does_no_harm(text: str) -> None:
    """Nor does flight mode that was switched on."""
    assert {"put_back", "powered_off"}.isdisjoint(wants_of(text))


@pytest.mark.parametrize("text", DEEDS_THAT_ARE_NONE)
def test_a_question_a_denial_a_condition_is_no_deed(text: str) -> None:
    """Nor is hearsay, what lies ahead, or what somebody else's body does."""
    assert ACTS.isdisjoint(wants_of(text))


def test_a_half_question_is_heard_beside_the_half_report() -> None:
    """Both are answered: the second machine, and what to do now."""
    assert wants_of("診察室のパソコンも同じ画面です。どうすればいいですか") == ("second_machine", "what_now")
