"""The same clinic without a bot: the engine on a journal in memory, and one small playbook."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from contacts.model import Contact, Facility, Member
from contacts.references import REFERENCES
from contacts.roles import ROLES, RUN_ROLES
from flows.board import Board, board
from flows.commands.command import Command
from flows.commands.facility import ChangeMember, Enrol, Invite, MakeFacility, PutRegistry, RegistryRow, Suspend
from flows.commands.people import Acknowledge, AnswerStep, HandIn, Report, Write
from flows.deeds import Attempt, Deed, Voice
from flows.engine import Engine, Outcome
from flows.events.facility import MemberInvited
from flows.handbook import Handbook
from flows.messages.drilling import FeedbackThanks
from flows.naming import kept_name
from flows.powers import CONSOLE
from flows.record.journal import FACILITY, Journal, Owed
from flows.record.memory_journal import MemoryJournal
from flows.refusals import Refused
from flows.response.steps import moves
from flows.state.run import Run, Shown
from flows.state.work import Context
from playbooks.authoring.reading import understand
from playbooks.checking.checks import check
from playbooks.checking.known import Known
from playbooks.model import Playbook

TOKYO = ZoneInfo("Asia/Tokyo")


MORNING = datetime(2027, 4, 1, 9, 0, tzinfo=TOKYO)


"""A Thursday; the clinic has just opened."""


TAKAHASHI, TANAKA, SATO, SUZUKI = "m1", "m2", "m3", "m4"


"""The director, the deputy, reception and the nurse, by the ids that they get when they are invited in this order."""


PEOPLE: tuple[dict[str, Any], ...] = (
    {"name": "高橋", "roles": ("director", "doctor")},
    {"name": "田中", "roles": ("doctor",), "stands_in_for": ("director",), "rank": 1},
    {"name": "佐藤", "roles": ("reception",)},
    {"name": "鈴木", "roles": ("nurse",), "stands_in_for": ("reception",)},
)


WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")


CLINIC = Facility.model_validate(
    {
        "name": "あかり診療所（架空）",
        "kind": "clinic",
        "sessions": {day: [{"start": "09:00", "until": "18:00"}] for day in WEEKDAYS},
    }
)


TROUBLE = """
facts: {leak: suspected}
tracks:
  containment:
    title: {ja: 広がりを止める, en: Stop it}
    stage: first_response
    urgency: 1
    help: vendor:network
    role: reporter
    steps:
      picture:
        ask: {ja: 画面を撮ってください。, en: Photograph the screen.}
        takes: photo
        within: 5 min
        answers: {cannot: {reason: required}}
        source: own
      unplug:
        ask: {ja: 線を抜いてください。, en: Pull the cable.}
        within: 5 min
        source: own
  vendors:
    title: {ja: 事業者, en: Vendors}
    stage: first_response
    urgency: 2
    help: vendor:ehr
    role: reception
    steps:
      call:
        ask: {ja: 事業者に電話してください。, en: Call the vendor.}
        takes: contact
        contact: vendor:ehr
        answers: {cannot: {}}
        source: own
  care:
    title: {ja: 診療, en: Care}
    stage: first_response
    urgency: 3
    help: role:director
    role: nurse
    steps:
      paper:
        ask: {ja: 紙を配ってください。, en: Hand out paper.}
        source: own
      sheets:
        ask: {ja: 紙は何枚ですか。, en: How many sheets?}
        takes: number
        value: sheets_issued
        answers: {done: {starts: [entry]}}
        source: own
  command:
    title: {ja: 判断, en: Decisions}
    stage: first_response
    urgency: 4
    help: vendor:ehr
    role: commander
    steps:
      stop:
        ask: {ja: 止めるか決めてください。, en: Decide whether to stop.}
        takes: choice
        decision: stop_systems
        within: 15 min
        choices: {halt: {ja: 止める, en: Stop}, keep: {ja: 続ける, en: Go on}}
        answers: {done: {reason: required}}
        source: own
  entry:
    title: {ja: あとからの入力, en: Later entry}
    stage: recovery
    urgency: 5
    starts: later
    help: vendor:ehr
    role: reception
    steps:
      remaining:
        ask: {ja: 残りは何枚ですか。, en: How many are left?}
        takes: number
        value: sheets_remaining
        when: sheets_issued != 0
        source: own
"""


HEAD = """
playbook: {name}
title: {{ja: 例, en: Example}}
question: {{ja: 画面がおかしい, en: The screen is odd}}
event: system_failure
signs: {{ja: [おかしい], en: [odd]}}
"""


KNOWN = Known(frozenset(ROLES + RUN_ROLES), REFERENCES)


@cache
def playbook_of(text: str, name: str = "trouble") -> Playbook:
    """Read what follows a playbook's head; it must be sound."""
    playbook, problems, lines = understand(HEAD.format(name=name) + text, f"{name}.yaml")
    assert playbook is not None, problems
    assert [*problems, *check(playbook, KNOWN, lines)] == []
    return playbook


def one_step(step: str, *, role: str = "reporter", after: str = "", name: str = "trouble") -> Playbook:
    """Make a playbook of one track with the step ``it``; ``after`` may hold more steps."""
    lines = [f"        {line}" for line in f"source: own\n{step}".splitlines()]
    head = "tracks:\n  only:\n    title: {ja: 例, en: Example}\n    stage: first_response\n    urgency: 1\n"
    body = f"    help: vendor:ehr\n    role: {role}\n    steps:\n      it:\n        ask: {{ja: してください。, en: Do it.}}\n"
    return playbook_of(head + body + "\n".join(lines) + "\n" + after, name)


def entering(contact: Contact, before: Contact | None = None) -> PutRegistry:
    """Order that a contact is entered, or changed from what it was."""
    was = before.model_dump_json() if before else None
    return PutRegistry(FACILITY, (RegistryRow("contact", contact.id, contact.model_dump_json(), was),))


class Clinic:
    """The clinic at work: people act, time goes by, and every message is delivered at once.

    ``now`` is the clock in the test's hand. ``told`` holds what the last act or tick owed, ``heard`` all there was.
    """

    def __init__(self, *playbooks: Playbook, journal: MemoryJournal | None = None, **handbook: Any) -> None:
        """Work by these playbooks, and by what else of a handbook is named: ``duties``, ``drills``, ``pace``."""
        self.journal = journal or MemoryJournal()
        self.playbooks = {p.playbook: p for p in playbooks}
        self.handbook = Handbook(playbooks=self.playbooks, **handbook)
        self.engine = Engine(self.journal, self.handbook)
        self.now = MORNING
        self.told: list[Owed] = []
        self.heard: list[Owed] = []
        self._acts = 0

    def __repr__(self) -> str:
        return f"<clinic at {self.now:%H:%M} with {len(self.engine.runs())} runs, {len(self.heard)} messages>"

    # ── people ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def found(self, facility: Facility = CLINIC, people: Iterable[dict[str, Any]] = PEOPLE) -> Clinic:
        """Make the facility; everybody enrols from their phone."""
        self.act(CONSOLE, MakeFacility(FACILITY, facility))
        for person in people:
            self.hire(**person)
        return self

    def hire(self, *, phone: bool = True, **fields: Any) -> str:
        """Invite somebody who then enrols, unless they have no phone; gives their id."""
        code = f"code-{self._acts}"
        member = Member.model_validate({"id": "", **fields})
        invite = Invite(FACILITY, member, "staff", code, self.now + timedelta(days=7))
        invited = next(e for e in self.act(CONSOLE, invite).events if isinstance(e, MemberInvited))
        if phone:
            self.act("", Enrol(FACILITY, code, f"phone:{invited.member}"))
        return invited.member

    def goes_home(self, who: str) -> None:
        """Let somebody be absent today."""
        self.act(CONSOLE, ChangeMember(FACILITY, who, {"absent_from": self.today, "absent_until": self.today}))

    def loses_phone(self, who: str) -> None:
        """Let the director suspend somebody whose phone is lost."""
        self.act(CONSOLE, Suspend(FACILITY, who))

    @property
    def today(self) -> str:
        """The local day, as the registry takes it."""
        return f"{self.now.astimezone(TOKYO):%Y-%m-%d}"

    # ── acts ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def act(self, who: str, command: Command, *, cause: str | None = None) -> Outcome:
        """Let somebody order something, once; every message that comes of it is delivered."""
        self._acts += 1
        outcome = self.engine.handle(command, actor=who, now=self.now, cause=cause or f"tap:{self._acts}")
        self._deliver()
        return outcome

    def says_nameless(self, who: str, text: str) -> None:
        """Let somebody say something about the drill without their name."""
        self._acts += 1
        voice = Deed(Voice(self.run.id, text), Owed(who, FeedbackThanks(), self.run.id, priority=4), by=who)
        [said] = self.engine.do(Attempt(f"voice:{self._acts}", self.now, lambda: voice))
        assert (said.refused, said.bug) == (None, None)

    def refused(self, who: str, command: Command) -> Refused:
        """Let somebody order what may not be; nothing may have changed."""
        before = (self.journal.head(), self.journal.unsent())
        with pytest.raises(Refused) as refusal:
            self.act(who, command)
        assert before == (self.journal.head(), self.journal.unsent())
        return refusal.value

    def reports(self, who: str = SATO, text: str = "画面がおかしい", playbook: str | None = "", **more: Any) -> Run:
        """Let somebody report; with a playbook (the clinic's first, if not named) the response begins at once."""
        name = next(iter(self.playbooks)) if playbook == "" else playbook
        outcome = self.act(who, Report("", text, playbook=name, **more))
        run = self.engine.run(outcome.run)
        assert run is not None
        return run

    def confirms(self, who: str) -> Outcome:
        """Let somebody tap [確認しました]."""
        return self.act(who, Acknowledge(self.run.id))

    def answers(self, who: str, move: str = "done", **more: Any) -> Outcome:
        """Let somebody answer the step on their screen."""
        return self.act(who, AnswerStep(self.run.id, self.screen(who).turn, move, **more))

    def writes(self, who: str, text: str, *, to_step: bool = False) -> Outcome:
        """Let somebody write to the run, or as the answer of the step on their screen."""
        return self.act(who, Write(self.run.id, text, self.screen(who).turn if to_step else None))

    def photographs(self, who: str, *, to_step: bool = True) -> Outcome:
        """Let somebody send a photo, for the step on their screen or for the run."""
        shown = self.screen(who).turn if to_step else None
        return self.act(who, HandIn(self.run.id, f"phone:{self._acts}", "photo", shown=shown))

    # ── time ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def tick(self) -> list[Outcome]:
        """Let the clock do what is due."""
        outcomes = self.engine.tick(self.now)
        self._deliver()
        return outcomes

    def wait(self, minutes: int) -> list[Owed]:
        """Let minutes go by, one at a time; gives all that was owed meanwhile."""
        owed: list[Owed] = []
        for _ in range(minutes):
            self.now += timedelta(minutes=1)
            self.tick()
            owed += self.told
        return owed

    def _deliver(self) -> None:
        self.told = list(self.journal.unsent())
        self.heard += self.told
        for delivery in self.journal.deliveries.unsent():
            self.journal.deliveries.mark_sent(delivery.id, f"phone:{delivery.owed.to}", str(delivery.id), self.now)

    # ── what one can see ────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def run(self) -> Run:
        """The newest run."""
        return self.engine.runs()[-1]

    def screen(self, who: str) -> Shown:
        """Give the step on somebody's screen."""
        shown = self.run.open_step_of(who)
        assert shown is not None, f"{who} has no step"
        return shown

    def screens(self) -> dict[str, str]:
        """Give who has which step on the screen."""
        return {s.member: s.step for s in self.run.open_steps()}

    def buttons(self, who: str) -> tuple[str, ...]:
        """Give the answers offered on somebody's screen."""
        return moves(self.run, self.screen(who))

    def context(self, who: str) -> Context:
        """Give what a decision of somebody may look at now."""
        runs = self.engine.runs()
        return self.engine.context(self.now, who, runs[-1].id if runs else "")

    def board(self, who: str) -> Board:
        """Give the board as somebody sees it."""
        return board(self.run, self.context(who), who)

    def offered(self, who: str, kind: type[Command]) -> list[Command]:
        """Give the buttons of a kind on somebody's board."""
        return [move for move in self.board(who).moves if isinstance(move, kind)]

    def told_to(self, who: str) -> list[str]:
        """Give the names of the messages that somebody got from the last act or tick, boards left out."""
        return [o.name for o in self.told if o.to == f"phone:{who}" and o.name != "board"]

    def got(self, name: str) -> list[str]:
        """Give who got a message of this name from the last act or tick."""
        return [o.to.removeprefix("phone:") for o in self.told if o.name == name]


def replayed(journal: Journal) -> Engine:
    """Give a fresh engine over the same journal and with an empty handbook: what a restart sees of the entries alone."""
    return Engine(journal, Handbook())


def state_of(run: Run) -> dict[str, Any]:
    """Give all that a run consists of, but for tables that are built when they are needed."""
    return {name: value for name, value in vars(run).items() if name != "machines"}


def happened(outcome: Outcome) -> list[str]:
    """Give the kinds of what an act brought about."""
    return [kept_name(type(event)) for event in outcome.events]
