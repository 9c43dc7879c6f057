"""What commit a1988d0 left behind is still whole, still understood, and goes on: homes, updates, bundles, buttons, journals.

``tests/recorded/README.md`` tells how it was recorded. Nobody ever changes it; each test works on a copy.
"""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from telegram import User

from bot.bundle.table import RECIPIENTS
from bot.bundle.verification import verify_bundle
from bot.channels.channel import Heard
from bot.channels.telegram.updates import heard_in
from bot.clock import MovableClock
from bot.demo.play import Cast, Play
from bot.demo.stage import Stage
from bot.home import Home
from bot.opening import open_home
from bot.screens.buttons import command_of, data_of
from bot.screens.requests.request import request_of
from bot.store.verifying import verify_home, verify_lines
from bot.wiring import light
from contacts.model import Member
from contacts.registry import member_at
from flows.commands.facility import SeatAtTerminal
from flows.engine import Engine
from flows.handbook import Handbook
from flows.powers import CONSOLE
from flows.record.deliveries import Deliveries
from flows.record.journal import FACILITY
from flows.record.lines import entry_of, line_of
from flows.state.exercise import Exercise
from flows.state.run import Run
from tests.browser import browsing
from tests.clinic import Post
from tests.library import what_comes_along_is_read_once
from tests.test_histories import Recorded, in_short
from tests.trying import tries

__all__ = ["what_comes_along_is_read_once"]

HERE = Path(__file__).parent / "recorded" / "a1988d0"
HOMES = sorted(path.name for path in HERE.iterdir() if (path / "journal.db").exists())
ALIVE = ("drill", "incident")
JOURNALS = sorted(path.name.removesuffix(".jsonl.gz") for path in (HERE / "journals").glob("*.jsonl.gz"))
BUTTONS: dict[str, dict[str, str]] = json.loads((HERE / "buttons.json").read_text(encoding="utf-8"))
ME = User(7001, "灯", is_bot=True, username="tomoshibi_bot")
"""The bot as it was when the updates came."""


def state_of(engine: Engine) -> dict[str, Any]:
    """Tell the state of all runs and of the facility in names that outlive the code."""
    house = engine.house
    return {
        "runs": {run.id: in_short(run) | _drill(run.exercise) for run in engine.runs()},
        "facility": {
            "turns": house.turns,
            "waiting": {member: house.asked[turn].what for member, turn in house.waiting_for.items()},
            "tasks": [[t.what, t.owner, t.due.isoformat(), t.state] for t in house.tasks.values()],
            "drills": [[d.kind, d.at.isoformat(), d.state] for d in house.drills.values()],
            "setup": [house.in_setup, sorted(house.setup_passed)],
        },
    }


def _drill(exercise: Exercise | None) -> dict[str, Any]:
    if exercise is None:
        return {}
    return {
        "kind": exercise.kind.id,
        "scenario": exercise.scenario.id if exercise.scenario else None,
        "facilitator": exercise.facilitator,
        "happened": [[list(h.to), h.inject or h.text] for h in exercise.happened.values()],
        "held": sorted(exercise.held),
        "excused": sorted(exercise.excused),
        "quiz": [[member, question, option] for (member, question), option in exercise.answers.items()],
        "ratings": dict(exercise.ratings),
        "feedback": [list(voice) for voice in exercise.feedback],
        "released": exercise.released,
    }


@dataclass
class OldHome:
    """A recorded home, opened again by today's bot; ``told`` is what was written down beside it."""

    home: Home
    told: dict[str, Any]
    clock: MovableClock
    posts: dict[str, Post] = field(default_factory=lambda: {name: Post(name) for name in ("telegram", "terminal")})

    def __post_init__(self) -> None:
        """Light the lamp."""
        self.lamp = light(self.home, self.clock, *self.posts.values())
        self._acts = count(1)

    @property
    def engine(self) -> Engine:
        """The engine of the home."""
        return self.home.engine

    @property
    def book(self) -> Deliveries:
        """What is owed and was sent."""
        return self.home.journal.deliveries

    def run(self) -> Run:
        """Give the run that was going on."""
        return self.engine.live_runs()[0]

    def member(self, name: str) -> Member:
        """Give somebody by name."""
        return next(member for member in self.engine.roster().members if member.name == name)

    async def brings(self, update: dict[str, Any]) -> None:
        """Let Telegram bring an update."""
        heard = heard_in(update, ME, self.clock.now())
        assert heard is not None
        await self.lamp.hear(heard)

    async def act(self, address: str, **act: Any) -> None:
        """Let somebody do something new."""
        cause = f"telegram:7001:new.{next(self._acts)}"
        if "button" in act:
            act["callback"] = cause
        await self.lamp.hear(Heard(address=address, cause=cause, at=self.clock.now(), **act))

    async def writes(self, who: str, text: str) -> None:
        """Let somebody write."""
        await self.act(self.told["addresses"][who], text=text)


Opening = Callable[[str], OldHome]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opening]:
    """Open a copy of a recorded home, at the moment at which it was left."""
    homes: list[Home] = []

    def open_copy(name: str) -> OldHome:
        told = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
        now = datetime.fromisoformat(told["now"])
        shutil.copytree(HERE / name, tmp_path / name)
        homes.append(open_home(tmp_path / name, now))
        return OldHome(homes[-1], told, MovableClock(now.astimezone(UTC)))

    yield open_copy
    for home in homes:
        home.close()


# Homes


@pytest.mark.parametrize("name", HOMES)
def test_an_old_home_is_whole(name: str, opened: Opening) -> None:
    """It opens, nothing is set aside or was altered, everything stands as it stood, and its people are proved from here on."""
    old = opened(name)
    old.told["state"]["facility"]["turns"] += 1

    report = verify_home(old.home.path)
    assert (report.findings, report.people_since) == ((), old.home.journal.head().seq)
    assert old.engine.unread == {}
    assert not (old.home.path / "set-aside").exists()
    assert state_of(old.engine) == old.told["state"]


@pytest.mark.parametrize("name", HOMES)
async def test_what_was_owed_is_sent(name: str, opened: Opening) -> None:
    """Each message that waited, and the one that was in hand, can still be said, and goes out on its channel."""
    old = opened(name)
    waiting = [old.told["sending"], *(number for number, _, _ in old.told["owed"])]
    assert [d.id for d in old.book.unsent()] == [number for number, _, _ in old.told["owed"]]

    assert old.book.resume() == 1
    await old.lamp.outbox.flush()

    assert {old.book.get(number).state for number in waiting} == {"sent"}
    assert sum(len(post.sent) for post in old.posts.values()) == len(waiting)
    assert all(message.text for post in old.posts.values() for message in post.sent)


@pytest.mark.parametrize("name", ALIVE)
async def test_what_was_not_confirmed_is_not_done_twice(name: str, opened: Opening) -> None:
    """An update that the old bot had written comes again: nothing is written, a tap is told that it was done."""
    old = opened(name)
    head, unsent = old.home.journal.head(), old.book.unsent()

    for update in old.told["unconfirmed"]:
        await old.brings(update)

    assert (old.home.journal.head(), old.book.unsent()) == (head, unsent)
    assert old.posts["telegram"].toasts == ["もう記録してあります"]


@pytest.mark.parametrize("name", HOMES)
async def test_an_open_invitation_lets_somebody_in(name: str, opened: Opening) -> None:
    """The code that was handed out before works once, on a phone that nobody knew."""
    old = opened(name)
    await old.act("telegram:2001", text=f"/start {old.told['open_invitation']}")
    await old.act("telegram:2002", text=f"/start {old.told['open_invitation']}")

    registry = old.home.journal.registry
    assert member_at(registry, "telegram:2001") == old.member("伊藤").id
    assert member_at(registry, "telegram:2002") is None
    assert old.member("伊藤").channels == ("telegram",)


async def test_an_awaited_reason_is_taken(opened: Opening) -> None:
    """In the incident the director was asked why: the next text is the reason, and the decision stands."""
    old = opened("incident")
    await old.writes("高橋", "広がるのを防ぐため、全部止めます")

    assert [(d.decision, d.reason) for d in old.run().decisions.values()] == [
        ("stop_systems", "広がるのを防ぐため、全部止めます")
    ]
    assert old.run().asking == {}


async def test_an_awaited_name_is_taken(opened: Opening) -> None:
    """In the facility the deputy was asked whom to invite: the next text is the name, and nothing waits any more."""
    old = opened("incident")
    await old.writes("田中", "山本")

    assert old.member("山本").roles == ("nurse",)
    assert old.engine.house.waiting_for == {}


async def test_an_awaited_event_is_taken(opened: Opening) -> None:
    """In the drill whoever leads it was writing an event: the next text reaches everybody who is not excused."""
    old = opened("drill")
    await old.writes("高橋", "待合室で、具合の悪くなった方がいます")

    exercise = old.run().exercise
    assert exercise is not None
    happened = list(exercise.happened.values())[-1]
    assert (happened.text, happened.to) == ("待合室で、具合の悪くなった方がいます", ("m2", "m3"))


async def test_an_act_that_was_half_done_counts_as_done(opened: Opening) -> None:
    """A name and a set-up answer were entered and their questions left open: brought again, the acts change nothing."""
    old = opened("half")
    head = old.home.journal.head()
    for half in old.told["half_done"]:
        await old.brings(half["update"])

    assert old.home.journal.head() == head
    assert [member.name for member in old.engine.roster().members].count("山本") == 1


async def test_something_real_that_was_half_said_ends_the_drill(opened: Opening) -> None:
    """The incident was opened and the drill left running: the tap comes again and ends it; there is one incident."""
    old = opened("half_real")
    await old.brings(old.told["half_done"][0]["update"])
    await old.brings(old.told["half_done"][0]["update"])

    assert {run.id: run.live for run in old.engine.runs()} == {"drill-1": False, "incident-1": True}


@pytest.mark.parametrize("name", ALIVE)
async def test_a_live_run_is_played_to_its_end(name: str, opened: Opening, tmp_path: Path) -> None:
    """Everybody goes on where they stood, at terminals now; the rest is waived, the run signed and sealed, all is whole.

    Prohibitions of those days, which all say *not*, stand under a heading that doesn't turn them round.
    """
    old = opened(name)
    run, people = old.run().id, old.told["people"]
    seen: list[str] = []
    stage = Stage(old.home, old.clock, lambda _, text: seen.append(text))
    for member in people.values():
        seat = SeatAtTerminal(FACILITY, member, f"terminal:{member}")
        old.engine.handle(seat, actor=CONSOLE, now=old.clock.now(), cause=f"seat:{member}")
        await stage.say(member, "/status")
    cast = Cast(stage, dict(zip(("director", "deputy", "reception", "nurse"), people.values(), strict=True)), {})
    play = Play(cast, tmp_path, lambda _, __: None)
    await play._respond(run, until=12)
    await ends(stage, run, people["高橋"])

    shown = "\n".join(seen)
    assert "⚠️ 守ってください\n・" in shown
    assert "してはいけないこと" not in shown

    ended = old.engine.run(run)
    assert ended is not None
    assert (ended.state, ended.open_steps()) == ("closed", [])
    assert [d.owed.name for d in old.book.of_run(run) if d.state == "failed"] == []
    assert old.home.journal.unhandled.all() == []
    report = verify_home(old.home.path)
    assert (report.findings, report.seals) == ((), 1)


async def ends(stage: Stage, run_id: str, director: str) -> None:
    """Let the director end a run: what is left is waived, the review answered, the record signed."""

    def run() -> Run:
        found = stage.home.engine.run(run_id)
        assert found is not None
        return found

    await stage.say(director, "/close")
    if run().state != "reviewing":
        await stage.say(director, "残りを省く（理由）")
        await stage.say(director, "今回は当てはまらない手順です")
        await stage.say(director, "終了する")
    while director in run().asking:
        await stage.say(director, "紙への切り替えが早くできました")
    await stage.say(director, "確定して終了する")


# Bundles


@pytest.mark.parametrize("recipient", RECIPIENTS)
def test_an_old_bundle_verifies(recipient: str, tmp_path: Path) -> None:
    """Today's library and the verifier that travelled in the bundle both find it whole."""
    bundle = HERE / "bundles" / f"{recipient}.zip"

    opened = verify_bundle(bundle)
    assert (opened.report.findings, opened.report.seals) == ((), 1)
    assert opened.manifest is not None
    assert opened.manifest.recipient == recipient
    assert verified_by_itself(bundle, tmp_path) == 0


def test_a_forged_bundle_is_found_out(tmp_path: Path) -> None:
    """A flipped bit in the journal of an old bundle is found by the library and by its own verifier."""
    forged = bytearray((HERE / "bundles" / "police.zip").read_bytes())
    forged[forged.index(b'{"seq"') + 20] ^= 1
    (tmp_path / "forged.zip").write_bytes(forged)

    assert verify_bundle(tmp_path / "forged.zip").report.findings != ()
    assert verified_by_itself(tmp_path / "forged.zip", tmp_path) == 3


def verified_by_itself(bundle: Path, folder: Path) -> int:
    """Run the verifier that lies in a bundle, away from our own modules; gives how it ended."""
    with ZipFile(bundle) as archive:
        (folder / "verify.py").write_bytes(archive.read("verify.py"))
    return subprocess.run(
        [sys.executable, "-I", "verify.py", bundle], cwd=folder, capture_output=True, check=False
    ).returncode


def test_the_page_in_an_old_bundle_still_verifies_it(tmp_path: Path) -> None:
    """The page that travelled along says in a browser that nothing was altered."""
    bundle = HERE / "bundles" / "police.zip"
    with ZipFile(bundle) as archive:
        (tmp_path / "verify.html").write_bytes(archive.read("verify.html"))
    with browsing() as page:
        page.opens(tmp_path / "verify.html")
        page.chooses("#chosen", bundle)
        verdict = page.asks(
            """new Promise((done) => { const look = () => document.querySelector('#result').dataset.verdict
            ? done(document.querySelector('#result').dataset.verdict) : setTimeout(look, 5); look(); })"""
        )

    assert verdict == "whole"


# Buttons


def test_each_old_button_is_read() -> None:
    """The command or the request behind it reads back, and would be written just so today."""
    held = {kind: shown["data"] for kind, shown in BUTTONS.items()}
    read = {kind: command_of(data) or request_of(data) for kind, data in held.items()}

    assert {kind: asked and data_of(asked) for kind, asked in read.items()} == held


LIVE = (
    ("drill", "鈴木", "ack", "ack|drill-1", "acknowledged"),
    ("drill", "佐藤", "ans", "ans|drill-1|37|done", "step_answered"),
    ("drill", "佐藤", "ans", "ans|drill-1|37|unsure", "help_given"),
    ("drill", "佐藤", "ans", "ans|drill-1|37|cannot", "asked"),
    ("drill", "鈴木", "bak", "bak|drill-1", "excuse_ended"),
    ("drill", "高橋", "cls", "cls|drill-1", "review_begun"),
    ("drill", "佐藤", "exc", "exc|drill-1", "excused"),
    ("drill", "高橋", "hld", "hld|drill-1|partner_calls", "inject_held"),
    ("drill", "高橋", "inj", "inj|drill-1|waiting_woman", "inject_sent"),
    ("drill", "佐藤", "led", "led|drill-1|", "facilitator_changed"),
    ("drill", "高橋", "own", "own|drill-1", "asked"),
    ("drill", "鈴木", "pau", "pau|drill-1", "exercise_paused"),
    ("drill", "鈴木", "menu|real|#", "menu|real|drill-1", "reported"),
    ("drill", "高橋", "ski", "ski|drill-1|rumour", "inject_skipped"),
    ("drill", "高橋", "tke", "tke|drill-1", "command_taken"),
    ("incident", "佐藤", "ans", "ans|incident-1|54|done", "step_answered"),
    ("incident", "高橋", "ans", "ans|incident-1|45|choice:director", "step_answered"),
    ("incident", "田中", "cag", "cag|incident-1|29", "asked"),
    ("incident", "鈴木", "clm", "clm|incident-1|patients_and_paper", "step_shown"),
    ("incident", "高橋", "end", "end|incident-1", "asked"),
    ("incident", "田中", "fil", "fil|incident-1|ppc_preliminary", "asked"),
    ("incident", "鈴木", "fix", "fix|incident-1|52", "asked"),
    ("incident", "田中", "kep", "kep|incident-1|29", "promise_kept"),
    ("incident", "佐藤", "kno", "kno|incident-1", "asked"),
    ("incident", "佐藤", "per", "per|incident-1", "asked"),
    ("incident", "田中", "ptm", "ptm|incident-1|29", "asked"),
    ("incident", "高橋", "ref", "ref|incident-1|ppc_preliminary", "asked"),
    ("incident", "鈴木", "shr", "shr|incident-1|52", "note_shared"),
    ("incident", "鈴木", "tel", "tel|incident-1|m5", "acknowledged"),
    ("incident", "高橋", "wav", "wav|incident-1", "asked"),
)
"""Buttons that stood on screens of the recorded homes: whose, of which kind, and what comes of a tap."""


@pytest.mark.parametrize(("name", "who", "kind", "data", "comes"), LIVE, ids=[f"{case[0]} {case[3]}" for case in LIVE])
async def test_a_button_of_a_live_run_does_its_thing(
    name: str, who: str, kind: str, data: str, comes: str, opened: Opening
) -> None:
    """After the upgrade a tap under an old message is understood, and done as it was meant."""
    assert len(data.split("|")) == len(BUTTONS[kind]["data"].split("|"))
    old = opened(name)
    before = old.home.journal.head().seq
    await old.act(old.told["addresses"][who], button=data)

    assert comes in [entry.kind for entry in old.home.journal.entries(after=before)]
    assert old.posts["telegram"].toasts == ["記録しました"]


EXPLAINED = frozenset(
    {
        "already_command",
        "already_confirmed",
        "already_done",
        "already_open",
        "already_taken",
        "already_verified",
        "already_doubted",
        "chain_only",
        "commander_only",
        "document_changed",
        "drill_leaders_only",
        "facilitator_only",
        "filers_only",
        "keepers_only",
        "incident_first",
        "not_approved",
        "not_sorted",
        "nothing_to_waive",
        "not_in_chain",
        "text_changed",
        "one_step_at_a_time",
        "run_open",
    }
)
"""Refusals of an old button that say in their own words why, so that no screen has to."""


@pytest.mark.parametrize("who", ["高橋", "田中", "佐藤", "鈴木"])
@pytest.mark.parametrize("name", ALIVE)
def test_each_old_button_does_its_thing_or_brings_todays_screen(name: str, who: str, opened: Opening) -> None:
    """Whatever was ever shown: whoever taps it is answered, and by no mistake of ours."""
    old = opened(name)
    came_to = {kind: tries(old.lamp, old.told["addresses"][who], shown["data"]) for kind, shown in BUTTONS.items()}

    unanswered = {k: t for k, t in came_to.items() if not (t.entries or t.owed) and t.refused not in EXPLAINED}
    assert unanswered == {}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    "data",
    ["menu|gone|3", "ack|incident-9", "menu|drill|start|999", "menu|wrong|v|7", "xyz", "menu", "menu|contact|gone", ""],
)
async def test_a_button_that_nobody_knows_brings_todays_screen(data: str, language: str, opened: Opening) -> None:
    """One screen, and a sentence that the button is of no use any more, in the reader's language."""
    old = opened("incident")
    await old.act(old.told["addresses"]["高橋"], button=f"menu|language|{language}")
    before = {delivery.id for delivery in old.book.unsent()}
    await old.act(old.told["addresses"]["高橋"], button=data)
    brought = [delivery.owed for delivery in old.book.unsent() if delivery.id not in before]
    await old.lamp.outbox.flush()

    said = {"ja": "もう使えません", "en": "can no longer be used"}[language]
    assert brought[0].name == "old_screen"
    assert len(brought) == 2
    assert any(said in message.text for message in old.posts["telegram"].sent)
    assert old.home.journal.unhandled.all() == []


# Journals


@pytest.mark.parametrize("name", JOURNALS)
def test_an_old_journal_means_what_it_meant(name: str, tmp_path: Path) -> None:
    """Its chain and seals hold, its lines are written just so today, and its runs come out as they stood."""
    written = gzip.decompress((HERE / "journals" / f"{name}.jsonl.gz").read_bytes())
    (tmp_path / "journal.jsonl").write_bytes(written)
    lines = written.decode().removesuffix("\n").split("\n")
    entries = [entry_of(line) for line in lines]

    assert verify_lines(tmp_path / "journal.jsonl").findings == ()
    assert [line_of(entry) for entry in entries] == lines
    told = json.loads((HERE / "journals" / f"{name}.json").read_text(encoding="utf-8"))
    assert state_of(Engine(Recorded(entries), Handbook())) == told


def test_every_kind_of_run_was_recorded() -> None:
    """All incidents' playbooks, all kinds of drill, and runs that ended each in another way stand among the journals."""
    runs = [
        run
        for name in JOURNALS
        for run in json.loads((HERE / "journals" / f"{name}.json").read_text(encoding="utf-8"))["runs"].values()
    ]

    assert len({run["playbook"] for run in runs if run["mode"] == "incident" and run["state"] == "closed"}) == 13
    assert len({run["kind"] for run in runs if run.get("kind") and run["state"] == "closed"}) == 8
    assert {run["state"] for run in runs} == {"closed", "false_alarm", "broken_off", "aborted", "responding"}
