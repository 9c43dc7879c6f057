"""The Telegram channel on its double, with pauses that take no time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.channels.channel import Heard
from bot.channels.telegram.telegram import Telegram
from tests.telegram_double import TelegramDouble


@dataclass
class Ear:
    """Hears, and remembers; ``trouble`` are exceptions to raise the next times, the first first."""

    double: TelegramDouble
    heard: list[Heard] = field(default_factory=list)
    trouble: list[Exception] = field(default_factory=list)
    tries: int = 0

    async def __call__(self, *heard: Heard) -> None:
        """Hear acts, or fail as told."""
        self.tries += 1
        if self.trouble:
            raise self.trouble.pop(0)
        self.heard += heard
        self.double.stir()


@dataclass
class Pauses:
    """Stands in for sleeping: takes no time, keeps what was asked for, and may do something meanwhile."""

    asked: list[float] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None

    async def __call__(self, seconds: float) -> None:
        """Pause for no time at all."""
        self.asked.append(seconds)
        self.meanwhile()
        await asyncio.sleep(0)


@dataclass
class Rig:
    """The channel, and everything around it; ``now`` is the channel's clock."""

    double: TelegramDouble
    ear: Ear
    pauses: Pauses
    now: datetime = datetime(2026, 4, 1, 0, 0, tzinfo=UTC)
    channels: list[Telegram] = field(default_factory=list)
    listening: list[asyncio.Task[None]] = field(default_factory=list)

    def channel(self, *, token: str | None = None, slash: str = "", patience: float = 5.0) -> Telegram:
        """Make a channel; it is closed when the test ends."""
        commands = {"ja": [("status", "状況")], "en": [("status", "Where we are")]}
        made = Telegram(
            self.double.token if token is None else token,
            now=lambda: self.now,
            api_url=self.double.url + slash,
            commands={"ja": commands["ja"], "en": commands["en"]},
            sleep=self.pauses,
            patience=patience,
            poll_for=30,
        )
        self.channels.append(made)
        return made

    def listens(self, channel: Telegram | None = None) -> asyncio.Task[None]:
        """Begin to listen; ended when the test ends."""
        self.listening.append(asyncio.create_task((channel or self.channel()).listen(self.ear)))
        return self.listening[-1]

    async def hears(self, number: int) -> list[Heard]:
        """Wait until so many acts were heard and confirmed; gives them."""
        await self.double.until(lambda: len(self.ear.heard) >= number, what=f"{number} acts were heard")
        await self.double.settled()
        return self.ear.heard
