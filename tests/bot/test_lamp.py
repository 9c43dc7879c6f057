"""The bot as a whole: whatever breaks, nothing is lost, nobody is left with silence, and the next act works."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.channels.channel import Hear, Heard, Undelivered
from bot.hearing.inbound import Inbound
from bot.home import Home, NoHome, make_home
from bot.opening import open_home
from bot.store.sqlite.journal import JOURNAL_FILE
from bot.store.storage import Unhandled
from bot.store.trouble import StorageTrouble
from bot.tending.evidence import FETCHED_TOGETHER
from bot.wiring import light
from contacts.model import Facility
from flows.commands.people import Acknowledge, HandIn, Report
from flows.record.chain import BrokenChain, breaks
from tests.clinic import MORNING, Clinic, Post, ended
from tests.journals import forge, home_file
from tests.virtual_time import in_virtual_time


@contextmanager
def disk_that_fails(clinic: Clinic) -> Iterator[None]:
    """Let nothing be written, as on a full or broken disk."""
    connection = home_file(clinic.home.journal).here
    connection.execute("PRAGMA query_only = on")
    try:
        yield
    finally:
        connection.execute("PRAGMA query_only = off")


async def test_storage_that_fails(clinic: Clinic) -> None:
    """The act stays unheard so that it comes again, the person is told once, and then nothing is missing or doubled."""
    act = clinic.act("reception", text="電子カルテが動かない、画面に英語が出てる")
    with disk_that_fails(clinic):
        for _ in range(3):
            with pytest.raises(StorageTrouble):
                await clinic.stage.lamp.hear(act)
    assert [t for t in clinic.of("reception") if "いま記録を保存できません" in t] == clinic.of("reception")
    assert len(clinic.of("reception")) == 1
    assert clinic.engine.runs() == []

    for _ in range(2):
        await clinic.stage.lamp.hear(act)
    await clinic.stage.settle()
    assert len(clinic.entries("reported")) == 1
    assert "どれに近いですか" in clinic.read("reception")


async def test_whom_to_call_is_told_even_when_nothing_can_be_stored(clinic: Clinic) -> None:
    """Once for each text that tells of danger, before the word about the disk."""
    act = clinic.act("nurse", text="患者さんが倒れました、息をしていません")
    with disk_that_fails(clinic):
        for _ in range(2):
            with pytest.raises(StorageTrouble):
                await clinic.stage.lamp.hear(act)

    first, second = clinic.of("nurse")
    assert "携帯から119" in first
    assert "いま記録を保存できません" in second


async def test_told_again_when_it_fails_again(clinic: Clinic) -> None:
    """After it has worked in between, a new trouble is told anew."""
    for _ in range(2):
        with disk_that_fails(clinic), pytest.raises(StorageTrouble):
            await clinic.stage.lamp.hear(clinic.act("nurse", text="電子カルテが動かない"))
        await clinic.stage.lamp.hear(clinic.act("nurse", text="/help"))

    assert len([t for t in clinic.of("nurse") if "いま記録を保存できません" in t]) == 2


async def test_storage_that_fails_for_a_stranger_and_a_dead_chat(clinic: Clinic, post: Post) -> None:
    """Even the telling may fail; what is raised stays what it was."""
    lamp = light(clinic.home, clinic.clock, post)
    post.trouble["terminal:m4"] = [Undelivered("gone", "blocked")]
    with disk_that_fails(clinic):
        for who in ("nurse", "x9"):
            with pytest.raises(StorageTrouble):
                await lamp.hear(clinic.act(who, text="電子カルテが動かない"))

    assert [m.address for m in post.sent] == ["terminal:x9"]


async def test_the_clock_goes_on_when_storage_fails(clinic: Clinic) -> None:
    """What was due then is done at the next tick."""
    await clinic.incident()
    clinic.clock.advance(minutes=5)
    with disk_that_fails(clinic):
        await clinic.stage.lamp.tick()
    assert clinic.entries("alarm_repeated") == []

    await clinic.stage.lamp.tick()
    assert len(clinic.entries("alarm_repeated")) == 3


async def test_ten_photos_that_hang_stop_no_clock(clinic: Clinic, post: Post) -> None:
    """Whoever is silent is called again in time, and the bot ends as soon as it is told to."""
    run = await clinic.incident()
    lamp = light(clinic.home, clinic.clock, post)
    for number in range(10):
        clinic.orders(HandIn(run.id, f"terminal:hangs-{number}", "photo", "a.png"), "reception")
    running = asyncio.create_task(lamp.run(every=0.02))
    await post.until(lambda: len(post.fetched) == FETCHED_TOGETHER)
    clinic.clock.advance(minutes=5)
    await post.until(lambda: bool(clinic.entries("alarm_repeated")))

    async with asyncio.timeout(5):
        await ended(running)


async def test_a_bug_in_a_handler(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """The act is kept whole with its trace, the person is told what to do, it counts as heard, and the next act works."""
    broken = Inbound.take

    def breaks_on_help(inbound: Inbound, heard: Heard) -> object:
        if heard.text == "/help":
            raise ZeroDivisionError("a bug of ours")
        return broken(inbound, heard)

    monkeypatch.setattr(Inbound, "take", breaks_on_help)
    shown = await clinic.does("nurse", text="/help", cause="telegram:1:4.77")

    assert "処理の途中で不具合がありました" in shown
    (kept,) = clinic.home.journal.unhandled.all()
    assert isinstance(kept, Unhandled)
    assert (kept.cause, kept.at) == ("telegram:1:4.77", MORNING)
    assert json.loads(kept.raw)["text"] == "/help"
    assert "ZeroDivisionError: a bug of ours" in kept.trace
    assert "いま対応中のものはありません" in await clinic.says("nurse", "/status")


async def test_a_bug_and_no_disk_to_keep_it_on(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then it counts as not heard: it comes again."""

    def breaks(inbound: Inbound, heard: Heard) -> object:
        raise ZeroDivisionError(str((inbound, heard.cause)))

    monkeypatch.setattr(Inbound, "take", breaks)
    with disk_that_fails(clinic), pytest.raises(StorageTrouble):
        await clinic.stage.lamp.hear(clinic.act("nurse", text="/help"))
    assert "いま記録を保存できません" in clinic.read("nurse")


async def test_a_tap_is_answered_at_once(clinic: Clinic, post: Post) -> None:
    """The toast comes before anything else is sent: done, already done, or why not."""
    run = await clinic.incident()
    lamp = light(clinic.home, clinic.clock, post)
    await lamp.hear(clinic.act("nurse", button=f"ack|{run.id}", cause="tap"))
    await lamp.hear(clinic.act("nurse", button=f"ack|{run.id}", cause="tap"))
    await lamp.hear(clinic.act("nurse", button=f"ack|{run.id}"))
    await lamp.hear(clinic.act("nurse", button=f"cls|{run.id}"))

    assert post.sent == []
    assert post.toasts == [
        "記録しました",
        "もう記録してあります",
        "確認は記録してあります。",
        "これは院長か代行者だけができます。",
    ]


@dataclass
class Line(Post):
    """A channel that hears what the test puts in, one act after the other, and brings again what was not stored."""

    acts: asyncio.Queue[Heard] = field(default_factory=asyncio.Queue)

    async def listen(self, hear: Hear) -> None:
        """Hear until cancelled."""
        while True:
            act = await self.acts.get()
            with suppress(StorageTrouble):
                await hear(act)


async def test_it_hears_sends_and_keeps_time_side_by_side(clinic: Clinic) -> None:
    """Running, it answers what comes in without anybody pushing, until it is stopped."""
    line = Line()
    lamp = light(clinic.home, clinic.clock, line)
    running = asyncio.create_task(lamp.run())
    line.acts.put_nowait(clinic.act("reception", text="電子カルテが動かない、画面に英語が出てる"))
    await line.until(lambda: any("どれに近いですか" in m.text for m in line.sent))
    await ended(running)

    assert clinic.run().reporter == clinic.id("reception")


async def test_a_channel_that_can_not_be_heard_ends_it(clinic: Clinic) -> None:
    """A refused token is no reason to go on deaf: whoever started it learns."""

    class Deaf(Post):
        async def listen(self, hear: Hear) -> None:
            raise PermissionError("token")

    with pytest.raises(ExceptionGroup) as group:
        await light(clinic.home, clinic.clock, Deaf()).run()
    assert group.group_contains(PermissionError)


async def test_after_a_restart_everything_goes_on(clinic: Clinic) -> None:
    """Another process opens the same home: steps, boards and what was owed are where they were."""
    run = await clinic.incident()
    clinic.orders(Acknowledge(run.id), "nurse")
    before = clinic.run(run.id)
    home = Home(clinic.home.path)
    post = Post()
    lamp = light(home, clinic.clock, post)
    after = home.engine.run(run.id)
    assert after is not None
    assert (after.state, after.shown, after.acknowledged) == (before.state, before.shown, before.acknowledged)

    await lamp.outbox.flush()
    assert any("対応の責任者" in m.text for m in post.sent)
    home.close()


def altered(folder: Path) -> None:
    """Change one entry of a home's journal, as somebody with SQLite at hand would."""
    forge(folder / JOURNAL_FILE, "UPDATE journal SET body = replace(body, '電子カルテ', '何でもない') WHERE seq > 8")


async def test_an_altered_journal_never_silences_an_incident(clinic: Clinic) -> None:
    """It is set aside untouched, the incident goes on in a new one, and those who decide are told which entry it was."""
    run = await clinic.incident()
    path = clinic.home.path
    clinic.home.close()
    altered(path)

    home = open_home(path, clinic.clock.now())
    post = Post()
    lamp = light(home, clinic.clock, post)
    await lamp.outbox.flush()

    assert list(breaks(home.journal.entries())) == []
    first = next(home.journal.entries())
    assert first.kind == "journal_broken"
    number = json.loads(first.body)["first_bad_seq"]
    for address in ("terminal:m1", "terminal:m2"):
        assert any(f"{number}番の記録です" in text for text in post.to(address))
    assert not any("書き換え" in text for text in post.to("terminal:m4"))
    (kept,) = (path / "set-aside").rglob(JOURNAL_FILE)
    with closing(sqlite3.connect(f"{kept.as_uri()}?mode=ro", uri=True)) as old:
        assert old.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone() == (0,)
        assert old.execute("SELECT count(*) FROM journal WHERE body LIKE '%何でもない%'").fetchone() != (0,)

    go_on = home.engine.run(run.id)
    assert go_on is not None
    assert go_on.live
    await lamp.hear(clinic.act("nurse", button=f"ack|{run.id}"))
    assert clinic.id("nurse") in home.engine.run(run.id).acknowledged  # type: ignore[union-attr]
    home.close()


async def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    """It is kept, and one sentence says what to do; nobody is left with a bot that starts and knows nobody."""
    make_home(tmp_path, Facility(name="あかり", kind="clinic"), "高橋", MORNING)
    for name in (JOURNAL_FILE, f"{JOURNAL_FILE}-wal", f"{JOURNAL_FILE}-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    (tmp_path / JOURNAL_FILE).write_bytes(b"not a database at all" * 300)

    for _ in range(2):
        with pytest.raises(NoHome, match="restore a backup"):
            open_home(tmp_path, MORNING)
    (kept,) = (tmp_path / "set-aside").rglob(JOURNAL_FILE)
    assert kept.read_bytes().startswith(b"not a database")


async def test_a_run_that_makes_no_sense_any_more_does_not_take_the_others_with_it(clinic: Clinic) -> None:
    """Alterations may break any replay: the run that can't be read stays in the old file, the other one goes on."""
    await clinic.incident()
    second = clinic.orders(Report("", "停電", playbook="unknown"), "nurse").run
    clinic.home.close()
    forge(
        clinic.home.path / JOURNAL_FILE,
        "UPDATE journal SET body = '{}' WHERE run = 'incident-1' AND kind = 'step_shown'",
    )
    home = open_home(clinic.home.path, clinic.clock.now())

    assert [run.id for run in home.engine.live_runs()] == [second]
    home.close()


async def test_a_whole_journal_is_opened_as_it_is(clinic: Clinic) -> None:
    """Nothing is set aside without need."""
    head = clinic.home.journal.head()
    home = open_home(clinic.home.path, clinic.clock.now())

    assert home.journal.head() == head
    assert not (clinic.home.path / "set-aside").exists()
    home.close()


async def test_a_journal_held_by_another_process_can_not_be_set_aside(clinic: Clinic) -> None:
    """Altered while the bot runs: a second process says that it can't go on now, and changes nothing."""
    path = clinic.home.path / JOURNAL_FILE
    clinic.home.journal.head()
    with closing(sqlite3.connect(path)) as other:
        other.execute("DROP TRIGGER journal_refuses_update")
        other.execute("UPDATE journal SET body = '{\"x\":1}' WHERE seq = 3")
        other.commit()

    with pytest.raises(StorageTrouble):
        open_home(clinic.home.path, clinic.clock.now())


async def test_the_bot_stops_to_set_an_altered_journal_aside(clinic: Clinic) -> None:
    """Found while it runs: it ends with the break, so that whoever runs it opens the home anew, and that sets it aside."""
    await clinic.incident()
    altered(clinic.home.path)
    clinic.clock.advance(days=2)

    running = asyncio.create_task(clinic.stage.lamp.run())
    await clinic.stage.lamp.tick()
    with pytest.raises(ExceptionGroup) as stopped:
        await asyncio.wait_for(running, 20)

    assert stopped.value.subgroup(BrokenChain) is not None
    clinic.home.close()
    home = open_home(clinic.home.path, clinic.clock.now())
    assert next(iter(home.journal.entries())).kind == "journal_broken"
    home.close()


@in_virtual_time
async def test_a_refusal_that_can_not_be_shown_comes_as_a_message(clinic: Clinic, post: Post) -> None:
    """A tap whose answer breaks is answered again on a fresh connection; one that can't be is told by a message, once."""
    run = await clinic.incident()
    lamp = light(clinic.home, clinic.clock, post)
    await lamp.outbox.flush()
    post.sent.clear()
    post.unanswerable = [Undelivered("network", "closed", 4.0)]
    await lamp.hear(clinic.act("nurse", button=f"cls|{run.id}"))
    await lamp.outbox.flush()
    assert (post.toasts, post.sent) == (["これは院長か代行者だけができます。"], [])

    for trouble in (Undelivered("refused", "query is too old"), Undelivered("busy", "Too Many Requests", 30.0)):
        post.unanswerable = [trouble]
        await lamp.hear(clinic.act("nurse", button=f"cls|{run.id}"))
        await lamp.outbox.flush()
        assert [m.text for m in post.sent] == ["これは院長か代行者だけができます。"]
        post.sent.clear()


@in_virtual_time
async def test_a_tap_that_hangs_keeps_nobody_waiting(clinic: Clinic, post: Post) -> None:
    """Others are heard after two seconds, the refusal is owed by then; what was done needs no message of its own."""
    run = await clinic.incident()
    lamp = light(clinic.home, clinic.clock, post)
    await lamp.outbox.flush()
    post.sent.clear()
    post.unanswerable = [None, None]
    loop = asyncio.get_running_loop()
    began = loop.time()
    await lamp.hear(
        clinic.act("nurse", button=f"cls|{run.id}"),
        clinic.act("deputy", button=f"ack|{run.id}"),
        clinic.act("reception", button=f"cls|{run.id}"),
    )
    await lamp.outbox.flush()

    assert loop.time() - began == 2.0
    assert clinic.id("deputy") in clinic.run(run.id).acknowledged
    refusal = "これは院長か代行者だけができます。"
    assert [m.address for m in post.sent if m.text == refusal] == [f"terminal:{clinic.id('nurse')}"]
    assert refusal in post.toasts
