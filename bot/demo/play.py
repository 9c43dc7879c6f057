"""A made-up clinic: to try everything by hand, or to watch a whole incident play by itself."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.clock import MovableClock
from bot.demo.stage import Stage
from bot.home import Home, make_home
from bot.invitations import Invitation, member_with
from contacts.model import Facility
from flows.facility.settling import CONSOLE
from flows.response.closing import REVIEW_QUESTIONS
from flows.response.steps import moves
from flows.state.run import Run, Shown
from playbooks.model import FacilityKind, Step
from playbooks.step_types import Takes, is_step_type

FACILITIES: dict[FacilityKind, str] = {
    "clinic": "あかり診療所（架空）",
    "dental": "あかり歯科（架空）",
    "pharmacy": "あかり薬局（架空）",
    "visiting_nurse": "あかり訪問看護ステーション（架空）",
}
"""A made-up institution of each kind."""
STAFF = (("deputy", "田中"), ("reception", "佐藤"), ("nurse", "鈴木"))
DIRECTOR = "高橋"

FIRST_WORDS = {
    "ransomware": "電子カルテが動かない、画面に英語が出てる",
    "ehr_outage": "電子カルテの画面が固まって動きません",
}
"""What reception says at the beginning of a played incident; others begin with the playbook's own first sign."""

ASKED = {"reason": "患者さんの安全を第一に、会社の担当者と電話で確かめて決めました"}
"""What is said to what the bot asks for beside the answer itself."""
NOTED = "確認して記録しました"

LONGEST_PLAY = 600
"""Answers after which a play that does not end is given up."""


@dataclass
class Cast:
    """The people of the demo by what they are: ``director``, ``deputy``, ``reception``, ``nurse`` → member id."""

    stage: Stage
    members: dict[str, str]
    names: dict[str, str]


def open_demo(folder: Path, start: datetime, show: Callable[[str, str], None], kind: FacilityKind = "clinic") -> Cast:
    """Make the made-up institution in an empty folder and seat its people; ``start`` is aware."""
    clock = MovableClock(start)
    path = folder / "demo-home"
    first = make_home(path, Facility(name=FACILITIES[kind], kind=kind), DIRECTOR, clock.now())
    stage = Stage(Home(path), clock, show)
    members = {"director": stage.seat(first.code)}
    for rank, (role, name) in enumerate(STAFF, start=1):
        invitation = Invitation.make(
            stage.home.engine, member_with(role, name, rank=rank), role, actor=CONSOLE, now=clock.now(), days=7,
            cause=f"demo:{role}",
        )  # fmt: skip
        members[role] = stage.seat(invitation.code)
    names = {m.id: m.name for m in stage.home.engine.roster().members}
    return Cast(stage, members, names)


def picture() -> bytes:
    """Give a small PNG, in place of the photo of a screen."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes([20 * y % 256, 0, 0] * 8) for y in range(8))
    header = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Play:
    """Plays an incident as its people would: the director is late, the deputy takes over, everything gets done."""

    def __init__(self, cast: Cast, folder: Path, on_line: Callable[[str, str], None]) -> None:
        """``on_line`` is told who types what."""
        self.cast, self.stage, self._on_line = cast, cast.stage, on_line
        self.photo = folder / "screen.png"
        self.photo.write_bytes(picture())
        self._times: Counter[str] = Counter()

    async def _say(self, who: str, line: str) -> None:
        self._on_line(self.cast.members.get(who, who), line)
        await self.stage.say(self.cast.members.get(who, who), line)

    async def play(self, playbook_id: str) -> Run:
        """Play one incident from the first message to the seal; RuntimeError if it does not come to its end."""
        playbook = self.stage.home.engine.handbook.playbooks[playbook_id]
        await self.stage.settle()
        await self._say("reception", FIRST_WORDS.get(playbook_id) or playbook.signs.ja[0])
        run = self.stage.home.engine.live_runs()[-1] if self.stage.home.engine.live_runs() else None
        if run is None:
            await self._say("reception", "はい、報告します")
            run = self.stage.home.engine.live_runs()[-1]
        offered = playbook_id in run.candidates
        await self._say("reception", playbook.question.ja if offered else "どれでもない・わからない")
        await self.stage.wait(1)
        await self._say("deputy", "確認しました")
        await self._say("nurse", "確認しました")
        await self._respond(run.id, until=LONGEST_PLAY, stop=lambda r: bool(len(r.asked_to_command) > 1))
        if self._run(run).commander is None:
            await self._say("deputy", "引き受ける")
        await self._respond(run.id, until=6)
        await self._say("director", "確認しました")
        await self._say("director", "指揮に戻る")
        await self._say("nurse", "9:10 ベンダーに電話した")
        await self._respond(run.id, until=LONGEST_PLAY)
        await self._end(run.id)
        return self._run(run)

    def _run(self, run: Run) -> Run:
        found = self.stage.home.engine.run(run.id)
        if found is None:
            raise RuntimeError(f"{run.id} is gone")
        return found

    async def _respond(self, run_id: str, until: int, stop: Callable[[Run], bool] = lambda _: False) -> None:
        """Let everybody answer what is on their screen, and claim what waits, until nothing is left or ``stop`` says so."""
        for _ in range(until):
            run = self.stage.home.engine.run(run_id)
            if run is None or not run.live or stop(run):
                return
            shown = next(iter(run.open_steps()), None)
            if shown is None and not await self._claim(run) and run.commander is not None:
                return
            if shown is not None:
                await self._answer(run, shown)
            await self.stage.wait(0.5)

    async def _claim(self, run: Run) -> bool:
        for member in self.cast.members.values():
            context = self.stage.home.engine.context(self.stage.clock.now(), member, run.id)
            if run.waiting() and context.can_act(member):
                await self.stage.say(member, "/status")
                track = run.waiting()[0][0]
                title = run.playbook.tracks[track].title.ja if run.playbook else track
                await self._say(member, f"引き受ける: {title}")
                return True
        return False

    async def _answer(self, run: Run, shown: Shown) -> None:
        step, member = run.step(shown), shown.member
        legal = moves(run, shown)
        if member in run.asking:
            asked = run.asking[member].what
            lines = HANDED[asked](self, step) if is_step_type(asked) else (ASKED.get(asked, NOTED),)
        elif step.type.wants == "text" or "done" not in legal:
            lines = HANDED[step.takes](self, step)
        else:
            lines = ()
        for line in lines or (self._tapped(step, legal),):
            await self._say(member, line)

    def _tapped(self, step: Step, legal: tuple[str, ...]) -> str:
        move = next((m for m in legal if m.startswith("choice:")), None) or legal[0]
        chosen = step.choices[move.removeprefix("choice:")] if move.startswith("choice:") else step.answers[move]
        return f"[{chosen.label.ja}]"

    def in_hours(self, hours: int) -> str:
        """Give the facility's time of day that many hours from now."""
        return (
            f"{self.stage.home.engine.roster().facility.local(self.stage.clock.now() + timedelta(hours=hours)):%H:%M}"
        )

    def counted(self, step: Step) -> str:
        """Give the next number of a step: whatever is counted down is at zero the third time."""
        self._times[step.value or ""] += 1
        return ("12", "5", "0")[min(self._times[step.value or ""], 3) - 1]

    async def _end(self, run_id: str) -> None:
        await self._say("director", "/close")
        run = self.stage.home.engine.run(run_id)
        if run is not None and run.state != "reviewing":
            await self._say("director", "残りを省く（理由）")
            await self._say("director", "今回は当てはまらない手順です")
            await self._say("director", "終了する")
        for _ in REVIEW_QUESTIONS:
            await self._say("director", "連絡表が手元にあり、紙への切り替えが早くできました")
        await self._say("director", "確定して終了する")
        await self.stage.settle()


HANDED: Mapping[Takes, Callable[[Play, Step], tuple[str, ...]]] = {
    "nothing": lambda play, step: (),
    "photo": lambda play, step: (f"写真 {play.photo}",),
    "text": lambda play, step: (NOTED,),
    "number": lambda play, step: (play.counted(step),),
    "time": lambda play, step: (play.in_hours(-1),),
    "choice": lambda play, step: (),
    "checklist": lambda play, step: tuple(f"☐ {choice.label.ja}" for choice in step.choices.values()),
    "contact": lambda play, step: (f"担当の方につながりました。{play.in_hours(1)}までに折り返しをいただきます",),
    "sign_off": lambda play, step: (),
}
"""What is typed to hand over what a step takes, by its type; nothing where a tap is all."""


def demo_start(now: datetime) -> datetime:
    """Give the next weekday morning at 8:50 in Japan: patients are waiting."""
    morning = now.astimezone(UTC).replace(hour=23, minute=50, second=0, microsecond=0)
    while (morning + timedelta(hours=9)).weekday() > 4:
        morning += timedelta(days=1)
    return morning
