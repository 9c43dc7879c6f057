"""The command line as a person types at it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from bot.command_line import main


@dataclass
class Prompt:
    """A shell whose environment holds no token and no home; ``home`` is where a test may make one."""

    home: Path
    env: dict[str, str | None]

    def runs(self, *words: object, stdin: str | None = None) -> Result:
        """Run ``tomoshibi`` with these words; a mistake of ours is raised, not swallowed."""
        result = CliRunner().invoke(main, [str(w) for w in words], input=stdin, env=self.env)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def json(self, *words: object, code: int = 0) -> Any:
        """Run a command with ``--json``: one document on stdout, and nothing else."""
        result = self.runs(*words, "--json")
        assert result.exit_code == code, result.output
        return json.loads(result.stdout)

    def makes_home(self, *words: object) -> str:
        """Make a home; gives the director's code."""
        made = self.json(
            "init", self.home, "--facility", "あかり診療所", "--kind", "clinic", "--director", "高橋", *words
        )
        return str(made["invite"]["code"])
