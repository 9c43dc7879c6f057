"""The page in a browser as a channel: what each person's chat shows stands here, and whoever looks at it is told when it changes."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path

from bot.channels.channel import Attachment, DeliveryReceipt, Hear, Heard, RenderedMessage, Traits, Undelivered
from bot.channels.cleaning import writable
from bot.clock import Clock
from bot.store.trouble import StorageTrouble
from playbooks.frozen import frozen

LONGEST = 200
"""So many messages a chat shows; older ones stand in the record."""

MOST_BYTES = 32 * 1024 * 1024
"""So many bytes of pictures and documents a chat holds; those of older messages are not shown again."""

HELD_FOR = timedelta(days=1)
"""How long what was sent is held for whoever fetches it; what is kept, as evidence or otherwise, is let go of at once."""

Recall = Callable[[str], Iterable[tuple[str, RenderedMessage, datetime]]]
"""Gives what stands at an address from before this process, the newest last, each with its id and when it was sent."""


@frozen
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
        left = MOST_BYTES
        for number, older in reversed(list(self.shown.items())):
            left -= sum(len(file[1]) for file in (older.message.picture, older.message.document) if file)
            if left < 0 and older is not one:
                bare = replace(older.message, picture=None, document=None)
                self.shown[number] = replace(older, message=bare)
        self.change()

    def drop(self, number: str) -> None:
        """Show a message no longer."""
        if self.shown.pop(number, None) is not None:
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
    """The channel ``page``; an address is ``page:<member>``, the same in all their browsers. Whatever serves it (``bot/web``) feeds it.

    An act's cause is made of its ``key`` and of what it says: the same form sent again is the same act, and another text
    from a page that one has gone back to is another.
    """

    name, reaches, traits = "page", "page", Traits(rings=False)

    def __init__(self, clock: Clock, session: str = "", folder: Path | None = None) -> None:
        """``clock`` says when something was written or shown. ``session`` tells ids of this process from those before.

        Files that are sent lie in ``folder`` until they are kept elsewhere; without one, in memory.
        """
        self._clock, self._session, self._folder = clock, session, folder
        self._numbers = count(1)
        self._heard: Hear | None = None
        self._files: dict[str, bytes] = {}
        self._threads: dict[str, Thread] = {}
        self._taken_away = set[str]()
        self.recall: Recall = lambda _: ()

    def thread(self, address: str) -> Thread:
        """Give the chat of an address; at first it shows what stood there before this process."""
        thread = self._threads.get(address)
        if thread is None:
            thread = self._threads[address] = Thread()
            for number, message, at in self.recall(address):
                thread.put(Shown(number, at, message))
        return thread

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

    @property
    def is_served(self) -> bool:
        """Whether what people do there is heard."""
        return self._heard is not None

    async def listen(self, hear: Hear) -> None:
        """Bring acts to ``hear`` until cancelled."""
        await asyncio.to_thread(self._let_go_of_old)
        with self.heard_by(hear):
            await asyncio.Event().wait()

    async def writes(self, address: str, key: str, text: str) -> None:
        """Bring what somebody wrote; raises StorageTrouble, and then nothing was done."""
        text = writable(text)
        cause = _cause(address, key, text.encode())
        act = Heard(address, cause, self._clock.now(), text=text, message_id=_own(cause))
        await self._brings(text, act)

    async def sends(self, address: str, key: str, name: str, content: bytes, *, picture: bool) -> None:
        """Bring a photo or another file; raises StorageTrouble as well."""
        name, cause = writable(name), _cause(address, key, content)
        reference = sha256(cause.encode()).hexdigest()
        await self._hold(reference, content)
        attachment = Attachment("photo" if picture else "file", reference, name, len(content))
        act = Heard(address, cause, self._clock.now(), attachment=attachment, message_id=_own(cause))
        await self._brings(f"📎 {name}", act)

    async def taps(self, address: str, key: str, number: str, data: str) -> None:
        """Bring a tap on a button of message ``number``."""
        data, number = writable(data), writable(number)
        cause = _cause(address, key, f"{number} {data}".encode())
        self.thread(address).toast = ""
        await self._hear(Heard(address, cause, self._clock.now(), button=data, message_id=number, callback=cause))

    async def _brings(self, text: str, act: Heard) -> None:
        """Show what somebody did and bring it; what could not be saved isn't shown as said."""
        thread, number = self.thread(act.address), act.message_id or ""
        known = number in thread.shown or number in self._taken_away
        if not known:
            thread.put(Shown(number, act.at, RenderedMessage(act.address, text), own=True))
        try:
            await self._hear(act)
        except BaseException:
            if not known:
                thread.drop(number)
            raise

    async def _hear(self, act: Heard) -> None:
        if self._heard is None:
            raise StorageTrouble("nobody hears the page")
        await self._heard(act)

    async def retract(self, heard: Heard) -> None:
        """Take what somebody wrote away from their chat."""
        number = heard.message_id or ""
        self._taken_away.add(number)  # a form that is sent again must not bring it back
        self.thread(heard.address).drop(number)

    async def deliver(self, *messages: RenderedMessage, key: str = "", answers: str | None = None) -> DeliveryReceipt:
        """Show a message, or change one in its place."""
        [message] = messages
        thread = self.thread(message.address)
        if message.replaces is not None and message.replaces not in thread.shown:
            raise Undelivered("edit_lost", "the page no longer shows it")
        number = message.replaces or f"{self._session}{next(self._numbers)}"
        thread.put(Shown(number, self._clock.now(), message))
        return DeliveryReceipt((number,))

    async def answer(self, heard: Heard, toast: str) -> None:
        """Show a tap's short answer above the line to write in."""
        thread = self.thread(heard.address)
        thread.toast = toast
        thread.change()

    # ── files ───────────────────────────────────────────────────────────────────────────────────────────────────────

    async def fetch(self, attachment: Attachment) -> bytes:
        """Bring the bytes that were sent here, as they were sent."""
        try:
            if self._folder is not None:
                return await asyncio.to_thread((self._folder / attachment.reference).read_bytes)
            return self._files[attachment.reference]
        except (KeyError, FileNotFoundError):
            raise Undelivered("refused", "the page no longer has this file") from None
        except OSError as error:
            raise Undelivered("network", str(error), 10.0) from error

    def let_go(self, reference: str) -> None:
        """Forget a file that was sent here."""
        self._files.pop(reference, None)
        if self._folder is not None:
            with suppress(OSError):
                (self._folder / reference).unlink(missing_ok=True)

    async def _hold(self, reference: str, content: bytes) -> None:
        """Hold a file, on disk before anybody is told that it came; raises StorageTrouble."""
        if self._folder is None:
            self._files[reference] = content
            return
        try:
            await asyncio.to_thread(_write, self._folder / reference, content)
        except OSError as error:
            raise StorageTrouble(str(error)) from error

    def _let_go_of_old(self) -> None:
        if self._folder is None or not self._folder.is_dir():
            return
        for file in self._folder.iterdir():
            with suppress(OSError):
                if file.stat().st_mtime < (self._clock.now() - HELD_FOR).timestamp():
                    file.unlink()


def _cause(address: str, key: str, content: bytes) -> str:
    return f"{address}:{key}-{sha256(content).hexdigest()[:16]}"


def _own(cause: str) -> str:
    return f"own-{cause.rpartition(':')[2]}"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
