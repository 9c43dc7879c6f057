"""kill -9 in the middle of an incident: nothing that people did is lost, nothing happens twice, everything is delivered.

The bot is a real process, killed at random instants while people tap, write and send photos, and started again.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.demo.play import picture
from bot.home import Home, make_home
from bot.invitations import Invitation, code_digest, member_with
from bot.settings import SETTINGS_FILE
from bot.store.sqlite.journal import JOURNAL_FILE, SqliteJournal
from bot.store.verifying import verify_home
from flows.commands.facility import Enrol
from flows.events.calling import Acknowledged, Declared, Reported
from flows.events.telling import EvidenceKept, NoteShared
from flows.events.working import StepAnswered
from flows.handbook import Handbook
from flows.powers import CONSOLE
from flows.record import codec
from flows.record.deliveries import Delivery
from flows.record.journal import FACILITY, Entry
from tests.dialogue_player import FACILITY as CLINIC
from tests.telegram_double import Phone, TelegramDouble

ROOT = Path(__file__).resolve().parent.parent
PEOPLE = (("高橋", "director"), ("田中", "deputy"), ("佐藤", "reception"), ("鈴木", "nurse"), ("山本", "staff"))
REPORT = "電子カルテが動かない、画面に英語が出てる"
ATTACK = "画面に脅し文・読めない英語が出た"
ENDS_IT = frozenset({"誤報だった", "終了する", "残りを省く（理由）", "間違いでした", "どれでもない・わからない"})
WRITES_NOTHING = frozenset({"状況を見る", "やめる", "時刻を直す"})
"""Buttons whose tap is answered like any other but leaves no entry, or only opens a question."""

RECORDED = frozenset({"記録しました", "もう記録してあります"})
TURNS_AWAY = "は読み取れませんでした"
"""What a text is answered with where a number or a time is waited for; it names the text and leaves no entry."""


@dataclass
class Acts:
    """What people have done, by the cause under which the bot must have written it."""

    taps: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    photos: dict[str, bytes] = field(default_factory=dict)


@dataclass
class Trial:
    """A clinic whose bot is killed again and again."""

    double: TelegramDouble
    home: Path
    chance: random.Random
    phones: dict[str, Phone]
    journal: SqliteJournal
    log: Path
    acts: Acts = field(default_factory=Acts)
    killed: Counter[str] = field(default_factory=Counter)

    # ── the bot ──

    @asynccontextmanager
    async def bot(self) -> AsyncIterator[Process]:
        """Run the bot as a process of its own until the block ends; then it is killed, however far it is."""
        with self.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                "--home",
                str(self.home),
                cwd=ROOT,
                stdout=log,
                stderr=log,
                env={**os.environ, "TELEGRAM_BOT_TOKEN": self.double.token, "TELEGRAM_API_URL": self.double.url},
            )
        try:
            polls = len(self.double.calls_of("getUpdates"))
            await self.until(lambda: len(self.double.calls_of("getUpdates")) > polls, "the bot polls", within=120)
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()

    async def until(self, holds: Callable[[], bool], what: str, within: float = 60) -> None:
        """Wait for the double to notice something; on failure the bot's own log is shown, too."""
        try:
            await self.double.until(holds, within=within, what=what)
        except AssertionError as late:
            raise AssertionError(f"{late}\n{self.log.read_text(encoding='utf-8')[-4000:]}") from None

    # ── people ──

    def tap(self, who: str, message: int, label: str) -> None:
        """Let somebody tap."""
        tap = self.phones[who].taps_on(message, label)
        self.acts.taps.append(tap)

    def write(self, who: str, text: str) -> None:
        """Let somebody write words that nobody has written before."""
        message = self.phones[who].writes(text)
        self.acts.texts[f"telegram:{self.double.bot_id}:{self.phones[who].id}.{message}"] = text

    def send_photo(self, who: str) -> None:
        """Let somebody send a picture that nobody has sent before."""
        content = picture() + str(len(self.acts.photos)).encode()
        message = self.phones[who].sends_photo(content)
        self.acts.photos[f"telegram:{self.double.bot_id}:{self.phones[who].id}.{message}"] = content

    def act(self) -> None:
        """Let somebody do something that their screen offers."""
        who = self.chance.choice([name for name, _ in PEOPLE])
        messages = [seen for seen in self.phones[who].from_bot() if seen.labels][-4:]
        offered = [(m.id, label) for m in messages for label in m.labels if label not in ENDS_IT | WRITES_NOTHING]
        kind = self.chance.random()
        if offered and kind < 0.6:
            self.tap(who, *self.chance.choice(offered))
        elif kind < 0.85:
            self.write(who, f"{len(self.acts.texts) + 1}番目の覚え書き、{who}")
        else:
            self.send_photo(who)

    async def opens(self) -> None:
        """Let reception report, and wait until everybody is called."""
        self.write("佐藤", REPORT)
        await self.phones["佐藤"].sees_button(ATTACK, within=20)
        self.tap("佐藤", self.phones["佐藤"].from_bot()[-1].id, ATTACK)
        for name, _ in PEOPLE:
            if name != "佐藤":
                await self.phones[name].sees_button("院内にいます", within=20)

    async def kill_at_random(self, process: Process) -> None:
        """Let people act, and kill the bot at some instant of what it makes of that."""
        for _ in range(self.chance.randint(3, 8)):
            self.act()
        moment = self.chance.choice(("answerCallbackQuery", "sendMessage", "getUpdates", "any"))
        if moment != "any":  # just as the bot has written and answers, sends, or confirms: the worst instants there are
            calls = len(self.double.calls_of(moment)) + 1
            with suppress(AssertionError):  # it may have nothing of that kind to do
                await self.double.until(lambda: len(self.double.calls_of(moment)) >= calls, within=2)
        else:
            await asyncio.sleep(self.chance.uniform(0, 0.4))  # waits for nothing: the instant is what is random
        assert process.returncode is None, self.log.read_text(encoding="utf-8")
        process.kill()
        self.killed["in all"] += 1
        await process.wait()
        self.killed["with acts unconfirmed"] += bool(self.double.waiting)
        self.killed["with acts written but unconfirmed"] += bool(self.unconfirmed() & {e.cause for e in self.entries()})
        self.killed["with messages owed"] += bool(self.deliveries("owed"))
        self.killed["with a message in hand"] += bool(self.deliveries("sending"))

    # ── what is left ──

    def unconfirmed(self) -> set[str]:
        """Give the causes of what the bot has not confirmed yet."""
        bodies = [update.body for update in self.double.waiting]
        found = {body["callback_query"]["id"] for body in bodies if "callback_query" in body}
        messages = [body["message"] for body in bodies if "message" in body]
        found |= {f"{message['chat']['id']}.{message['message_id']}" for message in messages}
        return {f"telegram:{self.double.bot_id}:{one}" for one in found}

    def deliveries(self, *states: str) -> list[Delivery]:
        """Give the deliveries in these states."""
        found = [d for run in (FACILITY, "incident-1") for d in self.journal.deliveries.of_run(run)]
        return [d for d in found if d.state in states]

    def entries(self) -> list[Entry]:
        """Give all entries."""
        return list(self.journal.entries())

    async def comes_to_rest(self) -> None:
        """Wait until every act is heard, every photo fetched and every message delivered."""
        # What the bot notes last, on its own disk, is no call that the double could notice: so it is looked at now and then.
        pulse = asyncio.create_task(self._pulse())
        try:
            await self.until(
                lambda: not self.double.waiting and not self.deliveries("owed", "sending") and self._photos_kept(),
                "all was heard and delivered",
                within=120,
            )
        finally:
            pulse.cancel()

    async def _pulse(self) -> None:
        while True:
            self.double.stir()
            await asyncio.sleep(0.1)

    def _photos_kept(self) -> bool:
        kinds = Counter(entry.kind for entry in self.entries())
        return kinds["evidence_kept"] == kinds["evidence_received"]


@pytest.fixture
async def trial(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Trial]:
    """A clinic of five on Telegram, its bot not started yet."""
    home, now = tmp_path / "home", SystemClock().now()
    async with TelegramDouble() as double:
        code = make_home(home, CLINIC, PEOPLE[0][0], now).code
        with closing(Home(home, Handbook())) as opened:
            engine = opened.engine
            for number, (name, role) in enumerate(PEOPLE):
                if number:
                    person = member_with(role, name, rank=number)
                    code = Invitation.make(
                        engine, person, role, actor=CONSOLE, now=now, days=7, cause=f"cast:{name}"
                    ).code
                enrol = Enrol(FACILITY, code_digest(code), f"telegram:{1001 + number}")
                engine.handle(enrol, actor=CONSOLE, now=now, cause=f"cast:{name}:in")
        phones = {name: double.person(1001 + n, name, started=True) for n, (name, _) in enumerate(PEOPLE)}
        with SqliteJournal(home / JOURNAL_FILE, mode="read") as journal:
            yield Trial(double, home, random.Random(request.param), phones, journal, tmp_path / "bot.log")


async def survives(trial: Trial, kills: int) -> None:
    """Kill the bot so many times in an incident and look at what is left."""
    async with trial.bot() as process:
        await trial.opens()
        await trial.kill_at_random(process)
    for _ in range(kills - 1):
        async with trial.bot() as process:
            await trial.kill_at_random(process)
    async with trial.bot():
        await trial.comes_to_rest()

    entries = trial.entries()
    check_nothing_lost(trial, entries)
    check_nothing_doubled(trial, entries)
    assert trial.deliveries("failed") == []
    assert trial.journal.unhandled.all() == []
    assert verify_home(trial.home).findings == ()
    told = ", ".join(f"{count} {what}" for what, count in trial.killed.items())
    acts = f"{len(trial.acts.taps)} taps, {len(trial.acts.texts)} texts, {len(trial.acts.photos)} photos"
    sent = len(trial.deliveries("sent"))
    sys.stdout.write(
        f"\nkilled: {told}; {acts}; {len(entries)} entries, {sent} messages delivered; 0 lost, 0 doubled\n"
    )


def check_nothing_lost(trial: Trial, entries: list[Entry]) -> None:
    """Every tap got its answer, every answer 「記録しました」 has its entries, every text and photo is in the record."""
    caused = Counter(entry.cause for entry in entries)
    taps = {tap: trial.double.taps[tap] for tap in trial.acts.taps}
    assert [tap for tap, made in taps.items() if not made.answered] == []
    recorded = [tap for tap, made in taps.items() if made.toast in RECORDED]
    assert recorded
    assert [tap for tap in recorded if not caused[f"telegram:{trial.double.bot_id}:{tap}"]] == []
    turned_away = [s.text for phone in trial.phones.values() for s in phone.from_bot() if TURNS_AWAY in s.text]
    lost = [
        text
        for cause, text in trial.acts.texts.items()
        if not caused[cause] and not any(f"「{text}」" in said for said in turned_away)
    ]
    assert lost == []
    assert [cause for cause in trial.acts.photos if not caused[cause]] == []
    kept = {event.sha256 for e in entries if isinstance(event := codec.decode(e.kind, e.body), EvidenceKept)}
    assert {sha256(content).hexdigest() for content in trial.acts.photos.values()} <= kept


def check_nothing_doubled(trial: Trial, entries: list[Entry]) -> None:
    """No cause wrote twice, and nothing that can happen once only is in the record twice."""
    parts = Counter((entry.cause, entry.part) for entry in entries)
    assert [key for key, count in parts.items() if count > 1] == []
    for cause in {entry.cause for entry in entries}:
        at_once = [entry for entry in entries if entry.cause == cause]
        assert [entry.seq for entry in at_once] == list(range(at_once[0].seq, at_once[0].seq + len(at_once))), cause
    taken_back = {
        entry.cause for entry in entries if entry.kind == "answer_taken_back"
    }  # 「メモにする」 writes it anew
    written = [(e.cause, e.body) for e in entries if e.kind != "asked" and e.cause not in taken_back]
    homes = {text: {cause for cause, body in written if f'"{text}"' in body} for text in trial.acts.texts.values()}
    assert {text: causes for text, causes in homes.items() if len(causes) > 1} == {}
    once: Counter[tuple[str, object]] = Counter()
    for entry in entries:
        match codec.decode(entry.kind, entry.body):
            case Reported() | Declared():
                once[entry.kind, ""] += 1
            case Acknowledged(member=member):
                once[entry.kind, member] += 1
            case StepAnswered(shown=shown):
                once[entry.kind, shown] += 1
            case NoteShared(of=of):
                once[entry.kind, of] += 1
            case EvidenceKept(of=of):
                once[entry.kind, of] += 1
            case _:
                pass
    assert [key for key, count in once.items() if count > 1] == []


@pytest.mark.parametrize("trial", [20260401], indirect=True, ids=["seed 20260401"])
async def test_a_kill_loses_nothing(trial: Trial) -> None:
    """After a kill in an incident every act is in the record once, the chain is whole, all messages are out."""
    await survives(trial, 1)


@pytest.mark.long
@pytest.mark.parametrize("trial", [1, 2], indirect=True, ids=["seed 1", "seed 2"])
async def test_twenty_kills_lose_nothing(trial: Trial) -> None:
    """The same after twenty."""
    await survives(trial, 20)


async def tomoshibi(*words: object) -> dict[str, object]:
    """Run a command beside the bot, without its token, and give what it prints as JSON."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM_", "TOMOSHIBI_"))}
    command = (sys.executable, "-m", "bot", *map(str, words), "--json")
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=PIPE, stderr=PIPE, env=env)
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    told: dict[str, object] = json.loads(out)
    return told


@pytest.mark.long
@pytest.mark.parametrize("trial", [3], indirect=True, ids=["seed 3"])
async def test_restored_on_another_machine_it_goes_on(trial: Trial, tmp_path: Path) -> None:
    """Backed up while it runs, killed amid the incident, its disk gone: restored by the paper's key, it is the same bot.

    Everybody hears of it, buttons of before go on, and the deputy is asked to decide since the director is silent.
    """
    (trial.home / SETTINGS_FILE).write_text("[pace]\ncommand = 1\n", encoding="utf-8")
    (tmp_path / "usb").mkdir()
    async with trial.bot() as process:
        await trial.opens()
        calls = {name: phone.from_bot()[-1].id for name, phone in trial.phones.items()}
        key = (await tomoshibi("backup", "--home", trial.home, "--key"))["recovery_key"]
        made = await tomoshibi("backup", "--home", trial.home, "--to", tmp_path / "usb")
        trial.tap("山本", calls["山本"], "院内にいます")
        await trial.until(
            lambda: any(e.kind == "acknowledged" and e.actor == "m5" for e in trial.entries()), "it is heard"
        )
        process.kill()
        await process.wait()
    trial.home.rename(tmp_path / "dead")
    back = await tomoshibi("restore", made["file"], "--home", tmp_path / "new", "--key", key)
    assert (back["live"], back["findings"]) == (["incident-1"], [])

    trial.home = tmp_path / "new"
    with SqliteJournal(trial.home / JOURNAL_FILE, mode="read") as trial.journal:
        async with trial.bot():
            for phone in trial.phones.values():
                await phone.sees("バックアップから戻しました", within=120)
            answered = {e.actor for e in trial.entries() if e.kind == "acknowledged"}
            assert "m5" not in answered
            trial.tap("鈴木", calls["鈴木"], "院内にいます")
            await trial.until(
                lambda: any(e.kind == "acknowledged" and e.actor == "m4" for e in trial.entries()), "the tap counts"
            )
            await trial.until(
                lambda: any(e.kind == "command_asked" and '"m2"' in e.body for e in trial.entries()),
                "the deputy is asked",
                within=180,
            )
        assert verify_home(trial.home).findings == ()
