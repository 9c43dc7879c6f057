"""Bad input gets a clear answer and nothing is lost: each kind of it, on Telegram's side, over real HTTP."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.channels.channel import Heard
from bot.clock import MovableClock
from bot.command_line import main
from bot.command_line.checks import check_home
from bot.demo.play import picture
from bot.handbook import read_handbook
from bot.hearing.front_desk import FrontDesk
from bot.home import Home, NoHome, make_home
from bot.opening import open_home
from bot.screens.requests.request import Request
from bot.settings import Host, Secrets
from bot.store.sqlite.journal import JOURNAL_FILE
from bot.store.verifying import verify_home
from flows.deeds import Deed
from flows.record.journal import Entry
from flows.state.run import Run
from tests.dialogue_player import BOT_NAME, FACILITY, OPENING, OnTelegram, Play, handbook, on_telegram, theatre
from tests.dialogue_script import Dialogue, Role, Seen
from tests.journals import home_file
from tests.telegram_double import Phone, TelegramDouble

CAST = (Role("院長", "高橋"), Role("代行者", "田中"), Role("受付", "佐藤"), Role("看護師", "鈴木"))
REPORT = "電子カルテが動かない、画面に英語が出てる"
ATTACK = "画面に脅し文・読めない英語が出た"
DONE = "(記録しました)"
ALREADY = "(この手順は 佐藤さん（受付）が 00:00 に済ませています。ありがとうございます。)"


@dataclass
class Clinic:
    """A clinic on Telegram; each act gives what was seen because of it."""

    stage: OnTelegram
    clock: MovableClock
    path: Path

    @property
    def home(self) -> Home:
        """The home behind the bot."""
        return self.stage.lamp.home

    @property
    def double(self) -> TelegramDouble:
        """Telegram's side."""
        return self.stage.double

    def phone(self, who: str) -> Phone:
        """Somebody's phone."""
        return self.stage.phone(who)

    def entries(self, *kinds: str) -> list[Entry]:
        """Give the entries of these kinds, of all if none is named."""
        return [e for e in self.home.journal.entries() if not kinds or e.kind in kinds]

    @property
    def run(self) -> Run:
        """The newest run."""
        return self.home.engine.runs()[-1]

    async def settle(self, who: str) -> list[Seen]:
        """Wait until all that somebody did is heard and answered; gives what everybody saw."""
        await self.stage._heard(who)
        seen, self.stage.seen = self.stage.seen, []
        return seen

    async def writes(self, who: str, text: str, reply_to: int | None = None) -> list[Seen]:
        """Let somebody write."""
        self.phone(who).writes(text, reply_to)
        return await self.settle(who)

    async def taps(self, who: str, label: str) -> list[Seen]:
        """Let somebody tap the newest such button."""
        self.phone(who).taps(label)
        return await self.settle(who)

    async def reports(self) -> None:
        """Let reception report, and the director, the deputy and the nurse confirm."""
        await self.writes("佐藤", REPORT)
        await self.taps("佐藤", ATTACK)
        for who in ("高橋", "田中", "鈴木"):
            await self.taps(who, "院内にいます")


@pytest.fixture
async def clinic(tmp_path: Path) -> AsyncIterator[Clinic]:
    """A clinic of four, all enrolled, on a morning without incidents."""
    async with theatre("telegram", tmp_path) as (stage, clock, code):
        assert isinstance(stage, OnTelegram)
        await Play(Dialogue("bad_input", CAST, []), stage, clock, code).enrol_cast()
        yield Clinic(stage, clock, tmp_path)


@pytest.fixture
async def incident(clinic: Clinic) -> Clinic:
    """The same clinic with an incident under way; the director decides."""
    await clinic.reports()
    return clinic


def texts(seen: list[Seen], who: str) -> list[str]:
    """Give what one person saw."""
    return [one.text for one in seen if one.who == who]


# People


async def test_a_stranger_is_told_nothing(clinic: Clinic) -> None:
    """Whoever isn't known gets one polite sentence, three times an hour, learns nothing, and leaves nothing behind."""
    before = clinic.entries()
    seen = [text for _ in range(5) for text in texts(await clinic.writes("知らない人", REPORT), "知らない人")]
    clinic.phone("知らない人").sends_photo(picture())
    seen += texts(await clinic.settle("知らない人"), "知らない人")

    assert len(seen) == 3
    assert len(set(seen)) == 1
    assert seen[0].startswith("こちらは関係者専用です。")
    assert FACILITY.name not in seen[0]
    assert clinic.entries() == before
    clinic.clock.advance(hours=2)
    assert texts(await clinic.writes("知らない人", "もしもし"), "知らない人") == [seen[0]]


async def test_a_code_works_once_and_not_for_ever(clinic: Clinic) -> None:
    """A used, an expired and a made-up code are each refused in a sentence that says which it is."""
    invited = texts(await clinic.writes("高橋", "/invite 職員 山本"), "高橋")[0]
    code = invited.partition("/start ")[2].split()[0]
    assert "登録できました" in texts(await clinic.writes("山本", f"/start {code}"), "山本")[0]

    assert "もう使われています" in texts(await clinic.writes("通りすがり", f"/start {code}"), "通りすがり")[0]
    assert "このコードは使えません" in texts(await clinic.writes("通りすがり", "/start ABCDEFGH"), "通りすがり")[0]
    invited = texts(await clinic.writes("高橋", "/invite 職員 木村"), "高橋")[0]
    code = invited.partition("/start ")[2].split()[0]
    clinic.clock.advance(days=8)
    assert "期限が切れています" in texts(await clinic.writes("木村", f"/start {code}"), "木村")[0]
    assert [m.name for m in clinic.home.engine.roster().active() if m.channels] == [*(c.name for c in CAST), "山本"]


# Taps


async def test_a_double_tap_is_harmless(incident: Clinic) -> None:
    """Two taps on the same button write once; the second is told who has done it and when."""
    phone = incident.phone("佐藤")
    message = await phone.sees_button("☐ ②")
    phone.taps_on(message.id, "☐ ②")
    phone.taps_on(message.id, "☐ ②")
    seen = await incident.settle("佐藤")

    assert texts(seen, "佐藤")[:2] == [DONE, ALREADY]
    assert len(incident.entries("line_settled")) == 1


async def test_a_stale_button_answers(incident: Clinic) -> None:
    """A button of a card that is long done, tapped on an old screen, says so and changes nothing."""
    phone = incident.phone("佐藤")
    old = await phone.sees_button("☐ ②")
    phone.sends_photo(picture())
    await incident.settle("佐藤")
    await incident.taps("佐藤", "全部できました")
    before = incident.entries()
    phone.taps_on(old.id, "☐ ②")

    assert texts(await incident.settle("佐藤"), "佐藤") == [ALREADY]
    assert incident.entries() == before


async def test_a_button_of_a_step_that_was_taken_back_answers(incident: Clinic) -> None:
    """Whoever is with a patient has no step any more; the old message's buttons say that somebody else has it."""
    old = await incident.phone("田中").sees("バックアップ用のディスク")
    await incident.taps("鈴木", "全部できました")
    await incident.writes("田中", "/status")
    await incident.taps("田中", "患者さん対応中")
    incident.phone("田中").taps_on(old.id, "できました")

    assert texts(await incident.settle("田中"), "田中") == ["(この手順は 鈴木さん（看護師）が進めています。)"]


async def test_two_people_tapping_at_once_both_get_an_answer(incident: Clinic) -> None:
    """Of two who go to the same colleague in the same moment one goes, and the other is told who does."""
    await incident.taps("佐藤", "できない・わからない")
    await incident.taps("佐藤", "LANの線を抜く（電源はそのまま）")
    await incident.taps("佐藤", "わからない")
    await incident.taps("佐藤", "人に来てもらう")
    for who in ("田中", "鈴木"):
        await incident.phone(who).sees_button("行きます")
    incident.phone("田中").taps("行きます")
    incident.phone("鈴木").taps("行きます")
    seen = await incident.settle("田中") + await incident.settle("鈴木")

    assert texts(seen, "田中")[0] == DONE
    assert any("田中さん（代行者）" in text and text.startswith("(") for text in texts(seen, "鈴木"))
    (call,) = incident.run.help_calls.values()
    assert incident.home.engine.roster().member(call.coming or "").name == "田中"  # type: ignore[union-attr]


# Answers


async def test_an_answer_that_needs_a_reason_waits_for_it(incident: Clinic) -> None:
    """「できません」 asks for a reason; without one nothing is answered, and the step can still be done otherwise."""
    steps, answered = incident.run.open_steps(), len(incident.entries("step_answered"))

    assert texts(await incident.taps("田中", "できません"), "田中") == [DONE, "✏️ 理由を一言、送ってください。"]
    await incident.taps("田中", "やめる")
    assert len(incident.entries("step_answered")) == answered
    assert incident.run.open_steps() == steps
    await incident.taps("田中", "できません")
    await incident.writes("田中", "線が固くて抜けません")
    assert [a.reason for a in incident.run.answered.values() if a.reason] == ["線が固くて抜けません"]


async def test_a_photo_where_words_are_due_is_kept(incident: Clinic) -> None:
    """A photo in place of a reason stays as evidence, and the person is told that words are waited for."""
    await incident.taps("田中", "できません")
    before = len(incident.run.evidence)
    incident.phone("田中").sends_photo(picture() + b"another")
    seen = await incident.settle("田中")

    assert any(text.startswith("✏️ ここは文字で") for text in texts(seen, "田中"))
    assert len(incident.run.evidence) == before + 1
    await incident.writes("田中", "線が固くて抜けません")
    assert [a.reason for a in incident.run.answered.values() if a.reason] == ["線が固くて抜けません"]


async def test_words_where_a_photo_is_due_are_kept(incident: Clinic) -> None:
    """Words in place of a photo become a note, and the step goes on waiting for its photo."""
    await incident.taps("佐藤", "📷 ①")
    step = incident.run.open_steps()
    seen = await incident.writes("佐藤", "画面は赤い字です")

    assert texts(seen, "佐藤")[0].startswith("📝")
    assert [n.text for n in incident.run.notes.values()] == ["画面は赤い字です"]
    assert incident.run.open_steps() == step


async def test_a_very_long_text_is_refused_not_cut(incident: Clinic) -> None:
    """5,000 characters are refused with both numbers, nothing of them is written, and 4,000 are kept to the last sign."""
    before = incident.entries()
    seen = await incident.writes("鈴木", "あ" * 5000)

    assert texts(seen, "鈴木") == [
        "文字が多すぎます（5000文字）。4000文字までに分けて送ってください。まだ何も記録していません。"
    ]
    assert incident.entries() == before
    await incident.writes("鈴木", "い" * 4000)
    assert [n.text for n in incident.run.notes.values()] == ["い" * 4000]


async def test_what_cannot_be_kept_is_named(incident: Clinic) -> None:
    """A sticker and a place are each answered by name, with what to send instead."""
    before = incident.entries()
    phone = incident.phone("鈴木")
    for send, name in [
        (phone.sends_sticker, "スタンプ"),
        (phone.sends_location, "位置情報"),
    ]:
        send()
        assert texts(await incident.settle("鈴木"), "鈴木") == [f"{name}は記録できません。文字か写真で送ってください。"]
    assert incident.entries() == before


async def test_a_spoken_message_is_kept_and_asked_for_in_words(incident: Clinic) -> None:
    """It answers no step, lies under its hash like a photo, and its sender reads that nobody here can hear it."""
    incident.phone("鈴木").sends_voice()
    seen = await incident.settle("鈴木")

    (answer,) = texts(seen, "鈴木")
    assert answer.startswith("🎙️ 声は記録に残しましたが、この案内では聞き取れません。")
    assert "一言、文字で送ってください" in answer
    (kept,) = incident.run.evidence.values()
    assert (kept.media, kept.sha256 is not None) == ("voice", True)


async def test_every_picture_of_an_album_is_kept(incident: Clinic) -> None:
    """An album of three is three pieces of evidence, each kept under its own hash, and the caption is there."""
    phone = incident.phone("鈴木")
    for number in range(3):
        phone.sends_photo(picture() + bytes([number]), "受付の画面" if number == 0 else "", album="a1")
    seen = await incident.settle("鈴木")

    assert texts(seen, "鈴木")[0].startswith("📎")
    assert len({e.sha256 for e in incident.run.evidence.values() if e.sha256}) == 3
    assert "受付の画面" in incident.entries("evidence_received")[0].body


async def test_an_edited_message_corrects(incident: Clinic) -> None:
    """Editing a message that became a note corrects the note; the old words stay in the record."""
    phone = incident.phone("鈴木")
    message = phone.writes("9時に電話した")
    await incident.settle("鈴木")
    incident.clock.advance(seconds=30)
    phone.edits(message, "9時半に電話した")
    seen = await incident.settle("鈴木")

    assert texts(seen, "鈴木") == ["訂正を記録しました。元の記録も残っています。"]
    [note] = incident.entries("note_taken")
    [correction] = incident.entries("corrected")
    assert "9時に電話した" in note.body
    assert "9時半に電話した" in correction.body
    assert f'"of":{note.turn}' in correction.body


# Places


async def test_a_group_is_left_alone(clinic: Clinic) -> None:
    """In a group the bot says once that it works in private chats; what is said there isn't written down."""
    before = clinic.entries()
    group = clinic.double.group(-500, "あかり診療所の雑談")
    group.adds_bot(clinic.phone("鈴木"))
    for text in ("/status@" + BOT_NAME, "電子カルテが動かない", "電子カルテが動かない"):
        group.phone(clinic.phone("鈴木")).writes(text)
    await clinic.settle("鈴木")

    said = [seen.text for seen in group.phone(clinic.phone("鈴木")).screen() if seen.who == "bot"]
    assert said == ["この案内は、1対1のチャットでお使いください。"]
    assert clinic.entries() == before


@pytest.mark.parametrize("how", ["blocked", "deleted"])
async def test_a_person_who_cannot_be_reached_stands_on_the_board(incident: Clinic, how: str) -> None:
    """Who has blocked the bot or left Telegram is shown as not reachable, and is back with the next message."""
    phone = incident.phone("鈴木")
    if how == "blocked":
        phone.blocks_bot()
    else:
        phone.deletes_account()
        await incident.writes("佐藤", "9:00 ベンダーに電話した")
        await incident.taps("佐藤", "全員に知らせる")
    await incident.settle("佐藤")

    board = "📵 連絡がつきません: 鈴木さん（看護師）"
    assert board in texts(await incident.writes("高橋", "/status"), "高橋")[0]
    phone._chat.shut = None
    seen = await incident.writes("鈴木", "/status")
    assert seen
    assert board not in texts(seen, "鈴木")[0]


# The machine


def test_a_mistyped_playbook_is_named_and_harms_nothing(tmp_path: Path) -> None:
    """A typo in a facility's own playbook is told with file, line and cure; the one that came along stays in use."""
    make_home(tmp_path, FACILITY, "高橋", OPENING)
    own = (Path(sys.modules["playbooks"].__path__[0]) / "library" / "ransomware.yaml").read_text(encoding="utf-8")
    line = next(n for n, text in enumerate(own.splitlines(), 1) if text.startswith("question:"))
    (tmp_path / "playbooks" / "ransomware.yaml").write_text(own.replace("question:", "qestion:"), encoding="utf-8")

    told = CliRunner().invoke(main, ["check", "--home", str(tmp_path)], env={"TELEGRAM_BOT_TOKEN": ""})
    assert told.exit_code == 1
    assert f"ransomware.yaml:{line}: " in told.output
    assert "did you mean `question`" in told.output
    assert read_handbook(tmp_path)[0].playbooks["ransomware"] == handbook().playbooks["ransomware"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A home where nothing can be written ends in one sentence that says what to do, without a trace of our code."""
    (tmp_path / "file").write_text("I am no folder", encoding="utf-8")
    order = [
        "init",
        str(tmp_path / "file" / "home"),
        "--facility",
        "あ",
        "--kind",
        "clinic",
        "--director",
        "い",
        "--yes",
    ]
    told = CliRunner().invoke(main, order)

    assert told.exit_code == 1
    assert "書き込めるフォルダを指定してください。" in told.output
    assert "Traceback" not in told.output
    with pytest.raises(NoHome):
        make_home(tmp_path / "file" / "home", FACILITY, "高橋", OPENING)


async def test_a_wrong_token_is_said_in_one_sentence(clinic: Clinic) -> None:
    """`tomoshibi run` with a token that Telegram doesn't know says so, without showing it, and ends."""
    token = "7001:AAE-another-token-entirely"
    code, told = await run_for_real(clinic, token)

    assert code == 1
    assert "Telegramがこのトークンを受け付けません" in told
    assert token not in told
    assert "Traceback" not in told


async def run_for_real(clinic: Clinic, token: str) -> tuple[int | None, str]:
    """Start the bot as a process of its own and wait for its end; gives the exit code and what it printed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        "--home",
        str(clinic.home.path),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, "TELEGRAM_BOT_TOKEN": token, "TELEGRAM_API_URL": clinic.double.url},
    )
    try:
        async with asyncio.timeout(60):
            printed, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return process.returncode, printed.decode()


async def test_failing_storage_loses_nothing(incident: Clinic) -> None:
    """While nothing can be stored the message stays unconfirmed and the person is told once; then it is kept, once."""
    connection = home_file(incident.home.journal).here
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    text = "9:10 ベンダーに電話した。" + "く" * 3900
    incident.phone("鈴木").writes(text)

    told = await incident.phone("鈴木").sees("いま記録を保存できません", within=10)
    polls = len(incident.double.calls_of("getUpdates"))
    await incident.double.until(
        lambda: len(incident.double.calls_of("getUpdates")) > polls, what="it was brought again"
    )
    assert incident.entries("note_taken") == []
    assert [update.body["message"]["text"] for update in incident.double.waiting] == [text]

    connection.execute("PRAGMA max_page_count = 1000000")
    await incident.settle("鈴木")
    assert len(incident.entries("note_taken")) == 1
    assert [seen.id for seen in incident.phone("鈴木").from_bot() if seen.text == told.text] == [told.id]
    assert incident.double.waiting == []


class ClumsyDesk(FrontDesk):
    """A desk with two bugs."""

    def tapped(self, request: Request, heard: Heard, member: str) -> Deed:
        """Break at every tap."""
        raise ZeroDivisionError(f"a bug in {request}")

    def command(self, text: str, heard: Heard, member: str) -> Deed:
        """Break at /runs."""
        if text == "/runs":
            raise ZeroDivisionError("a bug")
        return super().command(text, heard, member)


async def test_a_bug_of_ours_keeps_what_was_sent(clinic: Clinic) -> None:
    """When our own code fails, the act is kept with its trace, the person is told, and the next act works."""
    clinic.stage.lamp.inbound.desk = ClumsyDesk(clinic.home.engine, clinic.clock, clinic.home.settings)
    seen = await clinic.writes("鈴木", "/runs")

    assert texts(seen, "鈴木")[0].startswith("⚠️ 処理の途中で不具合がありました。送ってくださった内容は残っています。")
    [kept] = clinic.home.journal.unhandled.all()
    assert '"/runs"' in kept.raw
    assert "ZeroDivisionError: a bug" in kept.trace
    assert clinic.double.waiting == []
    await clinic.writes("鈴木", "/language")
    assert texts(await clinic.taps("鈴木", "English"), "鈴木")[0].startswith("⚠️ 処理の途中で不具合がありました。")
    assert [tap.answered for tap in clinic.double.taps.values()] == [True]
    assert texts(await clinic.writes("鈴木", "/status"), "鈴木")[0].startswith("いま対応中のものはありません")


async def test_an_altered_journal_never_silences_an_incident(tmp_path: Path) -> None:
    """An altered journal is set aside untouched, its entry named to the director, and the incident goes on in a new one."""
    path = tmp_path / "home-telegram"
    async with theatre("telegram", tmp_path) as (stage, clock, code):
        assert isinstance(stage, OnTelegram)
        await Play(Dialogue("altered", CAST, []), stage, clock, code).enrol_cast()
        before = Clinic(stage, clock, tmp_path)
        await before.reports()
        altered = next(e for e in before.entries("reported"))
        steps = before.run.open_steps()
    with sqlite3.connect(path / JOURNAL_FILE) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f'DROP TRIGGER "{name}"')
        raw.execute("UPDATE journal SET body = replace(body, '英語', '独語') WHERE seq = ?", [altered.seq])
    raw.close()

    home = open_home(path, clock.now())
    try:
        async with on_telegram(home, clock, [person.name for person in CAST]) as again:
            after = Clinic(again, clock, tmp_path)
            seen = await after.settle("高橋")
            for who in ("高橋", "田中"):
                assert any(f"{altered.seq}番の記録です。" in text for text in texts(seen, who))
            assert texts(seen, "鈴木") == []
            assert after.entries()[0].kind == "journal_broken"
            assert after.run.open_steps() == steps
            assert texts(await after.writes("鈴木", "9:10 電話した"), "鈴木")[0].startswith("📝")
    finally:
        home.close()
    assert verify_home(path).findings == ()
    assert list((path / "set-aside").iterdir()) != []


async def test_check_warns_of_a_bot_inside_the_facility(clinic: Clinic) -> None:
    """`check` warns when the bot runs inside the network that containment will cut, and not when it doesn't."""
    warning = "被害を広げないために回線を切ると、ボットも止まります"
    for outside, warned in [(False, True), (True, False)]:
        clinic.home.settings = clinic.home.settings.model_copy(update={"host": Host(outside_facility=outside)})
        found = await check_home(clinic.home, Secrets(telegram_bot_token=None), clinic.clock.now())
        assert any(warning in finding.what for finding in found) is warned
