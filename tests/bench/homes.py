"""Homes to measure on: so many people on Telegram, so many runs, so many entries."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from bot.clock import SystemClock
from bot.home import Home, make_home
from bot.invitations import Invitation, code_digest, member_with
from contacts.model import Contact, Facility
from flows.commands.command import Command
from flows.commands.facility import Enrol, PutRegistry, RegistryRow
from flows.commands.people import Acknowledge, Report, TellPresence, Write
from flows.engine import Engine
from flows.events.calling import Reported
from flows.events.ending import FalseAlarm
from flows.events.event import Event
from flows.events.telling import NoteTaken
from flows.powers import CONSOLE
from flows.record import codec
from flows.record.journal import FACILITY, Draft

FIRST = 1001
"""The chat of the first person; the others follow."""

EARLIER = 200
"""Entries of each run that is long over."""

BATCH = 500
"""Rows of the registry that are put together."""

NAMES = ("高橋", "田中", "佐藤", "鈴木", "伊藤", "渡辺", "山本", "中村")
ROLES = ("deputy", "reception", "nurse", "staff")


class Facilities:
    """One facility with a home on disk: ``people`` have a chat, FIRST and so on, the director first.

    Behind them comes one more, who reports and then says nothing, so that all the others are called in the same way.
    """

    def __init__(self, folder: Path, people: int, start: datetime | None = None) -> None:
        self.path = folder / "home"
        self._moments = (((start or SystemClock().now()) + timedelta(milliseconds=n)) for n in count())
        self._numbers = count()
        code = make_home(self.path, Facility(name="あかり診療所", kind="clinic"), NAMES[0], self.now()).code
        self.home = Home(self.path)
        for number in range(people + 1):
            if number:
                name = NAMES[number % len(NAMES)] + (str(number) if number >= len(NAMES) else "")
                role = ROLES[min(number - 1, len(ROLES) - 1)]
                code = self._invitation(name, role, number)
            self.does("console", Enrol(FACILITY, code_digest(code), f"telegram:{FIRST + number}"))
        self.members = [member.id for member in self.engine.roster().members]

    @property
    def engine(self) -> Engine:
        """The engine of the home."""
        return self.home.engine

    def now(self) -> datetime:
        """Give the next moment."""
        return next(self._moments)

    def does(self, actor: str, command: Command) -> str:
        """Handle one command; gives its run."""
        cause = f"bench:{next(self._numbers)}"
        return self.engine.handle(command, actor=actor, now=self.now(), cause=cause).run

    def incident(self, *, known: bool = True) -> str:
        """Begin an incident of which everybody knows; gives its run."""
        reported = Report("", "画面に身代金の要求が出ている", ("ransomware",), playbook="ransomware")
        run = self.does(self.members[-1], reported)
        for member in self.members[:-1] if known else ():
            self.does(member, Acknowledge(run))
        return run

    def notes(self, run: str, how_many: int) -> None:
        """Write so many notes into one run."""
        self._append(run, [NoteTaken("業者に電話した、折り返し待ち", timed=False)] * how_many)

    def grow_to(self, entries: int) -> None:
        """Fill the journal up with runs of the years before, each of EARLIER entries and long over."""
        while (missing := entries - self.home.journal.head().seq) > 0:
            notes = [NoteTaken("業者に電話した、折り返し待ち", timed=False)] * max(min(missing, EARLIER) - 2, 0)
            first = Reported(self.members[0], "電子カルテが動かない", ("ehr_outage",), "incident")
            self._append(f"earlier-{next(self._numbers)}", [first, *notes, FalseAlarm("更新の画面でした")])
        self.engine.refresh()

    def greeted(self) -> None:
        """Take back what is owed to everybody, as if it had been sent."""
        book, members = self.home.journal.deliveries, len(self.members)
        while due := book.due(self.now(), limit=members):
            for delivery in due:
                book.supersede(delivery.id)

    def call(self, contacts: int) -> None:
        """Enter so many vendors to call."""
        rows = []
        for number in range(contacts):
            vendor = Contact(
                id=f"vendor-{number}", kind="vendor", services=(), name=f"業者{number}", number="+81312345678"
            )
            rows.append(RegistryRow("contact", vendor.id, vendor.model_dump_json()))
        for part in range(0, contacts, BATCH):
            self.does("console", PutRegistry(FACILITY, tuple(rows[part : part + BATCH])))

    def close(self) -> Path:
        """Let go of the home; gives its folder."""
        self.home.close()
        return self.path

    def _append(self, run: str, events: list[Event]) -> None:
        now, by = self.now(), self.members[0]
        with self.home.journal.writing() as writing:
            drafts = [Draft(run, *codec.encode(event), by, now) for event in events]
            writing.append(drafts, cause=f"grown:{next(self._numbers)}", recorded_at=now)

    def _invitation(self, name: str, role: str, rank: int) -> str:
        person = member_with(role, name, rank=rank)
        cause = f"invited:{next(self._numbers)}"
        return Invitation.make(self.engine, person, role, actor=CONSOLE, now=self.now(), days=7, cause=cause).code


@contextmanager
def copied(home: Path) -> Iterator[Path]:
    """Give a copy of a home that was made once for all rounds."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(shutil.copytree(home, Path(folder) / "home"))


def acts(facility: Facilities, run: str) -> Iterator[tuple[str, Command]]:
    """Give what people do by turns in a run, for ever: a note, and where they are."""
    for number in count():
        member = facility.members[number % len(facility.members)]
        place = ("here", "with_patient")[number // 2 % 2]
        yield member, (Write(run, "業者に電話した"), TellPresence(run, place))[number % 2]
