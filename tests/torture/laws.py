"""The laws that hold whatever happens: each is a function whose docstring is the law; it gives what broke it.

``step`` laws are held after every step, ``rest`` laws when all trouble is over and everything had time to go out, and
``end`` laws, which cost more, once a world.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import holidays
from telegram import User

from bot.bundle.contents import export
from bot.bundle.verification import verify_bundle
from bot.channels.telegram.updates import heard_in
from bot.screens.buttons import command_of
from bot.store.seals import head_posted
from bot.store.sqlite.journal import JOURNAL_FILE
from bot.store.verifying import verify_home
from contacts.registry import member_at
from flows.engine import Engine
from flows.events.working import LineSettled, StepAnswered, StepShown
from flows.record import codec
from flows.record.deliveries import Delivery
from flows.record.journal import FACILITY, Entry
from flows.response.reporting import DutyNow, duties_now
from flows.scene.circle import sees
from flows.state.run import Run
from playbooks.conditions import Condition
from playbooks.duties.shape import Between, Within
from tests.trying import tries

if TYPE_CHECKING:
    from tests.torture.world import World

Moment = Literal["step", "rest", "end"]

BRIEF = timedelta(minutes=1)
"""So much later than it was written something may count from."""

GOES_OUT = timedelta(minutes=2)
"""Until then what is owed on a line that works has gone out."""

JAPAN = ZoneInfo("Asia/Tokyo")
BANNER = re.compile("【訓練】|DRILL", re.IGNORECASE)
SEAL = re.compile(r"\b\d+\s+[0-9a-f]{64}\b")


@dataclass(frozen=True)
class Begun:
    """A message as it began to go out; ``drill`` is None outside a run, ``more_urgent`` are deliveries that waited in its chat."""

    delivery: int
    name: str
    to: str
    address: str
    priority: int
    text: str
    drill: bool | None
    allowed: bool
    more_urgent: tuple[int, ...]


@dataclass(frozen=True)
class Due:
    """A duty of a run as the bot counts it: its last day, what the run knows, and since when somebody here knew."""

    run: str
    duty: DutyNow
    facts: Mapping[str, str]
    known_at: datetime


@dataclass(frozen=True)
class Look:
    """All that there is at one moment."""

    at: datetime
    entries: Sequence[Entry]
    deliveries: Sequence[Delivery]
    causes_owed: frozenset[str]
    unhandled: frozenset[str]
    bot_id: int
    strangers: frozenset[str]
    confirmed: Sequence[Mapping[str, Any]]
    answered_taps: frozenset[str]
    live: Sequence[str]
    replayed: Sequence[str]
    begun: Sequence[Begun]
    dues: Sequence[Due]
    sent_at: Mapping[str, datetime]
    runs: Sequence[Run]
    posted: Sequence[str]
    digests: Mapping[int, bytes]
    stuck: Callable[[], Iterator[str]]
    home: Path


def look_at(world: World) -> Look:
    """Look at a world."""
    process, memory = world.process, world.memory
    engine, journal = process.home.engine, process.home.journal
    engine.refresh()
    entries: list[Entry] = world.place.setdefault("entries", [])
    entries += journal.entries(after=entries[-1].seq if entries else 0)
    file = journal.file.here  # type: ignore[attr-defined]
    numbers = [row[0] for row in file.execute("SELECT id FROM deliveries ORDER BY id")]
    books = journal.deliveries._select("ORDER BY id", []) if numbers else []  # type: ignore[attr-defined]
    posts = [post for chat in memory.chats.values() for post in chat.posts.values()]
    said = [p.text for p in posts if p.author == memory.bot_id and SEAL.search(p.text)]
    by_cause = {f"telegram:{memory.bot_id}:{p.chat}.{p.id}": p.at for p in posts if p.author != memory.bot_id}
    runs = engine.runs()
    return Look(
        at=world.clock.now(),
        entries=list(entries),
        deliveries=books,
        causes_owed=frozenset(row[0] for row in file.execute("SELECT DISTINCT cause FROM deliveries")),
        unhandled=frozenset(one.cause for one in journal.unhandled.all()),
        bot_id=memory.bot_id,
        strangers=frozenset(
            f"telegram:{p.phone.id}" for p in world.people if not _works_here(engine, f"telegram:{p.phone.id}")
        ),
        confirmed=list(memory.confirmed),
        answered_taps=frozenset(tap.id for tap in memory.taps.values() if tap.answered),
        live=state_of(engine),
        replayed=state_of(Engine(journal, engine.handbook)),
        begun=list(world.begun),
        dues=[
            Due(run.id, duty, run.facts, run.known_at)
            for run in runs
            if run.known_at is not None
            for duty in duties_now(run, world.clock.now().astimezone(JAPAN).date())
        ],
        sent_at=by_cause,
        runs=runs,
        posted=said,
        digests={e.seq: e.digest for e in entries},
        stuck=lambda: _stuck(world),
        home=world.path,
    )


def _works_here(engine: Engine, address: str) -> bool:
    who = member_at(engine.journal.registry, address)
    member = engine.roster().member(who) if who is not None else None
    return member is not None and member.status == "active"


_PLACES = re.compile(r" at 0x[0-9a-f]+")


def state_of(engine: Engine) -> list[str]:
    """Give all that an engine remembers."""
    states = [*engine.runs(), engine.house]
    return [
        _PLACES.sub("", f"{getattr(state, 'id', FACILITY)} {name} {_sorted(value)}")
        for state in states
        for name, value in vars(state).items()
        if name != "machines"  # made when they are asked for
    ]


def _sorted(value: object) -> object:
    return sorted(map(repr, value)) if isinstance(value, set | frozenset) else value


# ── after every step ────────────────────────────────────────────────────────────────────────────────────────────────────


def heard(look: Look) -> Iterator[str]:
    """What Telegram was told was heard has its entry, or owed its sender an answer, or is kept with its trace, or its tap was answered.

    Strangers are answered once in a while only: whoever was let go in the meantime is one.
    """
    written = {entry.cause for entry in look.entries} | look.causes_owed | look.unhandled
    refused = {one.owed.to for one in look.deliveries if one.owed.name == "refused"}
    for body in look.confirmed:
        cause = cause_of(body, look.bot_id)
        if cause is None or cause in written or f"telegram:{_chat(body)}" in look.strangers:
            continue
        if "callback_query" in body and body["callback_query"]["id"] in look.answered_taps:
            continue
        if "callback_query" in body and f"telegram:{body['callback_query']['from']['id']}" in refused:
            continue
        yield f"{cause} was confirmed, and nothing of it is there: {json.dumps(body, ensure_ascii=False)[:300]}"


def once(look: Look) -> Iterator[str]:
    """A cause writes once: its parts are numbered without doubles, and stand together in one transaction."""
    parts = Counter((entry.cause, entry.part) for entry in look.entries)
    yield from (f"{key} stands there {count} times" for key, count in parts.items() if count > 1)
    last: dict[str, int] = {}
    for entry in look.entries:
        if entry.cause in last and entry.seq != last[entry.cause] + 1:
            yield f"{entry.cause} wrote at {last[entry.cause]} and again at {entry.seq}"
        last[entry.cause] = entry.seq


def replayed(look: Look) -> Iterator[str]:
    """What the bot remembers is what a replay of its journal comes to."""
    theirs = Counter(look.replayed)
    for line in (Counter(look.live) - theirs).elements():
        yield f"only remembered: {line[:300]}"
    for line in (theirs - Counter(look.live)).elements():
        yield f"only replayed: {line[:300]}"


def drill_is_a_drill(look: Look) -> Iterator[str]:
    """All that is said of a drill says so, nothing that is said of an incident does, and a run never changes from one to the other."""
    for one in look.begun:
        if one.drill and not BANNER.search(one.text.split("\n", 1)[0]) and one.name != "run_aborted":
            yield f"{one.name} of a drill to {one.to} says nothing of it: {one.text[:100]}"
        if one.drill is False and one.text.startswith("【訓練】"):
            yield f"{one.name} of an incident to {one.to} calls it a drill: {one.text[:100]}"
    for run in look.runs:
        if run.drill != run.id.startswith("drill-"):
            yield f"{run.id} is {'a drill' if run.drill else 'no drill'}"


def to_its_reader(look: Look) -> Iterator[str]:
    """A message goes to the address that it is owed to, and of a matter only to those who may know of it."""
    for one in look.begun:
        if one.to != one.address:
            yield f"{one.name} for {one.to} goes to {one.address}"
        if not one.allowed:
            yield f"{one.name} goes to {one.to}, who may not know of that run"


def urgent_first(look: Look) -> Iterator[str]:
    """Nothing goes out in a chat in which something more urgent, owed before it, could go."""
    owed = {d.id: d for d in look.deliveries}
    for one in look.begun:
        waiting = [f"{number} {owed[number].owed.name}" for number in one.more_urgent if number in owed]
        if waiting:
            yield f"{one.delivery} {one.name} ({one.priority}) went before {waiting} in {one.address}"


def deadline_of_law(look: Look) -> Iterator[str]:
    """No deadline is later than the law puts it, counted from the day on which somebody here knew."""
    for one in look.dues:
        if one.duty.owed is None or one.duty.owed.last_day is None:
            continue
        latest = _by_law(one)
        if one.duty.owed.last_day > latest:
            yield f"{one.run}: {one.duty.id} until {one.duty.owed.last_day}, by law {latest}"
    begins = {entry.run: entry for entry in reversed(look.entries) if entry.kind == "reported"}
    moved = {entry.run for entry in look.entries if entry.kind == "known_at_moved"}
    for run in look.runs:
        wrote = look.sent_at.get(begins[run.id].cause) if run.id in begins else None
        if wrote is not None and run.known_at is not None and run.id not in moved and run.known_at > wrote + BRIEF:
            yield f"{run.id} was written at {wrote} and is counted from {run.known_at}"


def _by_law(due: Due) -> date:
    rule, first = due.duty.owed.duty.due, due.known_at.astimezone(JAPAN).date()  # type: ignore[union-attr]
    if isinstance(rule, Between):
        return first + timedelta(days=rule.until_day - 1)
    assert isinstance(rule, Within)
    longer = [other.days for other in rule.instead if Condition.of(other.when).holds(due.facts) is True]
    day = first + timedelta(days=(longer[0] if longer else rule.days) - 1)
    off = holidays.country_holidays("JP", years=[day.year, day.year + 1])
    while day.weekday() >= 5 or day in off or (day.month, day.day) in _NEW_YEAR:
        day += timedelta(days=1)
    return day


_NEW_YEAR = {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}


def sealed_is_a_prefix(look: Look) -> Iterator[str]:
    """Whatever head was sealed and posted, the journal that is there still holds it."""
    for text in look.posted:
        head = head_posted(text)
        if look.digests.get(head.seq) != head.digest:
            yield f"the sealed head {head.seq} {head.digest.hex()} is no entry's"


def mandatory_is_done(look: Look) -> Iterator[str]:
    """An incident is closed only once each mandatory step that stood on a screen was done, at once or after all, waived by name, or didn't apply any more."""
    runs = {run.id: run for run in look.runs}
    shown: dict[tuple[str, str, str], int] = {}
    for entry in look.entries:
        if entry.kind == "closed" and not (runs[entry.run].drill):
            yield from (
                f"{entry.run} was closed at {entry.seq}, and {track}/{step}, shown at {seq}, was never done"
                for (run, track, step), seq in shown.items()
                if run == entry.run and _is_left(runs[run], track, step)
            )
        event = codec.decode(entry.kind, entry.body) if entry.kind in _OF_STEPS else None
        match event:
            case StepShown():
                shown[entry.run, event.track, event.step] = entry.seq
            case StepAnswered() if event.settles:
                shown.pop((entry.run, event.track, event.step), None)
            case LineSettled() if event.settles:
                shown.pop((entry.run, event.track, f"{event.step}/{event.line}"), None)
        if entry.kind in ("passed_over", "made_up"):  # left out, or done after all
            said = json.loads(entry.body)
            shown.pop((entry.run, said["track"], said["step"]), None)


_OF_STEPS = frozenset({"step_shown", "step_answered", "line_settled"})


def _is_left(run: Run, track: str, step: str) -> bool:
    if run.playbook is None or track not in run.playbook.tracks or step not in run.playbook.tracks[track].steps:
        return False  # of a text that was handed over
    text = run.playbook.tracks[track].steps[step]
    waived = any((track, name) in run.waived for name in (step, *(f"{step}/{line}" for line in text.lines)))
    settled = all((a := run.line_answer(track, step, line)) is not None and a.settles for line in text.lines)
    never = text.when is not None and Condition.of(text.when).holds(run.facts) is False
    return not (text.optional or waived or never or (text.lines and settled))


# ── at rest ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def owed_is_sent(look: Look) -> Iterator[str]:
    """Every message that was owed was sent, was made untrue by something later, or failed with its reason."""
    for one in look.deliveries:
        old = look.at - one.owed_at > GOES_OUT
        if one.state in ("owed", "sending") and one.owed.to.startswith("telegram:") and old:
            yield f"{one.id} {one.owed.name} to {one.owed.to} is {one.state} ({one.attempts} tries, {one.last_error})"
        if one.state == "failed" and not one.last_error:
            yield f"{one.id} {one.owed.name} to {one.owed.to} failed, and nobody knows why"
        if one.state == "failed" and "bug" in (one.last_error or ""):
            yield f"{one.id} {one.owed.name} to {one.owed.to} could not be said"


def no_bug(look: Look) -> Iterator[str]:
    """Nothing that people did met a mistake of ours."""
    yield from (f"{cause} was kept unhandled" for cause in look.unhandled)


def a_way_on(look: Look) -> Iterator[str]:
    """While a run is open, somebody who may know of it has a button on their screen that does something in it."""
    yield from look.stuck()


def _stuck(world: World) -> Iterator[str]:
    lamp = world.process.lamp
    engine = lamp.home.engine
    for run in engine.live_runs():
        context, tried = engine.context(world.clock.now(), "", run.id), 0
        chats = [f"telegram:{p.phone.id}" for p in world.people if not p.blocked]
        readers = {a: member_at(engine.journal.registry, a) for a in chats}
        for address in (a for a in chats if (reader := readers[a]) and sees(run, context, reader)):
            keyboards = [p.keyboard for p in world.memory.chats[int(address.split(":")[1])].posts.values()]
            buttons = [b["callback_data"] for k in keyboards for row in k for b in row if "callback_data" in b]
            for data in reversed(buttons):
                command = command_of(data)
                if command is None or command.run != run.id:
                    continue
                tried += 1
                came = tries(lamp, address, data)
                if not came.refused and came.entries:
                    break
            else:
                continue
            break
        else:
            yield f"{run.id} ({run.state}) is open, and of {tried} buttons none does anything"


# ── at the end ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def verifiers_agree(look: Look) -> Iterator[str]:
    """The home verifies; a bundle made of it does, too, by the library and by the script that lies in it."""
    findings = verify_home(look.home).findings
    yield from (f"the home: {f}" for f in findings)
    run = next((run.id for run in reversed(look.runs) if run.playbook is not None), FACILITY)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bundle.zip"
        export(look.home, run, path, recipient="police", language="ja")
        yield from (f"the bundle: {f}" for f in verify_bundle(path).report.findings)
        with ZipFile(path) as archive:
            archive.extract("verify.py", folder)
        script = [sys.executable, str(Path(folder) / "verify.py"), str(path), "--language", "en"]
        said = subprocess.run(script, capture_output=True, text=True, check=False)
        if said.returncode != 0:
            yield f"the script: {said.returncode} {said.stdout[-500:]} {said.stderr[-500:]}"


def flips_are_found(look: Look) -> Iterator[str]:
    """Flip a bit of what is proved (an entry's texts, a row of the registry), and verify finds it."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "home"
        shutil.copytree(look.home, copy)
        for name in (JOURNAL_FILE, f"{JOURNAL_FILE}-wal", f"{JOURNAL_FILE}-shm"):
            (copy / name).unlink(missing_ok=True)
        with (
            closing(sqlite3.connect(look.home / JOURNAL_FILE)) as whole,
            closing(sqlite3.connect(copy / JOURNAL_FILE)) as one,
        ):
            whole.backup(one)  # what still stands in the log comes along
            one.execute("PRAGMA journal_mode = delete")
        for number, place in enumerate(_places(copy, look)):
            content = (copy / JOURNAL_FILE).read_bytes()
            (copy / JOURNAL_FILE).write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
            if not verify_home(copy).findings:
                yield f"flip {number} at byte {place} was not found"
            (copy / JOURNAL_FILE).write_bytes(content)


def _places(home: Path, look: Look) -> Iterator[int]:
    """Give places in the file at which texts of entries stand."""
    content = (home / JOURNAL_FILE).read_bytes()
    for entry in look.entries[:: max(1, len(look.entries) // 8)]:
        place = content.find(entry.body.encode())
        if place >= 0 and len(entry.body) > 4:
            yield place + len(entry.body.encode()) // 2


def _chat(body: Mapping[str, Any]) -> int:
    """Give the chat in which something was done."""
    done = body.get("callback_query") or body.get("edited_message") or body["message"]
    return int(done["from"]["id"] if "callback_query" in body else done["chat"]["id"])


def cause_of(body: Mapping[str, Any], bot_id: int) -> str | None:
    """Give the cause under which an update is written; None for what tells of no act."""
    act = heard_in(dict(body), User(bot_id, "灯", is_bot=True), datetime(2027, 4, 1, tzinfo=UTC))
    return act.cause if act is not None and not act.left else None


LAWS: dict[str, tuple[Moment, Callable[[Look], Iterator[str]]]] = {
    "heard": ("step", heard),
    "once": ("step", once),
    "replayed": ("step", replayed),
    "drill_is_a_drill": ("step", drill_is_a_drill),
    "to_its_reader": ("step", to_its_reader),
    "urgent_first": ("step", urgent_first),
    "deadline_of_law": ("step", deadline_of_law),
    "sealed_is_a_prefix": ("step", sealed_is_a_prefix),
    "mandatory_is_done": ("step", mandatory_is_done),
    "owed_is_sent": ("rest", owed_is_sent),
    "no_bug": ("rest", no_bug),
    "a_way_on": ("rest", a_way_on),
    "verifiers_agree": ("end", verifiers_agree),
    "flips_are_found": ("end", flips_are_found),
}
"""Every law by its name, with when it is held."""
