"""A year of drills on a fake clock: people who start, forget and postpone, incidents, and a bot that is off now and then.

``python -m tests.drill_year 0 1000`` plays seeds 0 to 999 and prints what was lost, doubled or held on a forbidden day. What is
expected is reckoned here anew, from the rules in words, so that a mistake of the calendar is not repeated.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from time import perf_counter
from zoneinfo import ZoneInfo

import holidays

from contacts.model import Facility, Member, Weekday
from flows.commands.command import Command
from flows.commands.drills import CancelDrill, DebriefDrill, PostponeDrill, SetCadence, SignOffDrill, StartDrill
from flows.commands.facility import Enrol, Invite, MakeFacility, PutRegistry, RegistryRow
from flows.commands.people import CallOff, Report
from flows.engine import Engine
from flows.events.drills import DrillCancelled, DrillMissed, DrillMoved, DrillPlanned, DrillStarted
from flows.events.event import Event
from flows.events.facility import MemberInvited
from flows.handbook import Handbook
from flows.powers import CONSOLE
from flows.record import codec
from flows.record.journal import FACILITY
from flows.record.memory_deliveries import MemoryDeliveries
from flows.record.memory_journal import MemoryJournal
from flows.refusals import Refused
from playbooks.drills.reading import load_drills
from playbooks.drills.shape import DrillLibrary
from playbooks.model import Playbook
from tests.flows.clinic import one_step

TOKYO = ZoneInfo("Asia/Tokyo")
DAYS = 365
LATE = timedelta(hours=2)

TWO_SESSIONS = [{"start": "09:00", "until": "12:30"}, {"start": "15:00", "until": "18:30"}]
MORNING_ONLY = [{"start": "09:00", "until": "12:30"}]
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat")


@cache
def library() -> DrillLibrary:
    """Read the drills that come along."""
    return load_drills()[0]


@cache
def small_playbook() -> Playbook:
    """Give a playbook of one step, in place of those that are run."""
    return one_step("within: 1 h")


@cache
def national_holidays() -> frozenset[date]:
    """Give the holidays of all years that are played."""
    return frozenset(holidays.country_holidays("JP", years=range(2026, 2031)))


@dataclass
class Dated:
    """A drill with one of its dates: from when to when it held, and what was said about it."""

    drill: str
    kind: str
    at: datetime
    since: datetime
    closed: frozenset[date]
    until: datetime | None = None
    said: Counter[tuple[str, int, str]] = field(default_factory=Counter)


@dataclass
class Year:
    """One year of one facility; ``alive`` are the stretches in which the bot ran, ``troubled`` those with an incident."""

    seed: int
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Make the facility, its people and the stretches in which the bot is off."""
        self.chance = random.Random(self.seed)
        self.now = datetime(2027, 1, 15, 10, tzinfo=TOKYO) + timedelta(days=self.chance.randrange(365))
        self.end = self.now + timedelta(days=DAYS)
        self.facility = self._facility()
        self.journal = MemoryJournal()
        self.engine = self._started()
        self.acts = 0
        self.dated: dict[str, Dated] = {}
        self.all: list[Dated] = []
        self.read = 0
        self.alive: list[tuple[datetime, datetime]] = []
        self.troubled: list[tuple[datetime, datetime]] = []
        self._act(CONSOLE, MakeFacility(FACILITY, self.facility))
        for name, role in (("高橋", "director"), ("田中", "deputy"), ("佐藤", "reception"), ("鈴木", "safety_manager")):
            self._hire(name, role)
        self.made = self.now

    def _facility(self) -> Facility:
        off = self.chance.choice(("wed", "thu"))
        days = [d for d in WEEK if self.chance.random() < 0.95 or d in ("tue", "fri")]
        sessions = {d: MORNING_ONLY if d in (off, "sat") else TWO_SESSIONS for d in days}
        marked = {"midday": {"tue": [{"start": "13:00", "until": "14:00"}]}}
        if self.chance.random() < 0.7:
            marked["meeting"] = {"fri": [{"start": "13:00", "until": "15:00"}]}
        if self.chance.random() < 0.3:
            marked["before_opening"] = {"mon": [{"start": "08:30", "until": "08:50"}]}
        return Facility.model_validate({"name": "あかり", "kind": "clinic", "sessions": sessions, "marked": marked})

    def _hire(self, name: str, role: str) -> None:
        self.acts += 1
        holds = {"stands_in_for": ("director",)} if role == "deputy" else {"roles": (role,)}
        member = Member.model_validate({"id": "", "name": name, **holds})
        code = f"c{self.acts}"
        expires = self.now + timedelta(days=7)
        outcome = self._act(CONSOLE, Invite(FACILITY, member, role, code, expires))
        invited = next(e for e in outcome if isinstance(e, MemberInvited))
        self._act("", Enrol(FACILITY, code, f"phone:{invited.member}"))

    def _started(self) -> Engine:
        return Engine(self.journal, Handbook(playbooks={"trouble": small_playbook()}, drills=library()))

    # ── playing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def play(self) -> Year:
        """Let the year go by, and reckon up what was lost, doubled or held on a forbidden day."""
        spans = list(self._spans())
        for begins, ends in spans:
            self.now = begins
            self.engine = self._started()  # what only the last process knew is gone
            self.alive.append((begins, ends))
            self._tick()
            while (then := self._next_moment(ends)) is not None:
                self.now = then
                self._tick()
                self._people()
        for one in self.all:
            self._judge(one)
        return self

    def _spans(self) -> Iterator[tuple[datetime, datetime]]:
        """Give the stretches in which the bot runs: days to weeks, and between them it is off for hours to days."""
        at = self.now
        while at < self.end:
            runs = timedelta(hours=self.chance.expovariate(1 / (24 * 12)))
            yield at, min(at + runs, self.end)
            off = self.chance.choice((timedelta(hours=1), timedelta(hours=9), timedelta(days=1), timedelta(days=4)))
            at += runs + off * (0.2 + 1.6 * self.chance.random())

    def _next_moment(self, ends: datetime) -> datetime | None:
        """Give the next time at which anything can become due or anybody acts: midnight, nine, a drill's hour and two later."""
        local = self.now.astimezone(TOKYO)
        days = [
            datetime.combine(local.date() + timedelta(days=n), clock, TOKYO)
            for n in (0, 1)
            for clock in (time(0), time(9))
        ]
        drills = [d.at for d in self.engine.house.calendar.ahead()[:2]]
        moments = [*days, *drills, *(at + timedelta(minutes=7) for at in drills), *(at + LATE for at in drills)]
        moments += [until for _, until in self.troubled]
        return min((m for m in moments if self.now < m < ends), default=None)

    def _tick(self) -> None:
        while self.engine.tick(self.now):
            pass
        self._take_in()

    def _act(self, who: str, command: Command) -> tuple[Event, ...]:
        self.acts += 1
        outcome = self.engine.handle(command, actor=who, now=self.now, cause=f"act:{self.acts}")
        self._take_in()
        return outcome.events

    def _people(self) -> None:
        """Let people do what they do: start, postpone or forget the drill of the hour, change hours, report an incident."""
        house, dice = self.engine.house, self.chance.random
        self._incidents()
        due = [d for d in house.calendar.ahead() if d.at < self.now < d.at + LATE and 0 in d.reminded]
        if due and not self.engine.live_runs():
            choice = dice()
            if choice < 0.7:
                self._hold(due[0].id)
            elif choice < 0.8:
                self._try("m1", PostponeDrill(FACILITY, due[0].id, "患者さんが多い"))
        ahead = house.calendar.ahead()
        if ahead and dice() < 0.01:
            self._try("m1", PostponeDrill(FACILITY, self.chance.choice(ahead).id, "都合"))
        if ahead and dice() < 0.003:
            self._try("m4", CancelDrill(FACILITY, self.chance.choice(ahead).id, "不要"))
        if dice() < 0.004:
            self._closes()
        if dice() < 0.003:
            self._hire(f"新人{self.acts}", "nurse")
        if dice() < 0.002:
            self._try(
                "m4",
                SetCadence(FACILITY, "quiz", self.chance.choice((1, 2)), self.chance.choice(((), ("tue", "fri")))),
            )
        self._take_in()
        self._tick()

    def _try(self, who: str, command: Command) -> None:
        try:
            self._act(who, command)
        except Refused as refusal:
            self.counts[f"refused {refusal.name}"] += 1

    def _hold(self, drill: str) -> None:
        self.acts += 1
        report = Report("", "訓練", mode="drill", playbook="trouble")
        run = self.engine.handle(report, actor="m1", now=self.now, cause=f"run:{self.acts}").run
        self._act("m1", StartDrill(FACILITY, drill, run))
        if self.chance.random() < 0.9:
            self._act("clock", DebriefDrill(FACILITY, drill))
            self._act("clock", SignOffDrill(FACILITY, drill))
        self._act("m1", CallOff(run, "終わり"))  # before the debriefing: it was broken off

    def _incidents(self) -> None:
        live = next((r for r in self.engine.live_runs() if not r.drill), None)
        if live is None and self.chance.random() < 0.003:
            self._act("m3", Report("", "動かない", playbook="trouble"))
            until = self.now + timedelta(hours=self.chance.choice((2, 30, 100)))
            self.troubled.append((self.now, until))
        elif live is not None and self.now >= self.troubled[-1][1]:
            self.troubled[-1] = (self.troubled[-1][0], self.now)
            self._act("m1", CallOff(live.id, "直った", "vendor"))

    def _closes(self) -> None:
        """Close the facility on a day, often one on which a drill was to be."""
        ahead = [d.at.date() for d in self.engine.house.calendar.ahead()][:3]
        day = self.chance.choice([*ahead, self.now.date() + timedelta(days=self.chance.randrange(1, 60))])
        self.facility = self.facility.model_copy(update={"closed": (*self.facility.closed, day)})
        row = RegistryRow(
            "facility", FACILITY, self.facility.model_dump_json(), self.journal.registry("facility")[FACILITY]
        )
        self._act("m1", PutRegistry(FACILITY, (row,)))

    # ── reckoning ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _take_in(self) -> None:
        """Take in what was written and what was said since the last time."""
        for entry in self.journal.entries(after=self.read):
            self.read = entry.seq
            event = codec.decode(entry.kind, entry.body) if entry.run == FACILITY else None
            drill = getattr(event, "drill", None)
            match event:
                case DrillPlanned() | DrillMoved():
                    self._date(event, entry.recorded_at.astimezone(TOKYO))
                case DrillStarted() | DrillMissed() | DrillCancelled() if drill in self.dated:
                    self.dated.pop(drill).until = entry.recorded_at
            if event is not None and drill:
                self.counts[type(event).__name__] += 1
        for owed in self.journal.unsent():
            about = self.dated.get(str(owed.message.facts.get("drill")))
            if about is not None and owed.name in ("drill_reminder", "drill_hour", "drill_announced"):
                about.said[owed.name, int(str(owed.message.facts.get("before", -1))), owed.to] += 1
                self.counts[owed.name] += 1
        self.journal.deliveries = MemoryDeliveries()  # all of it was delivered and read

    def _date(self, event: DrillPlanned | DrillMoved, since: datetime) -> None:
        before = self.dated.get(event.drill)
        if before is not None:
            before.until = since
        kind = event.kind if isinstance(event, DrillPlanned) else self.engine.house.drills[event.drill].kind
        one = Dated(event.drill, kind, datetime.fromisoformat(event.at), since, frozenset(self.facility.closed))
        self.dated[event.drill] = one
        self.all.append(one)
        self._allowed(one)

    def _open(self, day: date, closed: frozenset[date]) -> bool:
        return day not in closed and day not in national_holidays() and WEEK_OF[day.weekday()] in self.facility.sessions

    def _allowed(self, one: Dated) -> None:
        """Look whether the day may be used at all, by the rules in words."""
        day, wrong = one.at.date(), []
        kind = library().kinds[one.kind]
        if not self._open(day, one.closed) or day.day <= 10 or (day.month, day.day) >= (12, 29):
            wrong.append("day")
        eve = day - timedelta(days=1)  # closed on a Sunday that is off anyway, nobody has missed anything
        if eve in national_holidays() or (eve in one.closed and WEEK_OF[eve.weekday()] in self.facility.sessions):
            wrong.append("after a holiday")
        for year in (day.year - 1, day.year):
            for first, last in (((4, 29), (5, 5)), ((8, 13), (8, 16)), ((12, 29), (1, 3))):
                begins, ends = date(year, *first), date(year + (last[0] < first[0]), *last)
                ahead = [d for d in days_between(day, begins) if self._open(d, one.closed)]
                if begins <= day <= ends or (
                    0 < (begins - day).days < 14 and len(ahead) <= 3 and not kind.before_long_holidays
                ):
                    wrong.append("near a long holiday")
        if any(o is not one and o.until is None and o.at.date() == day for o in self.dated.values()):
            wrong.append("two on one day")
        clock = one.at.time()
        hours = (
            [s for s in self.facility.sessions[WEEK_OF[day.weekday()]] if s.start <= clock < s.until]
            if not wrong
            else []
        )
        if not wrong and kind.slot == "session" and not hours:
            wrong.append("outside the sessions")
        self.forbidden += [f"seed {self.seed}: {one.drill} {one.at:%Y-%m-%d %a %H:%M}: {w}" for w in wrong]

    def _judge(self, one: Dated) -> None:
        """Compare what was said about a date with what had to be said."""
        kind = library().kinds[one.kind]
        until = one.until or self.end
        day = one.at.date()
        names = (30, 7, 1) if kind.minutes >= 30 else (1,)
        nine = {n: datetime.combine(day - timedelta(days=n), time(9), TOKYO) for n in names}
        day_begins = datetime.combine(day, time(0), TOKYO)
        windows = [
            ("drill_reminder", n, at, min([*(m for m in nine.values() if m > at), day_begins]))
            for n, at in nine.items()
        ]
        windows.append(("drill_hour", 0, one.at, min(one.at + LATE, day_begins + timedelta(days=1))))
        if kind.announced and kind.everybody:  # else those who do it are the ones who are reminded
            eve = day - timedelta(days=1)
            while not self._open(eve, frozenset(self.facility.closed)):
                eve -= timedelta(days=1)
            windows.append(("drill_announced", -1, datetime.combine(eve, time(9), TOKYO), one.at))
        for name, before, begins, ends in windows:
            said = {to: n for (what, b, to), n in one.said.items() if (what, b) == (name, before)}
            label = f"seed {self.seed}: {one.drill} at {one.at:%m-%d %H:%M} {name} {before}"
            self.doubled += [f"{label} to {to}" for to, n in said.items() if n > 1]
            too_late_to_say = name == "drill_reminder" and begins <= one.since
            if not said and not too_late_to_say and self._was_there(max(begins, one.since), min(ends, until)):
                self.lost.append(label)
            if not said:
                self.counts["bot off meanwhile" if not too_late_to_say else "planned later than that"] += 1

    def _was_there(self, begins: datetime, ends: datetime) -> bool:
        """Say whether the bot ran at any time of a stretch, with no incident under way."""
        for up, down in self.alive:
            first, last = max(up, begins), min(down, ends)
            if first < last:
                free = [first]
                for start, end in self.troubled:
                    free = [end if start <= at < end else at for at in free]
                if any(at < last for at in free):
                    return True
        return False


WEEK_OF: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def days_between(first: date, end: date) -> Iterator[date]:
    """Give the days from ``first`` until before ``end``."""
    return (first + timedelta(days=n) for n in range((end - first).days))


def played(seeds: range) -> Year:
    """Play many seeds and give what all of them came to."""
    total = Year(seeds.start)
    for seed in seeds:
        year = Year(seed).play()
        total.lost += year.lost
        total.doubled += year.doubled
        total.forbidden += year.forbidden
        total.counts += year.counts
    return total


def main() -> None:
    """Play the seeds named on the command line and print the counts."""
    first, end = (int(word) for word in sys.argv[1:3])
    began = perf_counter()
    total = played(range(first, end))
    wrong = (*total.lost, *total.doubled, *total.forbidden)
    lines = [
        f"{end - first} years of {DAYS} days in {perf_counter() - began:.0f} s",
        f"lost {len(total.lost)}, doubled {len(total.doubled)}, on forbidden days {len(total.forbidden)}",
        *(f"{count:9} {what}" for what, count in sorted(total.counts.items())),
        *wrong[:20],
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
