"""The command line as people and scripts use it: words in, an exit code, stdout and stderr out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.command_line.prompt import Prompt


@pytest.fixture
def prompt(tmp_path: Path) -> Prompt:
    """A shell in an empty folder."""
    return Prompt(tmp_path / "home", {"TELEGRAM_BOT_TOKEN": None, "TELEGRAM_API_URL": None, "TOMOSHIBI_HOME": None})
