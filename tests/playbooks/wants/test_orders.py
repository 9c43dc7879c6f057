"""Who is told to do something is read from the form of a sentence; whoever is only told of isn't meant."""

from __future__ import annotations

from playbooks.wants.orders import orders

NAMES = ("高橋", "田中", "佐藤", "鈴木")

TOLD = {
    "鈴木さんLAN抜いて": "鈴木",
    "佐藤さん警察に電話して": "佐藤",
    "鈴木さん、患者さんに説明しといて": "鈴木",
    "佐藤さんは警察に連絡してください": "佐藤",
    "鈴木さんがLANの線を抜いてください": "鈴木",
    "LANの線抜いて、鈴木さん": "鈴木",
    "鈴木さんと佐藤さん、紙で続けて": "佐藤鈴木",
    "佐藤さん写真お願いします": "佐藤",
    "じゃあ佐藤さん、業者に電話してもらえますか？": "佐藤",
    "鈴木さん please pull the LAN cable": "鈴木",
}
NOT_TOLD = [
    "鈴木さんLAN抜きました",
    "鈴木さんがLANを抜いてくれました",
    "鈴木さんに代わって",
    "鈴木さん代わって",
    "佐藤さんが警察に電話して、確認中です",
    "鈴木さんに説明してもらいました",
    "鈴木さん倒れて",
    "田中さんお願い",
    "佐藤さんはどこですか？",
    "佐藤さんの画面見て",
    "鈴木さんに聞いて",
    "鈴木さんLAN抜いた？",
    "患者の佐藤さんを呼んで",
]
EACH_TOLD = {
    "佐藤さんは警察に電話して、鈴木さんはLAN抜いて": {
        "佐藤": "佐藤さんは警察に電話して",
        "鈴木": "鈴木さんはlan抜いて",
    },
    "佐藤さんは警察に電話。鈴木さんは患者さんに説明して。": {
        "佐藤": "佐藤さんは警察に電話",
        "鈴木": "鈴木さんは患者さんに説明して",
    },
    "佐藤さんはLAN抜いて鈴木さんは紙を配って": {"佐藤": "佐藤さんはlan抜いて", "鈴木": "鈴木さんは紙を配って"},
    "佐藤さんは抜かないで、鈴木さんが抜いて": {"佐藤": "佐藤さんは抜かないで", "鈴木": "鈴木さんが抜いて"},
    "受付さんは紙を配って、鈴木さんは写真をお願い": {
        "reception": "受付さんは紙を配って",
        "鈴木": "鈴木さんは写真をお願い",
    },
    "佐藤さんじゃなくて鈴木さんがLANを抜いて": {"鈴木": "鈴木さんがlanを抜いて"},
    "佐藤さんではなく、鈴木さんにお願いします": {"鈴木": "鈴木さんにお願いします"},
    "田中さんには頼まないで、佐藤さんが電話して": {"佐藤": "佐藤さんが電話して"},
    "not Sato, Suzuki please pull the LAN cable": {"鈴木": "suzuki please pull the lan cable"},
    "佐藤さんはLANを抜いて、鈴木さんは写真を撮りました": {},
    "佐藤さんはLANを抜きました。鈴木さんは写真を撮りました。": {},
    "田中さんには頼まないで": {},
    "田中さんじゃなくて佐藤さんに聞いて": {},
    "田中先生以外は紙で続けて": {},
}
SPARED = {
    "田中先生以外は紙で続けて": {"田中"},
    "受付以外は電話に出ないで": {"reception"},
    "佐藤さんと鈴木さん以外の人はさわらないで": {"佐藤", "鈴木"},
    "佐藤さんを除いて全員集まって": {"佐藤"},
    "紙で続けて、佐藤さん以外は": {"佐藤"},
    "電話は受付以外出ないで": {"reception"},
    "皆さん、受付以外は線を抜かないで": {"reception"},
    "佐藤さん、鈴木さん以外は紙で続けて": {"佐藤", "鈴木"},
    "everyone except Sato, please keep working on paper": {"佐藤"},
}
NOBODY_SPARED = ["佐藤さんのパソコン以外は抜いて", "パソコン以外は使って", "患者さん以外は入れないで"]
FOR_ALL = [
    "紙で続けて",
    "午前は休診にします",
    "紙運用にしましょう",
    "パソコンは使わないで",
    "患者さんには説明しておいて",
    "please keep working on paper",
]
NOT_FOR_ALL = [
    "写真送って",
    "教えて",
    "紙で続けています",
    "休診にしますか？",
    "午前は休診にしました",
    "助けて",
    "警察に電話しました",
]


def test_who_is_told_by_name() -> None:
    """In front or behind, one or several."""
    assert {text: "".join(orders().told(text, NAMES)) for text in TOLD} == TOLD
    assert [text for text in NOT_TOLD if orders().told(text, NAMES)] == []


def test_each_is_told_their_own_part() -> None:
    """Of several orders in one text; whom it excepts it tells nothing, and what ends in a report is no order."""
    assert {text: orders().told(text, NAMES) for text in EACH_TOLD} == EACH_TOLD


def test_all_are_told_but_whom_a_text_excepts() -> None:
    """By name or role; a thing that is excepted is nobody."""
    assert {text: orders().spared(text, NAMES) for text in SPARED} == SPARED
    assert [text for text in SPARED if not orders().is_for_others(text, NAMES)] == []
    assert [text for text in NOBODY_SPARED if orders().spared(text, NAMES)] == []


def test_what_is_said_to_all() -> None:
    """By that word, or by what whoever leads orders; what asks something, or is done, is none."""
    assert all(
        map(
            orders().is_for_everybody,
            (
                "みなさん紙で続けてください",
                "全員さわらないで",
                "みんな集まって",
                "手の空いてる人はコンビニで紙を買ってきて",
            ),
        )
    )
    assert not any(map(orders().is_for_everybody, ("みなさん困っています", "みんなできました", "全員無事です")))
    assert [text for text in FOR_ALL if not orders().is_for_all(text)] == []
    assert [text for text in NOT_FOR_ALL if orders().is_for_all(text)] == []
