"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

LONGEST_NAME = 60


def a_name(_: click.Context, option: click.Parameter, written: str) -> str:
    """Take a name of one to sixty characters; anything else is misuse."""
    name = " ".join(written.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise click.BadParameter(f"1〜{LONGEST_NAME}文字 / 1 to {LONGEST_NAME} characters", param=option)
    return name


home_option = click.option(
    "--home",
    type=click.Path(path_type=Path),
    envvar="TOMOSHIBI_HOME",
    required=True,
    help="フォルダ / the home's folder (TOMOSHIBI_HOME)",
)

as_json = click.option("--json", is_flag=True, help="JSON を1つだけ出力 / print one JSON document and nothing else")

language_option = click.option("--language", type=click.Choice(["ja", "en"]), default=None, help="言語 / language")
