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
