"""One dispatcher, over real HTTP: room first, then the most urgent of all; what fails is the line's trouble, and soon over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.channels.channel import Heard
from bot.channels.telegram.telegram import Telegram
from bot.tending.sending.outbox import Outbox
from bot.wiring import light
from flows.messages.hearing import Group, Stranger
from flows.record.journal import Owed
from tests.clinic import Clinic, ended
from tests.telegram_double import TelegramDouble
from tests.virtual_time import in_virtual_time

URGENT, BULK = 0, 6


@dataclass
class Office:
    """A bot that sends to the double, and a few hundred people who have started it."""

    clinic: Clinic
    double: TelegramDouble
    outbox: Outbox
    heard: list[Heard] = field(default_factory=list)

    def owes(self, *chats: int, priority: int = BULK) -> None:
        """Owe a message to each of these chats; what is urgent reads otherwise."""
        message = Stranger() if priority == BULK else Group()
        self.clinic.owes(*(Owed(f"telegram:{chat}", message, priority=priority) for chat in chats))
        self.outbox.ring()

    def arrived(self, chat: int | None = None) -> list[int]:
        """Give the chats in which something arrived, in order."""
        return [call.chat or 0 for call in self.double.calls_of("sendMessage", chat) if call.outcome == "ok"]

    async def until(self, count: int, chat: int | None = None) -> float:
        """Wait until so many arrived; gives when that was, in seconds of the loop."""
        await self.double.until(lambda: len(self.arrived(chat)) >= count, within=900, what=f"{count} arrived")
        return seconds()

    async def hear(self, *heard: Heard) -> None:
        """Hear."""
        self.heard += heard
        self.double.stir()


@asynccontextmanager
async def office(clinic: Clinic, people: int, *, latency: float = 0.05) -> AsyncIterator[Office]:
    """Let the bot send and hear until the block ends; nothing may have gone beyond Telegram's limits."""
    for delivery in clinic.book.unsent():
        clinic.book.supersede(delivery.id)
    async with TelegramDouble() as double:
        for chat in range(1, people + 1):
            double.person(chat, f"{chat}番", started=True)
        double.latency = latency
        channel = Telegram(double.token, now=clinic.clock.now, api_url=double.url)
        made = Office(clinic, double, light(clinic.home, clinic.clock, channel).outbox)
        tasks = [
            asyncio.create_task(made.outbox.run()),
            asyncio.create_task(channel.listen(made.hear)),
        ]
        try:
            await double.settled()
            yield made
        finally:
            for task in tasks:
                await ended(task)
            await channel.close()
        assert double.limits.exceeded == []


def seconds() -> float:
    """Give the time of the loop."""
    return asyncio.get_running_loop().time()


@in_virtual_time
async def test_an_urgent_message_amid_bulk(clinic: Clinic) -> None:
    """It goes with the next room there is, within a second, however much lies before it; bulk goes on at full speed."""
    async with office(clinic, 200) as bot:
        bot.owes(*range(1, 200))
        await bot.until(60)
        owed = seconds()
        bot.owes(200, priority=URGENT)

        assert await bot.until(1, chat=200) - owed <= 1
        assert len(bot.arrived()) < 100
        assert await bot.until(200) <= 200 / 30 * 1.3
        assert bot.double.limits.most > 20


@in_virtual_time
async def test_no_second_sees_more_than_telegram_takes(clinic: Clinic) -> None:
    """A line that stalls and recovers brings what was under way and what follows into one second: no more than thirty."""
    async with office(clinic, 120, latency=0.0) as bot:
        bot.owes(*range(1, 121))
        await bot.until(20)
        for latency in (0.9, 0.0, 0.7, 0.1, 0.4):
            bot.double.latency = latency
            await asyncio.sleep(0.45)
        await bot.until(120)

        assert bot.double.limits.most <= 30


@in_virtual_time
async def test_one_chat_may_burst_and_then_waits(clinic: Clinic) -> None:
    """Three at once, then one a second; to a group no more than twenty a minute."""
    async with office(clinic, 1) as bot:
        group = bot.double.group(-5, "受付")
        group.adds_bot(bot.double.person(2, "佐藤", started=True))
        bot.owes(*[1] * 9, *[-5] * 25)

        assert await bot.until(3, chat=1) < 1
        assert 5 <= await bot.until(9, chat=1) <= 10
        assert await bot.until(20, chat=-5) <= 30
        assert await bot.until(25, chat=-5) >= 60


@in_virtual_time
async def test_a_line_that_comes_back(clinic: Clinic) -> None:
    """Whatever was cut for minutes: people are heard, and the most urgent goes out, within six seconds."""
    async with office(clinic, 40) as bot:
        bot.double.goes_down()
        bot.owes(*range(1, 40))
        await asyncio.sleep(60)
        bot.owes(40, priority=URGENT)
        await asyncio.sleep(75)
        polls = len(bot.double.calls_of("getUpdates"))
        back = seconds()
        bot.double.comes_back()

        assert await bot.until(1, chat=40) - back <= 6
        assert bot.arrived().index(40) <= 1
        await bot.double.until(lambda: len(bot.double.calls_of("getUpdates")) > polls, within=6)
        assert await bot.until(40) - back <= 10


@in_virtual_time
async def test_a_line_that_is_away_is_not_hammered(clinic: Clinic) -> None:
    """One message is tried now and then, not each of those that wait."""
    async with office(clinic, 100) as bot:
        bot.double.goes_down()
        bot.owes(*range(1, 101))
        await asyncio.sleep(10)
        tried = len(bot.double.calls_of("sendMessage"))
        await asyncio.sleep(60)

        assert len(bot.double.calls_of("sendMessage")) - tried <= 16


@in_virtual_time
async def test_a_connection_that_was_closed(clinic: Clinic) -> None:
    """One that breaks is no line that is away: the message goes again at once, on a fresh one."""
    async with office(clinic, 1, latency=0) as bot:
        bot.double.misbehaves("sendMessage", "drop_before")
        bot.owes(1, priority=URGENT)

        assert await bot.until(1) < 1


@in_virtual_time
async def test_nothing_less_urgent_passes_in_a_chat(clinic: Clinic) -> None:
    """What failed while it was urgent is still what goes first to its chat."""
    async with office(clinic, 2) as bot:
        bot.double.misbehaves("sendMessage", "drop_before", 3, chat=1)
        bot.owes(1, priority=URGENT)
        bot.owes(1, 2, 2)
        await bot.until(4)

        urgent, bulk = [call.values["text"] for call in bot.double.calls_of("sendMessage", 1) if call.outcome == "ok"]
        assert urgent != bulk == bot.double.calls_of("sendMessage", 2)[0].values["text"]


@in_virtual_time
async def test_a_chat_that_is_told_to_wait_holds_up_nobody(clinic: Clinic) -> None:
    """A 429 names its pause; the others get theirs meanwhile."""
    async with office(clinic, 3) as bot:
        bot.double.misbehaves("sendMessage", "429", chat=1, retry_after=40)
        bot.owes(1, priority=URGENT)
        bot.owes(2, 3)

        assert await bot.until(2) < 2
        assert 40 <= await bot.until(1, chat=1) <= 42


@in_virtual_time
async def test_everybody_is_told_to_wait(clinic: Clinic) -> None:
    """What two chats are told is meant for all: nothing is sent until then, and then at once."""
    async with office(clinic, 40) as bot:
        bot.double.misbehaves("sendMessage", "429", 15, retry_after=30)
        bot.owes(*range(1, 41))
        await asyncio.sleep(29)
        assert len(bot.double.calls_of("sendMessage")) == 15

        assert await bot.until(40) <= 33


@in_virtual_time
async def test_a_chat_whose_messages_always_break(clinic: Clinic) -> None:
    """A message at which the connection breaks each time is that chat's trouble, whatever else fails beside it."""
    async with office(clinic, 60) as bot:
        bot.double.misbehaves("sendMessage", "drop_before", 10_000, chat=1)
        bot.owes(1, priority=URGENT)
        bot.owes(*range(2, 61))
        assert await bot.until(59) <= 5

        bot.double.goes_down()
        bot.owes(*range(2, 61))
        await asyncio.sleep(30)
        back = seconds()
        bot.double.comes_back()
        assert await bot.until(2 * 59) - back <= 15


@in_virtual_time
async def test_a_send_that_hangs(clinic: Clinic) -> None:
    """One chat's message that is never answered keeps nobody waiting, and is sent again."""
    async with office(clinic, 30) as bot:
        bot.double.misbehaves("sendMessage", "timeout", chat=1)
        bot.owes(1, priority=URGENT)
        bot.owes(*range(2, 31))

        assert await bot.until(29) <= 3
        assert 20 <= await bot.until(1, chat=1) <= 30
