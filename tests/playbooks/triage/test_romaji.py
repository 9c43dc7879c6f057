"""Japanese in Latin letters is heard as what it says; English is left alone."""

from __future__ import annotations

import pytest

from playbooks.triage.danger import danger_ears
from playbooks.triage.romaji import in_kana
from playbooks.triage.speech import is_english
from playbooks.wants.hearing import wants_of


@pytest.mark.parametrize(
    ("written", "kana"),
    [
        ("densi karute ga ugokanai", "でんしかるてがうごかない"),
        ("denshi karute ga ugokanai", "でんしかるてがうごかない"),
        ("gamen wa hen desu", "がめんはへんです"),
        ("netto ga tsunagaranai", "ねっとがつながらない"),
        ("netto ga tunagaranai", "ねっとがつながらない"),
        ("konna gamen ga demashita", "こんながめんがでました"),
        ("dō sureba ii desu ka", "どうすればいいですか"),
        ("fakkusu wo machigaete okurimashita", "ふぁっくすをまちがえておくりました"),
        ("lan no sen wo nuichatta", "lan のせんをぬいちゃった"),
        ("mail ga kimasita", "めーるがきました"),
    ],
)
def test_it_is_put_into_kana(written: str, kana: str) -> None:
    """However it is spelt."""
    assert in_kana(written) == kana


@pytest.mark.parametrize(
    "text",
    [
        "no one home",
        "i made a note",
        "the nurse made me do it",
        "are we in danger",
        "she can go home",
        "no, the ga team",
        "sato-san is here",
        "please send san to me",
        "gamen",
        "the computer screen is red",
    ],
)
def test_english_is_left_alone(text: str) -> None:
    """Also where its words could be syllables."""
    assert in_kana(text) == text
    assert is_english(text)


def test_it_is_heard() -> None:
    """A danger, and what somebody wants; it is answered in their own language, not in English."""
    danger = danger_ears().hear("kanja san ga taoremashita")

    assert danger is not None
    assert danger.plain
    assert not danger_ears().in_english("kanja san ga taoremashita")
    assert wants_of("dou sureba ii desu ka") == ("what_now",)
    assert not is_english("dou sureba ii desu ka")
