"""Whose deed a sentence tells of."""

from __future__ import annotations

import re

import pytest

from playbooks.triage.people import is_named, people, with_colleagues
from playbooks.triage.whispers import whispers

DEED = re.compile("怒鳴|こぴー|copied|hit")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("田中さんが患者さんに怒鳴った", "ours"),
        ("患者さんが田中さんに怒鳴った", "other"),
        ("田中さんが患者さんに怒鳴られました", "other"),
        ("田中さんに怒鳴られました", "ours"),
        ("名簿をコピーしたのは田中さんです", "ours"),
        ("名簿をコピーしている人がいます", "ours"),
        ("業者さんがデータをコピーしました", "other"),
        ("私がデータをコピーしました", "other"),
        ("データをコピーしました", "unnamed"),
        ("怒鳴られました", "nobody"),
        ("田中さんはコピーしていません", "nobody"),
        ("田中さんのデータをコピーしました", "unnamed"),
        ("Tanaka copied it", "ours"),
        ("a patient hit Tanaka", "other"),
    ],
)
def test_whose_deed_it_is(text: str, who: str) -> None:
    """Whoever stands last before it, or right behind; of what was suffered, by whom it was."""
    said = with_colleagues(text, ["田中"])
    deed = DEED.search(said)
    assert deed is not None

    assert people().doer(said, deed) == who


@pytest.mark.parametrize("text", ["田中さん", "たなかが来た", "タナカさん", "tanaka-san", "Tanaka"])
def test_a_name_is_found_however_it_is_written(text: str) -> None:
    """Bare, in kana, in Latin letters."""
    assert is_named(text, "田中")
    assert not is_named(text, "鈴木")


def test_who_owns_the_place_works_here_too() -> None:
    """A president, an owner, somebody from the head office; not who only says so, nor a vendor's."""
    for text in (
        "社長が名簿を売っているらしい",
        "理事長が名簿を持ち出しています",
        "本部の人がカルテを勝手に見ています",
    ):
        assert people().named_in(text) == {"ours"}, text
        assert whispers().is_confided(text), text
    for text in ("社長を名乗る人が名簿を送れと言ってきました", "業者の社長が来ました", "理事長から電話がありました"):
        assert not whispers().is_confided(text), text
