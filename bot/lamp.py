"""The bot as a whole: what is heard goes in, what is owed goes out, and time goes by. The wiring is here and nowhere else."""

from __future__ import annotations

import asyncio
import json
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import structlog
from markupsafe import Markup

from bot.channels.channel import Channel, Heard, Message, Undelivered
from bot.channels.terminal import plain
from bot.clock import Clock
from bot.desks.likely import Likely
from bot.hearing.front_desk import FrontDesk
from bot.hearing.inbound import Inbound, Reply
from bot.home import Home, NoHome
from bot.screens.house.people import refusal
from bot.screens.renderer import Renderer
from bot.store.database import HomeFile
from bot.store.journal import JOURNAL_FILE
from bot.store.set_aside import set_aside
from bot.store.trouble import StorageTrouble
from bot.store.verifying import first_break_at_start, stored_entries
from bot.tending.evidence import EvidenceFetcher
from bot.tending.outbox import Outbox
from bot.tending.sealing import Sealer
from bot.tending.ticker import Ticker
from bot.tending.workbook_reader import WorkbookReader
from bot.words.words import phrases
from contacts.registry import member_at
from flows.record.chain import BrokenChain
from flows.record.codec import decode
from flows.record.journal import FACILITY, Entry, Owed
from flows.state.replay import replay
from flows.state.run import Stamp
from playbooks.triage.lexicon import triage_of

_log = structlog.get_logger(__name__)

MOST_CANDIDATES = 3
"""Playbooks offered as buttons after a report."""


def open_home(path: Path, now: datetime) -> Home:
    """Open a home whose journal is whole; an altered one is set aside and the work goes on in a new one.

    Raises NoHome, or StorageTrouble while another process holds the file.
    """
    broken = first_break_at_start(path)
    if broken is None:
        return _with_facility(Home(path))
    put = set_aside(path, broken, _open_runs(path), now=now)
    _log.error("journal.broken", first_bad=broken.first_bad, fault=broken.fault, set_aside=str(put.folder))
    home = _with_facility(Home(path))
    tell_of_break(home, broken, now)
    return home


def _with_facility(home: Home) -> Home:
    """Give a home back if it knows whose it is; NoHome if nothing of its registry could be saved."""
    if home.engine.has_facility:
        return home
    home.close()
    raise NoHome(
        f"{home.path} の記録には、施設も人も残っていません（元のファイルは set-aside にあります）。バックアップから戻してください。 / "
        f"The journal in {home.path} knows no facility and nobody (an older file may lie in set-aside): restore a backup."
    )


def _open_runs(path: Path) -> frozenset[str]:
    """Give the runs of an altered journal that can be replayed, each by itself, and are live; the file is only read."""
    histories: dict[str, list[Entry]] = {}
    file = HomeFile(path / JOURNAL_FILE, "read")
    try:
        for entry in stored_entries(file):
            histories.setdefault(entry.run, []).append(entry)
    except (BrokenChain, StorageTrouble) as end:
        _log.error("journal.unreadable", why=str(end))
    finally:
        file.close()
    return frozenset(run for run, entries in histories.items() if run != FACILITY and _is_live(run, entries))


def _is_live(run: str, entries: Sequence[Entry]) -> bool:
    try:
        return replay(
            run, [(decode(e.kind, e.body), Stamp(e.turn, e.recorded_at, e.occurred_at, e.actor)) for e in entries]
        ).live
    except Exception as why:  # noqa: BLE001  (an altered body can break anything, but not the start of the others)
        _log.error("journal.run_lost", run=run, why=repr(why))
        return False


def tell_of_break(home: Home, broken: BrokenChain, now: datetime) -> None:
    """Tell the director and the deputies that the journal was altered."""
    for member in home.engine.context(now, "").chain():
        home.engine.owe([Owed(member.id, "journal_broken", data={"seq": broken.first_bad}, priority=1)], now)


SURE = 0.45
"""From this score on, a report whose writer has no time to answer begins by itself; of everyday sentences in the test
data hardly one reaches it."""


class Lamp:
    """One home, alight: hears over its channels, answers, and acts when time makes something due."""

    def __init__(self, home: Home, channels: Mapping[str, Channel], clock: Clock, *, limited: bool = True) -> None:
        """``limited`` keeps to Telegram's limits for sending."""
        self.home, self.channels, self.clock = home, channels, clock
        engine, book = home.engine, home.journal.deliveries
        self.triage = triage_of(engine.playbooks)
        self.desk = FrontDesk(engine, clock, home.settings)
        self.inbound = Inbound(engine, book, clock, self.likely, self.desk)
        self.outbox = Outbox(engine, book, channels, clock, limited=limited)
        self.fetcher = EvidenceFetcher(engine, home.evidence, channels, clock)
        self.reader = WorkbookReader(engine, self.desk.workbooks.proposals, channels, clock)
        self.sealer = Sealer(home, clock)
        self._renderer = Renderer(engine)
        self._told_of_trouble: set[str] = set()
        self._altered = asyncio.Event()
        self._broken: BrokenChain | None = None

    def likely(self, text: str) -> Likely:
        """Give the playbooks a text may mean, best first, at most three."""
        found = self.triage.rank(text)[:MOST_CANDIDATES]
        return Likely(tuple(match.playbook for match in found), sure=bool(found) and found[0].score >= SURE)

    # ── hearing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def hear(self, heard: Heard) -> None:
        """Take one act in and answer it.

        Raises StorageTrouble when it could not be put on disk: the person is told once, and the channel brings the act
        again. A mistake of our own is kept with its trace, the person is told, and the next act is heard.
        """
        try:
            reply = self.inbound.take(heard)
        except StorageTrouble:
            await self._tell_of_trouble(heard)
            raise
        except Exception as bug:  # noqa: BLE001  (an emergency tool never leaves a person with silence)
            await self._keep_unhandled(heard, bug)
            if heard.callback is not None:
                await self._channel_of(heard).answer(heard, "")
            return
        self._told_of_trouble.discard(heard.address)
        self.outbox.ring()
        if heard.callback is not None:
            await self._channel_of(heard).answer(heard, self._toast(heard, reply))

    async def hear_and_answer(self, heard: Heard) -> None:
        """Take one act in and send what it brings at once, without the outbox running beside (for one terminal)."""
        await self.hear(heard)
        await self.outbox.flush()

    def _channel_of(self, heard: Heard) -> Channel:
        return self.channels[heard.address.partition(":")[0]]

    def _toast(self, heard: Heard, reply: Reply) -> str:
        member = member_at(self.home.engine.journal.registry, heard.address) or ""
        scene = self._renderer.scene(Owed(member, "toast", reply.run), member, self.clock.now())
        if reply.refused is not None:
            return plain(refusal(scene, reply.refused.name, reply.refused.data))
        return plain(scene.words.say(reply.phrase))

    async def _tell_of_trouble(self, heard: Heard) -> None:
        if heard.address not in self._told_of_trouble:
            self._told_of_trouble.add(heard.address)
            await self._tell_directly(heard, "storage_trouble")

    async def _keep_unhandled(self, heard: Heard, bug: Exception) -> None:
        trace = "".join(traceback.format_exception(bug))
        _log.error("hear.bug", cause=heard.cause, error=repr(bug), trace=trace)
        try:
            raw = json.dumps(asdict(heard), default=str, ensure_ascii=False)
            self.home.journal.unhandled.keep(at=self.clock.now(), cause=heard.cause, raw=raw, trace=trace)
        except StorageTrouble:
            await self._tell_of_trouble(heard)
            raise
        await self._tell_directly(heard, "kept_for_later")

    async def _tell_directly(self, heard: Heard, phrase: str) -> None:
        """Say something past the outbox, for when it is the storage or our own code that fails."""
        try:
            member = member_at(self.home.engine.journal.registry, heard.address) or ""
            words = self._renderer.scene(Owed(member, phrase), member, self.clock.now()).words
            text = words.say(phrase)
        except Exception:  # noqa: BLE001  (nothing can be read either: say it in the facility's first language)
            text = Markup(phrases("ja")[phrase].replace("{{ head }}", phrases("ja")["head.clinic"]))  # noqa: S704  (our own phrase)
        try:
            await self._channel_of(heard).deliver(Message(heard.address, text))
        except Undelivered as failure:
            _log.warning("tell.undelivered", why=failure.why, reason=failure.reason)

    # ── time ────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def tick(self) -> None:
        """Do what time has made due: reminders, escalations, evidence to fetch, seals."""
        try:
            self.home.engine.tick(self.clock.now())
            self.sealer.seal_due()
            await self.fetcher.fetch_due()
            await self.reader.read_due()
        except StorageTrouble as trouble:
            _log.error("tick.storage", why=str(trouble))
        except BrokenChain as broken:
            _log.error("tick.journal_broken", first_bad=broken.first_bad, fault=broken.fault)
            self._broken = broken
            self._altered.set()
        except Exception:  # noqa: BLE001  (the next tick tries again)
            _log.exception("tick.bug")
        self.outbox.ring()

    async def run(self) -> None:
        """Hear, send and tick until cancelled, or until a channel can't be heard at all.

        Raises BrokenChain (in a group) when the journal turns out to be altered: whoever opens the home again sets it
        aside and goes on in a new one.
        """
        self.home.engine.refresh()
        with Ticker(self.tick):
            async with asyncio.TaskGroup() as group:
                group.create_task(self.outbox.run())
                group.create_task(self._stop_when_altered())
                for channel in self.channels.values():
                    group.create_task(channel.listen(self.hear))

    async def _stop_when_altered(self) -> None:
        await self._altered.wait()
        if self._broken is not None:
            raise self._broken
