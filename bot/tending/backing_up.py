"""Backing up: after each end of a run, once a week, hourly amid an incident; and once a month a restore is tried.

What is due is read from the journal, so a restart forgets nothing. It all happens in a thread that holds up nobody.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

import structlog

from bot.backup.archive import OWN_BACKUPS, Stop, Stopped, never
from bot.backup.making import Backup, NoBackup, backups_in, folder_of, make_backup, prune
from bot.backup.recovery_key import NoKey, key_of
from bot.backup.restoring import tried
from bot.channels.channel import Channel, RenderedMessage, Undelivered
from bot.clock import Clock
from bot.home import Home
from bot.screens.renderer import Renderer
from bot.store.seals import SEALED, Seal
from bot.tending.proof.sealing import ENDS
from contacts.registry import addresses_of
from flows.commands.upkeep import NoteBackup, NoteNoBackup, NoteTrial
from flows.messages.upkeep import BackupSent
from flows.record.journal import FACILITY, Owed
from flows.state.work import CLOCK

WEEKLY = timedelta(days=7)
HOURLY = timedelta(hours=1)
MONTHLY = timedelta(days=30)

UNSEALED = timedelta(minutes=10)
"""So long the end of a run waits for its seal, which is to be in the backup."""

AGAIN_IN = timedelta(minutes=10)
"""After a failure."""

CHAT_LIMIT = 50 * 1024 * 1024
"""Bytes; the Bot API takes no larger file from a bot (sendDocument)."""

_log = structlog.get_logger(__name__)
T = TypeVar("T")


def backed_up(home: Home, folder: Path, now: datetime, stopped: Stop = never) -> Backup:
    """Back a home up into a folder; raises NoBackup or Stopped. The entry is made by :func:`noted`."""
    own = home.path / OWN_BACKUPS
    if folder == own:
        folder.mkdir(mode=0o700, exist_ok=True)
    elif folder.resolve() != own.resolve() and folder.resolve().is_relative_to(home.path.resolve()):
        raise NoBackup("inside", str(folder))  # each would hold those before it, and go with the home
    return make_backup(home.path, folder, now, stopped)


def noted(home: Home, made: Backup, now: datetime, *, actor: str) -> None:
    """Enter a backup, and remove those in its folder that it makes needless."""
    plan = home.settings.backup
    order = NoteBackup(FACILITY, made.path.name, made.size, made.manifest.seq, len(made.altered))
    home.engine.handle(order, actor=actor, now=now, cause=f"backup:{made.path.name}")
    if made.path.parent == folder_of(home.path, plan):
        prune(made.path.parent, made, plan.keep if plan.folder else 1)


class BackupKeeper:
    """Looks whether a backup is due, and makes it."""

    def __init__(self, home: Home, clock: Clock, channels: Mapping[str, Channel], renderer: Renderer) -> None:
        """``channels`` lead to the director's chat, if backups are to go there."""
        self._home, self._clock, self._channels, self._renderer = home, clock, channels, renderer
        self._stop = threading.Event()
        self._looked_until = 0
        self._ended: tuple[int, datetime] = (0, clock.now())
        self._sealed_until = 0
        self._seal: Seal | None = None
        self._not_before: datetime | None = None

    async def backup_due(self) -> None:
        """Make the backup that is due now, if any, and try it once a month."""
        folder = folder_of(self._home.path, self._home.settings.backup)
        now = self._clock.now()
        if folder is None or not self._home.engine.has_facility:
            return
        if self._not_before is not None and now < self._not_before <= now + AGAIN_IN:
            return
        self._home.engine.refresh()
        self._look()
        to_try = self._to_be_tried(now)
        if not to_try and not self._due(now):
            return
        try:
            made = await self._apart(partial(self._make, folder, now))
            await self._send(made)
            noted(self._home, made, self._clock.now(), actor=CLOCK)
            if to_try:
                await self._try(made)
        except NoBackup as none:
            self._not_before = now + AGAIN_IN
            if none.why != "busy":
                self._fails(none)
        except Stopped:
            return

    def _make(self, folder: Path, now: datetime) -> Backup:
        """Back up; into the folder in which the last one went and now is none, nothing goes: its disk is elsewhere."""
        before = self._home.engine.house.backups.name
        if before and self._home.settings.backup.folder and folder.is_dir() and not backups_in(folder):
            raise NoBackup("missing", "no earlier backup is there")
        return backed_up(self._home, folder, now, self._stop.is_set)

    async def _send(self, made: Backup) -> None:
        """Send a backup to the director's chat if that is wished; raises NoBackup where it is to lie nowhere else.

        Past the outbox: a large file takes minutes, and whatever else is owed to that chat must not wait for it.
        """
        plan = self._home.settings.backup
        if not plan.chat or made.altered:
            return
        try:
            if made.size > CHAT_LIMIT:
                raise NoBackup("too_big")
            content = await asyncio.to_thread(made.path.read_bytes)
            await self._post(made.path.name, content)
        except NoBackup as none:
            if not plan.folder:
                raise
            _log.warning("backup.unsent", why=none.why, detail=none.detail)

    async def _post(self, name: str, content: bytes) -> None:
        now = self._clock.now()
        for director in self._home.engine.context(now, CLOCK).chain()[:1]:
            screen = self._renderer.render(Owed(director.id, BackupSent(name)), director.id, now)
            for address in addresses_of(self._home.journal.registry, director.id):
                channel = self._channels.get(address.partition(":")[0])
                if channel is None or not channel.traits.files:
                    continue
                try:
                    await channel.deliver(RenderedMessage(address, screen.text, silent=True, document=(name, content)))
                except Undelivered as failure:
                    raise NoBackup("unsent", failure.reason) from failure
                return
        raise NoBackup("unsent", "no chat")

    async def _try(self, made: Backup) -> None:
        now = self._clock.now()
        try:
            key = key_of(self._home.path)
        except NoKey:
            return
        seals = [self._seal] if self._seal else []
        why = await self._apart(partial(tried, made.path, key, self._home.path, seals, self._stop.is_set))
        order = NoteTrial(FACILITY, made.path.name, why, self._sealed_until)
        self._home.engine.handle(order, actor=CLOCK, now=now, cause=f"backup:tried:{made.path.name}")

    def _fails(self, none: NoBackup) -> None:
        _log.error("backup.none", why=none.why, detail=none.detail)
        cause = f"backup:none:{none.why}:{self._home.engine.house.turns}"
        now = self._clock.now()
        self._home.engine.handle(NoteNoBackup(FACILITY, none.why), actor=CLOCK, now=now, cause=cause)

    async def _apart(self, do: Callable[[], T]) -> T:
        """Do it in a thread, which stops soon when this is cancelled."""
        try:
            return await asyncio.to_thread(do)
        except asyncio.CancelledError:
            self._stop.set()
            raise

    # ── what is due ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _look(self) -> None:
        for entry in self._home.journal.entries(after=self._looked_until):
            self._looked_until = entry.seq
            if entry.kind in ENDS:
                self._ended = entry.seq, entry.recorded_at
            elif entry.kind == SEALED:
                self._sealed_until, self._seal = entry.seq, Seal.from_body(entry.body)

    def _due(self, now: datetime) -> bool:
        backups = self._home.engine.house.backups
        if backups.newest_at is None or now - backups.newest_at >= WEEKLY:
            return True
        seq, at = self._ended
        if seq > backups.newest_head and (self._sealed_until > seq or now - at >= UNSEALED):
            return True
        amid = any(run.state != "reported" and not run.drill for run in self._home.engine.live_runs())
        return amid and now - backups.newest_at >= HOURLY and self._looked_until > backups.newest_head + 1

    def _to_be_tried(self, now: datetime) -> bool:
        """Say whether a restore is to be tried: at first, then every month, on a day without an incident."""
        last = self._home.engine.house.backups.tried_at
        return not self._home.engine.live_runs() and (last is None or now - last >= MONTHLY)
