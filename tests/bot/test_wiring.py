"""All starters put the bot together in the same way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.wiring import light
from tests.clinic import Clinic, Post


@dataclass
class Loud(Post):
    """A channel on which the bot has a name."""

    name: str = "loud"
    on_name: Callable[[str | None], object] = field(default=lambda _: None)


async def test_a_name_reaches_the_invitations(clinic: Clinic) -> None:
    """What a channel learns of the bot's name stands in the links that invitations carry; other channels have none."""
    loud, post = Loud(), Post()
    lamp = light(clinic.home, clinic.clock, post, loud)
    loud.on_name("akari_bot")

    assert lamp.channels == {"terminal": post, "loud": loud}
    assert lamp.desk.people.bot_name == "akari_bot"
