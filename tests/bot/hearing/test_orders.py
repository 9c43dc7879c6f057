"""What somebody orders reaches whom it is for, as it was said, and stands as done nowhere."""

from __future__ import annotations

import pytest

from playbooks.wants.orders import orders
from playbooks.wants.told import told_in
from tests.clinic import Clinic

NAMES = ("佐藤", "鈴木")
TOLD_TO = {
    "佐藤さんは抜いちゃだめ": {"佐藤"},
    "鈴木さん電源切らないで": {"鈴木"},
    "まだ抜かないで佐藤さん": {"佐藤"},
    "佐藤さんルーターは触らんといて": {"佐藤"},
    "佐藤さん、線を差し戻さないで": {"佐藤"},
    "Sato-san don't unplug": {"佐藤"},
    "Sato please unplug the LAN": {"佐藤"},
    "suzuki-san LAN nuite": {"鈴木"},
    "看護師さんLAN抜いて": {"nurse"},
    "受付の人、電話出て": {"reception"},
    "受付は線抜かないで": {"reception"},
    "受付さん紙配って": {"reception"},
    "nurse, please check the fridge": {"nurse"},
    "看護師の人、外付け外しといて": {"nurse"},
    "代行、業者に電話して": {"deputy"},
    "鈴木さんは抜いちゃだめですか": set(),
    "鈴木さんが抜いちゃだめって言ってた": set(),
    "抜いちゃだめなの？": set(),
    "鈴木さんは抜いてないです": set(),
    "看護師さんLAN抜いてくれました": set(),
    "受付の人、電話出てますか": set(),
    "看護師さんにLAN抜いてもらいました": set(),
    "看護師さん、ありがとう": set(),
    "受付のパソコン抜いて": set(),
}


@pytest.mark.parametrize("text", TOLD_TO)
def test_who_is_told_to_do_or_to_leave_something(text: str) -> None:
    """By name, however it is written, or by what they are here; nobody by what is asked, heard of, or done."""
    assert orders().told(text, NAMES).keys() == TOLD_TO[text]


OWN = {
    "青いやつ抜いたら電話も切れた": "wrong_lead",
    "線抜いたら隣も止まった": "wrong_lead",
    "抜いたらカルテも消えた": "wrong_lead",
    "スイッチ切ったら全部落ちた": "wrong_lead",
    "unplugged it and the phones went dead": "wrong_lead",
    "ハブ抜いたらレントゲン止まった": "wrong_lead",
    "ルーター切ったら電話まで使えんくなった": "wrong_lead",
    "抜けてへんで 線": "not_done",
    "抜いとらん": "not_done",
    "線つながったままやで": "not_done",
    "抜けとらんばい": "not_done",
    "ささったままだわ": "not_done",
    "it's still plugged in": "not_done",
    "保留音のまま20分": "nobody_reached",
    "呼び出し音だけでもう10分": "nobody_reached",
    "been on hold for 15 minutes": "nobody_reached",
    "nobody picks up, 10 minutes now": "nobody_reached",
    "カルテの会社つながらないまま20分": "nobody_reached",
    "抜いたら電話ください": "",
    "抜いたら電話切れますか": "",
    "抜いたら直った": "",
    "抜いたら教えて": "",
    "電話切ったら画面が消えた": "",
    "抜けてへん？": "",
    "抜けたで": "",
    "10分後にかけ直します": "",
    "10分話しました": "",
    "電話は10分でつながった": "",
}


@pytest.mark.parametrize("text", OWN)
def test_what_came_of_an_order(text: str) -> None:
    """Something else stopped, it isn't done yet, nobody is reached: told in so many words, in whatever dialect."""
    assert told_in(text) == OWN[text]


async def test_who_has_the_step_reads_it_as_that(clinic: Clinic) -> None:
    """Reception is told by what she is to pull the lead that stands on her card: one tap opens that line."""
    await clinic.incident()
    await clinic.says("director", "[対応の責任者になる]")
    await clinic.says("director", "受付の人、LAN抜いて")
    assert "[1 する]  [2 答える]" in clinic.of("reception")[-1]
    assert "LANの線を抜く" in await clinic.says("reception", "[する]")
    await clinic.says("director", "看護師さん、窓を閉めて")

    assert "[1 答える]" in clinic.of("nurse")[-1]


async def test_what_must_not_be_done_is_told_as_it_was_said(clinic: Clinic) -> None:
    """It is no attempt to do it, and stands nowhere as one."""
    await clinic.incident()
    await clinic.says("director", "[対応の責任者になる]")
    await clinic.says("director", "佐藤さん、線を差し戻さないで")

    assert "📣 お願いです。" in clinic.of("reception")[-1]
    assert "しようとしています" not in clinic.read("deputy")


async def test_what_stands_as_done_is_said_not_to_be(clinic: Clinic) -> None:
    """Whoever leads reads which, also in dialect."""
    await clinic.incident()
    await clinic.says("reception", "②できました")
    await clinic.says("reception", "抜けてへんで 線")

    assert "済みの「LANの線を抜く" in clinic.read("director")


async def test_an_order_reaches_whoever_it_names(clinic: Clinic) -> None:
    """At once and as what it says; nobody is asked whether they did it, and who ordered hears that it was read, or wasn't."""
    await clinic.incident()
    await clinic.says("deputy", "[対応の責任者になる]")
    for text, who in (("鈴木さんLAN抜いて", "nurse"), ("佐藤さん警察に電話して", "reception")):
        told = await clinic.says("deputy", text)
        assert f"📣 お願いです。 田中さん（代行者）から\n「{text}」" in clinic.of(who)[-1]
        assert "済みにしますか" not in told
        assert "すぐ知らせました" in told
    assert "あなたがしましたか" not in clinic.read("nurse")
    await clinic.says("nurse", "[読んだ・こちらで見る]")
    assert "鈴木さん（看護師）: 読みました" in clinic.of("deputy")[-1]
    await clinic.passes(4)
    assert "佐藤さん（受付）から、まだ返事がありません" in clinic.read("deputy")


async def test_nobody_is_told_to_do_harm(clinic: Clinic) -> None:
    """It is answered as what must not be done, and goes to whoever else decides."""
    await clinic.incident()
    await clinic.says("deputy", "[対応の責任者になる]")
    assert "切らないでください" in await clinic.says("deputy", "鈴木さん電源切って")
    assert "電源切って" not in clinic.read("nurse")


async def test_what_is_ordered_of_all(clinic: Clinic) -> None:
    """「全員」 tells everybody at once, and so does whoever leads and names nobody; of others it is for the record."""
    await clinic.incident()
    await clinic.says("nurse", "紙で続けて")
    assert "まだ、だれにも" not in clinic.read("nurse")
    await clinic.says("director", "[対応の責任者になる]")
    assert "すぐ知らせました" in await clinic.says("director", "みなさん紙で続けてください")
    assert "📣 お願いです。 高橋さん（院長）から\n「みなさん紙で続けてください」" in clinic.of("reception")[-1]
    assert "すぐ知らせました" in await clinic.says("director", "午前は休診にします")
    assert "午前は休診にします" in clinic.of("nurse")[-1]


async def test_whom_an_order_excepts_is_not_told(clinic: Clinic) -> None:
    """All others are, or only whom else it names; what everybody is to buy is no ransom, and each is told their own part."""
    await clinic.incident()
    await clinic.says("director", "[対応の責任者になる]")
    assert "佐藤さん（受付）、鈴木さん（看護師）に、すぐ" in await clinic.says("director", "田中先生以外は紙で続けて")
    assert "田中さん（代行者）、鈴木さん（看護師）に、すぐ" in await clinic.says("director", "受付以外は電話に出ないで")
    assert "」\n鈴木さん（看護師）に、すぐ" in await clinic.says("director", "佐藤さんじゃなくて鈴木さんがLANを抜いて")
    bought = await clinic.says("director", "手の空いてる人はコンビニで紙を買ってきて")
    assert "払わないで" not in bought
    assert "田中さん（代行者）、佐藤さん（受付）、鈴木さん（看護師）に、すぐ" in bought
    assert "代わって" not in await clinic.says("director", "田中さんには責任者を頼まないで")
    assert "田中さん（代行者）、佐藤さん（受付）、鈴木さん（看護師）に、すぐ" in await clinic.says(
        "director", "電話に出ないで"
    )
    await clinic.says("director", "鈴木さんは窓を閉めて、佐藤さんはLAN抜いて")
    assert "[1 答える]" in clinic.of("nurse")[-1]
    assert "[1 する]" in clinic.of("reception")[-1]


async def test_what_everybody_has_is_not_offered_to_be_told_to_all(clinic: Clinic) -> None:
    """Neither its writer nor those who read it are asked to tell anybody else."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    shown = await clinic.says("director", "全員、端末に触らないで")

    assert "すぐ知らせました" in shown
    assert "全員に知らせる" not in shown.rpartition("すぐ知らせました")[2]
    assert "全員に知らせる" not in clinic.of("nurse")[-1]
