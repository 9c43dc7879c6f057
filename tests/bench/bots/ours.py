"""Ours, as ``bot run`` runs it: ``python -m tests.bench.bots.ours URL limits|free HOME [slow]``."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import sys
import threading
from pathlib import Path
from typing import Any

from bot.channels.channel import Traits
from bot.channels.telegram.menu_commands import menu_commands
from bot.channels.telegram.telegram import Telegram
from bot.clock import SystemClock
from bot.command_line.living import _shine
from bot.opening import open_home
from bot.page_links import site_of
from bot.settings import Secrets
from bot.store.sqlite.database import HomeFile
from tests.bench.double import TOKEN

SLOWEST = (0.02, 0.25)
"""Seconds that a commit takes on an SD card in a Raspberry Pi: from, to."""


class SlowDisk(sqlite3.Connection):
    """Each commit waits as long as a slow disk lets it wait."""

    _chance = random.Random(1)
    _never = threading.Event()

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        """Run a statement."""
        if sql.strip().upper().startswith("COMMIT"):
            self._never.wait(self._chance.uniform(*SLOWEST))
        return super().execute(sql, *parameters)


def main(url: str, limits: str, path: str, disk: str = "") -> None:
    """Run until stopped; ``free``: as fast as the double takes it."""
    if disk == "slow":
        HomeFile.connection = SlowDisk
    clock = SystemClock()
    home = open_home(Path(path), clock.now())
    telegram = Telegram(TOKEN, now=clock.now, api_url=url, commands=menu_commands())
    if limits == "free":
        telegram.traits = Traits()
    with home.running():
        asyncio.run(_shine(home, telegram, site_of(home.settings.page, Secrets())))


if __name__ == "__main__":
    main(*sys.argv[1:])
