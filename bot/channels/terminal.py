"""The terminal: one person at the keyboard; the same words, buttons as numbers."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from html import unescape
from itertools import count
from pathlib import Path

from bot.channels.channel import (
    Attachment,
    AttachmentKind,
    Button,
    DeliveryReceipt,
    Hear,
    Heard,
    RenderedMessage,
    Traits,
    Undelivered,
)
from bot.channels.cleaning import writable
from bot.clock import Clock

Show = Callable[[str], None]
ReadLine = Callable[[], Awaitable[str | None]]

_SENT_BY: dict[str, AttachmentKind] = {"写真": "photo", "photo": "photo", "ファイル": "file", "file": "file"}
"""The words by which a line sends a file, and what it is sent as."""

_TAG = re.compile(r"</?[a-z][^>]*>")


def plain(html: str) -> str:
    """Give the words of a message without Telegram's markup."""
    return unescape(_TAG.sub("", html))


class Terminal:
    """The channel ``terminal`` for one member; messages that only change an older one in place are not shown again.

    Lines are texts; a number (where no text is waited for) or a label taps that button of the newest message that has it; ``写真 PATH`` or
    ``photo PATH`` sends a picture, ``ファイル PATH`` or ``file PATH`` a file.
    """

    name, traits = "terminal", Traits(rings=False)

    def __init__(
        self, address: str, clock: Clock, show: Show, read_line: ReadLine, session: str, folder: Path | None = None
    ) -> None:
        """``address`` is ``terminal:<member>``; ``session`` makes causes unique over all sessions of the home.

        ``folder`` is where files that are sent to the person are saved; without one they are only named.
        """
        self._folder = folder
        self.address, self._clock, self._show, self._read_line, self._session = address, clock, show, read_line, session
        self._numbers = count(1)
        self._buttons: dict[str, list[Button]] = {}
        self.files: dict[str, Path] = {}
        self._wants_text = False
        self._silent: set[str] = set()

    @property
    def reaches(self) -> str:
        """Its own address: what is owed to others at a terminal waits for theirs."""
        return self.address

    async def listen(self, hear: Hear) -> None:
        """Hear line by line until the input ends."""
        while (line := await self._read_line()) is not None:
            if line.strip():
                await hear(self.heard(line.strip()))

    def heard(self, line: str) -> Heard:
        """Read one line as an act."""
        line = writable(line)
        number = next(self._numbers)
        cause = f"terminal:{self._session}:{number}"
        base = {"address": self.address, "cause": cause, "at": self._clock.now(), "message_id": str(number)}
        word, _, rest = line.partition(" ")
        if word in _SENT_BY and rest.strip():
            path = Path(rest.strip()).expanduser()
            if path.is_file():
                found = Attachment(_SENT_BY[word], self._remember(path), path.name, path.stat().st_size)
                return Heard(**base, attachment=found)  # type: ignore[arg-type]
        tapped = self._button(line)
        if tapped is not None:
            message, button = tapped
            return Heard(**base | {"message_id": message}, button=button.data, callback=cause)  # type: ignore[arg-type]
        return Heard(**base, text=line)  # type: ignore[arg-type]

    def _remember(self, path: Path) -> str:
        """Name a file without its folder: what the journal keeps must not tell of this machine."""
        reference = f"{self._session}-{len(self.files) + 1}"
        self.files[reference] = path
        return reference

    def _button(self, line: str) -> tuple[str, Button] | None:
        """Give the button that a line taps, and the message under which it stands."""
        if line.isascii() and line.isdigit() and not self._wants_text:
            message = self._numbered()
            buttons = self._buttons.get(message, [])
            if 1 <= int(line) <= len(buttons):
                return message, buttons[int(line) - 1]
        label = line.strip("[]［］")
        shown = ((message, b) for message, buttons in reversed(self._buttons.items()) for b in buttons)
        return next(((message, b) for message, b in shown if b.label == label), None)

    def _numbered(self) -> str:
        """Name the message whose buttons are tapped by their numbers: the newest with any, a board only where nothing is asked."""
        return next((m for m in reversed(self._buttons) if m not in self._silent), next(reversed(self._buttons), ""))

    def recall(self, number: str, message: RenderedMessage) -> None:
        """Know the buttons of a message that was shown here by another process, and is true still; the newest is told last."""
        self._keep(number, message)
        self._wants_text = message.wants_text

    def _keep(self, number: str, message: RenderedMessage) -> list[Button]:
        buttons = [b for row in message.rows for b in row]
        if buttons:
            self._buttons[number] = buttons
        else:
            self._buttons.pop(number, None)
        return buttons

    async def deliver(self, *messages: RenderedMessage, key: str = "", answers: str | None = None) -> DeliveryReceipt:
        """Print a message with its buttons; an edit in place says nothing new but changes the buttons, unless it asks something else."""
        [message] = messages
        number = message.replaces or f"{self._session}:{next(self._numbers)}"
        if message.asks_anew:
            self._buttons.pop(number, None)  # what is printed last is tapped by its number
        buttons = self._keep(number, message)
        if message.replaces is None or message.asks_anew:
            if message.silent:
                self._silent.add(number)
            else:
                self._wants_text = message.wants_text
            mine = self._numbered() == number
            labels = "  ".join(f"[{n} {b.label}]" for n, b in enumerate(buttons, 1))
            labels = labels if mine else " ".join(f"[{b.label}]" for b in buttons)
            files = [await self._received(file) for file in (message.picture, message.document) if file]
            if files and buttons:  # as a phone shows them: what is to be tapped stands last
                self._show("\n".join(files))
                files = []
            self._show("\n".join(part for part in (plain(message.text), *files, labels) if part))
        return DeliveryReceipt((number,))

    async def _received(self, file: tuple[str, bytes]) -> str:
        """Save a file that was sent to the person, beside those of its name, and say where."""
        name, content = file
        if self._folder is None:
            return f"📎 {name}"
        path = self._folder / Path(name).name
        for number in count(2):
            if not path.exists():
                break
            path = self._folder / f"{Path(name).stem} {number}{Path(name).suffix}"
        try:
            await asyncio.to_thread(_save, path, content)
        except OSError as error:
            raise Undelivered("refused", str(error)) from error
        return f"📎 {path}"

    async def answer(self, heard: Heard, toast: str) -> None:
        """Print a tap's short answer, if there is any."""
        if toast:
            self._show(f"({toast})")

    async def fetch(self, attachment: Attachment) -> bytes:
        """Read the bytes of a picture from disk."""
        try:
            return await asyncio.to_thread(self.files[attachment.reference].read_bytes)
        except KeyError as error:
            raise Undelivered("refused", "this terminal was closed before the file was read") from error
        except OSError as error:
            raise Undelivered("refused", str(error)) from error


def _save(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    path.chmod(0o600)  # it may hold numbers and names
