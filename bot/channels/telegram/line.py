"""The line to the Bot API server: which server, how patiently, and with a token that no log ever shows."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from math import inf
from typing import Any
from urllib.parse import urlencode, urlsplit

from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from bot.channels.cleaning import all_writable

# The wait after a 429 will be a timedelta in the next python-telegram-bot; its older form warns each time one is made.
os.environ.setdefault("PTB_TIMEDELTA", "true")


CONNECTING = 4.0
"""Seconds that a connection may take to be made: of one begun while the line was away the next packet may be seconds off."""

_WATCHED = (("TCP_KEEPIDLE", 5), ("TCP_KEEPINTVL", 3), ("TCP_KEEPCNT", 2), ("TCP_USER_TIMEOUT", 5000))
"""Where the system can: a connection on which nothing is answered for so many seconds (the last: milliseconds) is given up.
A poll only waits, so without that it would go on waiting on a line that has forgotten it."""


class TelegramLine:
    """A bot and its connections: one pool for the poll that is held open, one for everything else.

    ``api_url`` is a Bot API server other than Telegram's own, with or without a slash at its end; ``patience`` is how
    many seconds an answer may take, beyond what a poll is held open. ``request`` makes a pool that carries what is asked
    otherwise than over HTTP.
    """

    def __init__(
        self,
        token: str,
        api_url: str | None,
        patience: float,
        now: Callable[[], datetime] | None = None,
        request: Callable[[], BaseRequest] | None = None,
    ) -> None:
        """``now`` is the clock that is compared with the server's."""
        _keep_the_token_out_of_logs()
        url = (api_url or "https://api.telegram.org").rstrip("/")
        self._patience, self._now = patience, now
        self.answered_at = -inf
        self.ahead: timedelta | None = None
        pool = request or partial(_request, url, patience, self._heard)
        self._polling, self._asking = pool(), pool()
        self.bot = Bot(
            token,
            base_url=f"{url}/bot",
            base_file_url=f"{url}/file/bot",
            request=self._asking,
            get_updates_request=self._polling,
        )

    async def updates(self, offset: int | None, hold: int, kinds: Sequence[str]) -> list[dict[str, Any]]:
        """Poll once: confirm the updates below ``offset`` and wait at most ``hold`` seconds for others; raises TelegramError.

        ``Bot.get_updates`` is not used because one update that it can't read, from a Bot API newer than the library,
        makes it fail for all of them, again and again.
        """
        asked = {"timeout": hold, "allowed_updates": json.dumps(kinds)} | ({} if offset is None else {"offset": offset})
        url = f"{self.bot.base_url}/getUpdates?{urlencode(asked)}"
        found = await self._polling.post(url, read_timeout=hold + self._patience)
        updates = all_writable(found) if isinstance(found, list) else []
        return [update for update in updates if isinstance(update, dict) and isinstance(update.get("update_id"), int)]

    async def _heard(self, answer: Any) -> None:
        """Note when the server answered, and how far our clock is ahead of the one it dates its answers by (HTTP's Date)."""
        self.answered_at = asyncio.get_running_loop().time()
        with suppress(KeyError, ValueError, TypeError):
            told = parsedate_to_datetime(answer.headers["date"])
            self.ahead = self._now() - told if self._now is not None else None

    async def close(self) -> None:
        """Let go of the connections."""
        await self._polling.shutdown()
        await self._asking.shutdown()

    def scrub(self, words: str) -> str:
        """Take the token out of an error's words."""
        return words.replace(self.bot.token, "…")


# Private functions


def _request(url: str, patience: float, heard: Callable[[Any], Awaitable[None]]) -> HTTPXRequest:
    # A server on this very machine is never asked through the office's proxy; Telegram's own may have to be.
    here = urlsplit(url).hostname in {"127.0.0.1", "::1", "localhost"}
    return HTTPXRequest(
        read_timeout=patience,
        write_timeout=patience,
        connect_timeout=min(patience, CONNECTING),
        socket_options=[
            (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
            *((socket.IPPROTO_TCP, getattr(socket, name), so) for name, so in _WATCHED if hasattr(socket, name)),
        ],
        pool_timeout=patience,
        media_write_timeout=3 * patience,
        httpx_kwargs={"trust_env": not here, "event_hooks": {"response": [heard]}},
    )


def _keep_the_token_out_of_logs() -> None:
    """The token is part of every address that is asked; these loggers write addresses at INFO and DEBUG."""
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.WARNING)
