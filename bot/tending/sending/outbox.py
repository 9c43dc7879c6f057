"""The outbox, the one dispatcher of all that is owed: once there is room to send, the most urgent message of all goes."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby

import structlog

from bot.channels.channel import Channel, Heard, MayRetract, RenderedMessage, Traits, Undelivered
from bot.clock import Clock
from bot.documents.orders import Order
from bot.store.trouble import StorageTrouble
from bot.tending.making_apart import Make
from bot.tending.sending.batching import Answerable, Batch, Parcel, presses
from bot.tending.sending.composer import Composed, Composer, is_board, is_shown_anew
from bot.tending.sending.line import Line
from bot.tending.sending.reach import Reach
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
        self._lines = {name: Line(channel.traits.rates, _seconds) for name, channel in channels.items()}
        self._answerable, self._reach = Answerable(channels), Reach(engine, book, channels, clock)
        self._begun: dict[str, Batch] = {}
        self._alone = set[int]()
        self._spent_until: dict[str, datetime] = {}
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

    def heard(self, *acts: Heard) -> None:
        """Note what was done: what goes there next may answer it, and its doer is there now."""
        self._answerable.heard(acts, self._clock.now())
        self._reach.heard(acts)

    async def tell(self, heard: Heard, text: str) -> None:
        """Say something to whoever did something, past the book; raises Undelivered."""
        answers = self._answerable.oldest(heard.address, self._clock.now())
        self._answerable.is_used(heard.address, answers)
        channel = self._channels[_channel_of(heard.address)]
        await channel.deliver(RenderedMessage(heard.address, text), key=f"told {heard.cause}", answers=answers)

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
        name, address = _channel_of(heard.address), heard.address
        if not self._channels[name].traits.toasts:
            return False
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
                yield message_id, composed.messages[-1], delivery.sent_at or delivery.owed_at

    async def retract(self, heard: Heard) -> bool:
        """Take what somebody wrote away from their chat; False where it stays there."""
        channel = self._channels[_channel_of(heard.address)]
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
        reached = [channel.reaches for channel in self._channels.values()]
        tried, waiting = set[int](), set[str]()
        while True:
            self._engine.refresh()
            owed = self._book.due(self._clock.now(), busy=waiting, channels=reached)
            due = [one for one in owed if one.id not in tried]
            if not due:
                return len(tried)
            delivery = next((one for one in due if one.id not in self._making), due[0])
            if delivery.id in self._making:
                await asyncio.wait([self._making[delivery.id]])
            tried |= await self._send_now(delivery, waiting)

    def _resume(self) -> bool:
        """Owe again what was in hand; what was for one address was one batch, and goes again under its key."""
        try:
            in_hand = sorted(self._book.in_hand(), key=lambda one: one.owed.to)
            for address, together in groupby(in_hand, key=lambda one: one.owed.to):
                self._begun[address] = Batch.of(address, list(together))
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
                batch = self._batch(delivery, waiting)
                if batch is None:
                    continue
                if not line.is_open(self._size(batch)):
                    return
                waiting.add(address)
                self._begin(self._in_hand(batch))

    def _page(self, name: str, waiting: Collection[str]) -> list[Delivery]:
        """Give what may go now to whoever needn't wait, the most urgent first; on a line that is away, one chat's."""
        reaches, limit = [self._channels[name].reaches], PAGE + len(self._making)
        due = self._book.due(self._clock.now(), busy=waiting, channels=reaches, limit=limit)
        page = [delivery for delivery in due if delivery.id not in self._making]
        if page and self._lines[name].is_away:
            tried = self._lines[name].least_tried(delivery.owed.to for delivery in page)
            page = [delivery for delivery in page if delivery.owed.to == tried]
        return page

    def _begin(self, batch: Batch) -> None:
        if not batch.parcels:
            return
        address = batch.address
        line, size = self._lines[_channel_of(address)], self._size(batch)
        line.begin(address, size)
        task = self._sending[address] = asyncio.create_task(self._send(batch))

        def free(_: object) -> None:
            line.end(address, size)
            del self._sending[address]
            self._ring.set()

        task.add_done_callback(free)

    def _size(self, batch: Batch) -> int:
        rates = self._channels[_channel_of(batch.address)].traits.rates
        return sum(map(rates.size, batch.messages)) if rates is not None else 1

    # ── going together ──────────────────────────────────────────────────────────────────────────────────────────────

    def _batch(self, first: Delivery, waiting: set[str]) -> Batch | None:
        """Give what is delivered now to the address of ``first``, the most urgent that is due there; None if nothing is.

        If all of it has something to wait for, the address is put to those that are ``waiting``.
        """
        verdict = self._reach.verdict(first)
        if verdict != "goes":
            waiting.add(first.owed.to) if verdict == "waits" else self._book.supersede(first.id)
            return None
        address, now = first.owed.to, self._clock.now()
        name = _channel_of(address)
        traits = self._channels[name].traits
        if traits.edits and traits.at_once == 1 and traits.free_for is None:
            ready = self._ready(first)
            return Batch.of(address, [first], [ready]) if ready is not None else None
        owed = self._book.due(now, channels=[address], limit=PAGE + len(self._making))
        owed = [one for one in owed if one.id not in self._making]
        fresh = [one for one in owed if not self._composer.rests(one)]
        pressing = {one.id for one in fresh if self._presses(one, traits, now)}
        due = sorted(fresh, key=lambda one: one.id not in pressing) or owed  # better a board than no answer to an act
        begun = self._begun.get(address)
        again = [one for one in due if begun is not None and one.id in begun.ids]
        if begun is not None and not (again and (begun.answers or any(one.id in pressing for one in again))):
            begun, again = None, []
        answers = (begun and begun.answers) or self._answerable.oldest(address, now)
        may_cost = now >= self._spent_until.get(name, now)
        if not (answers or (may_cost and pressing)):
            waiting.add(address)
            return None
        parcels = self._parcels(again or due, traits.at_once)
        if not parcels:
            return None
        if begun is not None:
            return replace(begun, parcels=tuple(parcels), answers=answers)
        if not answers and not any(parcel.delivery.id in pressing for parcel in parcels):
            waiting.add(address)
            return None
        return Batch.of(address, [parcel.delivery for parcel in parcels], parcels, answers)

    def _presses(self, delivery: Delivery, traits: Traits, now: datetime) -> bool:
        return not self._composer.only_marks(delivery) and (traits.free_for is None or presses(delivery, now))

    def _parcels(self, due: Sequence[Delivery], most: int) -> list[Parcel]:
        """Put into words what goes together: at most so many messages; a change in place and what was refused among others go alone."""
        parcels, room = list[Parcel](), most
        for delivery in due:
            parcel = self._ready(delivery)
            if parcel is None:
                continue
            if len(parcel.messages) > most:
                _log.error("outbox.too_much", delivery=delivery.id, name=delivery.owed.name)
                self._note(
                    partial(self._book.fail, delivery.id, f"{len(parcel.messages)} messages, and {most} go together")
                )
                continue
            room -= len(parcel.messages)
            alone = delivery.id in self._alone or parcel.messages[-1].replaces is not None
            if parcels and (alone or room < 0):
                break
            parcels.append(parcel)
            if alone:
                break
        return parcels

    def _in_hand(self, batch: Batch) -> Batch:
        """Take a batch in hand; gives it without what is not owed any more."""
        held = [one for one in batch.parcels if self._book.mark_sending(one.delivery.id, batch.address)]
        return replace(batch, parcels=tuple(held))

    # ── saying ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _ready(self, delivery: Delivery) -> Parcel | None:
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
            return Parcel(delivery, composed.messages, composed.reads)
        if delivery.id in self._made:
            document, chart = self._made[delivery.id]
            first, *rest = composed.messages
            first = replace(first, document=document, picture=chart or first.picture)
            return Parcel(delivery, (first, *rest), composed.reads)
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

    async def _send_now(self, delivery: Delivery, waiting: set[str]) -> set[int]:
        """Send one now, if it is still owed, with what goes with it; gives those that are dealt with: none if a file is to be made before."""
        dealt_with = {delivery.id}
        try:
            if self._book.get(delivery.id).state == "owed" and (batch := self._batch(delivery, waiting)) is not None:
                dealt_with = {parcel.delivery.id for parcel in batch.parcels}
                if (batch := self._in_hand(batch)).parcels:
                    await self._send(batch)
        except StorageTrouble as trouble:
            _log.error("outbox.storage", delivery=delivery.id, why=str(trouble))
        return dealt_with - self._making.keys()

    async def _send(self, batch: Batch) -> None:
        """Send what is in hand, and note what became of it."""
        address, name = batch.address, _channel_of(batch.address)
        for parcel in batch.parcels:
            self._made.pop(parcel.delivery.id, None)
        try:
            receipt = await self._channels[name].deliver(*batch.messages, key=batch.key, answers=batch.answers)
            ids = batch.ids_from(receipt)
        except Undelivered as failure:
            self._failed(batch, failure)
            return
        except Exception:  # noqa: BLE001  (the same)
            for parcel in batch.parcels:
                self._give_up(parcel.delivery)
            return
        self._lines[name].reached(address)
        self._is_over(batch)
        for parcel, message_id in zip(batch.parcels, ids, strict=True):
            delivery = parcel.delivery
            self._composer.stands(delivery.owed, parcel.reads, message_id)
            self._note(partial(self._book.mark_sent, delivery.id, address, message_id, self._clock.now()))

    def _is_over(self, batch: Batch) -> None:
        """Forget what was begun: it arrived, or never will."""
        self._begun.pop(batch.address, None)
        self._alone.difference_update(batch.ids)
        self._answerable.is_used(batch.address, batch.answers)

    def _failed(self, batch: Batch, failure: Undelivered) -> None:
        address, deliveries = batch.address, [parcel.delivery for parcel in batch.parcels]
        line, now = self._lines[_channel_of(address)], self._clock.now()
        for delivery in deliveries:
            told = {"name": delivery.owed.name, "why": failure.why, "reason": failure.reason}
            _log.warning("outbox.undelivered", delivery=delivery.id, **told)
        if failure.why == "late":
            self._answerable.is_used(address, batch.answers)
            if address in self._begun:
                self._begun[address] = replace(self._begun[address], answers=None)
        elif failure.why == "quota":
            self._spent_until[_channel_of(address)] = now + timedelta(seconds=failure.retry_after or 0)
        elif failure.retry_after is not None:  # it may have arrived all the same
            self._begun[address] = replace(batch, parcels=())
            line.failed(address, failure)
        else:
            self._refused(batch, failure)
            return
        for delivery in deliveries:  # how long it waits is the line's to say, and not written down
            self._note(partial(self._book.postpone, delivery.id, now, failure.reason))

    def _refused(self, batch: Batch, failure: Undelivered) -> None:
        """Note that it is useless to try again; of several together, each is tried alone."""
        address, deliveries = batch.address, [parcel.delivery for parcel in batch.parcels]
        self._lines[_channel_of(address)].reached(address)
        self._is_over(batch)
        if failure.why == "refused" and len(deliveries) > 1:
            self._alone.update(one.id for one in deliveries)
            for delivery in deliveries:
                self._note(partial(self._book.postpone, delivery.id, self._clock.now(), failure.reason))
            return
        if failure.why == "gone":
            self._note(partial(self._mark_unreachable, address, deliveries[0]))
        for delivery in deliveries:
            lost = failure.why == "edit_lost"
            self._note(
                partial(self._renew, delivery) if lost else partial(self._book.fail, delivery.id, failure.reason)
            )

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
            order = MarkUnreachable(FACILITY, member, _channel_of(address))
            self._engine.handle(order, actor=CLOCK, now=self._clock.now(), cause=f"undelivered:{delivery.id}")


def _channel_of(address: str) -> str:
    return address.partition(":")[0]


def _seconds() -> float:
    return asyncio.get_running_loop().time()
