"""The command line: ``tomoshibi``. Exit: 0 fine, 1 problems found (printed), 2 misuse, 3 journal or bundle altered."""

from bot.command_line.tomoshibi import main

__all__ = ["main"]
