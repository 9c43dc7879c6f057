"""The commands of ``tomoshibi``; each is a thin door to what the packages do, opened only when somebody knocks."""

from __future__ import annotations

import os
from importlib import import_module

import click

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("making", "施設のホームを作る / make a home"),
    "run": ("living", "ホームを動かす（Telegram） / run a home"),
    "chat": ("living", "端末で、職員の一人として話す / talk in the terminal"),
    "demo": ("living", "架空の診療所で試す / try a made-up clinic"),
    "check": ("checking", "まちがいをすべて挙げる / say all that is wrong"),
    "invite": ("making", "招待を作る / make an invitation"),
    "erase": ("making", "辞めた人の名前などを消す / forget who somebody was that left"),
    "playbooks": ("playbooks", "手順書を見る・確かめる / show, check, draw playbooks"),
    "triage": ("playbooks", "どの手順書にあたるか / which playbook words mean"),
    "duties": ("duties", "届け出と期限 / which reports are owed, and when"),
    "contacts": ("contacts", "人・会社・契約の一覧 / people, vendors, contracts"),
    "drills": ("drills", "訓練の年間予定 / the year's drills"),
    "runs": ("records", "インシデントと訓練の経過 / incidents and drills"),
    "blackout": ("records", "書かれた文を黒く塗る / black out what somebody wrote"),
    "report": ("report", "書類を作る / make a document"),
    "export": ("bundles", "証拠一式を書き出す / write the evidence bundle"),
    "verify": ("records", "記録の改ざんを調べる / verify a home or bundle"),
    "backup": ("backups", "いま控えを取る / back a home up"),
    "restore": ("backups", "控えから戻す / restore a backup"),
}
"""Each command, the module that holds it and its line in the list of all: that must not load any, nor `triage` wait for Telegram."""


class Doors(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names of all commands, in the order of the README."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command; None if there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"bot.command_line.{module}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Doors, context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "TOMOSHIBI"})
@click.version_option(package_name="tomoshibi")
def main() -> None:
    """Tomoshibi (灯): guides a small medical institution through an incident, and drills it in quiet times."""
    os.umask(0o077)  # whatever we write holds numbers and names: nobody else on this machine reads it
