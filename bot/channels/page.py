"""The page in a browser as a channel: what each person's chat shows stands here, and whoever looks at it is told when it changes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from bot.channels.channel import Attachment, DeliveryReceipt, Hear, Heard, RenderedMessage, Undelivered
from bot.clock import Clock

LONGEST = 200
"""So many messages a chat shows; older ones stand in the record."""


@dataclass(frozen=True)
class Shown:
    """One message of a chat: what the bot says, or (``own``) what the person wrote; ``number`` is its id."""

    number: str
    at: datetime
    message: RenderedMessage
    own: bool = False


@dataclass
class Thread:
    """One person's chat, the newest last. ``toast`` is the short answer to their last tap; ``version`` grows with each change."""

    shown: dict[str, Shown] = field(default_factory=dict)
    toast: str = ""
    version: int = 0
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def put(self, one: Shown) -> None:
        """Show a message in the place of the one with its number, or below all others."""
        if one.message.asks_anew:
            self.shown.pop(one.number, None)
        self.shown[one.number] = one
        while len(self.shown) > LONGEST:
            del self.shown[next(iter(self.shown))]
        self.change()

    def change(self) -> None:
        """Tell whoever looks that it is another one now."""
        self.version += 1
        self._changed.set()
        self._changed = asyncio.Event()

    async def after(self, version: int) -> int:
        """Wait until it is another one than ``version``; gives which."""
        while self.version == version:
            await self._changed.wait()
        return self.version


class Page:
    """The channel ``page``; an address is ``page:<member>``. It is fed by whatever serves it (``bot/web``)."""

    name, reaches, rates = "page", "page", None

    def __init__(self, clock: Clock) -> None:
        """``clock`` says when something was written or shown."""
        self._clock = clock
        self._numbers = count(1)
        self._heard: Hear | None = None
        self._files: dict[str, bytes] = {}
        self._threads: dict[str, Thread] = {}
        self._known = set[str]()

    def thread(self, address: str) -> Thread:
        """Give the chat of an address."""
        return self._threads.setdefault(address, Thread())

    def changes(self) -> None:
        """Tell everybody who looks that it is another time now."""
        for thread in self._threads.values():
            thread.change()

    @contextmanager
    def heard_by(self, hear: Hear) -> Iterator[None]:
        """Bring acts to ``hear`` while the block lasts."""
        self._heard = hear
        try:
            yield
        finally:
            self._heard = None

    async def listen(self, hear: Hear) -> None:
        """Bring acts to ``hear`` until cancelled."""
        with self.heard_by(hear):
            await asyncio.Event().wait()

    async def writes(self, address: str, key: str, text: str) -> None:
        """Bring what somebody wrote; the same ``key`` again is the same act, and shows nothing twice."""
        await self._brings(address, key, text, Heard(address, f"page:{key}", self._clock.now(), text=text))

    async def sends(self, address: str, key: str, name: str, content: bytes, *, picture: bool) -> None:
        """Bring a photo or another file."""
        self._files[key] = content
        attachment = Attachment("photo" if picture else "file", key, name, len(content))
        act = Heard(address, f"page:{key}", self._clock.now(), attachment=attachment)
        await self._brings(address, key, f"📎 {name}", act)

    async def taps(self, address: str, key: str, number: str, data: str) -> None:
        """Bring a tap on a button of message ``number``."""
        cause = f"page:{key}"
        self.thread(address).toast = ""
        await self._hear(Heard(address, cause, self._clock.now(), button=data, message_id=number, callback=cause))

    async def _brings(self, address: str, key: str, text: str, act: Heard) -> None:
        if key not in self._known:
            number = f"own-{key}"
            self.thread(address).put(Shown(number, self._clock.now(), RenderedMessage(address, text), own=True))
        await self._hear(act)
        self._known.add(key)

    async def _hear(self, act: Heard) -> None:
        if self._heard is None:
            raise Undelivered("network", "nobody hears the page")
        await self._heard(act)

    async def deliver(self, message: RenderedMessage) -> DeliveryReceipt:
        """Show a message, or change one in its place."""
        thread = self.thread(message.address)
        if message.replaces is not None and message.replaces not in thread.shown:
            raise Undelivered("edit_lost", "the page no longer shows it")
        number = message.replaces or str(next(self._numbers))
        thread.put(Shown(number, self._clock.now(), message))
        return DeliveryReceipt(number)

    async def answer(self, heard: Heard, toast: str) -> None:
        """Show a tap's short answer above the line to write in."""
        thread = self.thread(heard.address)
        thread.toast = toast
        thread.change()

    async def fetch(self, attachment: Attachment) -> bytes:
        """Bring the bytes that were sent here."""
        try:
            return self._files[attachment.reference]
        except KeyError:
            raise Undelivered("refused", "the page no longer has this file") from None
