"""What is asked or said in the middle of an incident is answered at once: what must not be done, which thing, which line."""

from __future__ import annotations

import json

import pytest

from tests.clinic import Clinic

ALWAYS = {
    "電源切っていい？": "電源は、切らないでください",
    "再起動してみます": "電源は、切らないでください",
    "コンセント抜きましょうか": "電源は、切らないでください",
    "身代金払います": "払わないでください",
    "画面に出てる番号に電話していいですか": "電話も返事もしないで",
    "ウイルススキャンしてみます": "何も消さないでください",
}
"""What does harm in an attack and in an outage alike."""

IN_ATTACKS = {
    "抜いた線、さしてもいい？": "まだ戻さないでください",
    "バックアップから戻していいですか": "バックアップは、まだ使わないで",
    "USBにデータをコピーしておきましょうか": "つながないでください",
    "受付のパソコンは使っていいですか": "どのパソコンも使わないで",
}
"""What may be just what helps where a system only failed."""


@pytest.mark.parametrize(("text", "answer"), (ALWAYS | IN_ATTACKS).items())
async def test_what_must_not_be_done_is_said_before_anybody_is_asked(clinic: Clinic, text: str, answer: str) -> None:
    """The writer reads it in the same moment; whoever leads reads that somebody is about to."""
    await clinic.incident()
    shown = await clinic.says("nurse", text)

    assert answer in shown
    assert "してはいけないことを" in clinic.read("director")
    assert text in clinic.read("director")


@pytest.mark.parametrize("text", IN_ATTACKS)
async def test_what_may_help_in_an_outage_is_a_question_there(clinic: Clinic, text: str) -> None:
    """Nobody forbids it; whoever leads is asked."""
    await clinic.incident("ehr_outage")
    shown = await clinic.says("nurse", text)

    assert "ないでください" not in shown.replace("🚫", "")
    assert "聞いています" in shown


async def test_a_thing_that_somebody_asks_about_is_shown(clinic: Clinic) -> None:
    """Its marks, then their own step; what isn't a thing that we can show goes to whoever leads."""
    await clinic.incident()
    shown = await clinic.says("nurse", "ルーターってどれですか")
    assert "さがすのは、これです" in shown
    assert "WAN" in shown

    assert "さがすのは、これです。ルーター" not in await clinic.says("reception", "どの線ですか？")
    assert "聞いています" in await clinic.says("nurse", "金庫ってどれですか")


async def test_done_means_the_line_of_a_card(clinic: Clinic) -> None:
    """「LANぬいたで」 offers the line that asks for it, and one tap settles that line and no other."""
    await clinic.incident()
    shown = await clinic.says("reception", "LANぬいたで")
    assert "LAN" in shown
    assert "これを済みにする" in shown

    await clinic.says("reception", "これを済みにする")
    assert [json.loads(e.body)["line"] for e in clinic.entries("line_settled")] == ["unplug_machine"]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("点滴ポンプの線を抜いちゃった", "すぐ医師か看護師を呼んで"),
        ("酸素の機械の線も抜く？", "すぐ医師か看護師を呼んで"),
        ("輸液ポンプのアラームが鳴ってます", "すぐ医師か看護師を呼んで"),
        ("あ、別の線抜いちゃった", "あわてて差し戻さず"),
        ("間違った線を抜いた", "あわてて差し戻さず"),
        ("電源の線を抜きました", "もうさわらないで"),
        ("まちがえて電源抜いちゃった", "もうさわらないで"),
        ("カルテ会社から電話がきて、パスワード教えてって", "だれにも教えないで"),
    ],
)
async def test_what_may_hurt_somebody_is_no_step_done(clinic: Clinic, text: str, answer: str) -> None:
    """A patient's device, a wrong lead, the power: nothing is offered as done or put back, and whoever leads hears of it at once."""
    await clinic.incident()
    shown = await clinic.says("reception", text)

    assert answer in shown
    assert "済みにする" not in shown
    assert text in clinic.read("director")


@pytest.mark.parametrize("text", ["119に電話したほうがいいですか", "救急車呼びますか", "should I call an ambulance?"])
async def test_whoever_asks_whether_to_call_help_reads_how(clinic: Clinic, text: str) -> None:
    """Nobody is told not to call, and nobody waits for an answer first."""
    await clinic.incident()
    assert "119" in await clinic.says("nurse", text)


@pytest.mark.parametrize(
    "text", ["サポートに電話していい？", "ルーターの電源抜いて入れ直していい？", "帰ってもらっていい？"]
)
async def test_what_helps_in_an_outage_is_not_forbidden(clinic: Clinic, text: str) -> None:
    """Whoever leads is asked."""
    await clinic.incident("ehr_outage")
    await clinic.says("nurse", text)
    assert "してはいけないことを" not in clinic.read("director")


async def test_a_colleagues_step_is_not_offered_for_what_one_did_oneself(clinic: Clinic) -> None:
    """A call that reception made settles no nurse's call."""
    await clinic.incident()
    clinic.seen.clear()
    await clinic.says("reception", "カルテ会社に電話しました")
    assert "この手順のことですか" not in clinic.read("nurse")
