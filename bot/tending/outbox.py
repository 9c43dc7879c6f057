"""The outbox: owed messages go out until delivered, the urgent first, each checked once more before it is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial

import structlog
from aiolimiter import AsyncLimiter

from bot.channels.channel import Channel, RenderedMessage, Undelivered
from bot.clock import Clock
from bot.screens.renderer import Renderer
from bot.screens.scene import Making, Rows
from bot.store.evidence import Photos, no_photos
from bot.store.trouble import StorageTrouble
from contacts.registry import member_at
from flows.commands.facility import MarkUnreachable
from flows.engine import Engine
from flows.messages.calling import WhereWeStand
from flows.messages.hearing import FOR_STRANGERS
from flows.notifications import still_true
from flows.record.deliveries import Deliveries, Delivery
from flows.record.journal import FACILITY
from flows.state.work import CLOCK

_log = structlog.get_logger(__name__)

LONGEST_PAUSE = timedelta(minutes=1)
"""Between two tries of one message."""

CHECK_EVERY = 1.0
"""Seconds after which the book is looked at again even if nobody rang: other processes write to it, too."""


class Outbox:
    """Sends what the book of deliveries holds, over the channels of this process."""

    def __init__(
        self,
        engine: Engine,
        book: Deliveries,
        renderer: Renderer,
        channels: Mapping[str, Channel],
        clock: Clock,
        *,
        limited: bool = True,
        photos: Photos = no_photos,
    ) -> None:
        """``photos`` finds the facility's own. ``limited`` keeps to Telegram's limits: 30 messages a second overall, 1 a second a chat."""
        self._engine, self._book, self._channels, self._clock = engine, book, channels, clock
        self._reached = tuple(channel.reaches for channel in channels.values())
        self._renderer = renderer
        self._overall = AsyncLimiter(30, 1) if limited else None
        self._of_chat: dict[str, AsyncLimiter] = {}
        self._limited = limited
        self._photos = photos
        self._ring = asyncio.Event()
        self._sending: dict[str, asyncio.Task[None]] = {}
        self._not_before: dict[str, float] = {}
        self._boards: dict[tuple[str, str], tuple[str, tuple[str, Rows]]] = {}

    def ring(self) -> None:
        """Say that something new may be owed."""
        self._ring.set()

    async def run(self) -> None:
        """Send until cancelled."""
        resumed = False
        try:
            while True:
                self._ring.clear()
                resumed = resumed or self._resume()
                if resumed:
                    await self._begin_due()
                # not wait_for: Python 3.11's swallows a cancellation that comes together with the ring
                with suppress(TimeoutError):
                    async with asyncio.timeout(CHECK_EVERY):
                        await self._ring.wait()
        finally:
            for task in self._sending.values():
                task.cancel()
            await asyncio.gather(*self._sending.values(), return_exceptions=True)

    def _resume(self) -> bool:
        try:
            self._book.resume()
        except StorageTrouble as trouble:
            _log.error("outbox.storage", why=str(trouble))
            return False
        return True

    async def _begin_due(self) -> None:
        try:
            self._engine.refresh()
            due = self._book.due(self._clock.now(), busy=[*self._sending, *self._waiting()], channels=self._reached)
        except StorageTrouble as trouble:
            _log.error("outbox.storage", why=str(trouble))
            return
        for delivery in due:
            address = delivery.owed.to
            if address not in self._sending:
                task = asyncio.create_task(self._deliver_safely(delivery))
                self._sending[address] = task
                task.add_done_callback(partial(self._free, address))

    def _waiting(self) -> list[str]:
        now = asyncio.get_running_loop().time()
        return [a for a, until in self._not_before.items() if until > now]

    def _free(self, address: str, _: object) -> None:
        self._sending.pop(address, None)
        self._ring.set()

    async def flush(self) -> int:
        """Send all that is due now, one after the other, and give how many went out (for one person's terminal)."""
        sent, tried = 0, set[int]()
        while True:
            self._engine.refresh()
            due = self._book.due(self._clock.now(), channels=self._reached)
            mine = [d for d in due if d.id not in tried]
            if not mine:
                return sent
            tried.add(mine[0].id)
            await self._deliver_safely(mine[0])
            sent += 1

    async def _deliver_safely(self, delivery: Delivery) -> None:
        try:
            await self._deliver_or_give_up(delivery)
        except StorageTrouble as trouble:
            _log.error("outbox.storage", delivery=delivery.id, why=str(trouble))
            self._not_before[delivery.owed.to] = asyncio.get_running_loop().time() + CHECK_EVERY

    async def _deliver_or_give_up(self, delivery: Delivery) -> None:
        try:
            await self._deliver(delivery)
        except StorageTrouble:
            raise
        except Exception:  # noqa: BLE001  (one message that we can't say must not hold up the others)
            _log.exception("outbox.bug", delivery=delivery.id, name=delivery.owed.name)
            self._book.fail(delivery.id, "a bug in the bot; see its log")

    async def _deliver(self, delivery: Delivery) -> None:
        message = await self._message(delivery)
        if message is None:
            self._book.supersede(delivery.id)
            return
        await self._wait_for_turn(message.address)
        if not self._book.mark_sending(delivery.id, message.address):
            return
        try:
            receipt = await self._channels[message.address.partition(":")[0]].deliver(message)
        except Undelivered as failure:
            self._failed(delivery, message, failure)
            return
        self._book.mark_sent(delivery.id, message.address, receipt.message_id, self._clock.now())
        if isinstance(delivery.owed.message, WhereWeStand):
            self._boards[message.address, delivery.owed.key or ""] = (receipt.message_id, (message.text, message.rows))

    async def _message(self, delivery: Delivery) -> RenderedMessage | None:
        """Give the message as it should read now; None when it is no longer true."""
        owed, now = delivery.owed, self._clock.now()
        reader = member_at(self._engine.journal.registry, owed.to)
        if reader is None and not isinstance(owed.message, FOR_STRANGERS):
            return None
        run = self._engine.run(owed.run) if owed.run != FACILITY else None
        if run is not None and not still_true(owed, run, reader or ""):
            return None
        replaces = None
        if owed.edits:
            last = self._book.last_delivered(owed.to, owed.key or "")
            replaces = last.message_id if last else None
            if replaces is None and not isinstance(owed.message, WhereWeStand):
                return None
        screen = self._renderer.render(owed, reader or "", now)
        if isinstance(owed.message, WhereWeStand):
            stands = self._boards.get((owed.to, owed.key or ""))
            if replaces is not None and stands == (replaces, (screen.text, screen.rows)):
                return None
        return RenderedMessage(
            owed.to,
            screen.text,
            screen.rows,
            replaces,
            owed.silent,
            document=await _made(screen.document),
            picture=self._own_photo(screen.photo) or await _made(screen.picture),
            contact=screen.contact,
            wants_text=screen.wants_text,
        )

    def _own_photo(self, digest: str | None) -> tuple[str, bytes] | None:
        found = self._photos(digest) if digest else None
        return ("photo.jpg", found) if found is not None else None

    async def _wait_for_turn(self, address: str) -> None:
        if self._overall is None:
            return
        await self._of_chat.setdefault(address, AsyncLimiter(1, 1)).acquire()
        await self._overall.acquire()

    def _failed(self, delivery: Delivery, message: RenderedMessage, failure: Undelivered) -> None:
        now = self._clock.now()
        _log.warning(
            "outbox.undelivered", delivery=delivery.id, name=delivery.owed.name, why=failure.why, reason=failure.reason
        )
        if failure.why == "edit_lost":
            self._book.supersede(delivery.id)
            if isinstance(delivery.owed.message, WhereWeStand):
                self._renew_board(delivery)
        elif failure.why == "gone":
            self._mark_unreachable(message.address, delivery)
            self._book.fail(delivery.id, failure.reason)
        elif failure.retry_after is None:
            self._book.fail(delivery.id, failure.reason)
        else:
            grown = timedelta(seconds=failure.retry_after * 2 ** min(delivery.attempts, 6))
            pause = grown if failure.why == "busy" else min(grown, LONGEST_PAUSE)
            if failure.why == "busy":
                pause = timedelta(seconds=failure.retry_after)
                self._not_before[message.address] = asyncio.get_running_loop().time() + failure.retry_after
            self._book.postpone(delivery.id, now + pause, failure.reason)

    def _renew_board(self, delivery: Delivery) -> None:
        self._engine.owe([replace(delivery.owed, edits=False)], self._clock.now())

    def _mark_unreachable(self, address: str, delivery: Delivery) -> None:
        member = member_at(self._engine.journal.registry, address)
        if member is not None:
            order = MarkUnreachable(FACILITY, member, address.partition(":")[0])
            self._engine.handle(order, actor=CLOCK, now=self._clock.now(), cause=f"undelivered:{delivery.id}")


async def _made(making: Making | None) -> tuple[str, bytes] | None:
    """Make the file that goes with a message; making one takes seconds, and nobody else is to wait for it."""
    return None if making is None else await asyncio.to_thread(making)
