"""Time stamps of seals: a time-stamping authority elsewhere is asked for a token of the newest one (RFC 3161).

It is told the sealed digest, which tells nothing. A seal never waits for it, and is as good without. What fails is tried
again; once a newer seal is there, that one is asked for instead, since its token shows the earlier entries as well.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import httpx
import structlog

from bot.clock import Clock
from bot.home import Home
from bot.store.noted import note, noted
from bot.store.seals import SEALED, Seal
from bot.store.time_stamps import LONGEST, MAY_DIFFER, STAMPED, KeptToken, NoStamp, request_for, shown_by, token_in
from flows.record.journal import FACILITY, Draft
from flows.state.work import CLOCK
from playbooks.frozen import frozen

FILE = "time-stamps.json"
"""In the home: what became of the last question, for `tomoshibi check`, which is another process."""

PATIENCE = 20.0
"""Seconds, for all of a question."""

AGAIN: Final = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
"""After so long it is asked again: the first time, the second, and from then on."""

_log = structlog.get_logger(__name__)

Ask = Callable[[str, bytes], Awaitable[bytes]]
"""Puts a question to an address and gives the answer's bytes, at most :data:`LONGEST`; NoStamp says why there is none."""


@frozen
class Asked:
    """When the last token came, and why none did since (empty: it did); times in ISO 8601, UTC."""

    stamped_at: str = ""
    failing: str = ""


class TimeStamper:
    """Gets the newest seal's token, if it has none. What is wanting is read from the journal, so a restart forgets nothing."""

    def __init__(self, url: str, home: Home, clock: Clock, is_off: Callable[[], bool], ask: Ask | None = None) -> None:
        """``url`` is https and public (see :func:`bot.settings.public_https`). While the clock ``is_off`` nothing is asked."""
        self._url, self._home, self._clock, self._is_off, self._ask = url, home, clock, is_off, ask or answered
        self._looked_until, self._tries = 0, 0
        self._wanting: Seal | None = None
        self._tried_at: datetime | None = None

    async def stamp_due(self) -> None:
        """Ask for a token if one is wanting and it is time; what fails is noted."""
        self._look()
        seal, now = self._wanting, self._clock.now()
        if seal is None or self._is_off() or not self._may_ask(now):
            return
        self._tried_at, self._tries = now, self._tries + 1
        try:
            token = await self._token(seal.digest, seal.seq)
        except NoStamp as failed:
            _log.warning("time_stamp.failed", why=failed.why)
            note(self._home.path / FILE, replace(last_asked(self._home.path), failing=failed.why))
            return
        now = self._clock.now()
        kept = KeptToken(seal.run, seal.seq, seal.digest, token)
        draft = Draft(FACILITY, STAMPED, kept.body(), CLOCK, now)
        with self._home.journal.writing() as writing:
            writing.append([draft], cause=f"stamp:{seal.seq}", recorded_at=now)
        note(self._home.path / FILE, Asked(now.isoformat(timespec="seconds")))

    def _look(self) -> None:
        for entry in self._home.journal.entries(after=self._looked_until):
            self._looked_until = entry.seq
            if entry.kind == SEALED:
                self._wanting, self._tried_at, self._tries = Seal.from_body(entry.body), None, 0
            elif entry.kind == STAMPED and self._wanting and KeptToken.from_body(entry.body).seq == self._wanting.seq:
                self._wanting = None

    def _may_ask(self, now: datetime) -> bool:
        if self._tried_at is None:
            return True
        return not timedelta() <= now - self._tried_at < AGAIN[min(self._tries, len(AGAIN)) - 1]

    async def _token(self, digest: bytes, seq: int) -> bytes:
        """Ask, and look at the answer as whoever verifies will."""
        nonce = secrets.randbits(63)
        token = token_in(await self._ask(self._url, request_for(digest, nonce)), nonce)
        shown = shown_by(token, seq, digest)
        if abs(shown.at - self._clock.now()) > MAY_DIFFER:
            raise NoStamp("stamp_time", f"its time is {shown.at:%Y-%m-%dT%H:%M:%SZ}")
        return token


def last_asked(home: Path) -> Asked:
    """Give what is known of the last question; nothing where nothing can be read."""
    return noted(home / FILE, Asked)


async def answered(url: str, question: bytes, patience: float = PATIENCE) -> bytes:
    """Put a question to an authority (RFC 3161, 3.4) and read its answer, within so many seconds and no longer than it may be.

    It is followed nowhere. NoStamp says why there is no answer.
    """
    headers = {"User-Agent": "tomoshibi", "Content-Type": "application/timestamp-query"}
    try:
        async with (
            asyncio.timeout(patience),
            httpx.AsyncClient(timeout=patience, headers=headers) as client,
            client.stream("POST", url, content=question) as answer,
        ):
            if answer.status_code != httpx.codes.OK:
                raise NoStamp("stamp", f"HTTP {answer.status_code}")
            content = b""
            async for block in answer.aiter_raw():
                content += block
                if len(content) > LONGEST:
                    raise NoStamp("stamp", "its answer has no end")
            return content
    except (httpx.HTTPError, TimeoutError) as error:
        raise NoStamp("stamp", type(error).__name__) from error
