"""Who writes in a drill that it is to end, or to be held another day, is given the button for it, or told whom to ask."""

from __future__ import annotations

import pytest

from flows.commands.drilling import BeginExercise
from playbooks.wants.names import says
from tests.clinic import Clinic

ENDS = (
    "訓練やめて",
    "訓練中止",
    "もう終わりにしよう",
    "もう終わりにして",
    "中止",
    "中止です！",
    "ストップ！",
    "今日の訓練はここまで",
    "訓練終了します",
    "練習もうやめたい",
    "この訓練打ち切って",
    "let's stop the drill",
    "訓練どころじゃないので中止で",
)
LATER = (
    "延期して",
    "訓練は来週にして",
    "別の日にできませんか",
    "postpone the drill",
    "また今度にしましょう",
    "訓練の日を変えたい",
)
NEITHER = (
    "パソコン使うのやめて",
    "診療を中止にしますか",
    "終わりました",
    "もう終わった？",
    "予防接種を延期してほしいと患者さん",
    "訓練ですよね？",
    "線を抜くのは中止で",
    "訓練が終わったら連絡します",
    "訓練は何時に終わりますか",
    "訓練やめないで",
    "もう終わりにしたい",
)
"""The last is no wish about a drill: who writes it may mean themselves."""


def _wish(text: str) -> str:
    if says(text, "drill_later") or says(text, "later"):
        return "later"
    return "ends" if says(text, "drill_ends") or says(text, "ends") else ""


@pytest.mark.parametrize("text", [*ENDS, *LATER, *NEITHER])
def test_what_is_said_of_a_drills_end(text: str) -> None:
    """By its name, or in words that mean nothing else in a drill; no denial, no condition, nobody's own end."""
    assert _wish(text) == ("ends" if text in ENDS else "later" if text in LATER else "")


async def test_the_end_of_a_drill_is_offered(clinic: Clinic) -> None:
    """Everybody may break an exercise off and let it stand still; who began it may end it and look back as well."""
    clinic.orders(BeginExercise("", "tabletop"))
    await clinic.stage.settle()

    begun = await clinic.says("director", "訓練やめて")
    asked = await clinic.says("reception", "延期して")

    assert "[1 訓練を途中で中止する]  [2 訓練を終えて振り返る]  [3 訓練を止める]" in begun
    assert "この訓練を別の日にしますか？" in asked
    assert "[1 訓練を途中で中止する]  [2 訓練を止める]" in asked
    await clinic.says("reception", "[訓練を途中で中止する]")
    await clinic.says("reception", "患者さんが多い")
    assert clinic.run().state == "broken_off"


async def test_who_may_not_end_a_drill_is_told_whom_to_ask(clinic: Clinic) -> None:
    """A drill about an attack is ended by those who decide: the nurse reads who they are, and nothing ends."""
    run = await clinic.drill()

    told = await clinic.says("nurse", "もう終わりにしよう")

    assert "終わりにできるのは、高橋さん（院長）、田中さん（代行者）" in told
    assert "鈴木さん" not in told
    assert clinic.run(run.id).live


async def test_in_an_incident_nothing_of_a_drill_is_offered(clinic: Clinic) -> None:
    """There words about an end are about the incident."""
    await clinic.incident()

    assert "訓練" not in await clinic.says("reception", "もう終わりにしよう")


async def test_who_plans_no_drills_reads_who_does(clinic: Clinic) -> None:
    """Reception's list has no buttons, so it says whom to ask for a drill, or for another day."""
    for text in ("/drills", "訓練したい", "訓練を延期して", "訓練の一覧"):
        told = await clinic.says("reception", text)
        assert "訓練を始める・日を変えるのは、高橋さん（院長）、田中さん（代行者）です" in told
    assert "声をかけて" not in await clinic.says("director", "/drills")
