"""Promises about what a clause gives away."""

from __future__ import annotations

from playbooks.triage.traits import Meanings

MEANINGS = Meanings(
    {"ehr": ["電子かるて", "chart"], "failing": ["開かない", "not open"], "calamity": ["水", "a", "み"]}
)


def test_words_of_one_meaning_leave_one_trait() -> None:
    """However a group's words are written, the group itself is found, in either language."""
    assert MEANINGS.of("電子かるてが開かない") == MEANINGS.of("chart not open") == ("ehr", "failing")


def test_meanings_that_meet_weigh_most() -> None:
    """A pair of groups in one clause counts more than each of them, and each more than any run of letters."""
    evidence = MEANINGS.evidence("電子かるてが開かない")

    assert evidence["=ehr+failing"] > evidence["=ehr"] > max(w for trait, w in evidence.items() if trait[0] != "=")


def test_a_single_kanji_can_be_a_word_but_a_single_letter_cannot() -> None:
    """水 says something; one kana or one Latin letter would be found everywhere."""
    assert MEANINGS.of("水") == ("calamity",)
    assert MEANINGS.of("a み") == ()


def test_a_slip_of_the_finger_leaves_most_traits() -> None:
    """Two spellings that differ in one sign share traits, in Japanese and in English."""
    assert MEANINGS.evidence("らんさむうえ").keys() & MEANINGS.evidence("らんさむえ").keys()
    assert MEANINGS.evidence("ransomware").keys() & MEANINGS.evidence("ransonware").keys()


def test_nothing_gives_nothing_away() -> None:
    """An empty clause has no traits."""
    assert MEANINGS.evidence("") == {}
