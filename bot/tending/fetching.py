"""Bringing a file over a channel, within limits: a line that drips, or says nothing for ever, is a line that is away."""

from __future__ import annotations

import asyncio

from bot.channels.channel import Attachment, Channel, Undelivered

TRY_LASTS = 120.0
"""Seconds that one file may take; 20 MB need them on a line of 1.5 Mbit/s."""

AGAIN_IN = 10.0
"""Seconds after which a file that took longer is tried once more."""


async def fetched(channel: Channel, attachment: Attachment, lasts: float = TRY_LASTS) -> bytes:
    """Bring an attachment's bytes within so many seconds; raises Undelivered, and it may be tried again after too long."""
    try:
        async with asyncio.timeout(lasts):
            return await channel.fetch(attachment)
    except TimeoutError:
        raise Undelivered("network", f"no end after {lasts:.0f} s", AGAIN_IN) from None
