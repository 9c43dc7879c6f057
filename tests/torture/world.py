"""One world by its seed: a facility, its people, an incident or a drill, faults, and the laws after every step."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from bot.home import Home, HomeTaken, make_home
from bot.invitations import Invitation, code_digest, member_with
from bot.store.trouble import StorageTrouble
from contacts.model import Facility
from contacts.registry import member_at
from flows.commands.drilling import BeginExercise
from flows.commands.facility import Enrol
from flows.commands.people import Write
from flows.handbook import Handbook
from flows.powers import CONSOLE
from flows.record.deliveries import Delivery
from flows.record.journal import FACILITY
from flows.refusals import Refused
from flows.scene.circle import sees
from playbooks.model import FACILITY_KINDS
from tests.torture.disk import Death, Disk, laid_under
from tests.torture.laws import LAWS, Begun, Look, look_at
from tests.torture.people import NAMES, REPORTS, ROLES, TEMPERS, Person
from tests.torture.process import BEGINS, Clock, Process
from tests.torture.wire import Memory
from tests.virtual_time import VirtualLoop

SETTLES = 1800.0
"""Seconds in which all that is owed has gone out, once disk and line are back."""


STRIKES = 0.5
"""The chance that a step begins with a fault."""


class Broken(AssertionError):
    """A law was broken: which, at which step of which seed, and what was seen."""


@dataclass
class Came:
    """What a world came to."""

    seed: int
    hours: float = 0.0
    steps: int = 0
    entries: int = 0
    sent: int = 0
    acts: int = 0
    faults: Counter[str] = field(default_factory=Counter)


@dataclass(eq=False)
class World:
    """All there is in one seed. ``steps`` is how many, ``settles`` the seconds of rest after them; ``calm``: without faults."""

    seed: int
    folder: Path
    steps: int = 40
    calm: bool = False
    tell: Callable[[str], object] = lambda _: None
    settles: float = SETTLES

    def __post_init__(self) -> None:
        """Throw the dice for who is there."""
        self.dice = Random(f"{self.seed}:world")
        self.clock, self.memory = Clock(), Memory()
        self.memory.now = self.clock.true
        self.path = self.folder / "home"
        self.people: list[Person] = []
        self.begun: list[Begun] = []
        self.came = Came(self.seed)
        self.place: dict[str, Any] = {}
        self.until: dict[str, tuple[float, Callable[[], object]]] = {}
        self.process: Process
        self.disks: list[Disk] = []
        self.started = 0

    # ── the facility ────────────────────────────────────────────────────────────────────────────────────────────────

    def _make(self) -> None:
        kind = self.dice.choice(FACILITY_KINDS)
        code = make_home(self.path, Facility(name="あかり", kind=kind), NAMES[0], BEGINS).code
        count = self.dice.choice((3, 3, 4, 4, 5, 5, 6, 6, 8, 12, 20))
        with closing(Home(self.path, Handbook())) as home:
            for rank, name in enumerate(NAMES[:count]):
                role = ROLES[rank] if rank < len(ROLES) else self.dice.choice(ROLES[3:])
                if rank:
                    invited = member_with(role, name, rank=rank, language="en" if rank == 4 else "ja")
                    code = Invitation.make(
                        home.engine, invited, role, actor=CONSOLE, now=BEGINS, days=7, cause=f"cast:{rank}"
                    ).code
                enrol = Enrol(FACILITY, code_digest(code), f"telegram:{1001 + rank}")
                home.engine.handle(enrol, actor=CONSOLE, now=BEGINS, cause=f"in:{rank}")
                self.people.append(self._person(rank, name, role))

    def _person(self, rank: int, name: str, role: str) -> Person:
        dice = Random(f"{self.seed}:{name}")
        [temper] = dice.choices([t for t, _ in TEMPERS], [w for _, w in TEMPERS])
        phone = self.memory.person(1001 + rank, name, started=True)
        return Person(
            name,
            role,
            temper,
            phone,
            dice,
            lambda did: self.tell(f"    {name} ({temper}) {did}"),
            next_at=5 + dice.uniform(0, 120) if temper != "absent" else 3600.0,
        )

    # ── the play ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def plays(self) -> Came:
        """Play all of it; raises Broken."""
        with laid_under() as self.disks:
            self._make()
            await self.memory.start()
            self.mine = set(asyncio.all_tasks())
            self._starts()
            try:
                await self._all()
            finally:
                self.process.disk.dead = True
                await self.process.bury(self.mine)
                await self.memory.stop()
        return self.came

    async def _all(self) -> None:
        await self.passes(5)
        self._begins()
        for step in range(self.steps):
            self.came.steps = step
            if not self.calm and self.dice.random() < STRIKES:
                self._strikes()
            await self.passes(self.dice.choice((5, 15, 40, 90, 240, 600)))
            self.looks("step")
        await self._comes_to_rest()
        self.looks("rest")
        self.looks("end")
        self.came.hours = asyncio.get_running_loop().time() / 3600

    def _begins(self) -> None:
        what = self.dice.random()
        willing = [p for p in self.people if p.temper != "absent"] or self.people
        person = self.dice.choice(willing)
        if what < 0.15:
            member = self.process.home.engine.roster().members[0].id
            kind = self.dice.choice(("contact", "tabletop", "quiz", "paper", "restore"))
            try:
                self.process.home.engine.handle(
                    BeginExercise("", kind), actor=member, now=self.clock.now(), cause="torture:drill"
                )
            except Refused as refusal:
                self.tell(f"  no drill: {refusal.name}")
        elif what < 0.3:
            named = self.dice.choice(self.people).name
            person.writes(f"内緒ですが、{named}さんが患者名簿をUSBにコピーして持ち帰っています")
        else:
            person.writes(REPORTS[0] if what < 0.6 else self.dice.choice(REPORTS))

    async def passes(self, seconds: float) -> None:
        """Let time go by, in which people act and what was struck ends."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while loop.time() < end:
            now = loop.time()
            for name, (until, over) in list(self.until.items()):
                if until <= now:
                    del self.until[name]
                    over()
            for person in self.people:
                if person.next_at <= now:
                    person.acts()
                    self.came.acts += 1
                    person.next_at = now + person.pause()
            moments = [end, *(p.next_at for p in self.people), *(until for until, _ in self.until.values())]
            await asyncio.sleep(max(0.2, min(moments) - now))
            if self.process.disk.dead:
                await self._rises()
            if self.process.ended is not None:
                raise Broken(self._told("the bot goes on", repr(self.process.ended))) from self.process.ended

    # ── the process ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _starts(self) -> None:
        """Start a process; what keeps the home from being opened is waited for by whoever starts it again."""
        self.disks.append(Disk())
        self.started += 1
        self.process = Process(self.path, self.clock, self.memory, self.disks[-1], self._sees)
        self.process.start()

    async def _rises(self) -> None:
        """Bury what has died and start anew, now or a while later; it may die again as it starts."""
        self.tell(f"  † {self.process.disk.died_in}")
        await self.process.bury(self.mine)
        await asyncio.sleep(self.dice.choice((0.5, 20, 120, 1800)))
        if self.dice.random() < 0.2:
            self.disks.append(Disk())
            self.disks[-1].dies(self.dice.randint(0, 3), after=self.dice.random() < 0.5)
            self.process = Process(self.path, self.clock, self.memory, self.disks[-1], self._sees)
            try:
                self.process.start()
            except Death:
                self.came.faults["death at the start"] += 1
                await self.process.bury(self.mine)
            else:
                return
        self._starts()

    def _sees(self, process: Process, delivery: Delivery, text: str) -> None:
        """Note a message as it begins to go out, and what more urgent ones wait then in the same chat."""
        engine, book, now = process.home.engine, process.home.journal.deliveries, self.clock.now()
        waiting = [
            d.id
            for d in book.due(now, channels=[delivery.address or ""])
            if d.owed.to == delivery.address and d.owed.priority < delivery.owed.priority and d.id < delivery.id
        ]
        reader = member_at(engine.journal.registry, delivery.owed.to)
        run = engine.run(delivery.owed.run) if delivery.owed.run != FACILITY else None
        context = engine.context(now, "")
        allowed = run is None or (reader is not None and sees(run, context, reader))
        self.begun.append(
            Begun(
                delivery.id,
                delivery.owed.name,
                delivery.owed.to,
                delivery.address or "",
                delivery.owed.priority,
                text,
                run.drill if run is not None else None,
                allowed,
                tuple(waiting),
            )
        )

    # ── faults ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _strikes(self) -> None:
        names = sorted(FAULTS)
        name = self.dice.choice(names)
        self.came.faults[name] += 1
        self.tell(f"  ! {name}")
        FAULTS[name](self)

    def for_a_while(self, name: str, longest: float, over: Callable[[], object]) -> None:
        """Let a fault end by itself."""
        self.until[name] = (asyncio.get_running_loop().time() + self.dice.uniform(1, longest), over)

    async def _comes_to_rest(self) -> None:
        """End all trouble, let people put the phone away, and wait until everything has gone out."""
        for _, over in self.until.values():
            over()
        self.until.clear()
        self.memory.mischief.clear()
        self.clock.skew = timedelta()
        self.process.disk.dies(1 << 60)
        self.process.dies_at_send(1 << 60, after=False)
        for person in self.people:
            person.next_at = float("inf")
        await self.passes(self.settles)

    # ── laws ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def look(self) -> Look:
        """Look at all that there is."""
        return look_at(self)

    def looks(self, when: str) -> None:
        """Hold the laws of this moment; raises Broken."""
        if self.process.disk.dead:
            return
        here = self.look()
        self.came.entries, self.came.sent = len(here.entries), sum(d.state == "sent" for d in here.deliveries)
        for name, (moment, law) in LAWS.items():
            if moment != when:
                continue
            found = list(law(here))
            if found:
                raise Broken(self._told(name, *found))

    def _told(self, law: str, *found: str) -> str:
        lines = "\n".join(f"  {one}" for one in found[:10])
        return f"seed {self.seed}, step {self.came.steps}: {law}\n{lines}\nreplay: python -m tests.torture --seed {self.seed} --steps {self.steps}"


# ── what may happen ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _dies_at_a_write(world: World) -> None:
    disk = world.process.disk
    disk.dies(disk.writes + world.dice.randint(0, 30), after=world.dice.random() < 0.5)


def _dies_at_a_send(world: World) -> None:
    world.process.dies_at_send(world.dice.randint(0, 6), after=world.dice.random() < 0.5)


def _disk(trouble: Any) -> Callable[[World], None]:
    def strike(world: World) -> None:
        disk = world.process.disk
        disk.trouble = trouble
        world.for_a_while(f"disk {trouble}", 300, lambda: setattr(disk, "trouble", None))

    return strike


def _slow_disk(world: World) -> None:
    disk = world.process.disk
    disk.slow = world.dice.uniform(0.5, 4)
    world.for_a_while("slow", 120, lambda: setattr(disk, "slow", 0.0))


def _mischief(how: Any, method: str = "*") -> Callable[[World], None]:
    def strike(world: World) -> None:
        wait = world.dice.choice((1, 3, 30))
        world.memory.misbehaves(method, how, world.dice.randint(1, 8), retry_after=wait)

    return strike


def _line_down(world: World) -> None:
    world.memory.goes_down()
    world.for_a_while("line", 1200, world.memory.comes_back)


def _doubled(world: World) -> None:
    known = world.memory.confirmed
    world.memory.again += [world.dice.choice(known) for _ in range(min(len(known), world.dice.randint(1, 6)))]
    world.memory.again.sort(key=lambda body: int(body["update_id"]))


def _reordered(world: World) -> None:
    """Let what comes within the next minute come in another order."""
    world.memory.goes_down()

    def over() -> None:
        world.memory.reorders(world.dice.shuffle)
        world.memory.comes_back()

    world.for_a_while("reordered", 60, over)


def _clock_jumps(world: World) -> None:
    hours = world.dice.choice((0.1, 1, 3, 26, -0.1, -1, -3, -26))
    world.clock.skew += timedelta(hours=hours)
    world.for_a_while("clock", 3600, lambda: setattr(world.clock, "skew", timedelta()))


def _second_process(world: World) -> None:
    """Let another process come: it can't run the home; it may look, tick and write as a terminal does."""
    world.disks.append(Disk())
    try:
        with closing(Home(world.path, world.process.home.engine.handbook)) as home:
            try:
                with home.running():
                    raise Broken(f"seed {world.seed}: two processes run one home")
            except HomeTaken:
                pass
            home.engine.tick(world.clock.now())
            for run in home.engine.live_runs()[:1]:
                by = world.dice.choice(home.engine.roster().active()).id
                write = Write(run.id, "端末から: 9:30 に電源を切りました")
                home.engine.handle(write, actor=by, now=world.clock.now(), cause=f"terminal:{world.dice.random()}")
    except (Refused, StorageTrouble) as why:
        world.tell(f"    the second process: {why}")
    finally:
        world.disks.append(world.process.disk)


FAULTS: dict[str, Callable[[World], None]] = {
    "death at a write": _dies_at_a_write,
    "death at a send": _dies_at_a_send,
    "disk full": _disk("full"),
    "disk read-only": _disk("read_only"),
    "disk held": _disk("busy"),
    "disk slow": _slow_disk,
    "429": _mischief("429"),
    "500": _mischief("500"),
    "409": _mischief("409", "getUpdates"),
    "time-out": _mischief("timeout"),
    "time-out but done": _mischief("timeout_after", "sendMessage"),
    "cut before": _mischief("drop_before"),
    "cut after": _mischief("drop_after"),
    "page of HTML": _mischief("garbage"),
    "poll times out": _mischief("timeout", "getUpdates"),
    "line down": _line_down,
    "updates doubled": _doubled,
    "updates reordered": _reordered,
    "clock jumps": _clock_jumps,
    "second process": _second_process,
}


# ── many worlds ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def played(seed: int, steps: int = 40, **more: Any) -> Came:
    """Play one seed in a folder and a loop of its own; ``more`` is what a World takes. Raises Broken."""
    with TemporaryDirectory() as folder, asyncio.Runner(loop_factory=in_memory) as runner:
        return runner.run(World(seed, Path(folder), steps, **more).plays())


class InMemory(VirtualLoop):
    """A loop in which nothing comes over a network, and threads' work is done at once: a seed goes the same way each time."""

    def __init__(self) -> None:
        super().__init__(stirs_within=0)

    def run_in_executor(self, executor: object, func: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:  # type: ignore[override]
        """Do it now."""
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as why:  # noqa: BLE001  (it is the future's)
            future.set_exception(why)
        return future


def in_memory() -> VirtualLoop:
    """Make such a loop; tasks that a dead process leaves have nobody to tell of their end."""
    loop = InMemory()
    loop.set_exception_handler(lambda *_: None)
    return loop


__all__ = ["Broken", "Came", "World", "played"]
