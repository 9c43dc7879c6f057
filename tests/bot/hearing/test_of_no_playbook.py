"""What is told that no playbook is for is answered all the same, and whoever leads hears of it: somebody missing, unwell, a break-in, cold medicine, a photo."""

from __future__ import annotations

import pytest

from playbooks.triage.danger import danger_ears
from playbooks.wants.acts import acts
from playbooks.wants.answers import answers
from playbooks.wants.told import told_in
from tests.clinic import Clinic
from tests.playbooks.triage.sentences import rows

TOLD = {
    "missing_person": (
        "認知症の患者さんがいなくなった",
        "患者さんが見当たらない",
        "トイレ行ったまま戻ってこない患者さん",
        "お迎え待ちのおばあちゃんがいません",
        "a demented patient wandered off",
        "外に出て行ってしまった認知症の方がいる",
        "待合にいたはずの患者さんがいない",
        "子供がいなくなりました",
        "利用者さんが家から出て行方不明",
    ),
    "unwell_mild": (
        "119番かけるほどじゃないけど気分悪い人がいます",
        "待合でちょっと気分悪い人がいます",
        "熱っぽい人がいます",
        "somebody feels a bit sick, not an emergency",
        "救急車は呼ばなくてよさそうだけどしんどそうな人",
    ),
    "unwell": ("患者さんが吐きそうです", "待合の方がめまいがするって"),
    "break_in": (
        "ロッカー荒らされてる",
        "朝来たら鍵が壊されてた",
        "金庫が開いてる 誰か入ったみたい",
        "空き巣に入られた",
        "薬の棚が荒らされてる",
        "someone broke in last night",
    ),
    "cold_chain": (
        "ワクチンの冷蔵庫が冷えてない",
        "薬の冷蔵庫止まってる",
        "保冷庫の温度が12度になってる",
        "インスリンの冷蔵庫のドア開けっぱなしだった",
        "vaccine fridge is warm",
        "ワクチン一晩外に出しっぱなし",
        "薬品庫の温度計が15度",
    ),
    "photo_shows": (
        "写真に患者さん写ってしまった",
        "さっきの写真にカルテの名前写ってた",
        "患者の顔入っちゃった写真消して",
        "送った写真消せますか",
        "画像に個人情報入ってました",
        "The photo shows a patient's name",
        "保険証が写った写真送ってしまいました",
    ),
}
NOT_TOLD = (
    "患者さんいなくなりました、全員帰りました",
    "患者さんもういません",
    "USBがいなくなった",
    "待合に誰もいなくなった",
    "患者さんいなくなったら抜きます",
    "紙カルテ1冊行方不明です",
    "気分悪いなこの画面",
    "気分悪くなるメールが来た",
    "胸が痛いって患者さん",
    "ちょっと息が苦しい人がいます",
    "停電でエレベーター閉じ込め 中で気分悪い人いる",
    "ホームページが荒らされてる",
    "手が荒れてて",
    "台風で窓が割れた",
    "鍵が壊れて閉まらない",
    "空き巣のニュース見た",
    "休憩室の冷蔵庫が冷えてない",
    "エアコンが冷えない",
    "冷蔵庫は大丈夫です",
    "ワクチンの在庫数えました",
    "写真に患者さんは写ってません",
    "写真に患者さん写らないように撮ります",
    "SNSに患者さんが写った写真が出てる",
    "別の患者さんに写真を送ってしまった",
)


def told(text: str) -> str:
    """Name the answer to what a text tells."""
    return answers().asked_in(text, "clinic", told=True)


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in TOLD.items() for text in texts])
def test_what_is_told_is_known(name: str, text: str) -> None:
    """In whatever few words."""
    assert told(text) == name


@pytest.mark.parametrize("text", NOT_TOLD)
def test_what_only_sounds_like_it_is_not(text: str) -> None:
    """Who went home isn't missing, a web page isn't broken into, and a pain in the chest waits for no nurse."""
    assert told(text) == ""


def test_nobody_in_danger_is_calmed() -> None:
    """Of all sentences of danger that are learnt from, words that stand in the place of its line answer two: somebody is missing."""
    danger = [row["text"] for row in rows("learnt", "danger")]
    calmed = [text for text in danger if (name := told(text)) and answers().calms(name, text)]

    assert [text for text in calmed if told(text) != "missing_person"] == []
    assert len(calmed) <= 2


async def test_somebody_missing_is_searched_for(clinic: Clinic) -> None:
    """No line about an ambulance: toilets, stairs, the family, then 110; whoever leads reads it, and it waits for somebody."""
    await clinic.incident("ehr_outage")
    read = await clinic.says("reception", "認知症の患者さんがいなくなった")

    assert "待たずに110番へ" in read
    assert "この案内は通報しません" not in read
    assert "別のことも起きているようです" in clinic.read("director")


async def test_where_nothing_goes_on_somebody_looks_all_the_same(clinic: Clinic) -> None:
    """Its writer has the answer at once; unless they say that it is nothing, those who decide hear of it."""
    read = await clinic.says("reception", "ロッカー荒らされてる")
    assert "入らず、外から110番します" in read
    await clinic.passes(6)

    assert "ロッカー荒らされてる" in clinic.read("director")


async def test_a_photo_that_shows_a_patient_is_no_incident(clinic: Clinic) -> None:
    """Its writer reads how it goes from the chat and what stays; whoever leads is asked, not told of another matter."""
    await clinic.incident()
    read = await clinic.says("reception", "写真に患者さん写ってしまった")

    assert "長押しして［削除］" in read
    assert "/blackout" in read
    assert "❓" in clinic.of("director")[-1]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("救急外来の番号", True),
        ("救急の病院の番号教えて", True),
        ("総合病院の救急外来の電話番号わかる？", True),
        ("夜間救急の連絡先", True),
        ("7119って何番", True),
        ("emergency department phone number", True),
        ("救急車呼んで", False),
        ("救急です", False),
        ("救急外来に運ばれた患者さんの番号", False),
    ],
)
def test_a_number_is_no_cry_for_help(text: str, number: bool) -> None:
    """Who looks for the number of a hospital reads that, not the line about 119; who cries for an ambulance does."""
    name = answers().asked_in(text, "clinic")

    assert (name == "emergency_number" and answers().calms(name, text)) is number


HEARSAY = {
    "違う薬飲んでしまったって": True,
    "違う薬飲んでしまったって電話": True,
    "家族から違う薬を飲ませたと電話": True,
    "患者さんから薬間違って飲んだと連絡": True,
    "お母さんから、子供に大人の薬飲ませたって": True,
    "family called: he took the wrong pills": True,
    "違う薬飲ませてしまいました": False,
    "目の前の患者さんに違う薬を飲ませてしまった": False,
    "待合で患者さんが倒れました": False,
    "胸が痛いって患者さん": False,
}


@pytest.mark.parametrize("text", HEARSAY)
def test_what_was_heard_of_is_not_here(text: str) -> None:
    """Nobody runs through the house with the AED for who is at home."""
    assert danger_ears().is_outside(text, visits=False) is HEARSAY[text]


OUT = {
    "3時に抜けて役所に行きます": False,
    "4時で抜けます": False,
    "昼に一回抜けて銀行行きます": False,
    "2時に役所に行ってきます": False,
    "30分後に外出します": False,
    "10分後にかけ直します": False,
    "夕方保健所に書類出しに行きます": False,
    "9時半に着きます": True,
    "今から行きます": True,
    "役所に寄ってから9時半に行きます": True,
    "そっちに10分で行きます": True,
}


@pytest.mark.parametrize("text", OUT)
def test_who_goes_out_is_not_coming(text: str) -> None:
    """Nobody is told to wait for them here."""
    assert acts().may_tell("arriving", text) is OUT[text]


LOST = {
    "預かったお薬手帳をなくしました": True,
    "患者さんの保険証なくした": True,
    "預かった診察券が見つからない": True,
    "紙の問診票1枚どっかいった": True,
    "処方箋なくしちゃった": True,
    "lost a patient's medicine notebook": True,
    "お薬手帳返しました": False,
    "お薬手帳なくした患者さんが来た": False,
    "お薬手帳がない患者さんです": False,
    "保険証見つかりました": False,
}


@pytest.mark.parametrize("text", LOST)
def test_what_was_entrusted_and_is_lost_is_another_matter(text: str) -> None:
    """And no step that was done."""
    assert (told_in(text) == "other_thing") is LOST[text]
