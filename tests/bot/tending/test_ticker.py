"""One job tells the bot that time goes by; it stops with its block and survives a slow tick."""

from __future__ import annotations

import asyncio

from bot.tending.ticker import EVERY, Ticker


async def test_it_ticks_while_the_block_lasts() -> None:
    """Again and again, and not once after the block."""
    ticks, enough = 0, asyncio.Event()

    async def tick() -> None:
        nonlocal ticks
        ticks += 1
        if ticks == 3:
            enough.set()

    async with asyncio.timeout(30):
        with Ticker(tick, every=0.01):
            await enough.wait()
    after = ticks
    for _ in range(5):
        await asyncio.sleep(0)
    assert ticks == after


async def test_a_slow_tick_is_not_overtaken() -> None:
    """The next one begins when it has ended; what was missed is one tick, not many."""
    at_once = most = ticks = 0
    go, enough = asyncio.Event(), asyncio.Event()

    async def tick() -> None:
        nonlocal at_once, most, ticks
        at_once += 1
        most = max(most, at_once)
        ticks += 1
        if ticks == 1:
            await go.wait()
        at_once -= 1
        if ticks == 3:
            enough.set()

    loop = asyncio.get_running_loop()
    async with asyncio.timeout(30):
        with Ticker(tick, every=0.01):
            loop.call_later(0.05, go.set)
            await enough.wait()
    assert most == 1


def test_it_ticks_every_few_seconds() -> None:
    """Often enough that nobody waits, seldom enough to cost nothing."""
    assert 1 <= EVERY <= 10
