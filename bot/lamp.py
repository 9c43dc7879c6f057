"""The bot as a whole: what is heard goes in, what is owed goes out, and time goes by."""

from __future__ import annotations

import asyncio
import json
import re
import traceback
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from math import inf
from typing import Any

import structlog
from markupsafe import Markup

from bot.channels.channel import Answering, Channel, Heard, Served, Undelivered
from bot.channels.terminal import plain
from bot.clock import Clock
from bot.hearing.front_desk import FrontDesk
from bot.hearing.inbound import Inbound, Reply
from bot.hearing.outage import Outages
from bot.hearing.strangers import without_code
from bot.home import Home
from bot.screens.house.people import refusal
from bot.screens.renderer import Renderer
from bot.store.trouble import StorageTrouble
from bot.tending.backing_up import BackupKeeper
from bot.tending.disposing import erase_due
from bot.tending.evidence import EvidenceFetcher
from bot.tending.heartbeat import Heartbeat
from bot.tending.making_apart import Make
from bot.tending.proof.handing_on import HandingOn
from bot.tending.proof.sealing import Sealer
from bot.tending.proof.time_stamping import TimeStamper
from bot.tending.right_time import RightTime
from bot.tending.room import Room
from bot.tending.sending.outbox import Outbox
from bot.tending.sending.way_round import WayRound
from bot.tending.ticker import EVERY, Ticker
from bot.tending.workbook_reader import WorkbookReader
from bot.words.words import phrases
from contacts.registry import member_at
from flows.messages.hearing import NotDone, StillInChat
from flows.record.chain import BrokenChain
from flows.record.journal import AT_ONCE, LATER, Owed
from playbooks.kinds import filled
from playbooks.triage.danger import danger_ears

_log = structlog.get_logger(__name__)

ANSWERED_WITHIN = 2.0
"""Seconds that an act waits for its tap to be answered before it counts as heard; a refusal that was not shown by then is
owed as a message."""

TICKS_WITHIN, ANSWERS_WITHIN = 30.0, 120.0
"""Seconds after which a clock that did not tick, or a line that was not answered, counts as standing still; a poll that brings
nothing is answered after 50."""


@dataclass(kw_only=True, eq=False, repr=False)
class Lamp:
    """One home, alight: hears over its channels, answers, and acts when time makes something due. See bot/wiring.py."""

    home: Home
    clock: Clock
    channels: Mapping[str, Channel]
    desk: FrontDesk
    inbound: Inbound
    outbox: Outbox
    fetcher: EvidenceFetcher
    reader: WorkbookReader
    sealer: Sealer
    handing_on: HandingOn
    stamper: TimeStamper | None
    right_time: RightTime
    room: Room
    outages: Outages
    way_round: WayRound
    heart: Heartbeat | None
    keeper: BackupKeeper
    renderer: Renderer
    make: Make
    _answering: set[asyncio.Task[bool]] = field(default_factory=set, init=False)
    _aside: set[asyncio.Task[None]] = field(default_factory=set, init=False)
    _told_of_trouble: set[str] = field(default_factory=set, init=False)
    _altered: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _broken: BrokenChain | None = field(default=None, init=False)
    _ticked_at: float = field(default=-inf, init=False)

    # ── hearing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def hear(self, *heard: Heard) -> None:
        """Take acts in and answer each; those of different people in one transaction.

        What somebody does next is taken in after it, since it is understood by what the last thing came to.

        A tap is answered at once; a refusal that can't be shown there comes as a message, kept before the tap counts as heard.

        Raises StorageTrouble when they could not be put on disk: people are told once, and the channel brings the acts
        again. One at which we make a mistake is kept with its trace, its person is told, and the others are done.
        """
        self.outages.enter()
        try:
            for together in _apart(heard):
                await self._hear(together)
        finally:
            self.inbound.masking.forget()
        self.outbox.ring()

    async def _hear(self, heard: Sequence[Heard]) -> None:
        try:
            self.outbox.heard(*heard)
            replies = self.inbound.take(*heard)
        except StorageTrouble:
            for act in heard:
                await self._tell_of_trouble(act)
            raise
        except Exception as bug:  # noqa: BLE001  (an emergency tool never leaves a person with silence)
            replies = [Reply(bug=bug) for _ in heard]
        for act, reply in zip(heard, replies, strict=True):
            if reply.bug is not None:
                await self._keep_unhandled(act, reply.bug)
            else:
                self._told_of_trouble.discard(act.address)
            if reply.masked and self.inbound.masking.chat(act) == "goes":
                self._begin_aside(self._retract(act))
        await self._answer(
            [(act, reply) for act, reply in zip(heard, replies, strict=True) if act.callback is not None]
        )

    async def _answer(self, taps: Sequence[tuple[Heard, Reply]]) -> None:
        """Answer taps, all at once; what can't be shown is let be, but for a refusal, which is owed as a message then."""
        answers = [(self._answers(act, reply), act, reply) for act, reply in taps]
        if answers:
            await asyncio.wait([answer for answer, _, _ in answers], timeout=ANSWERED_WITHIN)
        unseen = [
            Owed(act.address, NotDone(reply.refused.name, reply.refused.data), reply.run, priority=AT_ONCE)
            for answer, act, reply in answers
            if reply.refused is not None and not _was_shown(answer)
        ]
        if unseen:
            self.home.engine.owe(unseen, self.clock.now())

    def _begin_aside(self, doing: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(doing)
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)

    async def _retract(self, act: Heard) -> None:
        """Take a message away from its chat, and say so where it stays."""
        try:
            if not await self.outbox.retract(act):
                self.home.engine.owe([Owed(act.address, StillInChat(), priority=LATER)], self.clock.now())
                self.outbox.ring()
        except StorageTrouble as trouble:
            _log.error("retract.storage", cause=act.cause, why=str(trouble))

    def _answers(self, act: Heard, reply: Reply) -> asyncio.Task[bool]:
        """Begin to answer a tap."""
        answer = asyncio.create_task(self.outbox.answer(act, self._toast(act, reply) if reply.bug is None else ""))
        self._answering.add(answer)
        answer.add_done_callback(self._answering.discard)
        return answer

    async def hear_and_answer(self, *heard: Heard) -> None:
        """Take acts in and send what they bring at once, without the outbox running beside (for one terminal)."""
        await self.hear(*heard)
        await self.outbox.flush()

    def _toast(self, heard: Heard, reply: Reply) -> str:
        """Give a tap's short answer; one that we fail to make is left out, since what was done is done."""
        try:
            member = member_at(self.home.engine.journal.registry, heard.address) or ""
            scene = self.renderer.look(member, self.clock.now(), reply.run)
            if reply.refused is not None:
                return plain(refusal(scene, reply.refused.name, reply.refused.data))
            return plain(scene.words.say(reply.phrase)) if reply.phrase else ""
        except Exception:  # noqa: BLE001  (the acts beside it have to be answered)
            _log.exception("toast.bug", cause=heard.cause)
            return ""

    async def _tell_of_trouble(self, heard: Heard) -> None:
        danger = danger_ears().hear(heard.text or "")
        if danger is not None and heard.cause not in self._told_of_trouble:
            self._told_of_trouble.add(heard.cause)  # whom to call needs no storage
            await self._tell_directly(heard, f"danger.{danger.kind}", where="danger.where")
        if heard.address not in self._told_of_trouble:
            self._told_of_trouble.add(heard.address)
            await self._tell_directly(heard, "storage_trouble")

    async def _keep_unhandled(self, heard: Heard, bug: Exception) -> None:
        hidden = self.inbound.masking.hidden
        trace = hidden(without_code(heard, "".join(traceback.format_exception(bug))), heard)
        _log.error("hear.bug", cause=heard.cause, error=hidden(without_code(heard, repr(bug)), heard), trace=trace)
        try:
            act = self.inbound.masking.raw(heard)
            raw = without_code(heard, json.dumps(asdict(act), default=str, ensure_ascii=False))
            self.home.journal.unhandled.keep(at=self.clock.now(), cause=heard.cause, raw=raw, trace=trace)
        except StorageTrouble:
            await self._tell_of_trouble(heard)
            raise
        await self._tell_directly(heard, "kept_for_later")

    async def _tell_directly(self, heard: Heard, phrase: str, **within: str) -> None:
        """Say something past the outbox, for when it is the storage or our own code that fails; phrases may stand within."""
        try:
            member = member_at(self.home.engine.journal.registry, heard.address) or ""
            words = self.renderer.look(member, self.clock.now()).words
            text = words.say(phrase, **{name: words.say(inner, outside=True) for name, inner in within.items()})
        except Exception:  # noqa: BLE001  (nothing can be read either: say it in the facility's first language)
            ours = phrases("ja")
            said = re.sub(r"{{ \w+ }}", "", filled(ours[phrase], "clinic", "ja"))
            text = Markup(said)  # noqa: S704  (our own phrase)
        try:
            await self.outbox.tell(heard, text)
        except Undelivered as failure:
            _log.warning("tell.undelivered", why=failure.why, reason=failure.reason)

    # ── time ────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def tick(self) -> None:
        """Do what time has made due, one thing after the other: reminders and escalations first."""
        for due in self._due:
            await self._tick(due)

    @property
    def _due(self) -> tuple[Callable[[], Awaitable[object]], ...]:
        """What time makes due, each apart: nobody is woken later because a photo hangs."""
        return (
            self._clock_due,
            self._seal_due,
            self._stamp_due,
            self.handing_on.look_due,
            self.fetcher.fetch_due,
            partial(erase_due, self.home, self.clock),
            self.reader.read_due,
            self.keeper.backup_due,
            self.right_time.look_due,
            self.room.look_due,
            self.outages.look_due,
            self.way_round.look_due,
            self._beat_due,
        )

    async def _clock_due(self) -> None:
        self.home.journal.deliveries.sweep()
        self.inbound.masking.forget()
        self.home.engine.tick(self.clock.now())
        self._ticked_at = asyncio.get_running_loop().time()

    @property
    def is_well(self) -> bool:
        """Whether the clock ticks, every line is answered and the page is served; a bot that nobody can reach is not well."""
        lines = [channel for channel in self.channels.values() if isinstance(channel, Answering)]
        pages = [channel for channel in self.channels.values() if isinstance(channel, Served)]
        ticks = asyncio.get_running_loop().time() - self._ticked_at <= TICKS_WITHIN
        reached = all(line.silent_for() <= ANSWERS_WITHIN for line in lines) and all(page.is_served for page in pages)
        return ticks and bool(lines or pages) and reached

    async def _beat_due(self) -> None:
        if self.heart is not None:
            await self.heart.beat_due(well=self.is_well)

    async def _seal_due(self) -> None:
        self.sealer.seal_due()

    async def _stamp_due(self) -> None:
        if self.stamper is not None:
            await self.stamper.stamp_due()

    async def _tick(self, due: Callable[[], Awaitable[object]]) -> None:
        try:
            await due()
        except StorageTrouble as trouble:
            _log.error("tick.storage", why=str(trouble))
        except BrokenChain as broken:
            _log.error("tick.journal_broken", first_bad=broken.first_bad, fault=broken.fault)
            self._broken = broken
            self._altered.set()
        except Exception:  # noqa: BLE001  (the next tick tries again)
            _log.exception("tick.bug")
        self.outbox.ring()

    async def run(self, every: float = EVERY, ticker: type[Ticker] = Ticker) -> None:
        """Hear, send and tick (``every`` so many seconds) until cancelled, or until a channel can't be heard at all.

        Raises BrokenChain (in a group) when the journal turns out to be altered: whoever opens the home again sets it
        aside and goes on in a new one.
        """
        self.home.engine.refresh()
        self._tell_of_lost()
        with ticker(*(partial(self._tick, due) for due in self._due), every=every):
            async with asyncio.TaskGroup() as group:
                group.create_task(self.outbox.run())
                group.create_task(self._stop_when_altered())
                for channel in self.channels.values():
                    group.create_task(channel.listen(self.hear))

    def _tell_of_lost(self) -> None:
        """Tell whoever might still have had what they wrote kept whole that it is gone with the process that knew it."""
        try:
            self.home.engine.do(*self.inbound.masking.lost(self.channels))
        except StorageTrouble as trouble:
            _log.error("masked.storage", why=str(trouble))

    async def _stop_when_altered(self) -> None:
        await self._altered.wait()
        if self._broken is not None:
            raise self._broken


def _was_shown(answer: asyncio.Task[bool]) -> bool:
    """Say whether a tap was answered; what is still tried is let be, since what it would say comes as a message."""
    if answer.done():
        return answer.exception() is None and answer.result()
    answer.cancel()
    return False


def _apart(heard: Iterable[Heard]) -> Iterator[list[Heard]]:
    """Part acts, in their order, so that no two of one person are together."""
    together = list[Heard]()
    for act in heard:
        if any(other.address == act.address for other in together):
            yield together
            together = []
        together.append(act)
    if together:
        yield together
