"""``tomoshibi`` itself: the commands that there are; test_living.py starts it as ``python -m bot``."""

from __future__ import annotations

from importlib.metadata import Distribution, version

import pytest

from tests.bot.command_line.prompt import Prompt


def test_help_names_every_command(prompt: Prompt) -> None:
    """With a line on what it does; -h is the same."""
    result = prompt.runs("--help")

    assert result.exit_code == 0
    for command in ("init", "run", "chat", "demo", "check", "invite", "playbooks", "triage", "runs", "verify"):
        assert f"\n  {command} " in result.stdout
    assert prompt.runs("-h").stdout == result.stdout


def test_a_command_that_there_is_not(prompt: Prompt) -> None:
    """Is misuse, like an option that nobody knows."""
    assert prompt.runs("explode").exit_code == 2
    assert prompt.runs("runs", "list", "--explode").exit_code == 2


@pytest.mark.skipif(not list(Distribution.discover(name="tomoshibi")), reason="runs from a folder, not installed")
def test_the_version_is_the_packages(prompt: Prompt) -> None:
    """As installed."""
    assert version("tomoshibi") in prompt.runs("--version").stdout
