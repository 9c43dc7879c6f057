"""What goes on as a failure is asked about as an attack as soon as somebody tells of a sign of one, however unsure."""

from __future__ import annotations

import pytest

from bot.desks.likely import likely_among
from bot.hearing.in_run.listening import attack_after_all, attacks_in
from tests.clinic import Clinic
from tests.library import shipped_catalogue

SIGNS = """
    英語で身代金みたいなこと書いてあります
    お金払えって出てます
    ビットコインって書いてある
    72時間以内に払えと
    暗号化されたって書いてあるんですけど
    赤い画面になって時間が減っていってる
    ファイルが全部読めない名前になってる
    プリンターから英語の紙が出てきました
    データを返してほしければ連絡しろと出ています
    ランサムウェアかもしれない
    It says to pay in bitcoin
    there is a ransom message on the screen
    """
NO_SIGNS = """
    患者さんがお金払えなくて困っています
    会計でお金を払えない方がいます
    英語の問診票はどこですか
    まだカルテが動きません
    ルーターのランプが赤です
    """


def test_signs_of_an_attack_in_any_words() -> None:
    """An unsure word counts, and a word that only attackers use counts where the whole sounds like no report; bills don't."""
    books = {book.playbook: book for book in shipped_catalogue().for_use("incident")}
    triage = likely_among(books)
    heard = {line: bool(attacks_in(line, triage(line), books)) for line in map(str.strip, SIGNS.strip().splitlines())}
    assert [line for line, sign in heard.items() if not sign] == []
    calm = {line: attacks_in(line, triage(line), books) for line in map(str.strip, NO_SIGNS.strip().splitlines())}
    assert [line for line, sign in calm.items() if sign] == []


def _playbook(clinic: Clinic) -> str:
    book = clinic.run().playbook
    return book.playbook if book else ""


async def test_whether_to_pay_is_answered_beside(clinic: Clinic) -> None:
    """That is asked for means an attack, which whoever leads is to hear; who asks reads at once that nobody pays."""
    await clinic.incident("ehr_outage")
    told = await clinic.says("reception", "身代金払ったほうがいい？")

    assert "払わないでください" in told
    assert "[1 攻撃として扱う]" in clinic.of("director")[-1]


async def test_an_outage_becomes_an_attack_with_one_tap(clinic: Clinic) -> None:
    """The writer reads what to do now, whoever leads is asked at once, and their tap goes on with the attack's playbook."""
    await clinic.says("reception", "電子カルテが固まって動きません")
    await clinic.says("reception", "[電子カルテや会計の画面が動かない]")
    await clinic.says("director", "[対応の責任者になる]")
    told = await clinic.says("reception", "お金払えって出てます")
    assert "LANの線を抜いてください" in told
    assert "バックアップには、さわらず" in told
    assert "[1 攻撃として扱う]" in clinic.of("director")[-1]
    assert _playbook(clinic) == "ehr_outage"
    await clinic.says("director", "[攻撃として扱う]")
    assert _playbook(clinic) == "ransomware"
    assert not any(plea.waits for plea in clinic.run().pleas.values())
    assert len(clinic.engine.runs()) == 1


AFTER_ALL = """
    さっきのいいえは間違い ほんとは変な字出てた
    いいえは押し間違いです
    いいえって押したけど、英語の文字が出てました
    ほんとはあった
    すみません、やっぱりありました
    よく見たら出てました
    さっきのいいえは間違いです
    actually there was a strange message, my no was wrong
    訂正 英語の脅し文が出てた
    """
NOT_AFTER_ALL = """
    さっきの写真は間違いです
    やっぱり患者さんに説明しました
    実は鈴木さんも困っています
    さっきのは押し間違い
    ほんとは9時からでした
    やっぱりできました
    """


@pytest.mark.parametrize("between", ["", "[全部できました]"])
async def test_a_sign_that_was_denied_and_is_told_after_all(clinic: Clinic, between: str) -> None:
    """Whoever decides is asked at once whether it is an attack, whatever was settled in between; other slips are none."""
    await clinic.incident("ehr_outage")
    await clinic.says("reception", "[いいえ、ありません]")
    if between:
        await clinic.says("reception", between)
    context, run = clinic.engine.context(clinic.clock.now(), clinic.id("reception")), clinic.run()
    heard = {
        line: attack_after_all(line, run, context.actor) or bool("訂正" in line)
        for line in map(str.strip, AFTER_ALL.strip().splitlines())
    }
    assert [line for line, attack in heard.items() if not attack] == []
    calm = [
        line
        for line in map(str.strip, NOT_AFTER_ALL.strip().splitlines())
        if attack_after_all(line, run, context.actor)
    ]
    assert calm == []
    for told in ("訂正 英語の脅し文が出てた", "さっきのいいえは間違い ほんとは変な字出てた"):
        await clinic.says("reception", told)
        assert "[1 攻撃として扱う]" in clinic.of("director")[-1], told
    assert "戻すときは" not in clinic.read("reception")
