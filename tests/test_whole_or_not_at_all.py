"""The law of deeds: whatever write of an act fails, nothing of it is done, and brought again it is done whole.

Two clinics go the same walk, act by act. In one nothing fails. In the other every write of every act fails once, then the
answer to its commit is lost, then one write of its deliveries fails; each time the act is brought again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.store.trouble import StorageTrouble
from flows.engine import Engine
from tests.acts import Step, Walk, heard, walked
from tests.clinic import Clinic, open_clinic
from tests.failing_disk import Disk, put_under
from tests.journals import home_file

PEOPLE = ("reception", "director", "nurse")

_RANDOM = re.compile(
    r"[0-9a-f]{64}|(?<=:)[0-9a-f]{8}(?![0-9a-f])|\b[0-9a-f]{32}\b|(?<![A-Z0-9])[2-9A-Z]{12}(?![A-Z0-9])| at 0x[0-9a-f]+"
)
"""Digests, invitations' codes and places in memory: other ones in each clinic."""


async def amid(state: str, folder: Path) -> Clinic:
    """Open a clinic on a quiet morning, amid an incident or amid a drill."""
    clinic = open_clinic(folder)
    await clinic.stage.settle()
    if state == "incident":
        await clinic.incident()
    if state == "drill":
        await clinic.drill()
    return clinic


@dataclass
class Tried:
    """What was tried, to be told at the end."""

    kinds: set[str] = field(default_factory=set)
    failures: int = 0
    unsure: int = 0
    deliveries: int = 0


class Ordeal:
    """A clinic in which the disk fails at every write of every act."""

    def __init__(self, clinic: Clinic, folder: Path, tried: Tried) -> None:
        self.clinic, self.folder, self.tried = clinic, folder, tried
        self.disk: Disk = put_under(home_file(clinic.home.journal))

    async def take(self, step: Step, number: int, writes: int) -> None:
        """Take a step that is ``writes`` writes: fail each of them, then none."""
        act, lamp = heard(self.clinic, step, f"walk:{number}", self.folder), self.clinic.stage.lamp
        for k in range(writes):
            with self.disk.failing(k), self._nothing_is_done(step, k):
                await lamp.hear(act)
        if number % 3 == 0:
            with self.disk.failing(writes - 1, after=True), pytest.raises(StorageTrouble):
                await lamp.hear(act)
            self.tried.unsure += 1
        before = self.disk.writes
        await lamp.hear(act)
        assert self.disk.writes - before == writes or number % 3 == 0, f"{step}: it is not the act that it was"
        await self._deliver(number)

    @contextmanager
    def _nothing_is_done(self, step: Step, k: int) -> Iterator[None]:
        """Hold that an act fails, commits nothing, and that nobody is told anything but that nothing can be stored."""
        committed, shown, known = self.disk.committed, len(self.clinic.seen), self.clinic.engine._kept.seq
        with pytest.raises(StorageTrouble):
            yield
        self.tried.failures += 1
        news = [text for _, text in self.clinic.seen[shown:] if not re.search(_CANNOT_STORE, text)]
        assert (self.disk.committed, news) == (committed, []), f"{step}, write {k}: something was done or told"
        assert self.clinic.engine._kept.seq == known, f"{step}, write {k}: it is remembered and not on disk"

    async def _deliver(self, number: int) -> None:
        """Let one write of the deliveries fail, another one after each act, and send as a bot does that starts again."""
        with self.disk.failing(number % 7):
            await self.clinic.stage.lamp.outbox.flush()
        self.tried.deliveries += 1
        self.clinic.book.resume()
        await self.clinic.stage.lamp.outbox.flush()
        self.clinic.clock.advance(minutes=1)
        await self.clinic.stage.settle()


def home_of(clinic: Clinic) -> dict[str, list[str]]:
    """Give all that a home holds and all that its bot remembers, without what is random."""
    file, engine = home_file(clinic.home.journal).here, clinic.engine
    held: dict[str, Iterable[object]] = {
        "entries": [(e.run, e.turn, e.kind, e.actor, e.cause, e.part, e.body) for e in clinic.entries()],
        "registry": file.execute("SELECT kind, key, value FROM registry").fetchall(),
        "deliveries": file.execute(f"SELECT {', '.join(_OF_A_DELIVERY)} FROM deliveries").fetchall(),  # noqa: S608
        "state": state_of(engine),
    }
    return {name: [_RANDOM.sub("…", str(line)) for line in lines] for name, lines in held.items()}


def state_of(engine: Engine) -> list[str]:
    """Give all that an engine remembers."""
    states = [*engine.runs(), engine.house]
    return [
        _RANDOM.sub("", f"{name} {value}")
        for state in states
        for name, value in vars(state).items()
        if name != "machines"  # made when they are asked for
    ]


_OF_A_DELIVERY = ("recipient", "run", "name", "data", "key", "priority", "silent", "edits", "state", "cause", "seq")
"""What is the same of a delivery that was tried twice."""


def told(clinic: Clinic) -> Counter[tuple[str, str]]:
    """Count what was shown to whom, but for toasts and what says that nothing can be stored."""
    return Counter((who, _RANDOM.sub("…", text)) for who, text in clinic.seen if not _ABOUT_STORING.search(text))


_CANNOT_STORE = "いま記録を保存できません|cannot save records right now"
_ABOUT_STORING = re.compile(rf"{_CANNOT_STORE}|^\(.*\)$")


async def walks(state: str, at_most: int, folder: Path) -> Tried:
    """Go the same walk in both clinics; gives what was tried."""
    tried = Tried()
    for name in ("calm", "ordeal"):
        (folder / name).mkdir(parents=True)
    calm, struck = await amid(state, folder / "calm"), await amid(state, folder / "ordeal")
    try:
        disk, ordeal = put_under(home_file(calm.home.journal)), Ordeal(struck, folder / "ordeal", tried)
        walk = Walk(calm, PEOPLE)
        for number, step in enumerate(walked(walk, at_most)):
            writes, committed = disk.writes, disk.committed
            await calm.stage.lamp.hear(heard(calm, step, f"walk:{number}", folder / "calm"))
            assert disk.committed == committed + 1, f"{step} is {disk.committed - committed} transactions"
            await ordeal.take(step, number, disk.writes - writes)
            await calm.stage.lamp.outbox.flush()
            calm.clock.advance(minutes=1)
            await calm.stage.settle()
        for name, lines in home_of(calm).items():
            assert home_of(struck)[name] == lines
        assert state_of(Engine(struck.home.journal, struck.engine.handbook)) == state_of(struck.engine)
        assert told(calm) - told(struck) == Counter()
        assert (told(struck) - told(calm)).total() <= tried.deliveries
        assert struck.home.journal.unhandled.all() == []
        tried.kinds |= {f"{state}: {kind}" for kind in walk.known}
        return tried
    finally:
        calm.home.close()
        struck.home.close()


@pytest.mark.parametrize(("state", "steps"), [("quiet", 35), ("incident", 45), ("drill", 25)])
async def test_an_act_is_done_whole_or_not_at_all(state: str, steps: int, tmp_path: Path) -> None:
    """Many different acts: fail any write, bring it again, and the home is as if nothing had failed."""
    tried = await walks(state, steps, tmp_path)

    assert len(tried.kinds) >= {"quiet": 29, "incident": 42, "drill": 24}[state]
    assert tried.failures >= 2 * steps


@pytest.mark.long
@pytest.mark.parametrize("state", ["quiet", "incident", "drill"])
async def test_every_act_that_a_walk_finds(state: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same, until nothing new is to be tapped, said or answered."""
    tried = await walks(state, 1000, tmp_path)
    told = f"{len(tried.kinds)} kinds of acts, {tried.failures} failed writes, {tried.unsure} lost answers"
    with capsys.disabled():
        print(f"\n{state}: {told}, {tried.deliveries} troubled deliveries")  # noqa: T201
