"""``check``: everything that is wrong or missing, before it matters."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot.checks import check_home
from bot.command_line.ending import PROBLEMS, say, say_json
from bot.command_line.making import open_or_end
from bot.command_line.options import as_json
from bot.command_line.playbooks import catalogue_of
from bot.settings import Secrets


@click.command()
@click.option(
    "--home",
    type=click.Path(path_type=Path),
    envvar="TOMOSHIBI_HOME",
    default=None,
    help="フォルダ / the home's folder",
)
@as_json
def check(home: Path | None, json: bool) -> None:
    """Say everything that is wrong with playbooks, people, contacts, settings, token, clock, disk and journal."""
    if home is None:
        found = [{"what": str(p), "serious": True} for p in catalogue_of(None).problems]
    else:
        opened = open_or_end(home)
        try:
            found = [vars(f) for f in asyncio.run(check_home(opened, Secrets()))]
        finally:
            opened.close()
    if json:
        say_json({"problems": found})
    else:
        for finding in found:
            say(f"{'✗' if finding['serious'] else '・'} {finding['what']}")
        if not found:
            say("問題はありません / no problems.")
    if any(f["serious"] for f in found):
        raise SystemExit(PROBLEMS)
