"""How a command ends: its exit codes, and what it prints for people and for scripts."""

from __future__ import annotations

import json
import sys
from typing import NoReturn

import click

FINE, PROBLEMS, MISUSE, ALTERED = 0, 1, 2, 3


def say(text: str) -> None:
    """Print a line for people."""
    click.echo(text)


def say_json(document: object) -> None:
    """Print one JSON document, and nothing else belongs on stdout."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def give_up(text: str, code: int = MISUSE) -> NoReturn:
    """Say in a sentence or two why it can't be done, and end."""
    click.echo(text, err=True)
    sys.exit(code)
