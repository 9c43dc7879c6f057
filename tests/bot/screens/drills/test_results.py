"""How a drill's result is said: figures beside the yardstick, ratings by tap, improvements with an owner."""

from __future__ import annotations

import pytest

from bot.documents.orders import made
from bot.screens.renderer import Renderer
from flows.commands.drilling import BeginExercise
from flows.commands.facility import ChangeMember
from flows.commands.people import Close, SignOff
from flows.commands.upkeep import FinishTask
from flows.messages.drilling import DrillTrend
from flows.record.journal import Owed
from tests.clinic import Clinic


async def debriefing(clinic: Clinic) -> str:
    """Play a tabletop drill up to its debrief; gives the result as the director sees it."""
    clinic.orders(BeginExercise("", "tabletop", "partner_ransomware"))
    await clinic.passes(2)
    for who in ("deputy", "reception"):
        await clinic.says(who, "確認しました")
    await clinic.says("director", "訓練を終えて振り返る")
    for _ in range(5):
        await clinic.says("director", "とくになし")
    return next(text for text in reversed(clinic.of("director")) if "結果" in text)


async def test_the_figures_stand_beside_the_yardstick(clinic: Clinic) -> None:
    """Rate, median, who never answered, the published figures, and each time with its target."""
    shown = await debriefing(clinic)

    assert "3人中2人（67％）、半数の方が2分以内に応答" in shown
    assert "返事がなかった方: 鈴木さん（看護師）" in shown
    assert "81.2％、56.9分" in shown
    assert "○ 院長に伝わるまで: 2分（10分）" in shown
    assert "－ LANの線を抜くまで: まだ（5分）" in shown


async def test_rating_improving_and_signing(clinic: Clinic) -> None:
    """One tap takes the proposals; an improvement gets an owner and a day; the sign-off ends it."""
    await debriefing(clinic)
    await clinic.says("director", "案のとおりに評価")
    assert len(clinic.run().exercise.ratings) == 6  # type: ignore[union-attr]
    await clinic.says("director", "改善を加える")
    await clinic.says("director", "紙の受付票を棚に置く")
    shown = await clinic.says("director", "鈴木")
    assert "改善を登録しました（2027-05-01まで）" in shown
    [task] = clinic.engine.house.open_tasks(clinic.id("nurse"))
    assert task.about == {"run": clinic.run().id, "text": "紙の受付票を棚に置く"}

    clinic.orders(SignOff(clinic.run().id))
    assert clinic.run().state == "closed"


async def test_the_next_drill_verifies_what_was_done(clinic: Clinic) -> None:
    """What was put right since is shown again; one tap says whether it helped. The drill before stands beside."""
    await test_rating_improving_and_signing(clinic)
    [task] = clinic.engine.house.open_tasks()
    clinic.orders(FinishTask("facility", task.id, "置きました"), "nurse")
    clinic.seen.clear()
    shown = await debriefing(clinic)

    assert "前回（2027-04-01）: 67％、2.0分" in shown
    await clinic.says("director", "改善できていた: 紙の受付票を棚に置く")
    assert clinic.engine.house.tasks[task.id].state == "verified"


async def held(clinic: Clinic) -> None:
    """Hold a quiz to its end."""
    clinic.clock.advance(minutes=1)
    clinic.orders(BeginExercise("", "quiz"))
    clinic.orders(Close(clinic.run().id))
    clinic.orders(SignOff(clinic.run().id))
    await clinic.stage.settle()


async def test_the_second_drill_of_a_kind_brings_the_picture(clinic: Clinic) -> None:
    """The first has nothing to be compared with; the next comes with the picture, to whoever leads alone."""
    await held(clinic)
    assert "推移" not in clinic.read("director")

    await held(clinic)
    assert "【訓練】" in clinic.read("director")
    assert "これまで2回の推移" in clinic.read("director")
    assert "推移" not in clinic.read("nurse")


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_the_file_is_a_png(clinic: Clinic, language: str) -> None:
    """It is made when the message goes out, named after the drill."""
    clinic.orders(ChangeMember("facility", clinic.id("director"), {"language": language}))
    await held(clinic)
    await held(clinic)
    owed = Owed(clinic.id("director"), DrillTrend(), clinic.run().id)
    screen = Renderer(clinic.engine).render(owed, clinic.id("director"), clinic.clock.now())

    assert screen.text.startswith({"ja": "【訓練】", "en": "[DRILL]"}[language])
    assert screen.chart is not None
    data = made(clinic.home, screen.chart)
    assert screen.chart.name == f"{clinic.run().id}-trend.png"
    assert data.startswith(b"\x89PNG")
