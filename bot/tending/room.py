"""Room for what people send: what one of them may send in a day, what a home holds in all, and what the disk still has."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Literal

import structlog

from bot.clock import Clock
from flows.deeds import Attempt, Deed
from flows.engine import Engine
from flows.messages.upkeep import DiskLow, EvidenceOver
from flows.record.journal import SOON, Owed
from flows.state.run import Evidence
from flows.state.work import CLOCK

LEAST_DISK = 500 * 2**20
"""Bytes that should be free: photos of a long incident and a set-aside journal have to fit. With fewer, who decides is told."""

RESERVED = 100 * 2**20
"""Bytes that are left for the record itself: with fewer, no more files are taken."""

A_DAY = 500 * 2**20
"""Bytes that one person may send in 24 hours: some thousand photos, or 25 of the largest files."""

IN_ALL = 20 * 2**30
"""Bytes of evidence that a home takes."""

Over = Literal["person", "all", "disk"]
"""Which bound was reached: a person's, that of the home, the disk's."""

_log = structlog.get_logger(__name__)


class Room:
    """Says whether there is room, and tells those who decide when there isn't; what is refused is told to its sender."""

    def __init__(self, engine: Engine, home: Path, clock: Clock, free: Callable[[Path], int] | None = None) -> None:
        """``free`` gives the bytes that are free where a path lies."""
        self._engine, self._home, self._clock, self._free = engine, home, clock, free or _free
        self._told = False

    def refuses(self, sender: str) -> Over | None:
        """Say why nothing more may come from somebody now; None if it may."""
        kept = [one for run in self._engine.runs() for one in run.evidence.values() if one.sha256 is not None]
        if self._free(self._home) < RESERVED:
            return "disk"
        if _size(kept) >= IN_ALL:
            return "all"
        day = self._clock.now() - timedelta(days=1)
        if _size([one for one in kept if one.by == sender and one.at > day]) >= A_DAY:
            return "person"
        return None

    def tell_over(self, over: Over, sender: str) -> None:
        """Tell those who decide that somebody's files are not taken any more, once a day."""
        who = sender if over == "person" else ""
        self._tell(EvidenceOver(over, who), f"evidence:over:{over}:{who}")

    async def look_due(self) -> None:
        """Tell those who decide that the disk is nearly full, once until there is room again."""
        free = self._free(self._home)
        low = free < (2 * LEAST_DISK if self._told else LEAST_DISK)
        if low and not self._told and self._engine.has_facility:
            _log.warning("disk.low", free=free)
            self._tell(DiskLow(free // 2**20), "disk:low")
        self._told = low

    def _tell(self, message: DiskLow | EvidenceOver, cause: str) -> None:
        now = self._clock.now()
        told = [Owed(member.id, message, priority=SOON) for member in self._engine.context(now, CLOCK).chain()]
        self._engine.do(Attempt(f"{cause}:{now.date()}", now, lambda: Deed(*told, by=CLOCK)))


def _size(kept: list[Evidence]) -> int:
    return sum(one.bytes for one in kept)


def _free(path: Path) -> int:
    return shutil.disk_usage(path).free
