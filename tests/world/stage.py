"""Today's bot, with four people's phones at its other end: a real lamp, engine and SQLite, on a clock that is moved."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from bot.channels.channel import Attachment, DeliveryReceipt, Hear, Heard, RenderedMessage, Traits
from bot.clock import MovableClock
from bot.demo.play import picture
from bot.home import Home, make_home
from bot.invitations import Invitation, code_digest, member_with
from bot.wiring import light
from contacts.model import Contact, Facility, Member
from flows.commands.facility import Enrol, PutRegistry, RegistryRow
from flows.powers import CONSOLE
from flows.record.journal import FACILITY
from tests.world.person import PARTS, Said
from tests.world.phone import Phone
from tests.world.words import NAMES

MORNING = datetime(2027, 3, 31, 23, 50, tzinfo=UTC)
"""Thursday, 1 April 2027, 8:50 in Japan: patients are waiting."""

VENDORS = (
    Contact(id="ehr", kind="vendor", services=("ehr",), name="あおばカルテ", number="03-1234-5678"),
    Contact(id="net", kind="vendor", services=("network", "pc"), name="みどりネット", number="03-1234-9999"),
)
"""Set-up was done: two vendors' numbers are known, and those of director and deputy where people have any."""


@dataclass(eq=False)
class Stage:
    """The bot in ``folder``, and the channel over which it reaches the ``phones``."""

    folder: Path
    phones: dict[str, Phone]
    name: str = "telegram"
    traits: Traits = field(default_factory=Traits)
    toasts: int = 0
    _ids: count[int] = field(default_factory=lambda: count(1))
    _acts: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        """Make the clinic and light its lamp."""
        self.clock = MovableClock(MORNING)
        path = self.folder / "home"
        code = make_home(path, Facility(name="あかり診療所", kind="clinic"), NAMES["director"], MORNING).code
        self.home = Home(path)
        self._enrol("director", code)
        for rank, part in enumerate(("deputy", "reception", "nurse"), start=1):
            invited = member_with(part, NAMES[part], rank=rank)
            self._enrol(part, Invitation.make(self.home.engine, invited, part, cause=part, **self._by_console()).code)
        self._set_up()
        self.lamp = light(self.home, self.clock, self)

    def _by_console(self) -> dict[str, Any]:
        return {"actor": CONSOLE, "now": MORNING, "days": 7}

    def _order(self, command: Any, cause: str) -> None:
        self.home.engine.handle(command, actor=CONSOLE, now=MORNING, cause=cause)

    def _enrol(self, part: str, code: str) -> None:
        self._order(Enrol(FACILITY, code_digest(code), self.address(part)), f"enrol:{part}")

    def _set_up(self) -> None:
        rows = [RegistryRow("contact", vendor.id, vendor.model_dump_json()) for vendor in VENDORS]
        if "telephone" in Member.model_fields:
            for place, member in enumerate(self.home.engine.roster().members[:2]):
                before = self.home.journal.registry("member")[member.id]
                after = json.dumps(json.loads(before) | {"telephone": f"090-1234-567{place}"}, ensure_ascii=False)
                rows.append(RegistryRow("member", member.id, after, before))
        self._order(PutRegistry(FACILITY, tuple(rows)), "set-up")

    def address(self, part: str) -> str:
        """Give a part's chat."""
        return f"telegram:{1001 + PARTS.index(part)}"

    async def hear(self, part: str, said: Said) -> bool:
        """Let somebody say something, and deliver what comes of it; gives whether they themselves saw anything."""
        cause, phone = f"world:{next(self._acts)}", self.phones[part]
        before = phone.changes + self.toasts
        photo = Attachment("photo", cause, "photo.png", 1000) if said.photo else None
        await self.lamp.hear(
            Heard(
                self.address(part),
                cause,
                self.clock.now(),
                text=said.text,
                button=said.button,
                message_id=said.message or cause,
                attachment=photo,
                callback=cause if said.button else None,
            )
        )
        await self.lamp.outbox.flush()
        return phone.changes + self.toasts > before

    async def settle(self) -> None:
        """Let time do what is due, and deliver everything."""
        await self.lamp.tick()
        await self.lamp.outbox.flush()

    def close(self) -> None:
        """Close the home."""
        self.home.close()

    # ── the channel ─────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def reaches(self) -> str:
        """Everybody."""
        return self.name

    async def listen(self, hear: Hear) -> None:
        """Hear nobody by itself."""
        await asyncio.Event().wait()

    async def deliver(self, *messages: RenderedMessage, key: str = "", answers: str | None = None) -> DeliveryReceipt:
        """Bring a message to a phone."""
        [message] = messages
        phone = self.phones[PARTS[int(message.address.partition(":")[2]) - 1001]]
        return DeliveryReceipt((phone.receive(message, str(next(self._ids))),))

    async def answer(self, heard: Heard, toast: str) -> None:
        """Show a tap's short answer."""
        self.toasts += bool(toast)

    async def fetch(self, attachment: Attachment) -> bytes:
        """Bring a photo."""
        return picture()
