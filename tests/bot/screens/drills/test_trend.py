"""The picture of the drills in the chat: after the sign-off, once there is something to compare."""

from __future__ import annotations

import pytest

from bot.screens.renderer import Renderer
from flows.commands.drilling import BeginExercise
from flows.commands.facility import ChangeMember
from flows.commands.people import Close, SignOff
from flows.messages.drilling import DrillTrend
from flows.record.journal import Owed
from tests.clinic import Clinic


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
    assert screen.picture is not None
    name, data = screen.picture()
    assert name == f"{clinic.run().id}-trend.png"
    assert data.startswith(b"\x89PNG")
