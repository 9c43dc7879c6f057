"""Evidence on disk, under the SHA-256 of its bytes; and bringing the bytes that only the channel holds so far."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path

import structlog

from bot.channels.channel import Attachment, Channel, Undelivered
from bot.clock import Clock
from bot.store.trouble import StorageTrouble
from flows.commands.command import Command
from flows.commands.people import KeepEvidence, LoseEvidence
from flows.commands.photos import KeepPhoto, LosePhoto
from flows.engine import Engine
from flows.powers import CONSOLE
from flows.record.journal import FACILITY
from flows.state.house import OwnPhoto

_log = structlog.get_logger(__name__)

PAUSES = (timedelta(seconds=2), timedelta(minutes=5))
"""The first pause after a failed try, and the longest; each is twice the one before."""


def keep(folder: Path, content: bytes) -> str:
    """Put bytes on disk and give their SHA-256 (hex); what is there already is left alone. StorageTrouble if it can't be."""
    digest = sha256(content).hexdigest()
    path = folder / digest[:2] / digest
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(".part")
            with unfinished.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
    except OSError as error:
        raise StorageTrouble(str(error)) from error
    return digest


@dataclass(frozen=True)
class Missing:
    """What the channel still holds: its entry, where to find it and to put it, and what is ordered then."""

    run: str
    turn: int
    reference: str
    file_name: str | None
    folder: Path
    here: Callable[[str, int], Command]
    gone: Callable[[str], Command]


@dataclass
class _Try:
    next_at: datetime
    pause: timedelta


class EvidenceFetcher:
    """Brings the bytes of what people sent; what is due is read from the entries, so a restart forgets nothing."""

    def __init__(
        self, engine: Engine, folder: Path, channels: Mapping[str, Channel], clock: Clock, photos: Path | None = None
    ) -> None:
        """Fetch evidence into ``folder`` over ``channels`` (by name), and the facility's own photos into ``photos``."""
        self._engine, self._folder, self._channels, self._clock = engine, folder, channels, clock
        self._photos = photos or folder
        self._tries: dict[tuple[str, int], _Try] = {}

    def missing(self) -> list[Missing]:
        """Give all whose bytes are not on disk yet and may still come."""
        evidence = [
            Missing(
                run.id,
                e.turn,
                e.reference,
                e.file_name,
                self._folder,
                partial(KeepEvidence, run.id, e.turn),
                partial(LoseEvidence, run.id, e.turn),
            )
            for run in self._engine.runs()
            for e in run.evidence.values()
            if e.sha256 is None and e.lost is None
        ]
        return evidence + [self._photo(photo) for photo in self._engine.house.photos_coming.values()]

    def _photo(self, photo: OwnPhoto) -> Missing:
        return Missing(
            FACILITY,
            photo.id,
            photo.reference,
            None,
            self._photos,
            lambda digest, _: KeepPhoto(FACILITY, photo.id, digest),
            lambda _: LosePhoto(FACILITY, photo.id),
        )

    async def fetch_due(self) -> int:
        """Try to bring all that is missing and due; gives how many were kept."""
        kept = 0
        for one in self.missing():
            key, now = (one.run, one.turn), self._clock.now()
            if key in self._tries and self._tries[key].next_at > now:
                continue
            kept += await self._fetch(one, key)
        return kept

    async def _fetch(self, one: Missing, key: tuple[str, int]) -> int:
        name, _, reference = one.reference.partition(":")
        channel = self._channels.get(name)
        if channel is None:
            return 0
        cause = f"evidence:{one.run}:{one.turn}"
        try:
            content = await channel.fetch(Attachment("file", reference, one.file_name))
            order = one.here(keep(one.folder, content), len(content))
            self._engine.handle(order, actor=CONSOLE, now=self._clock.now(), cause=f"{cause}:kept")
        except Undelivered as failure:
            if failure.retry_after is None:
                lost = one.gone(failure.why)
                self._engine.handle(lost, actor=CONSOLE, now=self._clock.now(), cause=f"{cause}:lost")
            else:
                self._again(key, failure.reason)
            return 0
        except StorageTrouble as trouble:
            self._again(key, str(trouble))
            return 0
        self._tries.pop(key, None)
        return 1

    def _again(self, key: tuple[str, int], why: str) -> None:
        first, longest = PAUSES
        pause = min(self._tries[key].pause * 2, longest) if key in self._tries else first
        self._tries[key] = _Try(self._clock.now() + pause, pause)
        _log.warning("evidence.not_fetched", run=key[0], turn=key[1], why=why, again_in=pause.total_seconds())
