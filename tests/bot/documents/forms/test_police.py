"""The memo for the police."""

from __future__ import annotations

from bot.documents.forms.police import police_memo
from bot.documents.source import Source
from tests.bot.documents.sources import learns, source_of
from tests.clinic import Clinic


def test_what_the_police_ask_for(whole: Source) -> None:
    """When, what, which machines, what is kept where, whom to call; nobody is accused."""
    form = police_memo(whole)

    assert form.field("発覚（認識）日時").state == "known"
    assert form.field("行為者").state == "investigating"
    assert form.field("異常のある機器の台数").text == "12台"
    assert "screen.png" in form.field("写真・ファイル").text
    assert "外部接続装置の通信記録を保全" in form.field("通信・操作の記録（ログ）").text
    assert form.field("施設の担当").text == "高橋（院長）"
    assert form.field("機器の一覧（名称・IPアドレス・設置場所）").state == "by_hand"
    assert form.field("相談の記録（担当者・受付番号）").state == "known"


def test_it_is_no_victims_report(whole: Source) -> None:
    """The memo says that it is no 被害届, and that no law asks for it."""
    foot = "\n".join(police_memo(whole).foot)

    assert "被害届ではない" in foot
    assert "届出義務ではない" in foot


def test_of_an_attack_its_traces_are_asked_for(whole: Source) -> None:
    """The note, what they demand, how files are called, the way in; what nobody knows yet says whom to ask."""
    form = police_memo(whole)

    assert "screen.png" in form.field("ランサムノート（脅迫文）").text
    assert form.field("要求の内容（金額・期限・連絡先）").state == "by_hand"
    assert form.field("暗号化ファイルの拡張子").state == "known"
    assert form.field("侵入方法").state == "known"


async def test_of_what_is_gone_the_thing_is_asked_for(clinic: Clinic) -> None:
    """What it is and what was done to bar its use; no memo on a lost tablet asks for power and ransom notes."""
    run = await clinic.incident("lost_device")
    learns(clinic, run, lost="phone")
    form = police_memo(source_of(clinic, run.id))
    labels = {field.label for section in form.sections for field in section.fields}

    assert form.field("物の種類").text == "スマートフォン・タブレット"
    assert "製造番号" in form.field("物の種類").note
    assert "使用を止める処置" in labels
    assert labels.isdisjoint({"電源の状態", "ランサムノート（脅迫文）", "機器の一覧（名称・IPアドレス・設置場所）"})
