"""A line to the page, on loopback, that is cut at every request once: before it arrives, or before its answer does."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

from bot.web.serving import free_socket, hosts_of

FIRST_PORT = 18690

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_KEPT = re.compile(rb"\r\nconnection:[^\r]*", re.IGNORECASE)


@dataclass(repr=False)
class CutLine:
    """What comes the first time is cut, what comes again goes through; a request is known by all that it says.

    ``towards`` is the port that it leads to. From the moment that it ``cuts``, ``cut`` are the requests at which it did.
    """

    where: Literal["before it arrives", "before its answer does"]
    towards: int = 0
    port: int = 0
    cuts: bool = False
    cut: list[str] = field(default_factory=list)
    _known: set[bytes] = field(default_factory=set)

    @asynccontextmanager
    async def laid(self) -> AsyncIterator[CutLine]:
        """Take calls while the block lasts."""
        calls = set[asyncio.Task[None]]()

        def call(near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
            calls.add(asyncio.create_task(self._call(near, back)))

        with free_socket(FIRST_PORT) as listening:
            self.port = int(hosts_of(listening)[0].partition(":")[2])
            server = await asyncio.start_server(call, sock=listening)
            yield self
            server.close()
            for one in calls:
                one.cancel()
            await asyncio.gather(*calls, return_exceptions=True)

    async def _call(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        """Carry one request and its answer; the next one calls anew."""
        with suppress(OSError, asyncio.IncompleteReadError):
            try:
                head = await near.readuntil(b"\r\n\r\n")
                length = _LENGTH.search(head)
                await self._carries(head, await near.readexactly(int(length[1]) if length else 0), back)
            finally:
                back.close()

    async def _carries(self, head: bytes, body: bytes, back: asyncio.StreamWriter) -> None:
        line = head.partition(b"\r\n")[0]
        cut = self._is_new(line, body)
        if cut:
            self.cut.append(line.decode())
        if cut and self.where == "before it arrives":
            return
        far, to = await asyncio.open_connection("127.0.0.1", self.towards)
        try:
            to.write(_KEPT.sub(b"", head).replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n") + body)
            while part := await far.read(65536):
                if cut:
                    if b"text/event-stream" in part:
                        return
                    continue  # the server is heard to its end, and nobody hears it here
                back.write(part)
                await back.drain()
        finally:
            to.close()

    def _is_new(self, line: bytes, body: bytes) -> bool:
        if not self.cuts:
            return False
        known = sha256(line + b"\n" + re.sub(rb"-{4,}\w+", b"", body)).digest()  # a form's seam is another each time
        is_new = known not in self._known
        self._known.add(known)
        return is_new
