"""Owed messages go out until delivered: urgent ones first, each only while it is true, one chat's trouble its own."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing

import pytest

from bot.channels.channel import Rate, Rates, Traits, Undelivered
from bot.tending.sending.outbox import Outbox
from bot.wiring import light
from flows.commands.clock import RepeatAlarm
from flows.commands.facility import Suspend
from flows.commands.people import Acknowledge, Report, SettleLines, TellByMouth, TellPresence
from flows.messages.hearing import Group, Stranger
from flows.messages.members import AbsentOff, AbsentOn
from flows.messages.message import Message, Undecodable
from flows.messages.setting_up import WorkbookTemplate
from flows.record.journal import Owed
from tests.clinic import Clinic, Post, ended
from tests.journals import home_file
from tests.virtual_time import in_virtual_time


def outbox(clinic: Clinic, post: Post) -> Outbox:
    """Make an outbox that sends to the test; what is owed so far is taken away."""
    for delivery in clinic.book.unsent():
        clinic.book.supersede(delivery.id)
    return light(clinic.home, clinic.clock, post).outbox


AWAY = AbsentOn()


def plain(message: Message = AWAY, to: str = "m1", priority: int = 5, key: str | None = None) -> Owed:
    """Make a message that needs no facts."""
    return Owed(f"terminal:{to}", message, priority=priority, key=key)


def begin(clinic: Clinic) -> str:
    """Let reception report an attack and do their first card: from then on they have a board."""
    run = clinic.orders(Report("", "画面に英語", playbook="ransomware"), "reception").run
    card = clinic.run(run).open_step_of(clinic.id("reception"))
    assert card is not None
    clinic.orders(SettleLines(run, card.turn), "reception")
    return run


def boards(post: Post) -> list[str]:
    """Give the boards that reception was sent, the changed ones, too."""
    return [text for text in post.to("terminal:m3") if "対応の責任者: " in text]


async def turns(count: int) -> None:
    """Let everything that is ready go on, so many times."""
    for _ in range(count):
        await asyncio.sleep(0)


async def test_alarms_go_first_and_boards_last(clinic: Clinic, post: Post) -> None:
    """When a response begins, all that calls people goes before all that shows how things stand."""
    out = outbox(clinic, post)
    begin(clinic)
    await out.flush()

    texts = [m.text for m in post.sent]
    alarms = [n for n, text in enumerate(texts) if text.startswith("🚨")]
    boards = [n for n, text in enumerate(texts) if "対応の責任者: " in text]
    steps = [n for n, m in enumerate(post.sent) if m.rows and "🚫 禁止: " in m.text]
    assert (post.sent[0].address, alarms) == ("terminal:m3", [1, 2, 3])  # the reporter's first words, then the alarms
    assert boards == [len(texts) - 1]
    assert min(steps) > max(alarms)
    assert max(steps) < min(boards)


async def test_what_became_untrue_is_never_sent(clinic: Clinic, post: Post) -> None:
    """An alarm that was confirmed by word of mouth before it went out stays unsent, and the book says why."""
    out = outbox(clinic, post)
    run = clinic.orders(Report("", "画面に英語", playbook="ransomware"), "reception").run
    clinic.orders(TellByMouth(run, clinic.id("nurse")), "reception")
    await out.flush()

    assert not any(text.startswith("🚨") for text in post.to("terminal:m4"))
    assert [d.state for d in clinic.book.of_run(run) if (d.owed.name, d.owed.to) == ("alarm", "terminal:m4")] == [
        "superseded"
    ]


async def test_a_call_to_decide_is_not_sent_once_somebody_decides(clinic: Clinic, post: Post) -> None:
    """The deputy was to be asked; before that message went out, the director took command."""
    out = outbox(clinic, post)
    run = clinic.orders(Report("", "画面に英語", playbook="ransomware"), "reception").run
    await out.flush()
    clinic.clock.advance(minutes=10)
    clinic.engine.tick(clinic.clock.now())
    assert "command_ask" in [d.owed.name for d in clinic.book.unsent()]
    clinic.orders(Acknowledge(run), "director")
    await out.flush()

    assert not any("代わりに判断を" in text for text in post.to("terminal:m2"))
    assert [d.state for d in clinic.book.of_run(run) if d.owed.name == "command_ask"] == ["superseded"]


async def test_boards_are_changed_in_place(clinic: Clinic, post: Post) -> None:
    """One board a person: what comes later changes the first message instead of adding to the chat."""
    out = outbox(clinic, post)
    run = begin(clinic)
    await out.flush()
    for who in ("nurse", "deputy"):
        clinic.orders(TellPresence(run, "here"), who)
    await out.flush()

    boards = [m for m in post.sent if m.address == "terminal:m3" and "対応の責任者: " in m.text]
    assert [m.replaces is None for m in boards] == [True, False]
    assert "鈴木さん" in boards[-1].text


async def test_a_board_that_reads_the_same_is_left_alone(clinic: Clinic, post: Post) -> None:
    """What changes for others only costs its reader no edit: the bot may say one thing a second to a chat."""
    out = outbox(clinic, post)
    run = begin(clinic)
    await out.flush()
    before = len(boards(post))
    clinic.orders(Acknowledge(run), "nurse")
    await out.flush()
    assert len(boards(post)) == before

    clinic.orders(TellPresence(run, "here"), "deputy")
    await out.flush()
    assert len(boards(post)) == before + 1


async def test_a_board_that_can_not_be_changed_is_sent_anew(clinic: Clinic, post: Post) -> None:
    """Its message was deleted or is too old: the reader gets a new one, and the next change goes to that."""
    out = outbox(clinic, post)
    run = begin(clinic)
    await out.flush()
    last = clinic.book.last_delivered("terminal:m3", f"board:{run}")
    assert last is not None
    post.lost.add(str(last.message_id))
    clinic.orders(TellPresence(run, "here"), "nurse")
    await out.flush()
    clinic.orders(TellPresence(run, "here"), "deputy")
    await out.flush()

    new = clinic.book.last_delivered("terminal:m3", f"board:{run}")
    assert new is not None
    assert new.message_id not in post.lost
    assert [m.replaces for m in post.sent if m.address == "terminal:m3"][-1] == new.message_id


async def test_an_old_message_that_can_not_be_marked_is_let_be(clinic: Clinic, post: Post) -> None:
    """A mark on an old alarm is worth no new message."""
    out = outbox(clinic, post)
    run = clinic.orders(Report("", "画面に英語", playbook="ransomware"), "reception").run
    await out.flush()
    alarm = clinic.book.last_delivered("terminal:m4", f"alarm:{run}")
    assert alarm is not None
    post.lost.add(str(alarm.message_id))
    before = len(post.to("terminal:m4"))
    clinic.orders(Acknowledge(run), "nurse")
    await out.flush()

    assert not any("確認済み（" in text for text in post.to("terminal:m4")[before:])


async def test_one_chat_that_must_wait_holds_up_nobody(
    clinic: Clinic, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told to wait, the outbox leaves that chat alone; all others get theirs, and later so does it, in order."""
    monkeypatch.setattr("bot.tending.sending.outbox.CHECK_EVERY", 0.01)
    out = outbox(clinic, post)
    post.trouble["terminal:m1"] = [Undelivered("busy", "Too Many Requests", 0.2)]
    clinic.owes(plain(to="m1"), plain(AbsentOff(), to="m1"), plain(to="m2"), plain(to="m3"))
    running = asyncio.create_task(out.run())

    await post.until(lambda: len(post.sent) == 2)
    await turns(50)
    assert (post.to("terminal:m1"), len(post.to("terminal:m2")), len(post.to("terminal:m3"))) == ([], 1, 1)
    assert [m.address for m in post.tried].count("terminal:m1") == 1

    clinic.clock.advance(seconds=1)
    await post.until(lambda: len(post.to("terminal:m1")) == 2)
    await ended(running)
    assert "お休み" in post.to("terminal:m1")[0]


async def test_whoever_blocked_the_bot_is_unreachable_on_the_board(clinic: Clinic, post: Post) -> None:
    """The first message that can't be delivered says so: others can tell them, and nothing more is tried."""
    begin(clinic)
    clinic.stage.lamp.outbox = out = outbox(clinic, post)
    post.trouble["terminal:m4"] = [Undelivered("gone", "bot was blocked by the user")]
    clinic.owes(plain(to="m4"))
    await out.flush()

    nurse = clinic.engine.roster().member(clinic.id("nurse"))
    assert nurse is not None
    assert nurse.channels == ()
    told = [m for m in post.sent if m.address == "terminal:m3"][-1]
    assert "鈴木さんに口頭で伝えた" in [b.label for row in told.rows for b in row]
    tried = len(post.tried)
    clinic.orders(RepeatAlarm(clinic.run().id, clinic.id("nurse")), "clock")
    await out.flush()
    assert "terminal:m4" not in {m.address for m in post.tried[tried:]}


async def test_what_the_channel_will_never_take_is_given_up(clinic: Clinic, post: Post) -> None:
    """A refused message fails once and for all, with the reason; the next one goes out."""
    out = outbox(clinic, post)
    post.trouble["terminal:m1"] = [Undelivered("refused", "chat not found")]
    clinic.owes(plain(), plain(AbsentOff()))
    await out.flush()

    assert [(d.state, d.last_error) for d in clinic.book.of_run("facility")][-2:] == [
        ("failed", "chat not found"),
        ("sent", None),
    ]


async def test_a_message_that_our_code_can_not_say(clinic: Clinic, post: Post) -> None:
    """A bug in one view costs that one message: the others go out, and the book says that it was ours."""
    out = outbox(clinic, post)
    clinic.owes(plain(Undecodable("no.such")), plain(AbsentOff()))
    await out.flush()

    assert len(post.sent) == 1
    assert [d.state for d in clinic.book.of_run("facility")][-2:] == ["failed", "sent"]


async def test_after_a_stop_it_goes_on(clinic: Clinic, post: Post) -> None:
    """What was in hand when the process died is sent by the next one."""
    outbox(clinic, post)
    clinic.owes(plain())
    (delivery,) = clinic.book.unsent()
    assert clinic.book.mark_sending(delivery.id, "terminal:m1")
    again = light(clinic.home, clinic.clock, post).outbox
    running = asyncio.create_task(again.run())
    await post.until(lambda: len(post.tried) == 1)
    await ended(running)

    assert clinic.book.get(delivery.id).state in {"sent", "sending"}
    assert len(post.to("terminal:m1")) == 1


async def test_what_others_write_is_sent_too(clinic: Clinic, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process owes something (an invitation on the command line): it goes out without anybody ringing."""
    monkeypatch.setattr("bot.tending.sending.outbox.CHECK_EVERY", 0.01)
    out = outbox(clinic, post)
    running = asyncio.create_task(out.run())
    await asyncio.sleep(0)
    with closing(sqlite3.connect(home_file(clinic.home.journal).path)) as other:
        other.execute(
            """INSERT INTO deliveries (recipient, run, name, data, priority, silent, edits, owed_at, seq)
               VALUES ('terminal:m1', 'facility', 'absent.on', '{}', 1, 0, 0, '2027-03-31T00:00:00.000000+00:00', 1)"""
        )
        other.commit()
    await post.until(lambda: len(post.tried) == 1)
    await ended(running)


async def test_messages_for_other_channels_are_left_alone(clinic: Clinic, post: Post) -> None:
    """A terminal doesn't send what Telegram owes; it waits for whoever can."""
    out = outbox(clinic, post)
    clinic.owes(Owed("telegram:5", Group()), plain())
    await out.flush()

    assert [m.address for m in post.tried] == ["terminal:m1"]
    assert [d.owed.to for d in clinic.book.unsent()] == ["telegram:5"]


async def test_nothing_goes_to_an_address_that_nobody_holds(clinic: Clinic, post: Post) -> None:
    """After a lost phone was suspended, what was still owed to it is not sent; a stranger's polite answer is."""
    out = outbox(clinic, post)
    clinic.owes(plain(to="m4"), Owed("terminal:x9", Stranger()))
    clinic.orders(Suspend("facility", clinic.id("nurse")))
    await out.flush()

    assert {m.address for m in post.sent} == {"terminal:m1", "terminal:x9"}


@pytest.mark.parametrize("from_the_start", [True, False])
async def test_a_disk_that_fails_while_sending_is_not_hammered(
    clinic: Clinic, post: Post, monkeypatch: pytest.MonkeyPatch, *, from_the_start: bool
) -> None:
    """While nothing can be noted, nothing is sent, and it is tried once in a while, not as fast as the machine can."""
    monkeypatch.setattr("bot.tending.sending.outbox.CHECK_EVERY", 0.2)
    out = outbox(clinic, post)
    connection, tries = home_file(clinic.home.journal).here, 0

    def counting(statement: str) -> None:
        nonlocal tries
        tries += statement.startswith("BEGIN")

    running = None if from_the_start else asyncio.create_task(out.run())
    await turns(10)
    clinic.owes(plain())
    connection.execute("PRAGMA query_only = on")
    connection.set_trace_callback(counting)
    running = running or asyncio.create_task(out.run())
    out.ring()
    await turns(200)
    connection.set_trace_callback(None)
    connection.execute("PRAGMA query_only = off")
    assert post.sent == []
    assert 1 <= tries <= 5

    await post.until(lambda: len(post.tried) == 1)
    await ended(running)
    assert clinic.book.unsent() == []


async def test_a_file_goes_with_its_message(clinic: Clinic, post: Post) -> None:
    """What is owed holds no bytes; they are made when the message goes out, while others are served."""
    out = outbox(clinic, post)
    clinic.owes(Owed("terminal:m1", WorkbookTemplate()))
    assert b"PK" not in str(clinic.book.unsent()[0].owed.message.facts).encode()
    await out.flush()

    document = post.sent[0].document
    assert document is not None
    assert document[0] == "tomoshibi-contacts.xlsx"
    assert document[1].startswith(b"PK")


@in_virtual_time
async def test_a_board_is_changed_in_silence(clinic: Clinic, post: Post) -> None:
    """What somebody waits for goes first, at once; the board follows when their chat has been silent for two seconds."""
    post.traits = Traits(rates=Rates(Rate(15, 0.5), lambda _: (Rate(3, 3.0),), lambda _: 1, 2.0))
    times: list[tuple[float, str]] = []
    post.on_deliver = lambda m: (
        times.append((asyncio.get_running_loop().time(), m.text)) if m.address == "terminal:m3" else None
    )
    out = outbox(clinic, post)
    running = asyncio.create_task(out.run())
    run = begin(clinic)
    out.ring()
    await post.until(lambda: bool(boards(post)))
    for who in ("nurse", "deputy"):
        clinic.orders(TellPresence(run, "here"), who)
    clinic.owes(plain(to="m3", priority=1))
    out.ring()
    await post.until(lambda: len(boards(post)) == 2)
    await ended(running)

    changed, before, first = times[-1], times[-2], times[-3]
    assert "鈴木さん" in changed[1]
    assert "お休み" in before[1]
    assert before[0] == first[0]
    assert changed[0] - before[0] == 2.0


async def test_what_the_disk_did_not_take_is_noted_later(
    clinic: Clinic, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message that went out while nothing could be written is not sent again, nor is anything else before it is noted."""
    monkeypatch.setattr("bot.tending.sending.outbox.CHECK_EVERY", 0.01)
    out = outbox(clinic, post)
    connection = home_file(clinic.home.journal).here

    def breaks_down(_: object) -> None:
        connection.execute("PRAGMA query_only = on")

    post.on_deliver = breaks_down
    clinic.owes(plain(), plain(AbsentOff()))
    running = asyncio.create_task(out.run())
    await post.until(lambda: bool(post.sent))
    await turns(50)
    sent = len(post.sent)
    post.on_deliver = lambda _: None
    connection.execute("PRAGMA query_only = off")
    await post.until(lambda: len(post.sent) == 2)
    await turns(50)
    await ended(running)

    assert sent == 1
    assert len(post.tried) == 2
    assert clinic.book.unsent() == []
