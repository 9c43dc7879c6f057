"""The menu of commands beside the text field: what Telegram takes, in both languages, and all of it works."""

from __future__ import annotations

import re

from bot.channels.telegram.menu_commands import MENU_COMMANDS
from tests.clinic import Clinic


def test_telegram_takes_it() -> None:
    """Names of small letters, at most 32; descriptions of 1 to 256 characters; the same commands in both languages."""
    assert [name for name, _ in MENU_COMMANDS["ja"]] == [name for name, _ in MENU_COMMANDS["en"]]
    for commands in MENU_COMMANDS.values():
        for name, description in commands:
            assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
            assert 1 <= len(description) <= 256


async def test_each_command_does_something_of_its_own(clinic: Clinic) -> None:
    """None of them is answered with the list of commands, but for the one that asks for it."""
    await clinic.incident()
    await clinic.says("director", "確認しました")
    answers = {name: await clinic.says("director", f"/{name}") for name, _ in MENU_COMMANDS["ja"]}

    assert all(answers.values())
    assert [name for name, answer in answers.items() if "できること" in answer] == ["help"]
