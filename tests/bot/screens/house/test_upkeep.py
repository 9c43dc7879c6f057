"""How upkeep is said: few lines, the newest truth, in the reader's language."""

from __future__ import annotations

from bot.screens.buttons import data_of
from bot.screens.renderer import Renderer
from bot.screens.requests.reports import TakePaper
from bot.screens.scene import Screen
from flows.commands.upkeep import OpenTask, TakeWallPack
from flows.messages.message import message_of
from flows.record.journal import FACILITY, Owed
from tests.clinic import Clinic


def said(clinic: Clinic, name: str, **data: object) -> Screen:
    """Render a message to the director."""
    director = clinic.id("director")
    return Renderer(clinic.engine).render(Owed(director, message_of(name, data)), director, clinic.clock.now())


async def test_the_morning_message(clinic: Clinic) -> None:
    """At most five lines and a count; what was settled meanwhile is not asked for again."""
    for number in range(3):
        clinic.orders(OpenTask(FACILITY, "improvement", {"text": f"{number}つめ"}, clinic.id("director")), "deputy")
    clinic.clock.advance(days=14)
    await clinic.passes(15)
    message = [text for text in clinic.of("director") if text.startswith("🗓")][-1]

    assert message.count("\n・") == 5
    assert "/readiness" in message
    assert said(clinic, "upkeep", matters=["task:99:2027-04-01"]).text.startswith("✅")


async def test_the_papers_for_the_wall(clinic: Clinic) -> None:
    """They are named with a button as long as they are outdated; once they are made there is nothing to ask."""
    screen = said(clinic, "upkeep", matters=["wall_pack:facility:wall_pack:never"])
    assert "壁に貼る紙" in screen.text
    assert [b.data for row in screen.rows for b in row] == [data_of(TakePaper(FACILITY, "print_pack", "pdf"))]

    clinic.orders(TakeWallPack(FACILITY), "director")
    assert said(clinic, "upkeep", matters=["wall_pack:facility:wall_pack:never"]).text.startswith("✅")
