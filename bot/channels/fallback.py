"""Mail, SMS or push by Apprise: the way round for what doesn't get through on the line, and the way to whoever keeps seals outside.

The one says "see the bot", the other a seal and whose it is, and no more. Addresses are ``fallback:<n>`` and ``keeper:<n>``,
the n-th of the URLs; each is tried and tried again by itself. Who they are stands in the settings or the environment
alone: no chat can name one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.channels.channel import Attachment, DeliveryReceipt, Hear, Heard, RenderedMessage, Traits, Undelivered
from bot.channels.terminal import plain

if TYPE_CHECKING:
    import apprise

SERVICES = frozenset({"mailtos", "ntfys", "pover", "vonage", "twilio", "sns"})
"""What a URL may begin with: mail over TLS, ntfy over TLS, Pushover, and SMS by Vonage, Twilio or Amazon SNS. None of them runs a
program, writes a file or shows something on this machine, as other services of Apprise do."""

AGAIN_IN = 60.0
"""Seconds after a failure."""


def is_installed() -> bool:
    """Say whether Apprise is there; it comes with the extra ``fallback``."""
    return find_spec("apprise") is not None


def allowed(url: str) -> str:
    """Take a URL whose service may be used; ValueError, without the URL, which holds a password."""
    service = urlsplit(url.strip()).scheme
    if service not in SERVICES:
        raise ValueError(f"one of {', '.join(sorted(SERVICES))}, not {service or '?'}")
    return url.strip()


class ByApprise:
    """A channel to people elsewhere; it hears nothing, and shows neither buttons nor files."""

    name: str
    reaches: str
    traits = Traits(edits=False, buttons=0, files=False, toasts=False)

    def __init__(self, urls: Sequence[str]) -> None:
        """``urls`` are Apprise's (see :func:`allowed`); ModuleNotFoundError where that is not installed."""
        import apprise  # noqa: PLC0415  (an extra, and slow to load)

        logging.getLogger("apprise").setLevel(logging.CRITICAL)  # it would write addresses
        self._ways: list[apprise.Apprise] = []
        for url in urls:
            self._ways.append(apprise.Apprise(asset=apprise.AppriseAsset(storage_mode="memory", app_id="tomoshibi")))
            self._ways[-1].add(url)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Give the addresses that it delivers to."""
        return tuple(f"{self.name}:{n}" for n in range(len(self._ways)))

    async def listen(self, hear: Hear) -> None:
        """Wait until cancelled."""
        await asyncio.Event().wait()

    async def deliver(self, *messages: RenderedMessage, key: str = "", answers: str | None = None) -> DeliveryReceipt:
        """Send the words; raises Undelivered."""
        [message] = messages
        number = message.address.partition(":")[2]
        if not number.isdecimal() or int(number) >= len(self._ways):
            raise Undelivered("refused", "no such way round is set any more")
        words = plain(message.text)
        if not await self._ways[int(number)].async_notify(title=words.partition("\n")[0], body=words):
            raise Undelivered("network", "Apprise could not send it", AGAIN_IN)
        return DeliveryReceipt(("",))

    async def answer(self, heard: Heard, toast: str) -> None:
        """Nothing is tapped here."""

    async def fetch(self, attachment: Attachment) -> bytes:
        """Nothing comes from here."""
        raise Undelivered("refused", attachment.reference)


class Fallback(ByApprise):
    """The channel ``fallback``, for alarms that wait for too long."""

    name = reaches = "fallback"


class Keeper(ByApprise):
    """The channel ``keeper``, for whoever keeps seals outside."""

    name = reaches = "keeper"
