"""A channel that counts, as some messengers do: nothing can be changed, five go together, an answer within a minute is free."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from bot.channels.channel import Attachment, DeliveryReceipt, Hear, Heard, RenderedMessage, Traits, Undelivered
from bot.channels.fitting import CUT
from bot.channels.terminal import plain
from bot.demo.stage import Stage

MOST_BUTTONS, LONGEST_LABEL, LONGEST_TEXT, FREE_FOR = 13, 20, 5000, 60.0

TRAITS = Traits(
    edits=False,
    at_once=5,
    buttons=MOST_BUTTONS,
    label=LONGEST_LABEL,
    text=LONGEST_TEXT,
    files=False,
    toasts=False,
    free_for=FREE_FOR,
    repeats=False,
)


class Metered:
    """The channel ``metered`` with what is at its other side. What it is given beyond its traits is an AssertionError.

    ``metered`` counts deliveries by address, ``free`` those that answered an act. The next ones run into ``trouble``, the
    first first; those of ``unheard`` arrive, and nobody hears of it. ``quota`` is how many more may be counted.
    """

    name = reaches = "metered"
    traits = TRAITS

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._hear: Hear | None = None
        self._numbers = count(1)
        self._acts: dict[str, tuple[str, datetime]] = {}
        self._receipts: dict[str, DeliveryReceipt] = {}
        self._photos: dict[str, bytes] = {}
        self.metered, self.free = Counter[str](), Counter[str]()
        self.shown: list[RenderedMessage] = []
        self.trouble: list[Undelivered] = []
        self.unheard: list[BaseException] = []
        self.quota: int | None = None

    async def listen(self, hear: Hear) -> None:
        """Hear until cancelled."""
        self._hear = hear
        await asyncio.Event().wait()

    def to(self, address: str) -> list[RenderedMessage]:
        """Give what somebody was shown."""
        return [message for message in self.shown if message.address == address]

    def may_be_answered(self, act: Heard) -> None:
        """Know an act that comes from here."""
        self._acts[act.cause] = act.address, self._now()

    async def brings(
        self, address: str, *, photo: bytes | None = None, label: str = "", text: str | None = None
    ) -> None:
        """Bring what somebody did: wrote ``text``, sent a photo, or tapped the newest button with this label."""
        number = next(self._numbers)
        found = [b.data for one in self.to(address) for row in one.rows for b in row if label and b.label == label]
        attachment = Attachment("photo", f"p{number}", "photo.jpg", len(photo)) if photo is not None else None
        if photo is not None:
            self._photos[f"p{number}"] = photo
        act = Heard(
            address,
            f"metered:{number}",
            self._now(),
            text=text,
            button=found[-1] if label else None,
            attachment=attachment,
            callback=f"metered:{number}" if label else None,
        )
        self.may_be_answered(act)
        assert self._hear is not None
        await self._hear(act)

    async def deliver(self, *messages: RenderedMessage, key: str = "", answers: str | None = None) -> DeliveryReceipt:
        """Show messages, once for each key."""
        [address] = {message.address for message in messages}
        assert key
        assert len(messages) <= TRAITS.at_once
        for message in messages:
            self._look_at(message)
        if key in self._receipts:
            return self._receipts[key]
        if self.trouble:
            raise self.trouble.pop(0)
        if answers is None:
            if self.quota == 0:
                raise Undelivered("quota", "no more this month", 3600.0)
            self.quota = self.quota - 1 if self.quota is not None else None
        elif not self._is_answered(address, answers):
            raise Undelivered("late", "this act can't be answered")
        (self.metered if answers is None else self.free)[address] += 1
        self.shown += messages
        self._receipts[key] = DeliveryReceipt(tuple(f"sent-{next(self._numbers)}" for _ in messages))
        if self.unheard:
            raise self.unheard.pop(0)
        return self._receipts[key]

    def _is_answered(self, address: str, answers: str) -> bool:
        by, at = self._acts.pop(answers, ("", self._now()))
        return by == address and self._now() - at <= timedelta(seconds=FREE_FOR)

    def _look_at(self, message: RenderedMessage) -> None:
        if message.replaces is not None:
            raise Undelivered("edit_lost", "nothing is changed here")
        buttons = [button for row in message.rows for button in row]
        assert (message.picture, message.document) == (None, None)
        assert len(buttons) <= MOST_BUTTONS
        assert all(0 < len(button.label) <= LONGEST_LABEL for button in buttons)
        assert 0 < len(plain(message.text)) <= LONGEST_TEXT

    async def answer(self, heard: Heard, toast: str) -> None:
        """Taps have no short answer here."""
        raise AssertionError(toast)

    async def fetch(self, attachment: Attachment) -> bytes:
        """Bring a photo."""
        if attachment.reference not in self._photos:
            raise Undelivered("refused", attachment.reference)
        return self._photos[attachment.reference]


@dataclass
class OnMetered(Stage):
    """A stage on which everybody is reached over the channel; terminals show what came, and read what is typed."""

    name: str = "metered"
    traits: Traits = TRAITS
    other_side: Metered = field(init=False)

    def __post_init__(self) -> None:
        """Set the stage."""
        self.other_side = Metered(self.clock.now)
        super().__post_init__()

    async def say(self, member: str, line: str) -> None:
        """Let a member type a line, or tap a button, also by the whole of a label that was cut."""
        terminal, label = self.terminal(member), line.strip("[]")
        cut = f"[{label[: LONGEST_LABEL - 1]}{CUT}]"
        act = terminal.heard(cut if len(label) > LONGEST_LABEL and terminal._button(cut) else line)
        self.tally.acted(member)
        self.other_side.may_be_answered(act)
        await self.lamp.hear(act)
        await self.settle()

    async def deliver(self, *messages: RenderedMessage, key: str = "", answers: str | None = None) -> DeliveryReceipt:
        """Deliver, and show what arrived."""
        before = len(self.other_side.shown)
        try:
            return await self.other_side.deliver(*messages, key=key, answers=answers)
        finally:
            for message in self.other_side.shown[before:]:
                member = message.address.partition(":")[2]
                receipt = await self.terminal(member).deliver(message)
                self.tally.shown(member, message, receipt.message_id)

    async def answer(self, heard: Heard, toast: str) -> None:
        """Taps have no short answer here."""
        await self.other_side.answer(heard, toast)
