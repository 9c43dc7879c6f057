"""The menu of commands beside the text field: what Telegram takes, in every language, and all of it works."""

from __future__ import annotations

import re

from bot.channels.telegram.menu_commands import OFFERED, menu_commands
from playbooks.texts import LANGUAGES
from tests.clinic import Clinic


def test_telegram_takes_it() -> None:
    """Names of small letters, at most 32; descriptions of 1 to 256 characters; the same commands in every language."""
    offered = menu_commands()
    assert list(offered) == list(LANGUAGES)
    for commands in offered.values():
        assert tuple(name for name, _ in commands) == OFFERED
        for name, description in commands:
            assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
            assert 1 <= len(description) <= 256


async def test_each_command_does_something_of_its_own(clinic: Clinic) -> None:
    """None of them is answered with the list of commands, but for the one that asks for it."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    answers = {name: await clinic.says("director", f"/{name}") for name in OFFERED}

    assert all(answers.values())
    assert [name for name, answer in answers.items() if "できること" in answer] == ["help"]
