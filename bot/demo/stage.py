"""A stage: all members of a home at one keyboard, on a clock that can be moved. For demonstrations and dialogues."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from bot.channels.channel import Attachment, DeliveryReceipt, Hear, Heard, RenderedMessage, Traits
from bot.channels.terminal import Terminal
from bot.clock import MovableClock
from bot.demo.tally import Tally
from bot.home import Home
from bot.invitations import code_digest
from bot.tending.making_apart import made_here
from bot.wiring import light
from flows.commands.facility import Enrol
from flows.powers import CONSOLE
from flows.record.journal import FACILITY


async def _nobody_types() -> None:
    return None


@dataclass
class Stage:
    """Plays a home without any network: every member has a terminal, what they see is handed to ``show`` line by line.

    ``name`` is the channel's name, as for :class:`bot.channels.terminal.Terminal`.
    """

    home: Home
    clock: MovableClock
    show: Callable[[str, str], None]
    name: str = "terminal"
    traits: Traits = field(default_factory=partial(Traits, rings=False))
    terminals: dict[str, Terminal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Set the stage: the bot with this as its only channel."""
        self.lamp = light(self.home, self.clock, self, make=partial(made_here, self.home))
        self.tally = Tally(self.clock.now)

    @property
    def reaches(self) -> str:
        """Everybody: each has a terminal here."""
        return self.name

    def seat(self, code: str) -> str:
        """Let somebody enrol with an invitation's code; gives their member id."""
        digest = code_digest(code)
        member = str(json.loads(self.home.journal.registry("invitation")[digest])["member"])
        address = f"{self.name}:{member}"
        enrol = Enrol(FACILITY, digest, address)
        self.home.engine.handle(enrol, actor=CONSOLE, now=self.clock.now(), cause=f"stage:{member}:{digest[:8]}")
        self.terminal(member)
        return member

    def terminal(self, member: str) -> Terminal:
        """Give a member's terminal."""
        if member not in self.terminals:
            session = f"stage-{member}-{self.home.engine.journal.head().seq}"
            self.terminals[member] = Terminal(
                f"{self.name}:{member}", self.clock, partial(self.show, member), _nobody_types, session
            )
        return self.terminals[member]

    async def say(self, member: str, line: str) -> None:
        """Let a member type a line or tap a button, and let everybody see what comes of it."""
        self.tally.acted(member)
        await self.lamp.hear(self.terminal(member).heard(line))
        await self.settle()

    async def settle(self) -> None:
        """Let time do what is due, and deliver everything."""
        await self.lamp.tick()
        await self.lamp.outbox.flush()

    async def wait(self, minutes: float) -> None:
        """Let time go by, a minute at a time, so that everything happens in its order."""
        whole = int(minutes)
        for step in [1.0] * whole + ([minutes - whole] if minutes > whole else []):
            self.clock.advance(minutes=step)
            await self.settle()

    # ── the channel ─────────────────────────────────────────────────────────────────────────────────────────────────

    async def listen(self, hear: Hear) -> None:
        """Nobody is heard by itself here: :meth:`say` is."""

    async def deliver(self, *messages: RenderedMessage, key: str = "", answers: str | None = None) -> DeliveryReceipt:
        """Show a message on its member's terminal."""
        [message] = messages
        member = message.address.partition(":")[2]
        receipt = await self.terminal(member).deliver(message)
        self.tally.shown(member, message, receipt.message_id)
        return receipt

    async def answer(self, heard: Heard, toast: str) -> None:
        """Show a tap's short answer."""
        await self.terminal(heard.address.partition(":")[2]).answer(heard, toast)

    async def fetch(self, attachment: Attachment) -> bytes:
        """Read an attachment's bytes, from whoever's terminal it was sent."""
        sender = next((t for t in self.terminals.values() if attachment.reference in t.files), None)
        return await (sender or next(iter(self.terminals.values()))).fetch(attachment)
