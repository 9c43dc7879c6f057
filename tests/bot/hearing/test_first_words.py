"""The first minute: what whoever reports is told, and what silence comes to."""

from __future__ import annotations

import pytest

from bot.desks.likely import likely_among
from flows.commands.facility import PutRegistry, RegistryRow
from flows.record.journal import FACILITY
from playbooks.triage.danger import danger_ears
from tests.clinic import Clinic

ODD = "電子カルテが動かない、画面に英語が出てる"


async def test_first_words_come_before_the_question(clinic: Clinic) -> None:
    """What to do and whom to call, then what it looks like."""
    shown = await clinic.says("reception", ODD)

    assert shown.index("①さわらない") < shown.index("高橋さん") < shown.index("どれに近いですか")


async def test_silence_takes_the_posture_of_the_worst(clinic: Clinic) -> None:
    """An attack is near: after a minute everybody is called and one machine comes off the network, and nothing is claimed."""
    await clinic.says("reception", ODD)
    reported = clinic.run().reported_at
    await clinic.passes(1.5)

    run = clinic.run()
    assert run.playbook is not None
    assert (run.playbook.playbook, run.facts["posture"], run.grade) == ("unknown", "attack", "urgent")
    assert "🚨" in clinic.read("director")
    assert "LANの線を抜いて" in clinic.read("reception")
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


@pytest.mark.parametrize(
    "text",
    ["注射を間違えました", "点滴まちがえた", "別の人に注射しちゃった", "ちがう患者さんに点滴した", "投薬ミスです"],
)
async def test_a_wrong_injection_is_a_medicine_matter(clinic: Clinic, text: str) -> None:
    """And not a paper that went astray; the first step is the patient, before anything is asked about ways."""
    shown = await clinic.says("nurse", text)
    assert "医師・薬剤師が、すぐご本人に電話" in shown

    shown = await clinic.says("nurse", "[違う人に送った・渡した、薬を間違えた]")
    assert "医師か薬剤師を呼び" in shown
    assert "どのように間違えましたか" not in shown


async def test_papers_are_asked_about_as_before(clinic: Clinic) -> None:
    """Nobody who sent a fax is asked to call a doctor."""
    await clinic.says("nurse", "FAXを違う番号に送りました")
    shown = await clinic.says("nurse", "[違う人に送った・渡した、薬を間違えた]")

    assert "残りの送信や受け渡し" in shown
    assert "医師か薬剤師" not in clinic.read("nurse")


async def test_a_needle_is_no_violence_and_no_computer(clinic: Clinic) -> None:
    """Wash and tell a doctor, then the cards; no desk for attacks, no police, and what nobody has done opens nothing."""
    assert (await clinic.says("director", "針が刺さったらどうする")).startswith("もし起きたときは:")
    for text in ("点滴の針が刺さりました", "針刺し事故の研修は何時からですか"):
        assert "流水" not in await clinic.says("director", text)
    shown = await clinic.says("nurse", "針刺ししました")
    shown += await clinic.says("nurse", "[針が刺さった、血が目などに入った]")

    assert shown.index("すぐ流水で洗う") < shown.index("医師か責任者に、今すぐ話す")
    assert [word for word in ("110", "サイバー", "LAN", "警察") if word in shown] == []
    tracks = clinic.engine.handbook.playbooks["needle_stick"].tracks.values()
    lines = [line for track in tracks for step in track.steps.values() for line in step.lines.values()]
    assert {line.contact for line in lines} == {None, "partner:hospital"}


def test_first_aid_is_heard_however_it_is_said(clinic: Clinic) -> None:
    """A needle, blood in an eye, what the other may have, a wrong vaccine: surely reported, and none needs 119 by itself."""
    told = {
        "針刺しました": "needle_stick",
        "採血のあと針が指に": "needle_stick",
        "注射針を指に刺した": "needle_stick",
        "自分の指に針刺した": "needle_stick",
        "血が目に入りました": "needle_stick",
        "相手の患者さん肝炎あるかも": "needle_stick",
        "needle went into my finger": "needle_stick",
        "ワクチン違う子に打っちゃった": "mis_sent",
        "違う患者さんに注射した": "mis_sent",
        "gave the vaccine to the wrong child": "mis_sent",
        "wrong dose given": "mis_sent",
        "wrong insulin dose was given": "mis_sent",
        "量を間違えて飲ませた": "mis_sent",
        "倍量を打ってしまいました": "mis_sent",
        "10倍量を投与してしまった": "mis_sent",
    }
    triage = likely_among(clinic.engine.handbook.playbooks)
    assert {text: (triage(text).playbooks[:1], triage(text).sure) for text in told} == {
        text: ((name,), True) for text, name in told.items()
    }
    assert not [text for text in told if danger_ears().hear(text) is not None]


def test_what_only_sounds_like_first_aid_is_none(clinic: Clinic) -> None:
    """A needle that belongs there, a training, a busy day, a drip that runs on."""
    triage = likely_among(clinic.engine.handbook.playbooks)
    for text in (
        "点滴の針が刺さりました",
        "研修で針刺しの話がありました",
        "針を指に刺したときは",
        "手に針金が引っかかった",
        "息をつく暇もない",
        "仕事が山で死にそう",
        "点滴が止まらない",
    ):
        assert "needle_stick" not in triage(text).near, text
        assert danger_ears().hear(text) is None, text


async def test_a_lost_tablet_is_heard_however_short(clinic: Clinic) -> None:
    """The plainest words of all ask nobody whether something is going on; what might be lost one day is told as that."""
    supposed = await clinic.says("director", "タブレットをなくしたときはどうしますか")
    assert supposed.startswith("もし起きたときは:")
    assert clinic.engine.runs() == []
    assert "遠くからロック" in await clinic.says("nurse", "タブレットをなくしました")


async def test_a_mistake_is_over_at_once(clinic: Clinic) -> None:
    """[間違いでした] ends a report that nobody opened without asking why; nothing begins later, the next words are a new report."""
    await clinic.says("reception", "電子カルテが動かない、画面に英語が出てる")
    await clinic.says("nurse", "うちのパソコンも英語の画面です")
    first = clinic.run()
    shown = await clinic.says("reception", "[間違いでした]")
    await clinic.passes(5)

    assert "取り消しました" in shown
    assert "[1 書き加える]" in shown
    assert "取り消しました" in clinic.read("nurse")
    assert clinic.run(first.id).state == "false_alarm"
    assert "🚨" not in clinic.read("director")

    await clinic.says("reception", "電子カルテが動きません")
    assert clinic.run().id != first.id


async def test_whoever_joins_a_report_early_is_told_and_called(clinic: Clinic) -> None:
    """The second to report gets first words at once, and the alarm when it opens; what they write after that confirms it."""
    await clinic.says("reception", ODD)
    shown = await clinic.says("nurse", "電子カルテが固まりました")
    assert shown.index("①さわらない") < shown.index("同じ件として加えました")
    assert clinic.id("nurse") not in clinic.run().acknowledged
    again = await clinic.says("nurse", "電子カルテがまだ固まっています")
    assert "①さわらない" not in again
    await clinic.passes(1.5)

    assert len(clinic.engine.live_runs()) == 1
    assert "🚨" in clinic.read("nurse")
    assert "鈴木さん（看護師）からも「電子カルテが固まりました」" in clinic.read("director")
    assert clinic.id("nurse") in clinic.run().acknowledged


async def test_words_are_the_facilitys(clinic: Clinic) -> None:
    """A pharmacy has no 院長 and no nurse to call: its people read of their own head and of whom they can shout for."""
    clinic_here = clinic.engine.roster().facility
    pharmacy = clinic_here.model_copy(update={"kind": "pharmacy"}).model_dump_json()
    row = RegistryRow("facility", "facility", pharmacy, clinic_here.model_dump_json())
    clinic.orders(PutRegistry(FACILITY, (row,)))
    await clinic.says("nurse", "保守の会社から、データが漏れたと連絡が来ました")
    await clinic.says("reception", "患者さんが倒れました")

    assert "管理薬剤師に知らせる" in clinic.read("nurse")
    assert "AEDと薬剤師・職員を、声で呼んで" in clinic.read("reception")
    assert "院長" not in clinic.read("nurse") + clinic.read("reception")


@pytest.mark.parametrize(
    ("text", "own"),
    [("別の患者さんに注射してしまいました", True), ("FAXを違う番号に送ってしまいました", False)],
)
async def test_the_alarm_is_that_of_the_matter(clinic: Clinic, text: str, own: bool) -> None:
    """A wrong injection is called by its name, and calls a doctor; a fax that went astray has the line of its playbook."""
    await clinic.says("reception", text)
    await clinic.says("reception", clinic.engine.handbook.playbooks["mis_sent"].question.ja)
    read = clinic.read("director")

    assert ("🔔 薬・注射の間違い" in read) is own
    assert ("すぐその方のところへ" in read) is own
    assert ("宛先とお名前を見直してから" in read) is not own
