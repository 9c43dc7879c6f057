"""People nobody knows: told politely that this is not for them, told nothing else, and not too often."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

from bot.channels.channel import Heard
from bot.clock import Clock
from bot.invitations import code_digest
from flows import commands as cmd
from flows.engine import Engine
from flows.record.journal import FACILITY, Owed

WINDOW = timedelta(hours=1)
ANSWERS = 3
"""Answers to one address within the window; after that, silence."""

CODES = 5
"""Codes that one address may try within the window."""

ALL_ANSWERS = 60
"""Answers to all strangers together within the window, so that a flood costs nobody else a message."""


def is_start_with_code(text: str) -> bool:
    """Say whether a text brings an invitation's code; people type full-width spaces and new lines, too."""
    word, *code = text.split(maxsplit=1)[:2] or [""]
    return word == "/start" and bool(code)


class Strangers:
    """Answers addresses that belong to no member; what it counts is forgotten with the process."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        """Enrol into ``engine``."""
        self._engine, self._clock = engine, clock
        self._answered: dict[str, deque[datetime]] = {}
        self._tried: dict[str, deque[datetime]] = {}

    def answer(self, heard: Heard) -> None:
        """Say once in a while that this is for members only; nothing of what they wrote is kept."""
        if (
            not heard.left
            and self._may(self._answered, heard.address, ANSWERS)
            and self._may(self._answered, "", ALL_ANSWERS)
        ):
            self._owe(heard.address, "stranger")

    def in_group(self, address: str) -> None:
        """Say once in a while that groups are no place for this; the talk there is left alone."""
        if self._may(self._answered, address, 1):
            self._owe(address, "group")

    def enrol(self, heard: Heard) -> None:
        """Take an invitation's code; Refused when it is unknown, used or expired, silence after too many tries."""
        code = (heard.text or "").strip().removeprefix("/start").strip()
        if not self._may(self._tried, heard.address, CODES):
            return
        order = cmd.Enrol(FACILITY, code_digest(code), heard.address)
        outcome = self._engine.handle(order, actor="", now=self._clock.now(), cause=heard.cause)
        if not outcome.repeated:
            self._tried.pop(heard.address, None)

    def _owe(self, address: str, name: str) -> None:
        self._engine.owe([Owed(address, name, priority=7)], self._clock.now())

    def _may(self, counted: dict[str, deque[datetime]], address: str, most: int) -> bool:
        now = self._clock.now()
        times = counted.setdefault(address, deque())
        while times and times[0] <= now - WINDOW:
            times.popleft()
        if len(times) >= most:
            return False
        times.append(now)
        return True
