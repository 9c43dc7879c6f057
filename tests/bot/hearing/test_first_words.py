"""The first minute: what whoever reports is told, and what silence comes to."""

from __future__ import annotations

from tests.clinic import Clinic

ODD = "電子カルテが動かない、画面に英語が出てる"


async def test_first_words_come_before_the_question(clinic: Clinic) -> None:
    """What to do and whom to call, then what it looks like."""
    shown = await clinic.says("reception", ODD)

    assert shown.index("①さわらない") < shown.index("高橋さん") < shown.index("いちばん近いもの")


async def test_silence_takes_the_posture_of_the_worst(clinic: Clinic) -> None:
    """An attack is near: after a minute everybody is called and one machine comes off the network, and nothing is claimed."""
    await clinic.says("reception", ODD)
    reported = clinic.run().reported_at
    await clinic.passes(1.5)

    run = clinic.run()
    assert run.playbook is not None
    assert (run.playbook.playbook, run.facts["posture"], run.grade) == ("unknown", "attack", "urgent")
    assert "🚨" in clinic.read("director")
    assert "LANケーブルを抜いて" in clinic.read("reception")
    assert {"crime_suspected", "leak"}.isdisjoint(run.facts)
    assert run.known_at == reported


async def test_a_late_answer_still_names_the_attack(clinic: Clinic) -> None:
    """Slow readers tap after silence took the posture: their answer counts, and the attack's own steps come; a harmless one doesn't."""
    await clinic.says("reception", ODD)
    await clinic.passes(1.5)
    await clinic.says("reception", "[電子カルテや会計の画面が動かない]")
    harmless = clinic.run().playbook
    await clinic.says("reception", "[画面に脅し文・読めない英語が出た]")
    named = clinic.run().playbook

    assert harmless is not None
    assert named is not None
    assert (harmless.playbook, named.playbook) == ("unknown", "ransomware")
    assert clinic.run().facts["crime_suspected"] == "yes"
    assert "被害を広げない" in clinic.read("reception")


async def test_what_is_no_report_as_it_stands_is_asked_about(clinic: Clinic) -> None:
    """Nothing begins, also later; advice starts nothing; a yes begins it with first words."""
    shown = await clinic.says("reception", "テレビで病院のサイバー攻撃のニュースやってた")
    assert "いま何か起きていますか？" in shown
    assert "①" not in shown
    await clinic.passes(5)
    assert clinic.engine.live_runs() == []

    assert "何も始めていません" in await clinic.says("reception", "[相談だけ]")
    assert clinic.engine.live_runs() == []

    await clinic.says("reception", "もしサーバーが止まったら誰に言えばいいですか")
    assert "①" in await clinic.says("reception", "[はい、いま]")
    assert len(clinic.engine.live_runs()) == 1


async def test_a_report_is_never_swallowed_as_a_reason(clinic: Clinic) -> None:
    """Who was to give a reason and writes a plain report is asked what it is; as a report it opens one, and the wait ends."""
    await clinic.says("reception", "電子カルテが固まった")
    first = clinic.run()
    await clinic.says("reception", "[まちがいでした]")
    shown = await clinic.says("reception", "電子カルテが動きません")
    assert "いま起きていることですか" in shown
    assert clinic.run(first.id).state == "reported"

    assert "①" in await clinic.says("reception", "[いま起きている（報告）]")
    assert clinic.run().id != first.id
    assert clinic.id("reception") not in clinic.run(first.id).asking
