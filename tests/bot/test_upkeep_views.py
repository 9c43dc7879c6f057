"""How upkeep is said: few lines, the newest truth, in the reader's language."""

from __future__ import annotations

from bot.render import Screen
from bot.screens import Renderer
from flows import commands as cmd
from flows.journal import FACILITY, Owed
from tests.bot.conftest import Clinic


def said(clinic: Clinic, name: str, **data: object) -> Screen:
    """Render a message to the director."""
    director = clinic.id("director")
    return Renderer(clinic.engine).render(Owed(director, name, data=data), director, clinic.clock.now())


async def test_the_morning_message(clinic: Clinic) -> None:
    """At most five lines and a count; what was settled meanwhile is not asked for again."""
    for number in range(3):
        clinic.orders(cmd.OpenTask(FACILITY, "improvement", {"text": f"{number}つめ"}, clinic.id("director")), "deputy")
    clinic.clock.advance(days=14)
    await clinic.passes(15)
    message = [text for text in clinic.of("director") if text.startswith("🗓")][-1]

    assert message.count("\n・") == 5
    assert "/readiness" in message
    assert said(clinic, "upkeep", matters=["task:99:2027-04-01"]).text.startswith("✅")
