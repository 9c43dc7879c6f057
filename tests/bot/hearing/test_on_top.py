"""Something else happens while an incident goes on: whoever writes it is told at once what to do, and whoever leads hears of it."""

from __future__ import annotations

import pytest

from flows.commands.people import Decide, TakeCommand
from playbooks.model import DECISIONS
from tests.clinic import Clinic

MEDICINE = "医師・薬剤師が、すぐご本人に電話"
LOST = "直前にいた場所に電話"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("別の患者さんの薬を渡してしまいました", MEDICINE),
        ("注射を間違えました", MEDICINE),
        ("点滴まちがえた", MEDICINE),
        ("別の人に注射しちゃった", MEDICINE),
        ("アレルギーの薬を出してしまいました", MEDICINE),
        ("タブレットが見つかりません", LOST),
        ("FAXを違う人に送りました", "受け取った方に電話し"),
        ("針刺ししました", "すぐ流水で洗う"),
    ],
)
async def test_what_to_do_comes_at_once(clinic: Clinic, text: str, words: str) -> None:
    """Before anything else, to who has done nothing in it yet, too; nothing is asked, and the director reads of it."""
    await clinic.incident()
    shown = await clinic.says("nurse", text)

    assert words in shown
    assert "同じ件" not in shown
    assert "押し間違えた" not in clinic.read("director")
    assert "別のことも起きているようです" in clinic.read("director")
    assert text in clinic.read("director")


async def test_of_the_same_matter_nothing_is_told_anew(clinic: Clinic) -> None:
    """A net that is down belongs to an attack, hands that are full are no news, and a wrong tap is taken back."""
    await clinic.incident()
    for text in ("ネットがつながらない", "電話中なんでちょっと待って", "間違えました"):
        await clinic.says("reception", text)

    assert "別のことも起きている" not in clinic.read("director")
    assert "紙で続ける" not in clinic.read("reception")
    assert "受け取った方に" not in clinic.read("reception")


async def test_as_the_answer_to_a_question_it_is_asked_about(clinic: Clinic) -> None:
    """Who was to write a reason and writes of a wrong medicine gets its first words, once, and says what it was."""
    run = await clinic.incident()
    clinic.orders(TakeCommand(run.id))
    clinic.orders(Decide(run.id, DECISIONS[0]))
    assert clinic.id("director") in clinic.run(run.id).asking
    shown = await clinic.says("director", "別の患者さんの薬を渡してしまいました")
    assert shown.index(MEDICINE) < shown.index("これは、どちらですか")

    await clinic.says("director", "[お願い・質問]")
    assert clinic.read("director").count(MEDICINE) == 1
    assert "別のことも起きている" in clinic.read("deputy")


async def test_whoever_leads_opens_it_in_the_name_of_who_wrote_it(clinic: Clinic) -> None:
    """[別の件として報告] begins it as hers, without a question: the steps are hers, whatever else she has; nothing is told twice."""
    first = await clinic.incident()
    clinic.orders(TakeCommand(first.id))
    await clinic.says("nurse", "別の患者さんの薬を渡してしまいました")
    await clinic.says("director", "[別の件として報告]")
    second = clinic.run()

    assert second.id != first.id
    assert (second.reporter, second.commander) == (clinic.id("nurse"), clinic.id("director"))
    assert clinic.read("nurse").count(MEDICINE) == 1
    assert "医師か薬剤師を呼び" in clinic.read("nurse")
    assert "🔔 薬・注射の間違い" in clinic.read("deputy")

    shown = second.open_step_of(clinic.id("nurse"))
    assert shown is not None
    await clinic.does("nurse", button=f"ans|{second.id}|{shown.turn}|done")
    assert "もう飲んだり使ったりしましたか" in clinic.read("nurse")


async def test_beside_two_incidents(clinic: Clinic) -> None:
    """It isn't asked to which of them a third thing belongs."""
    await clinic.incident()
    await clinic.says("nurse", "タブレットをなくしました")
    await clinic.says("director", "[別の件として報告]")
    shown = await clinic.says("deputy", "別の患者さんの薬を渡してしまいました")

    assert MEDICINE in shown
    assert "どの件" not in shown


async def test_beside_a_report_that_nobody_has_opened(clinic: Clinic) -> None:
    """Somebody else's wrong medicine is a report of its own, not lost in one about a screen."""
    await clinic.says("reception", "電子カルテが動かない、画面に英語が出てる")
    shown = await clinic.says("nurse", "別の患者さんの薬を渡してしまいました")

    assert MEDICINE in shown
    assert [run.reporter for run in clinic.engine.live_runs()] == [clinic.id("reception"), clinic.id("nurse")]


async def test_in_a_drill(clinic: Clinic) -> None:
    """Whether it is real is asked; what to do if it is, comes before."""
    await clinic.drill()
    shown = await clinic.says("nurse", "別の患者さんの薬を渡してしまいました")

    assert shown.index(MEDICINE) < shown.index("本物の障害ですか")


async def test_something_is_found(clinic: Clinic) -> None:
    """Where it lay is no other thing; whoever looked says so with one tap."""
    await clinic.says("reception", "診察用のタブレットがありません")
    await clinic.says("reception", "[端末やUSB・書類がなくなった]")
    step = clinic.run().open_step_of(clinic.id("reception"))
    shown = await clinic.says("reception", "ありました！玄関に置き忘れてました")

    assert step is not None
    assert "[1 見つかりました]" in shown
    assert "別のことも起きている" not in clinic.read("director")
    assert "見つかったそうです" in clinic.read("director")


async def test_whoever_told_of_a_stranger_reads_no_words_of_another_matter(clinic: Clinic) -> None:
    """Keep away is said, and nothing of telephones and cables after it."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    shown = await clinic.says("reception", "変な人うろついてる")

    assert "離れて身を守る" in shown
    assert "LANの線を抜く" not in shown
