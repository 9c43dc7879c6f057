"""Mentions: where a text seems to name a person or a house, or holds a number by which somebody is found."""

from __future__ import annotations

import pytest

from contacts.model import Contact, Facility, Member
from contacts.roster import Roster
from contacts.written.mentions import mentions

ROSTER = Roster(
    Facility(name="あかり診療所", kind="clinic"),
    members=tuple(
        Member(id=f"m{n}", name=name) for n, name in enumerate(["山", "森 花子", "東", "佐藤", "Sato Ken", "鈴木一郎"])
    ),
    contacts=(
        Contact(id="c1", kind="vendor", services=("ehr",), name="ミナトシステム", number="0120-12-3456"),
        Contact(id="c2", kind="partner", services=("hospital",), name="ひので総合病院"),
    ),
)


def marked(text: str) -> list[str]:
    """Give what is marked in a text."""
    return [text[m.start : m.end] for m in mentions(text, ROSTER)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("佐藤が電源を抜いた", ["佐藤"]),
        ("鈴木に聞いた。花子も見た", ["鈴木", "花子"]),
        ("Sato said so, and Dr Hill", ["Sato", "Dr Hill"]),
        ("山田花子さんのカルテを田中様が", ["山田花子さん", "田中様"]),
        ("山さんに連絡（森）、東院長も", ["山さん", "森", "東"]),
        ("ひので総合病院へ送った。さくら病院にも", ["ひので総合病院", "さくら病院"]),
        ("ミナトシステムに電話", ["ミナトシステム"]),
        ("田中内科に送ってしまった。あおば小児科にも", ["田中内科", "あおば小児科"]),
        ("Midori Clinic called back, then Sakura Pharmacy", ["Midori Clinic", "Sakura Pharmacy"]),
        ("赤十字病院に搬送、済生会に相談", ["赤十字病院", "済生会"]),
        ("東へ引き継ぎ", ["東"]),
        ("電話は090-1234-5678", ["090-1234-5678"]),
        ("０９０ー１２３４ー５６７８ と 03(1234)5678", ["０９０ー１２３４ー５６７８", "03(1234)5678"]),
        ("0120 123456 にかけた", ["0120 123456"]),
        ("番号は03 1234 5678、番号は(03)1234-5678", ["番号は03 1234 5678", "番号は(03)1234-5678"]),
        (
            "番号は〇九〇ー一二三四ー五六七八。患者番号一二三四五",
            ["番号は〇九〇ー一二三四ー五六七八", "患者番号一二三四五"],
        ),
        ("〇三（一二三四）五六七八へ、十二名で", ["〇三（一二三四）五六七八"]),
        ("森が対応、森は帰りました", ["森", "森"]),
        ("東に電話を頼んだ。東も確認", ["東", "東"]),
        ("今日は森が担当で、山と確認した", ["森", "山"]),
        ("森がサーバーの電源を抜いた", ["森"]),
        ("森から連絡。山を呼んだ", ["森", "山"]),
        ("森の携帯にかけた。東のパスワード", ["森", "東"]),
        ("東さん、山先生、森様", ["東さん", "山先生", "森様"]),
        ("東病院へ転院", ["東病院"]),
        ("さきたま病院、あおい歯科、はるな薬局へ", ["さきたま病院", "あおい歯科", "はるな薬局"]),
        ("カルテ番号123、S40.3.2、a.b@example.jp", ["カルテ番号123", "S40.3.2", "a.b@example.jp"]),
    ],
)
def test_what_names_somebody(text: str, found: list[str]) -> None:
    """People of the house, anybody who is addressed, houses and numbers, in whatever width they are written."""
    assert marked(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "山が見える。山の方へ避難。登山、山積み",
        "森林、森の中。東京の東側、東口から入る",
        "東側の入口、東の端末、東から風、東に連絡通路がある",
        "山が見える、山は雪、山に避難、山も崩れた、山へ向かう",
        "森が燃えている、森の近く、森を抜ける、森に入る",
        "東門の鍵、東棟が停電、東館も停電、東日本",
        "山積みの書類、山場、青森、森町、山手線",
        "患者さんと業者さんとお母さんに、たくさんの様子を見てもらう。模様、仕様、同様",
        "近くの病院、総合病院、当院、紹介先の病院へ",
        "内科の受付、小児科のパソコン、循環器内科に相談、近所の眼科へ",
        "The hospital called, our clinic phone rings",
        "東へ向いた窓",
        "それで病院へ。いつもの薬局、かかりつけの病院に連絡した。ほかの医院",
        "端末3台、10:05から、2026-11-29 12:30、10000円、15000件、IP 192.168.10.25",
        "画面に英語が出た。受付番号 123、LAN-01",
        "",
    ],
)
def test_words_that_are_names_elsewhere(text: str) -> None:
    """A mountain, a wood and the east are no people here; nor are patients, times, amounts and addresses of machines."""
    assert marked(text) == []


def test_one_long_word_is_looked_through_once() -> None:
    """A hundred thousand signs without a gap: no reading tries each rest of them anew, which took more than a minute."""
    assert mentions("あ" * 100_000, ROSTER) == ()
