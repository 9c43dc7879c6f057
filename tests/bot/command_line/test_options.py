"""What several commands have in common."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from bot.command_line.options import a_name
from tests.bot.command_line.prompt import Prompt


@click.command()
@click.option("--name", callback=a_name, required=True)
def greet(name: str) -> None:
    """Say a name."""
    click.echo(name)


@pytest.mark.parametrize(
    ("written", "code", "said"), [(" 山田　 花子 ", 0, "山田 花子\n"), ("  ", 2, ""), ("あ" * 61, 2, "")]
)
def test_a_name(written: str, code: int, said: str) -> None:
    """One to sixty characters, spaces tidied up; anything else is misuse."""
    result = CliRunner().invoke(greet, ["--name", written])

    assert (result.exit_code, result.stdout) == (code, said)


def test_the_home_may_come_from_the_environment(prompt: Prompt) -> None:
    """TOMOSHIBI_HOME stands in for --home; without either it is misuse."""
    assert prompt.runs("runs", "list").exit_code == 2

    prompt.makes_home()
    prompt.env["TOMOSHIBI_HOME"] = str(prompt.home)
    assert prompt.runs("runs", "list").exit_code == 0
