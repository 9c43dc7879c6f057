"""``tomoshibi`` itself: the commands that there are; test_living.py starts it as ``python -m bot``."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import Distribution, version
from pathlib import Path

import pytest
from click import Context

from bot.command_line.tomoshibi import COMMANDS, Doors
from bot.home import make_home
from contacts.model import Facility
from tests.bot.command_line.prompt import Prompt


def test_help_names_every_command(prompt: Prompt) -> None:
    """With a line on what it does; -h is the same."""
    result = prompt.runs("--help")

    assert result.exit_code == 0
    for command in ("init", "run", "chat", "demo", "check", "invite", "playbooks", "triage", "runs", "verify"):
        assert f"\n  {command} " in result.stdout
    assert prompt.runs("-h").stdout == result.stdout


def test_help_waits_for_no_command() -> None:
    """The list says in both languages what each does, and loads none of them."""
    script = "import sys; from bot.command_line import main\ntry: main(['--help'])\nfinally: print(*sys.modules, file=sys.stderr)"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert "init       施設のホームを作る / make a home" in ended.stdout
    assert not {"flows", "contacts", "telegram", "bot.home"}.intersection(ended.stderr.split())
    for name in COMMANDS:
        assert Doors().get_command(Context(Doors()), name) is not None


def test_triage_waits_for_no_playbook() -> None:
    """Once what it goes by is remembered, it loads neither Pydantic nor the playbooks, and says the same."""
    script = "import sys; from bot.command_line import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    first, second = (
        subprocess.run(
            [sys.executable, "-c", script, "triage", "身代金を要求する画面が出た"],
            capture_output=True,
            text=True,
            check=True,
        )
        for _ in range(2)
    )

    assert "ransomware" in first.stdout
    assert second.stdout == first.stdout
    assert not {"pydantic", "rapidfuzz", "playbooks.catalogue"}.intersection(second.stderr.split())


def test_a_home_that_is_up_to_date_waits_for_nothing_that_updates_it(tmp_path: Path) -> None:
    """To verify it, and to load all of the bot, loads neither sqlite-utils nor NumPy; an older home is brought up to date first."""
    make_home(tmp_path, Facility(name="あかり診療所", kind="clinic"), "高橋", datetime(2026, 4, 1, 9, 0, tzinfo=UTC))
    script = "import sys, bot.wiring; from bot.command_line import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    ended = subprocess.run(
        [sys.executable, "-c", script, "verify", str(tmp_path)], capture_output=True, text=True, check=True
    )

    assert not {"sqlite_utils", "numpy"}.intersection(ended.stderr.split())


def test_a_command_that_there_is_not(prompt: Prompt) -> None:
    """Is misuse, like an option that nobody knows."""
    assert prompt.runs("explode").exit_code == 2
    assert prompt.runs("runs", "list", "--explode").exit_code == 2


@pytest.mark.skipif(not list(Distribution.discover(name="tomoshibi")), reason="runs from a folder, not installed")
def test_the_version_is_the_packages(prompt: Prompt) -> None:
    """As installed."""
    assert version("tomoshibi") in prompt.runs("--version").stdout
