"""The commands of ``tomoshibi``; each is a thin door to what the packages do, opened only when somebody knocks."""

from __future__ import annotations

import os
from importlib import import_module

import click

from bot.phrasing import in_all, phrase

COMMANDS: dict[str, str] = {
    "init": "making",
    "run": "living",
    "chat": "living",
    "demo": "living",
    "check": "checking",
    "invite": "making",
    "page": "making",
    "erase": "making",
    "playbooks": "playbooks",
    "triage": "playbooks",
    "duties": "duties",
    "contacts": "contacts",
    "drills": "drills",
    "runs": "records",
    "blackout": "records",
    "report": "report",
    "export": "bundles",
    "verify": "records",
    "backup": "backups",
    "restore": "backups",
    "retention": "backups",
}
"""Each command and the module that holds it: neither the list of all nor `triage` waits for Telegram to be loaded."""


class Doors(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names of all commands, in the order of the README."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command; None if there is none of this name."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = getattr(import_module(f"bot.command_line.{module}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, in_all(phrase(f"commands.{name}"))) for name in COMMANDS])


@click.group(cls=Doors, context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "TOMOSHIBI"})
@click.version_option(package_name="tomoshibi")
def main() -> None:
    """Tomoshibi (灯): guides a small medical institution through an incident, and drills it in quiet times."""
    os.umask(0o077)  # whatever we write holds numbers and names: nobody else on this machine reads it
