"""What a text may be about."""

from __future__ import annotations

import pytest

from bot.desks.likely import CONFIDED, likely_among
from tests.clinic import Clinic


async def test_a_short_list(clinic: Clinic) -> None:
    """Whatever a text may mean, at most three playbooks are offered; everyday talk means none and is never sure."""
    likely = likely_among(clinic.engine.handbook.playbooks)
    many = likely("電子カルテが動かない、画面に英語が出てる")

    assert {"ransomware", "ehr_outage"} <= set(many.playbooks)
    assert len(many.playbooks) <= 3
    assert likely("おはようございます").playbooks == ()
    assert not likely("おはようございます").sure


async def test_what_moves_by_itself_is_surely_trouble(clinic: Clinic) -> None:
    """A printer at which nobody is, a pointer that nobody moves: no answer is waited for long; a door that opens is a door."""
    likely = likely_among(clinic.engine.handbook.playbooks)

    for text in (
        "カードリーダーが勝手に印刷されてます",
        "誰もさわっていないのにプリンターから紙が出てくる",
        "複合機から知らない紙がどんどん出てくる",
        "printer prints by itself",
    ):
        assert likely(text).sure, text
    for text in ("自動ドアが勝手に開く", "プリンターの紙づまりです", "カードが1枚読めません"):
        assert not likely(text).sure, text


@pytest.mark.parametrize("text", ["プリンターの紙づまり", "紙詰まりです", "複合機がエラーです"])
async def test_a_machine_that_fails_is_trouble_however_few_the_words(clinic: Clinic, text: str) -> None:
    """Its writer is asked what it is nearest to, and not whether anything is happening."""
    assert "どれに近いですか" in await clinic.says("reception", text)


async def test_what_is_most_likely_talk_waits_for_the_evening(clinic: Clinic) -> None:
    """Its writer is asked once, nobody else is, nothing begins by itself, and who decides reads of it at five."""
    assert "どれに近いですか" in await clinic.says("nurse", "首が痛い、寝違えた")
    await clinic.passes(180)
    assert clinic.run().state == "false_alarm"
    assert "いちばん近いものを" not in clinic.read("director")

    await clinic.passes(6 * 60)
    assert "対応を始めなかったメッセージが1件あります" in clinic.read("director")
    assert "「首が痛い、寝違えた」" in clinic.read("director")
    assert "寝違えた" not in clinic.read("reception")


@pytest.mark.parametrize("text", ["電子カルテが動かない", "画面に英語が出てる", "電カル重い気がする"])
async def test_what_stands_still_or_looks_like_an_attack_is_no_talk(clinic: Clinic, text: str) -> None:
    """However few words it has, it begins although nobody answers."""
    await clinic.says("nurse", text)
    await clinic.passes(8)

    assert clinic.run().playbook is not None


@pytest.mark.parametrize(
    "text",
    [
        "患者の岩田さんのカルテ",
        "電子カルテが動かない、田中さんも困ってる",
        "薬の履歴が見れない",
        "患者さんの情報が見れない",
        "お店の人が中を見たみたい",
        "タクシーの運転手さんが中身を見てました",
        "電子カルテが開かないので佐藤さんが見ています",
    ],
)
async def test_what_fails_and_what_others_saw_is_no_colleagues_deed(clinic: Clinic, text: str) -> None:
    """Not even as a button that nobody needs."""
    heard = likely_among(clinic.engine.handbook.playbooks)(text)

    assert CONFIDED not in heard.playbooks


@pytest.mark.parametrize(
    "text",
    [
        "田中さんが患者さんのカルテをこっそり見ています",
        "看護師さんがスマホでカルテを撮っています",
        "佐藤さんが用もないのに芸能人のカルテを見てた",
        "退職した人のIDでログインされています",
    ],
)
async def test_what_a_colleague_does_is_one_still(clinic: Clinic, text: str) -> None:
    """Whatever it is done with."""
    assert CONFIDED in likely_among(clinic.engine.handbook.playbooks)(text).playbooks


async def test_a_report_in_latin_letters_is_one(clinic: Clinic) -> None:
    """As people type on a keyboard from abroad."""
    likely = likely_among(clinic.engine.handbook.playbooks)

    assert likely("densi karute ga ugokanai").playbooks[0] == "ehr_outage"
    assert likely("netto ga tsunagaranai").playbooks[0] == "network_outage"
    assert likely("tablet wo nakushimashita").playbooks[0] == "lost_device"
    assert "電子カルテ" in await clinic.says("nurse", "densi karute ga ugokanai")
