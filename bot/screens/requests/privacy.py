"""What buttons ask about what was masked."""

from __future__ import annotations

from bot.screens.requests.request import Request


class KeepWhole(Request, kept="whole|{turn}", label="button.keep_whole"):
    """Keep what I wrote, masked at ``turn``, as I wrote it."""

    turn: int
