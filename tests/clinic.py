"""The made-up clinic that tests of the bot play in: four people, a clock that is moved by hand, and what everybody saw."""

from __future__ import annotations

import asyncio
import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from bot.channels.channel import Attachment, DeliveryReceipt, Hear, Heard, RenderedMessage, Traits, Undelivered
from bot.clock import MovableClock
from bot.demo.play import Cast, open_demo
from bot.demo.stage import Stage
from bot.home import Home
from flows.commands.command import Command
from flows.commands.facility import PutRegistry, RegistryRow
from flows.commands.people import Report
from flows.deeds import Attempt, Deed, Part
from flows.engine import Engine, Outcome
from flows.record.deliveries import Deliveries
from flows.record.journal import FACILITY, Entry, Owed
from flows.state.run import Run

MORNING = datetime(2027, 3, 31, 23, 50, tzinfo=UTC)
"""Thursday, 1 April 2027, 8:50 in Japan."""


@dataclass(repr=False)
class Clinic:
    """あかり診療所 with 高橋 (director), 田中 (deputy), 佐藤 (reception) and 鈴木 (nurse), each at a terminal.

    ``seen`` is what was shown to whom, as (part played, text); toasts stand in parentheses.
    """

    cast: Cast
    seen: list[tuple[str, str]] = field(default_factory=list)
    _acts: Iterator[int] = field(default_factory=count)

    def __repr__(self) -> str:
        return f"<clinic with {len(self.engine.runs())} runs, {len(self.seen)} messages seen>"

    @property
    def stage(self) -> Stage:
        """The stage on which they play."""
        return self.cast.stage

    @property
    def home(self) -> Home:
        """Their home."""
        return self.stage.home

    @property
    def engine(self) -> Engine:
        """The engine of their home."""
        return self.home.engine

    @property
    def book(self) -> Deliveries:
        """What is owed and was sent."""
        return self.home.journal.deliveries

    @property
    def clock(self) -> MovableClock:
        """The clock, which stands still until it is moved."""
        return self.stage.clock

    def id(self, who: str) -> str:
        """Give the member id of a part (``director``); anything else is taken as it is."""
        return self.cast.members.get(who, who)

    def show(self, member: str, text: str) -> None:
        """Take in what somebody is shown."""
        parts = {m: part for part, m in self.cast.members.items()}
        self.seen.append((parts.get(member, member), text))

    def of(self, who: str) -> list[str]:
        """Give all that somebody was shown."""
        return [text for part, text in self.seen if part == who]

    def read(self, who: str) -> str:
        """Give all that somebody was shown, as one text."""
        return "\n\n".join(self.of(who))

    async def says(self, who: str, line: str) -> str:
        """Let somebody type a line or tap a button; gives what they themselves were shown then."""
        before = len(self.of(who))
        await self.stage.say(self.id(who), line)
        return "\n\n".join(self.of(who)[before:])

    async def does(self, who: str, **act: Any) -> str:
        """Let somebody do what can't be typed: ``button=``, ``attachment=``, ``edited=``, ``replied_to=``, ``place=`` …"""
        before = len(self.of(who))
        await self.stage.lamp.hear(self.act(who, **act))
        await self.stage.settle()
        return "\n\n".join(self.of(who)[before:])

    def act(self, who: str, **act: Any) -> Heard:
        """Make one act of somebody; ``button`` brings its callback along."""
        cause = f"test:{next(self._acts)}"
        told: dict[str, Any] = {"address": f"terminal:{self.id(who)}", "cause": cause, "at": self.clock.now()} | act
        if told.get("button") is not None:
            told.setdefault("callback", cause)
        return Heard(**told)

    async def passes(self, minutes: float) -> None:
        """Let time go by, a minute at a time; after an hour five at a time, since little happens any more."""
        long_after = int(max(minutes - 60, 0) // 5)
        await self.stage.wait(minutes - 5 * long_after)
        for _ in range(long_after):
            self.clock.advance(minutes=5)
            await self.stage.settle()

    def orders(self, command: Command, who: str = "director", cause: str | None = None) -> Outcome:
        """Let somebody give a command past the chat."""
        cause = cause or f"order:{next(self._acts)}"
        return self.engine.handle(command, actor=self.id(who), now=self.clock.now(), cause=cause)

    def registers(self, **changed: Any) -> None:
        """Let the director enter something about the facility itself."""
        [(key, was)] = self.home.journal.registry("facility").items()
        row = self.engine.roster().facility.model_copy(update=changed).model_dump_json()
        self.orders(PutRegistry(FACILITY, (RegistryRow("facility", key, row, was),)))

    def does_deed(self, who: str, *parts: Part, cause: str | None = None, **more: Any) -> Outcome:
        """Let somebody do a deed past the chat; ``more`` is what a deed takes beside its parts."""
        cause = cause or f"deed:{next(self._acts)}"
        [outcome] = self.engine.do(Attempt(cause, self.clock.now(), lambda: Deed(*parts, by=self.id(who), **more)))
        return outcome

    def owes(self, *owed: Owed) -> None:
        """Owe messages that nothing stands behind."""
        self.engine.owe(owed, self.clock.now())

    def run(self, run_id: str | None = None) -> Run:
        """Give a run as it stands, the newest if none is named."""
        found = self.engine.run(run_id) if run_id else self.engine.runs()[-1]
        assert found is not None
        return found

    def entries(self, kind: str = "", run: str | None = None) -> list[Entry]:
        """List the journal's entries, those of one kind or all."""
        return [e for e in self.home.journal.entries(run=run) if kind in ("", e.kind)]

    async def incident(self, playbook: str = "ransomware") -> Run:
        """Let reception report a ransom note; the response has begun and everybody was called."""
        await self.says("reception", "電子カルテが動かない、画面に英語が出てる")
        await self.says("reception", self.engine.handbook.playbooks[playbook].question.ja)
        return self.run()

    async def drill(self, playbook: str = "ransomware") -> Run:
        """Open a drill instead."""
        self.orders(Report("", "訓練: 画面に英語", mode="drill", playbook=playbook), "reception")
        await self.stage.settle()
        return self.run()


def open_clinic(folder: Path, *, japanese: bool = True) -> Clinic:
    """Make the clinic in a folder; the caller closes its home. ``japanese``: all have chosen it, whatever a test lets them write."""
    seen: list[tuple[str, str]] = []
    made: list[Clinic] = []

    def show(member: str, text: str) -> None:
        made[0].show(member, text)

    made.append(Clinic(_cast(folder / "demo-home", show), seen))
    for member in made[0].cast.members.values() if japanese else ():
        made[0].stage.lamp.inbound.tongues.chose(member)
    return made[0]


def _cast(path: Path, show: Callable[[str, str], None]) -> Cast:
    """Seat the people in a copy of the home that was made for all clinics of this process, with the handbook read for it."""
    model = _model()
    shutil.copytree(model.stage.home.path, path)
    stage = Stage(Home(path, model.stage.home.engine.handbook), MovableClock(MORNING), show)
    for member in model.members.values():
        stage.terminal(member)
    return Cast(stage, dict(model.members), dict(model.names))


@cache
def _model() -> Cast:
    """Make the home, let its people enrol, and close it."""
    folder = Path(tempfile.mkdtemp(dir=os.environ.get("XDG_CACHE_HOME")))  # so that its files go, should we be killed
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    cast = open_demo(folder, MORNING, lambda _, __: None)
    cast.stage.home.close()
    return cast


@dataclass(repr=False)
class Played:
    """A whole incident that played by itself, from the first message to the seal."""

    clinic: Clinic
    run: Run
    typed: list[tuple[str, str]]


@dataclass(repr=False)
class Post:
    """A channel whose other end is the test: keeps what is delivered, and may refuse, stall or forget messages.

    ``trouble`` holds, by address, what the next deliveries there run into, the first first, ``unanswerable`` what the next
    answers to taps do (None: they hang for ever); ``lost`` are ids of messages that can't be edited any more.
    """

    name: str = "terminal"
    traits: Traits = field(default_factory=Traits)
    sent: list[RenderedMessage] = field(default_factory=list)
    tried: list[RenderedMessage] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)
    trouble: dict[str, list[Undelivered]] = field(default_factory=dict)
    unanswerable: list[Undelivered | None] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    files: dict[str, list[bytes | Undelivered]] = field(default_factory=dict)
    fetched: list[Attachment] = field(default_factory=list)
    on_deliver: Callable[[RenderedMessage], None] = lambda _: None
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _ids: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def reaches(self) -> str:
        """Everybody of its name."""
        return self.name

    async def listen(self, hear: Hear) -> None:
        """Hear nobody, until cancelled."""
        await asyncio.Event().wait()

    async def deliver(self, *messages: RenderedMessage, key: str = "", answers: str | None = None) -> DeliveryReceipt:
        """Take a message, or run into trouble."""
        [message] = messages
        self.tried.append(message)
        self._news.set()
        self.on_deliver(message)
        if self.trouble.get(message.address):
            raise self.trouble[message.address].pop(0)
        if message.replaces in self.lost:
            raise Undelivered("edit_lost", "message to edit not found")
        self.sent.append(message)
        return DeliveryReceipt((message.replaces or str(next(self._ids)),))

    async def answer(self, heard: Heard, toast: str) -> None:
        """Take a tap's short answer, or run into trouble."""
        if self.unanswerable:
            trouble = self.unanswerable.pop(0)
            if trouble is None:
                await asyncio.Event().wait()
            else:
                raise trouble
        self.toasts.append(toast)

    async def fetch(self, attachment: Attachment) -> bytes:
        """Bring a file's bytes, or run into trouble; what is in no list hangs for ever."""
        self.fetched.append(attachment)
        self._news.set()
        if attachment.reference not in self.files:
            await asyncio.Event().wait()
        found = self.files[attachment.reference].pop(0)
        if isinstance(found, Undelivered):
            raise found
        return found

    def to(self, address: str) -> list[str]:
        """Give the texts that arrived at an address."""
        return [m.text for m in self.sent if m.address == address]

    async def until(self, reached: Callable[[], bool]) -> None:
        """Wait until something was tried that makes ``reached`` true; half a minute at most."""
        async with asyncio.timeout(30):
            while not reached():
                self._news.clear()
                await self._news.wait()


async def ended(task: asyncio.Task[Any]) -> None:
    """Cancel a task and wait until it has gone."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
