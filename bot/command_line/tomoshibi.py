"""The commands of ``tomoshibi``; each is a thin door to what the packages do."""

from __future__ import annotations

import click

from bot.command_line.checking import check
from bot.command_line.duties import duties
from bot.command_line.living import chat, demo, run
from bot.command_line.making import init, invite
from bot.command_line.playbooks import playbooks, triage
from bot.command_line.records import runs, verify


@click.group(context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "TOMOSHIBI"})
@click.version_option(package_name="tomoshibi")
def main() -> None:
    """Tomoshibi (灯): guides a small medical institution through an incident, and drills it in quiet times."""


for command in (init, run, chat, demo, check, invite, playbooks, triage, duties, runs, verify):
    main.add_command(command)
