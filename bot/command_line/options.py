"""Options, and those that several commands share."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click

from bot.phrasing import in_all, phrase
from playbooks.phrasing import LANGUAGES

LONGEST_NAME = 60


class Option(click.Option):
    """An option whose help is a phrase ``options.<says>``, read when somebody asks for help and not before."""

    def __init__(self, *args: Any, says: str, such_as: str = "", **attributes: Any) -> None:
        """``such_as`` stands behind it in every language: an example, or what there is to choose from."""
        super().__init__(*args, **attributes)
        self._says, self._such_as = says, f": {such_as}" if such_as else ""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Give its names and its help."""
        self.help = in_all(phrase(f"options.{self._says}")) + self._such_as
        return super().get_help_record(ctx)


option = partial(click.option, cls=Option)


def a_name(_: click.Context, option: click.Parameter, written: str) -> str:
    """Take a name of one to sixty characters; anything else is misuse."""
    name = " ".join(written.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise click.BadParameter(in_all(phrase("options.name_length", longest=LONGEST_NAME)), param=option)
    return name


def a_name_or_none(context: click.Context, option: click.Parameter, written: str | None) -> str | None:
    """Take a name, if one is given."""
    return None if written is None else a_name(context, option, written)


home_option = option(
    "--home", type=click.Path(path_type=Path), envvar="TOMOSHIBI_HOME", required=True, says="home_from_environment"
)

as_json = option("--json", is_flag=True, says="json")

everything_option = option("--all", "everything", is_flag=True, says="everything")

language_option = option("--language", type=click.Choice(LANGUAGES), default=None, says="language")
