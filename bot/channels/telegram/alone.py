"""Is anybody else hearing for this bot? Telegram tells it by ending one of two polls with a conflict."""

from __future__ import annotations

import asyncio

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.channel import Undelivered
from bot.channels.telegram.line import TelegramLine
from bot.channels.telegram.refusals import seconds_of
from bot.channels.telegram.telegram import CONFLICT_PAUSE, TokenRefused
from bot.channels.telegram.updates import ALLOWED

LISTENS_FOR = CONFLICT_PAUSE + 10
"""Seconds: a bot whose poll we have ended polls again after its pause, and then it is ours that is ended."""


async def is_alone(token: str, api_url: str | None = None, listens_for: float = LISTENS_FOR) -> bool:
    """Say whether no other process polls with this token; nothing that waits is confirmed, so all of it comes again.

    Raises TokenRefused, and Undelivered when Telegram can't be reached.
    """
    line = TelegramLine(token, api_url, patience=10.0)
    loop = asyncio.get_running_loop()
    until = loop.time() + listens_for
    try:
        await line.bot.delete_webhook()
        while (left := until - loop.time()) > 0:
            try:
                waiting = await line.updates(None, max(1, round(left)), ALLOWED)
            except RetryAfter as busy:
                await asyncio.sleep(min(seconds_of(busy), left))
                continue
            if waiting:  # a poll that finds something is answered at once, and can't be ended
                await asyncio.sleep(min(1.0, left))
    except Conflict:
        return False
    except InvalidToken:
        raise TokenRefused from None
    except TelegramError as error:
        raise Undelivered("network", line.scrub(error.message), 1.0) from None
    finally:
        await line.close()
    return True
