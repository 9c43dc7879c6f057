"""How long a tap takes: ``engine.handle`` with fsync, in a short journal and in a long one; and how fast a home replays.

``python -m tests.bench.bench_engine``. Prints, proves nothing: the ratios travel from machine to machine, the times don't.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import pytest

from bot.home import make_home
from bot.invitations import Invitation, code_digest, member_with
from bot.store.sqlite.journal import JOURNAL_FILE, SqliteJournal
from contacts.model import Facility
from flows.commands.command import Command
from flows.commands.facility import Enrol
from flows.commands.people import Acknowledge, AnswerStep, Report, Write
from flows.engine import Engine
from flows.events.calling import Reported
from flows.events.ending import FalseAlarm
from flows.events.event import Event
from flows.events.telling import NoteTaken
from flows.handbook import Handbook
from flows.powers import CONSOLE
from flows.record import codec
from flows.record.journal import FACILITY, Draft
from flows.response.steps import moves
from playbooks.catalogue import Catalogue
from tests.bench.bench_journal import syncing

NINE = datetime(2026, 4, 1, 0, 0, tzinfo=UTC)
SIZES = (1_000, 100_000)
EARLIER = 200
HANDLED = 600
"""Commands timed at each size."""

PEOPLE = (("高橋", "director"), ("田中", "deputy"), ("佐藤", "reception"), ("鈴木", "nurse"))


class Clinic:
    """A clinic with one incident under way, in a journal on disk."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / JOURNAL_FILE
        code = make_home(folder, Facility(name="あかり診療所", kind="clinic"), PEOPLE[0][0], NINE).code
        self.handbook = Handbook(playbooks=Catalogue.load().playbooks)
        self.journal = SqliteJournal(self.path)
        self.engine = Engine(self.journal, self.handbook)
        self.clock = (NINE + timedelta(seconds=n) for n in count())
        self.numbers = count()
        self.chance = random.Random(1)
        for number, (name, role) in enumerate(PEOPLE):
            if number:
                person = member_with(role, name, rank=number)
                code = Invitation.make(
                    self.engine, person, role, actor=CONSOLE, now=NINE, days=7, cause=f"cast:{name}"
                ).code
            self.do("console", Enrol(FACILITY, code_digest(code), f"telegram:{1001 + number}"))
        self.members = [m.id for m in self.engine.roster().members]
        self.run = self.do(self.members[2], Report("", "電子カルテが動かない", ("ransomware",), playbook="ransomware"))
        for member in (self.members[0], self.members[1], self.members[3]):
            self.do(member, Acknowledge(self.run))

    def do(self, actor: str, command: Command) -> str:
        """Handle one command; gives its run."""
        cause = f"telegram:7001:{next(self.numbers)}"
        return self.engine.handle(command, actor=actor, now=next(self.clock), cause=cause).run

    def acts(self) -> Iterator[tuple[str, Command]]:
        """Give what people do by turns: write a note, answer a step; for ever."""
        while True:
            yield self.chance.choice(self.members), Write(self.run, "9:10 ベンダーに電話した")
            run = self.engine.run(self.run)
            shown = next(iter(run.open_steps()), None) if run else None
            if run is not None and shown is not None and "unsure" in moves(run, shown):
                yield shown.member, AnswerStep(self.run, shown.turn, "unsure")

    def grow_to(self, entries: int) -> None:
        """Fill the journal up with incidents of the years before, each of EARLIER entries and long over."""
        now = next(self.clock)
        while (missing := entries - self.journal.head().seq) > 0:
            number = next(self.numbers)
            notes = max(min(missing, EARLIER) - 2, 0)
            said: list[Event] = [
                Reported(self.members[2], "電子カルテが動かない", ("ehr_outage",), "incident"),
                *(NoteTaken("9:10 ベンダーに電話した、10時半までに折り返し", timed=False) for _ in range(notes)),
                FalseAlarm("更新の画面でした"),
            ]
            with self.journal.writing() as writing:
                drafts = [Draft(f"earlier-{number}", *codec.encode(one), self.members[2], now) for one in said]
                writing.append(drafts, cause=f"earlier:{number}", recorded_at=now)
        self.engine.refresh()


def timed(clinic: Clinic) -> list[float]:
    """Handle so many commands; gives the milliseconds of each."""
    took = []
    acts = clinic.acts()
    for _ in range(HANDLED):
        actor, command = next(acts)
        start = perf_counter()
        clinic.do(actor, command)
        took.append((perf_counter() - start) * 1e3)
    return took


def bench() -> None:
    """Measure and print."""
    out = sys.stdout.write
    with tempfile.TemporaryDirectory() as folder:
        sync = syncing(Path(folder)) * 1e3
        out(f"one fsync of 4 kB                   {sync:7.3f} ms\n")
        of_size: dict[int, float] = {}
        for size in SIZES:
            clinic = Clinic(Path(folder) / str(size))  # a fresh one for each, so that only the journal's length differs
            clinic.grow_to(size)
            took = timed(clinic)
            clinic.journal.close()
            of_size[size] = median(took)
            worst = quantiles(took, n=100)[98]
            out(
                f"handle at {size:7,} entries   median {of_size[size]:7.3f} ms   p99 {worst:7.3f} ms"
                f"   {of_size[size] / sync:5.1f} fsyncs\n"
            )
        out(
            f"the long journal                    {of_size[SIZES[1]] / of_size[SIZES[0]]:7.2f} times the short one's median\n"
        )
        with SqliteJournal(Path(folder) / str(SIZES[1]) / JOURNAL_FILE) as journal:
            entries = journal.head().seq
            start = perf_counter()
            Engine(journal, Handbook())
            took_all = perf_counter() - start
        out(
            f"replay                              {entries / took_all:7,.0f} entries a second ({took_all:.2f} s for all)\n"
        )


@pytest.mark.bench
def test_bench() -> None:
    """The engine's speed is printed."""
    bench()


if __name__ == "__main__":
    bench()
