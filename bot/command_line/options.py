"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

home_option = click.option(
    "--home",
    type=click.Path(path_type=Path),
    envvar="TOMOSHIBI_HOME",
    required=True,
    help="フォルダ / the home's folder (TOMOSHIBI_HOME)",
)

as_json = click.option("--json", is_flag=True, help="JSON を1つだけ出力 / print one JSON document and nothing else")

language_option = click.option("--language", type=click.Choice(["ja", "en"]), default=None, help="言語 / language")
