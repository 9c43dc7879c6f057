"""Plays a transcript, on terminals or on Telegram, and holds what each person sees against it.

Both theatres run the real bot over a real home and differ in the channel only. Nothing waits for the clock of the
machine: the bot's own clock is moved, and on Telegram's side one waits for what the double notices.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, Protocol

from bot.channels.channel import DeliveryReceipt, Heard, RenderedMessage, Traits
from bot.channels.telegram.telegram import Telegram
from bot.channels.terminal import Terminal
from bot.clock import MovableClock
from bot.demo.play import picture
from bot.demo.stage import Stage
from bot.handbook import read_handbook
from bot.home import Home, make_home
from bot.invitations import Invitation, member_with, role_named
from bot.lamp import Lamp
from bot.tending.making_apart import made_here
from bot.wiring import light
from contacts.model import Facility
from contacts.registry import member_at
from flows.commands.people import Report
from flows.handbook import Handbook
from flows.powers import CONSOLE
from tests.dialogue_script import Act, Dialogue, Role, Seen, compare, read
from tests.filled_workbook import NAME, filled
from tests.telegram_double import Phone, TelegramDouble
from tests.telegram_double.chats import Chat, Post

OPENING = datetime(2026, 3, 31, 15, 0, tzinfo=UTC)
"""Midnight at the facility, a Wednesday begins; a play begins at the time of its first act."""

FACILITY = Facility(name="あかり診療所", kind="clinic")
DIRECTOR = "高橋"
BOT_NAME = "tomoshibi_bot"
PHOTO = "（写真）"
WORKBOOK = "（記入したExcel）"
DRILL = "（訓練）"

_CODE = re.compile(r"/start ([2-9A-Z]{12})\b")
_CHANGING = re.compile(r"[0-9a-f]{64,}|(?<=/start )[2-9A-Z]{12}|(?<=start=)[2-9A-Z]{12}")
"""What is different in each play: digests, signatures and codes."""


class Theatre(Protocol):
    """Where a dialogue is played; people are known by their names."""

    lamp: Lamp
    channel: str
    seen: list[Seen]

    def address(self, who: str) -> str:
        """Give the address somebody writes from."""
        ...

    async def types(self, who: str, text: str) -> None:
        """Let somebody write, and wait for what comes of it."""
        ...

    async def taps(self, who: str, label: str) -> None:
        """Let somebody tap the newest button of this label; AssertionError if there is none."""
        ...

    async def sends_photo(self, who: str) -> None:
        """Let somebody send a picture."""
        ...

    async def sends_file(self, who: str, name: str, content: bytes) -> None:
        """Let somebody send a file."""
        ...

    async def settle(self) -> None:
        """Let time do what is due, and wait until everything is delivered."""
        ...


@cache
def handbook() -> Handbook:
    """Read the handbook that comes along once for all plays."""
    return read_handbook()[0]


# Two theatres


class OnTerminals:
    """Every person has a terminal; what it prints is what they see."""

    channel = "terminal"

    def __init__(self, home: Home, clock: MovableClock, folder: Path) -> None:
        self.seen: list[Seen] = []
        self._stage = Stage(home, clock, self._printed)
        self.lamp = self._stage.lamp
        self._photo = folder / "photo.png"
        self._photo.write_bytes(picture())

    def _printed(self, who: str, text: str) -> None:
        words, _, last = text.rpartition("\n")
        labels = re.findall(r"\[(?:\d+ )?([^\[\]]+)\](?=  ?\[|$)", last) if last.startswith("[") else []
        self.seen.append(Seen.of(who, words if labels else text, tuple(labels)))

    def address(self, who: str) -> str:
        """Give the terminal's address."""
        return f"terminal:{who}"

    async def types(self, who: str, text: str) -> None:
        """Type a line."""
        await self._stage.say(who, text)

    async def taps(self, who: str, label: str) -> None:
        """Type a button's label in brackets."""
        terminal: Terminal = self._stage.terminal(who)
        assert terminal._button(f"[{label}]") is not None, f"there is no button [{label}] on {who}'s terminal"
        await self._stage.say(who, f"[{label}]")

    async def sends_photo(self, who: str) -> None:
        """Type the line that sends a picture."""
        await self._stage.say(who, f"写真 {self._photo}")

    async def sends_file(self, who: str, name: str, content: bytes) -> None:
        """Type the line that sends a file."""
        path = self._photo.with_name(name)
        path.write_bytes(content)
        await self._stage.say(who, f"ファイル {path}")

    async def settle(self) -> None:
        """Let the stage settle."""
        await self._stage.settle()


class Watched(TelegramDouble):
    """A double that notes each message as it is when it appears; edits come later and change the screen.

    What asks something else in the place of a message appears, too.
    """

    def __init__(self) -> None:
        super().__init__()
        self.appeared: list[tuple[int, Seen]] = []

    def put(self, chat: Chat, author: int, **parts: Any) -> Post:
        """Put a message into a chat, and note it if it is the bot's."""
        post = super().put(chat, author, **parts)
        if author == self.bot_id and post.kind != "contact":
            self.notes(chat, post)
        return post

    def notes(self, chat: Chat, post: Post) -> None:
        """Note a message as it stands now."""
        labels = tuple(button["text"] for row in post.keyboard for button in row)
        file = f"\n📎 {post.file[0]}" if post.file is not None else ""
        self.appeared.append((chat.id, Seen.of(chat.title, f"{post.text}{file}", labels)))


class Heralding(Telegram):
    """The channel as it is; the double is stirred once more when the bot has noted a delivery."""

    double: Watched

    async def deliver(self, *messages: RenderedMessage, key: str = "", answers: str | None = None) -> DeliveryReceipt:
        """Deliver, and have whoever waits look again after the outbox has written it down."""
        try:
            [message] = messages
            receipt = await super().deliver(message, key=key, answers=answers)
            if message.asks_anew:
                chat = self.double.chats[int(message.address.partition(":")[2])]
                self.double.notes(chat, chat.posts[int(receipt.message_id)])
            return receipt
        finally:
            asyncio.get_running_loop().call_soon(self.double.stir)


class OnTelegram:
    """Every person has a phone, the bot talks to the double over HTTP; :func:`on_telegram` opens it."""

    channel = "telegram"

    def __init__(self, double: Watched, lamp: Lamp, phones: dict[str, Phone]) -> None:
        self.double, self.lamp, self.phones = double, lamp, phones
        self._toasts: dict[str, int] = {}
        self._looked = 0
        self.seen: list[Seen] = []

    def phone(self, who: str) -> Phone:
        """Give somebody's phone, a new one at the first time."""
        if who not in self.phones:
            self.phones[who] = self.double.person(1001 + len(self.phones), who)
        return self.phones[who]

    def address(self, who: str) -> str:
        """Give the chat's address."""
        return f"telegram:{self.phone(who).id}"

    async def types(self, who: str, text: str) -> None:
        """Write a message."""
        self.phone(who).writes(text)
        await self._heard(who)

    async def taps(self, who: str, label: str) -> None:
        """Tap a button."""
        self.phone(who).taps(label)
        await self._heard(who)

    async def sends_photo(self, who: str) -> None:
        """Send a picture."""
        self.phone(who).sends_photo(picture())
        await self._heard(who)

    async def sends_file(self, who: str, name: str, content: bytes) -> None:
        """Send a file."""
        self.phone(who).sends_file(name, content)
        await self._heard(who)

    async def _heard(self, who: str) -> None:
        await self.double.settled(within=20)
        toasts = self.phone(who).toasts
        self.seen += [Seen.of(who, f"({toast})") for toast in toasts[self._toasts.get(who, 0) :]]
        self._toasts[who] = len(toasts)
        await self.settle()

    async def settle(self) -> None:
        """Tick, and wait until nothing is owed any more."""
        await self.lamp.tick()
        async with asyncio.timeout(20):
            await (
                self.lamp.outbox.flush()
            )  # nothing runs beside it, so that all goes out in one order, as in the terminal
        await self.double.settled(within=20)
        self.seen += [seen for _, seen in self.double.appeared[self._looked :]]
        self._looked = len(self.double.appeared)


@asynccontextmanager
async def on_telegram(home: Home, clock: MovableClock, known: Sequence[str] = ()) -> AsyncIterator[OnTelegram]:
    """Open the theatre on Telegram: double, channel, bot; ``known`` have started the bot before."""
    async with Watched() as double:
        double.now = clock.now
        phones = {who: double.person(1001 + place, who, started=True) for place, who in enumerate(known)}
        channel = Heralding(double.token, now=clock.now, api_url=double.url, poll_for=30)
        channel.double = double
        channel.traits = Traits()  # people here read as fast as it goes
        lamp = light(home, clock, channel, make=partial(made_here, home))

        async def hear(*heard: Heard) -> None:
            await lamp.hear(*heard)
            await lamp.tick()  # as in the terminal: what an act makes due goes out with what it owes

        tasks = [asyncio.create_task(channel.listen(hear))]
        try:
            await double.settled()
            yield OnTelegram(double, lamp, phones)
        finally:
            for task in tasks:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            await channel.close()


@asynccontextmanager
async def theatre(channel: str, folder: Path) -> AsyncIterator[tuple[Theatre, MovableClock, str]]:
    """Make a home in ``folder`` and open it on ``terminal`` or ``telegram``; gives also the director's code."""
    clock = MovableClock(OPENING)
    path = folder / f"home-{channel}"
    code = make_home(path, FACILITY, DIRECTOR, clock.now()).code
    home = Home(path, handbook())
    try:
        if channel == "telegram":
            async with on_telegram(home, clock) as opened:
                yield opened, clock, code
        else:
            on_stage = OnTerminals(home, clock, folder)
            on_stage.lamp.desk.called(BOT_NAME)
            yield on_stage, clock, code
    finally:
        home.close()


# The play


class Play:
    """One transcript on one theatre. ``seen`` collects, act by act, what everybody saw."""

    def __init__(self, dialogue: Dialogue, stage: Theatre, clock: MovableClock, code: str) -> None:
        self.dialogue, self.stage, self.clock, self._code = dialogue, stage, clock, code
        self.here: list[str] = []
        self.seen: list[tuple[Act, list[Seen]]] = []
        self.differences: dict[int, str] = {}
        self.present: dict[int, list[str]] = {}
        self.stopped = ""

    async def run(self, *, to_the_end: bool = False) -> None:
        """Play; AssertionError at the first act after which somebody sees something else (or at the end)."""
        self.clock.set(self._moment(self.dialogue.acts[0].at or "09:00"))
        await self.enrol_cast()
        for act in self.dialogue.acts:
            try:
                await self._do(act)
            except AssertionError as wrong:
                self.stopped = f"{self.dialogue.name}, line {act.line}: {act}\n{wrong}"
                assert to_the_end, self.stopped
                return
            seen, self.stage.seen = self.stage.seen, []
            self._notice_codes(seen)
            self.seen.append((act, seen))
            if found := compare(act, seen, self._present()):
                self.differences[act.line] = f"{self.dialogue.name} on {self.stage.channel}, {found}"
                assert to_the_end, self.differences[act.line]
            self.present[act.line] = self._present()

    async def enrol_cast(self) -> None:
        """Let everybody in who is there from the beginning."""
        engine = self.stage.lamp.home.engine
        for number, person in enumerate(self.dialogue.cast):
            code = self._code
            if number:
                code = self._invited(engine.journal.head().seq, person, number)
            if person.phone:
                await self.stage.types(person.name, f"/start {code}")
                self.here.append(person.name)
        self.stage.seen.clear()

    def _invited(self, seq: int, person: Role, rank: int) -> str:
        role = role_named(person.role)
        assert role is not None, f"{self.dialogue.name}: there is no role {person.role}"
        return Invitation.make(
            self.stage.lamp.home.engine,
            member_with(role, person.name, rank=rank),
            role,
            actor=CONSOLE,
            now=self.clock.now(),
            days=7,
            cause=f"cast:{seq}",
        ).code

    def _present(self) -> list[str]:
        """Give whoever is enrolled now; a suspended phone is not."""
        registry = self.stage.lamp.home.journal.registry
        return [who for who in self.here if member_at(registry, self.stage.address(who)) is not None]

    def _notice_codes(self, seen: list[Seen]) -> None:
        for one in seen:
            if found := _CODE.search(one.text):
                self._code = found[1]

    async def _do(self, act: Act) -> None:
        if act.at is not None:
            await self._clock_to(act.at)
        if act.who is None:
            return
        if act.who not in self.here:
            self.here.append(act.who)
        if act.what.startswith("[") and act.what.endswith("]"):
            await self.stage.taps(act.who, act.what[1:-1])
        elif act.what == PHOTO:
            await self.stage.sends_photo(act.who)
        elif act.what == WORKBOOK:
            await self.stage.sends_file(act.who, NAME, filled())
        elif act.what.startswith(DRILL):
            await self._drill(act, act.what.removeprefix(DRILL).strip())
        else:
            await self.stage.types(act.who, act.what.replace("CODE", self._code))

    async def _drill(self, act: Act, text: str) -> None:
        lamp = self.stage.lamp
        who = member_at(lamp.home.journal.registry, self.stage.address(act.who or ""))
        report = Report("", text, lamp.inbound.triage(text).playbooks, mode="drill")
        lamp.home.engine.handle(report, actor=who or "", now=self.clock.now(), cause=f"drill:{act.line}:begun")
        await self.stage.settle()

    async def _clock_to(self, written: str) -> None:
        """Go on to a time of the same day, minute by minute, so that everything happens in its order."""
        until = self._moment(written)
        assert until >= self.clock.now(), f"the clock stands at {FACILITY.local(self.clock.now()):%H:%M} already"
        while self.clock.now() < until:
            self.clock.advance(minutes=1)
            await self.stage.settle()

    def _moment(self, written: str) -> datetime:
        hour, minute = map(int, written.split(":"))
        return FACILITY.local(self.clock.now()).replace(hour=hour, minute=minute, second=0)


async def play(path: Path, channel: str, folder: Path, *, to_the_end: bool = False) -> Play:
    """Play a transcript in a home of its own under ``folder``."""
    async with theatre(channel, folder) as (stage, clock, code):
        played = Play(read(path), stage, clock, code)
        await played.run(to_the_end=to_the_end)
        return played


def word_for_word(played: Play) -> list[str]:
    """Give what everybody saw, person by person in each act, without what is random."""
    return [
        f"{act.line} " + _CHANGING.sub("…", str(one))
        for act, seen in played.seen
        for one in sorted(seen, key=lambda s: s.who)  # sorted() keeps the order of one person's messages
    ]
