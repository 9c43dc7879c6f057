"""The outbox, the one dispatcher of all that is owed: once there is room to send, the most urgent message of all goes."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial

import structlog

from bot.channels.channel import Channel, Heard, MayRetract, RenderedMessage, Undelivered
from bot.clock import Clock
from bot.documents.orders import Order
from bot.store.trouble import StorageTrouble
from bot.tending.composer import Composed, Composer, is_board, is_shown_anew
from bot.tending.line import Line
from bot.tending.making_apart import Make
from contacts.registry import member_at
from flows.commands.facility import MarkUnreachable
from flows.engine import Engine
from flows.messages.reporting import DocumentNotMade
from flows.record.deliveries import Deliveries, Delivery
from flows.record.journal import AT_ONCE, FACILITY, Owed
from flows.state.work import CLOCK

_log = structlog.get_logger(__name__)

CHECK_EVERY = 1.0
"""Seconds after which the book is looked at again even if nobody rang: other processes write to it, too."""

ANSWERABLE = 15.0
"""Seconds in which a tap is tried to be answered; later Telegram doesn't take it any more, and its spinner has stopped."""

FRESH = 0.01
"""Seconds before the first try after a connection broke: it may only have been one that the other side had closed."""

MADE_TOGETHER, MOST_TRIES = 2, 2
"""So many messages' files are made at the same time, and each is tried so many times."""

PAGE = 50
"""So many owed messages are looked at together."""

File = tuple[str, bytes]


class Outbox:
    """Sends what the book of deliveries holds, over the channels of this process."""

    def __init__(
        self,
        engine: Engine,
        book: Deliveries,
        composer: Composer,
        channels: Mapping[str, Channel],
        clock: Clock,
        make: Make,
    ) -> None:
        """``channels`` by name; how fast each may be written to it says itself. ``make`` makes the files that go along."""
        self._engine, self._book, self._composer, self._channels, self._clock = engine, book, composer, channels, clock
        self._lines = {name: Line(channel.rates, _seconds) for name, channel in channels.items()}
        self._ring = asyncio.Event()
        self._sending: dict[str, asyncio.Task[None]] = {}
        self._make, self._free_presses = make, asyncio.Semaphore(MADE_TOGETHER)
        self._tries = Counter[int]()
        self._making: dict[int, asyncio.Task[None]] = {}
        self._made: dict[int, tuple[File | None, File | None]] = {}
        self._unnoted = deque[Callable[[], object]]()

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
                pause = self._begin_due() if resumed else CHECK_EVERY
                # not wait_for: Python 3.11's swallows a cancellation that comes together with the ring
                with suppress(TimeoutError):
                    async with asyncio.timeout(pause):
                        await self._ring.wait()
        finally:
            tasks = (*self._sending.values(), *self._making.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def answer(self, heard: Heard, toast: str) -> bool:
        """Give a tap its short answer, tried again like all else; False when it can't be shown.

        It takes no room from messages: Telegram doesn't count it among them.
        """
        name, address = heard.address.partition(":")[0], heard.address
        until = _seconds() + ANSWERABLE
        pause = 0.0
        while _seconds() + pause < until:
            await asyncio.sleep(pause)
            try:
                await self._channels[name].answer(heard, toast)
            except Undelivered as failure:
                _log.info("outbox.tap_unanswered", cause=heard.cause, why=failure.why, reason=failure.reason)
                if failure.retry_after is None:
                    return False
                self._lines[name].failed(address, failure)
                pause = failure.retry_after if pause or failure.why == "busy" else FRESH
            else:
                self._lines[name].reached(address)
                return True
        return False

    def still_shown(self, address: str, most: int = 20) -> Iterator[tuple[str, RenderedMessage, datetime]]:
        """Give the newest messages that stand at an address with what is true of them now, the newest last, each with its id and its time."""
        runs = (FACILITY, *(run.id for run in self._engine.live_runs()))
        sent = [d for run in runs for d in self._book.of_run(run) if (d.state, d.address) == ("sent", address)]
        standing = {d.message_id: d for d in sorted(sent, key=lambda d: d.id)}
        for message_id, delivery in sorted(standing.items(), key=lambda one: one[1].id)[-most:]:
            composed = self._composer.compose(delivery)
            if message_id is not None and composed is not None:
                yield message_id, composed.message, delivery.sent_at or delivery.owed_at

    async def retract(self, heard: Heard) -> bool:
        """Take what somebody wrote away from their chat; False where it stays there."""
        channel = self._channels[heard.address.partition(":")[0]]
        if not isinstance(channel, MayRetract):
            return False
        until, pause = _seconds() + ANSWERABLE, 0.0
        while _seconds() + pause < until:
            await asyncio.sleep(pause)
            try:
                await channel.retract(heard)
            except Undelivered as failure:
                _log.info("outbox.not_retracted", cause=heard.cause, why=failure.why, reason=failure.reason)
                if failure.retry_after is None:
                    return False
                pause = max(failure.retry_after, FRESH)
            else:
                return True
        return False

    async def flush(self) -> int:
        """Send all that is due now, one after the other, and give how many went out (for one person's terminal).

        What has a file that is still to be made comes last.
        """
        reached, tried = [channel.reaches for channel in self._channels.values()], set[int]()
        while True:
            self._engine.refresh()
            due = [one for one in self._book.due(self._clock.now(), channels=reached) if one.id not in tried]
            if not due:
                return len(tried)
            delivery = next((one for one in due if one.id not in self._making), due[0])
            if delivery.id in self._making:
                await asyncio.wait([self._making[delivery.id]])
            if await self._send_now(delivery):
                tried.add(delivery.id)

    def _resume(self) -> bool:
        try:
            self._book.resume()
        except StorageTrouble as trouble:
            _log.error("outbox.storage", why=str(trouble))
            return False
        return True

    # ── choosing ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _begin_due(self) -> float:
        """Begin what may go now; gives the seconds after which to look again."""
        try:
            self._write_down()
            self._engine.refresh()
            for name in self._channels:
                self._begin_on(name)
        except StorageTrouble as trouble:
            _log.error("outbox.storage", why=str(trouble))
            return CHECK_EVERY
        return min(CHECK_EVERY, *(line.opens_in() for line in self._lines.values()))

    def _begin_on(self, name: str) -> None:
        """Begin the most urgent messages of all on one channel, as long as its line has room.

        A board is changed in a chat that has been silent for a while, so that it takes nothing from what somebody waits
        for.
        """
        line = self._lines[name]
        waiting = {*self._sending, *line.waiting()}
        while line.is_open() and (page := self._page(name, waiting)):
            for delivery in page:
                address = delivery.owed.to
                if address in waiting:
                    continue
                if is_board(delivery.owed) and delivery.owed.edits and not line.is_quiet(address):
                    waiting.add(address)
                    continue
                message = self._ready(delivery)
                if message is None:
                    continue
                if not line.is_open(self._size(message)):
                    return
                waiting.add(address)
                if self._book.mark_sending(delivery.id, address):
                    self._begin(delivery, message)

    def _page(self, name: str, waiting: Collection[str]) -> list[Delivery]:
        """Give what may go now to whoever needn't wait, the most urgent first; on a line that is away, one chat's."""
        reaches, limit = [self._channels[name].reaches], PAGE + len(self._making)
        due = self._book.due(self._clock.now(), busy=waiting, channels=reaches, limit=limit)
        page = [delivery for delivery in due if delivery.id not in self._making]
        if page and self._lines[name].is_away:
            tried = self._lines[name].least_tried(delivery.owed.to for delivery in page)
            page = [delivery for delivery in page if delivery.owed.to == tried]
        return page

    def _begin(self, delivery: Delivery, message: RenderedMessage) -> None:
        line, size = self._lines[_channel(message)], self._size(message)
        line.begin(message.address, size)
        task = self._sending[message.address] = asyncio.create_task(self._send(delivery, message))

        def free(_: object) -> None:
            line.end(message.address, size)
            del self._sending[message.address]
            self._ring.set()

        task.add_done_callback(free)

    def _size(self, message: RenderedMessage) -> int:
        rates = self._channels[_channel(message)].rates
        return rates.size(message) if rates is not None else 1

    # ── saying ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _ready(self, delivery: Delivery) -> RenderedMessage | None:
        """Give the message as it should read now; None when it is not to be sent, or its file is still being made."""
        try:
            composed = self._composer.compose(delivery)
        except StorageTrouble:
            raise
        except Exception:  # noqa: BLE001  (one message that we can't say must not hold up the others)
            self._give_up(delivery)
            return None
        if composed is None:
            self._made.pop(delivery.id, None)
            self._book.supersede(delivery.id)
            return None
        if composed.document is None and composed.chart is None:
            return composed.message
        if delivery.id in self._made:
            document, chart = self._made[delivery.id]
            return replace(composed.message, document=document, picture=chart or composed.message.picture)
        self._making[delivery.id] = asyncio.create_task(self._make_files(delivery, composed))
        return None

    async def _make_files(self, delivery: Delivery, composed: Composed) -> None:
        """Make the files of a message while all others go on; what fails for good is told to whoever asked, once."""
        try:
            async with self._free_presses:
                self._made[delivery.id] = await self._file(composed.document), await self._file(composed.chart)
        except Exception as trouble:  # noqa: BLE001  (the same)
            self._tries[delivery.id] += 1
            _log.warning("outbox.not_made", delivery=delivery.id, tries=self._tries[delivery.id], why=repr(trouble))
            if self._tries[delivery.id] >= MOST_TRIES:
                order = composed.document or composed.chart
                self._note(partial(self._tell_not_made, delivery, order.name if order is not None else ""))
        finally:
            del self._making[delivery.id]
            self._ring.set()

    async def _file(self, order: Order | None) -> File | None:
        return (order.name, await self._make(order)) if order is not None else None

    def _tell_not_made(self, delivery: Delivery, file: str) -> None:
        told = Owed(delivery.owed.to, DocumentNotMade(file), key=f"not_made:{delivery.id}", priority=AT_ONCE)
        self._engine.owe([told], self._clock.now())
        self._book.fail(delivery.id, "its file could not be made")

    def _give_up(self, delivery: Delivery) -> None:
        _log.exception("outbox.bug", delivery=delivery.id, name=delivery.owed.name)
        self._note(partial(self._book.fail, delivery.id, "a bug in the bot; see its log"))

    # ── sending ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _send_now(self, delivery: Delivery) -> bool:
        """Send one now, if it is still owed; False if its file is to be made before."""
        try:
            if self._book.get(delivery.id).state != "owed":
                return True
            message = self._ready(delivery)
            if message is not None and self._book.mark_sending(delivery.id, message.address):
                await self._send(delivery, message)
        except StorageTrouble as trouble:
            _log.error("outbox.storage", delivery=delivery.id, why=str(trouble))
        return delivery.id not in self._making

    async def _send(self, delivery: Delivery, message: RenderedMessage) -> None:
        """Send what is in hand, and note what became of it."""
        self._made.pop(delivery.id, None)
        name, address = _channel(message), message.address
        try:
            receipt = await self._channels[name].deliver(message)
        except Undelivered as failure:
            self._failed(delivery, message, failure)
        except Exception:  # noqa: BLE001  (the same)
            self._give_up(delivery)
        else:
            self._lines[name].reached(address)
            self._composer.stands(delivery.owed, message, receipt.message_id)
            self._note(partial(self._book.mark_sent, delivery.id, address, receipt.message_id, self._clock.now()))

    def _failed(self, delivery: Delivery, message: RenderedMessage, failure: Undelivered) -> None:
        line, address = self._lines[_channel(message)], message.address
        told = {"name": delivery.owed.name, "why": failure.why, "reason": failure.reason}
        _log.warning("outbox.undelivered", delivery=delivery.id, **told)
        if failure.retry_after is not None:  # how long it waits is the line's to say, and not written down
            line.failed(address, failure)
            self._note(partial(self._book.postpone, delivery.id, self._clock.now(), failure.reason))
            return
        line.reached(address)
        if failure.why == "edit_lost":
            self._note(partial(self._renew, delivery))
            return
        if failure.why == "gone":
            self._note(partial(self._mark_unreachable, address, delivery))
        self._note(partial(self._book.fail, delivery.id, failure.reason))

    def _note(self, change: Callable[[], object]) -> None:
        """Write down what became of a message, now or as soon as the disk takes it again; until then nothing else goes."""
        self._unnoted.append(change)
        try:
            self._write_down()
        except StorageTrouble as trouble:
            _log.error("outbox.storage", why=str(trouble))

    def _write_down(self) -> None:
        while self._unnoted:
            try:
                self._unnoted[0]()
            except StorageTrouble:
                raise
            except Exception:  # noqa: BLE001  (the same)
                _log.exception("outbox.bug")
            self._unnoted.popleft()

    def _renew(self, delivery: Delivery) -> None:
        """Send anew what can't be changed in place and is still asked; any other mark on an old message is worth no new one."""
        if is_shown_anew(delivery.owed):
            self._engine.owe([replace(delivery.owed, edits=False)], self._clock.now())
        self._book.supersede(delivery.id)

    def _mark_unreachable(self, address: str, delivery: Delivery) -> None:
        member = member_at(self._engine.journal.registry, address)
        if member is not None:
            order = MarkUnreachable(FACILITY, member, address.partition(":")[0])
            self._engine.handle(order, actor=CLOCK, now=self._clock.now(), cause=f"undelivered:{delivery.id}")


def _channel(message: RenderedMessage) -> str:
    return message.address.partition(":")[0]


def _seconds() -> float:
    return asyncio.get_running_loop().time()
