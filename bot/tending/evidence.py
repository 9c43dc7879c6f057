"""Evidence on disk, under the SHA-256 of its bytes; and bringing the bytes that only the channel holds so far."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path

import structlog

from bot.channels.channel import Attachment, Channel, Holding, Undelivered
from bot.clock import Clock
from bot.store.evidence import kept
from bot.store.trouble import StorageTrouble
from bot.tending.fetching import fetched
from bot.tending.room import Room
from flows.commands.command import Command
from flows.commands.people import KeepEvidence, LoseEvidence
from flows.commands.photos import KeepPhoto, LosePhoto
from flows.engine import Engine
from flows.events.telling import OVER
from flows.powers import CONSOLE
from flows.record.journal import FACILITY
from flows.state.house import OwnPhoto
from playbooks.frozen import frozen

_log = structlog.get_logger(__name__)

FETCHED_TOGETHER = 3
"""So many files are brought at the same time: one that hangs holds up no other, and ten leave the line free for people."""

MOST_TRIES = 300
"""After so many, a day on a line that is away, whoever sent it is asked to send it again."""

PAUSES = (timedelta(seconds=2), timedelta(minutes=5))
"""The first pause after a failed try, and the longest; each is twice the one before."""


def keep(folder: Path, content: bytes) -> str:
    """Put bytes on disk and give their SHA-256 (hex); what is there already, and whole, is left alone. StorageTrouble if it can't be."""
    digest = sha256(content).hexdigest()
    path = folder / digest[:2] / digest
    try:
        here = kept(folder, digest)
        if here is None or sha256(here).hexdigest() != digest:  # what was being erased, or broke, is put there anew
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


@frozen
class Missing:
    """What the channel still holds: its entry, where to find it and to put it, and what is ordered then."""

    run: str
    turn: int
    reference: str
    file_name: str | None
    folder: Path
    here: Callable[[str, int], Command]
    gone: Callable[[str], Command]
    by: str = ""

    @property
    def key(self) -> tuple[str, int]:
        """What it is known by: its entry."""
        return self.run, self.turn


@dataclass
class _Try:
    next_at: datetime
    pause: timedelta
    count: int = 1


class EvidenceFetcher:
    """Brings the bytes of what people sent; what is due is read from the entries, so a restart forgets nothing."""

    def __init__(
        self,
        engine: Engine,
        folder: Path,
        channels: Mapping[str, Channel],
        clock: Clock,
        photos: Path | None = None,
        room: Room | None = None,
    ) -> None:
        """Fetch evidence into ``folder`` over ``channels`` (by name), and the facility's own photos into ``photos``."""
        self._room = room
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
                e.by,
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
        now, free = self._clock.now(), asyncio.Semaphore(FETCHED_TOGETHER)
        due = [one for one in self.missing() if one.key not in self._tries or self._tries[one.key].next_at <= now]
        return sum(await asyncio.gather(*(self._fetch(one, free) for one in due)))

    async def _fetch(self, one: Missing, free: asyncio.Semaphore) -> int:
        name, _, reference = one.reference.partition(":")
        channel = self._channels.get(name)
        if channel is None:
            return 0
        cause = f"evidence:{one.run}:{one.turn}"
        try:
            async with free:
                if self._room and one.by and (over := self._room.refuses(one.by)):
                    self._room.tell_over(over, one.by)
                    lost = one.gone(f"{OVER}{over}")
                    self._engine.handle(lost, actor=CONSOLE, now=self._clock.now(), cause=f"{cause}:lost")
                    return 0
                content = await fetched(channel, Attachment("file", reference, one.file_name))
            order = one.here(keep(one.folder, content), len(content))
            self._engine.handle(order, actor=CONSOLE, now=self._clock.now(), cause=f"{cause}:kept")
        except Undelivered as failure:
            tried = self._tries[one.key].count if one.key in self._tries else 0
            if failure.retry_after is None or tried >= MOST_TRIES:
                lost = one.gone(failure.why)
                self._engine.handle(lost, actor=CONSOLE, now=self._clock.now(), cause=f"{cause}:lost")
            else:
                self._again(one.key, failure.reason)
            return 0
        except StorageTrouble as trouble:
            self._again(one.key, str(trouble))
            return 0
        self._tries.pop(one.key, None)
        if isinstance(channel, Holding):
            channel.let_go(reference)
        return 1

    def _again(self, key: tuple[str, int], why: str) -> None:
        first, longest = PAUSES
        before = self._tries.get(key)
        pause = min(before.pause * 2, longest) if before else first
        self._tries[key] = _Try(self._clock.now() + pause, pause, before.count + 1 if before else 1)
        _log.warning("evidence.not_fetched", run=key[0], turn=key[1], why=why, again_in=pause.total_seconds())
