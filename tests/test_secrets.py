"""An invitation's code is nowhere on disk once whoever asked for it has it: not in the home, not in what leaves it."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest
from structlog.testing import capture_logs

from bot.alphabet import ALPHABET
from bot.channels.channel import Undelivered
from bot.hearing.inbound import Inbound
from bot.invitations import LENGTH, code_digest
from bot.opening import open_home
from bot.store.set_aside import set_aside
from bot.store.sqlite.journal import JOURNAL_FILE, SqliteJournal
from bot.wiring import light
from contacts.registry import member_at
from flows.messages.members import InvitationMade
from flows.record.chain import BrokenChain
from flows.record.journal import Head, Owed
from tests.bundles import made, small_home
from tests.clinic import MORNING, Clinic, Post, open_clinic
from tests.journals import NOON, bytes_in, draft, file_with
from tests.test_recorded import HOMES, Opening, opened, what_comes_along_is_read_once

__all__ = ["opened", "what_comes_along_is_read_once"]

CODE = "23456789ABCD"
LINK = f"https://t.me/akari_bot?start={CODE}"


def invitation(code: str = CODE) -> Owed:
    """Make the message in which a code is shown."""
    link = f"https://t.me/akari_bot?start={code}"
    return Owed("telegram:1", InvitationMade(member="m5", until="04/08", code=code, link=link))


def owe(journal: SqliteJournal, *codes: str) -> list[int]:
    """Owe invitations and give their numbers."""
    with journal.writing() as writing:
        writing.owe([invitation(code) for code in codes], at=NOON)
    return [delivery.id for delivery in journal.deliveries.unsent()][-len(codes) :]


def code_shown(text: str) -> str:
    """Read the code out of what was shown."""
    found = re.search(rf"[{ALPHABET}]{{{LENGTH}}}", text)
    assert found is not None
    return found.group()


def holds(folder: Path, code: str) -> bool:
    """Say whether any file in a folder holds a code, as it is shown or as it may be typed."""
    return re.search(code.encode(), bytes_in(folder), re.IGNORECASE) is not None


@pytest.fixture
async def clinic(tmp_path: Path) -> AsyncIterator[Clinic]:
    """The clinic on a quiet morning: all have enrolled and read their welcome."""
    made = open_clinic(tmp_path)
    await made.stage.settle()
    made.seen.clear()
    yield made
    made.home.close()


# The home


async def test_a_code_leaves_the_home_when_it_is_shown(clinic: Clinic) -> None:
    """It stands there while the message waits, and once it is sent not a byte of it, though the bot goes on; it works."""
    post = Post(trouble={"terminal:m1": [Undelivered("network", "away", retry_after=1.0)]})
    lamp = light(clinic.home, clinic.clock, post)
    lamp.desk.people.bot_name = "akari_bot"
    await lamp.hear(clinic.act("director", text="/invite 看護師 山田"))
    await lamp.outbox.flush()
    (waiting,) = [d.owed for d in clinic.book.unsent() if d.owed.name == "invited"]
    code = str(waiting.message.facts["code"])
    assert code in str(waiting.message.facts["link"])
    assert holds(clinic.home.path, code)

    clinic.clock.advance(seconds=2)
    await lamp.outbox.flush()
    assert code_shown("".join(post.to("terminal:m1"))) == code
    assert not holds(clinic.home.path, code)

    await clinic.does("", text=f"/start {code.lower()}", address="terminal:x9")
    assert member_at(clinic.home.journal.registry, "terminal:x9") is not None
    assert not holds(clinic.home.path, code)
    assert code_digest(code).encode() in bytes_in(clinic.home.path)


async def test_each_invitation_anew_leaves_as_well(clinic: Clinic) -> None:
    """Asked for again and again there is another code each time, and in the end none of them in the home."""
    codes = {code_shown(await clinic.says("director", f"/invite 看護師 人{n}")) for n in range(5)}

    assert len(codes) == 5
    assert [code for code in codes if holds(clinic.home.path, code)] == []


async def test_a_code_that_was_typed_leaves_no_trace(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where we fail at an act, it is kept with the digest in place of the code, in its raw form, its trace and the log."""

    def breaks(inbound: Inbound, heard: object) -> object:
        raise ZeroDivisionError(str(heard))

    monkeypatch.setattr(Inbound, "take", breaks)
    for typed in (f"/start {CODE}", f"/start\n{CODE.lower()}", f"/start\u3000{CODE} よろしく"):
        with capture_logs() as logs:
            await clinic.does("x9", text=typed)
        assert logs
        assert CODE.lower() not in str(logs).lower()

    assert not holds(clinic.home.path, CODE)
    first, second, _ = clinic.home.journal.unhandled.all()
    assert json.loads(first.raw)["text"] == f"/start {code_digest(CODE)}"
    assert json.loads(second.raw)["text"] == f"/start\n{code_digest(CODE)}"
    assert code_digest(CODE) in first.trace


# The file


def test_a_reader_holds_up_the_sweeping_only(tmp_path: Path) -> None:
    """While another process reads, the copy in the log stays; the message is sent all the same, and then it is swept."""
    with SqliteJournal(tmp_path / JOURNAL_FILE) as journal:
        (number,) = owe(journal, CODE)
        with closing(sqlite3.connect(tmp_path / JOURNAL_FILE)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM deliveries").fetchone()
            journal.deliveries.mark_sent(number, "telegram:1", "77", NOON)
            assert not journal.deliveries.sweep()
            assert holds(tmp_path, CODE)
            reader.rollback()

            assert journal.deliveries.sweep()
            assert not holds(tmp_path, CODE)
        assert journal.deliveries.get(number).state == "sent"


def test_the_next_writing_sweeps_as_well(tmp_path: Path) -> None:
    """What a reader held up goes with whatever is written next."""
    with SqliteJournal(tmp_path / JOURNAL_FILE) as journal:
        number, other = owe(journal, CODE, "ZZZZZZZZZZZZ")
        with closing(sqlite3.connect(tmp_path / JOURNAL_FILE)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM deliveries").fetchone()
            journal.deliveries.mark_sent(number, "telegram:1", "77", NOON)
        journal.deliveries.mark_sending(other, "telegram:1")

        assert not holds(tmp_path, CODE)
        assert holds(tmp_path, "ZZZZZZZZZZZZ")


def test_a_bot_that_was_killed_before_it_swept(tmp_path: Path) -> None:
    """Whoever opens the home next does it."""
    here, copied = tmp_path / "here", tmp_path / "copied"
    here.mkdir()
    with SqliteJournal(here / JOURNAL_FILE) as journal:
        (number,) = owe(journal, CODE)
        with closing(sqlite3.connect(here / JOURNAL_FILE)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM deliveries").fetchone()
            journal.deliveries.mark_sent(number, "telegram:1", "77", NOON)
            shutil.copytree(here, copied)
    assert holds(copied, CODE)

    with SqliteJournal(copied / JOURNAL_FILE) as journal:
        assert journal.deliveries.get(number).state == "sent"
        assert not holds(copied, CODE)


def test_of_many_that_wait_none_leaves_its_like_behind(tmp_path: Path) -> None:
    """Hundreds over many pages, sent and owed in any order: what goes is gone, what waits is whole."""
    chance = Random(7)
    codes = ["".join(chance.choices(ALPHABET, k=LENGTH)) for _ in range(400)]
    with SqliteJournal(tmp_path / JOURNAL_FILE) as journal:
        numbers = dict(zip(owe(journal, *codes[:300]), codes[:300], strict=True))
        gone = []
        for turn, number in enumerate(chance.sample(sorted(numbers), 150)):
            journal.deliveries.mark_sent(number, "telegram:1", str(turn), NOON)
            gone.append(numbers.pop(number))
            if turn % 2:
                code = codes[300 + turn // 2]
                numbers[owe(journal, code)[0]] = code
        left = bytes_in(tmp_path)

        assert [code for code in gone if code.encode() in left] == []
        assert {d.id: d.owed.message.facts["code"] for d in journal.deliveries.unsent()} == numbers


def test_a_message_sent_within_a_larger_transaction(tmp_path: Path) -> None:
    """Its secret is swept at the end of it, or at the next chance; asked for in the midst, sweeping is not done and harms nothing."""
    with SqliteJournal(tmp_path / JOURNAL_FILE) as journal:
        (number,) = owe(journal, CODE)
        with journal.writing():
            journal.deliveries.mark_sent(number, "telegram:1", "77", NOON)
            assert not journal.deliveries.sweep()
        assert not holds(tmp_path, CODE)
        assert journal.deliveries.get(number).state == "sent"


# What leaves the home, and what is put aside in it


async def test_no_code_goes_into_a_bundle(tmp_path: Path) -> None:
    """Neither one that was shown nor one that still waits, whoever the bundle is for."""
    clinic = small_home(tmp_path / "home")
    shown = code_shown(await clinic.says("director", "/invite 看護師 山田"))
    await clinic.stage.lamp.hear(clinic.act("director", text="/invite 看護師 渡辺"))
    (waiting,) = [str(d.owed.message.facts["code"]) for d in clinic.book.unsent() if d.owed.name == "invited"]
    for recipient in ("internal", "police"):
        bundle = made(clinic, tmp_path / f"{recipient}.zip", recipient).path
        with ZipFile(bundle) as archive:
            inside = b"".join(archive.read(name) for name in archive.namelist())
        for code in (shown, waiting):
            assert re.search(code.encode(), inside + bundle.read_bytes(), re.IGNORECASE) is None
    assert holds(clinic.home.path, waiting)
    clinic.home.close()


def test_a_journal_set_aside_holds_no_code(tmp_path: Path) -> None:
    """The new journal still knows what it has to send; the old file keeps everything else byte by byte, and can be read."""
    with file_with(tmp_path / JOURNAL_FILE, 3) as journal:
        owe(journal, CODE)
    before = (tmp_path / JOURNAL_FILE).read_bytes()
    put = set_aside(tmp_path, BrokenChain(2, Head(), "altered"), [], now=NOON)

    kept = (put.folder / JOURNAL_FILE).read_bytes()
    assert not holds(put.folder, CODE)
    differing = {place for place, (a, b) in enumerate(zip(before, kept, strict=True)) if a != b}
    secret = json.dumps({"code": CODE, "link": LINK})[1:-1].encode()
    blank = set(range(before.index(secret), before.index(secret) + len(secret)))
    assert differing - {18, 19, *range(24, 28), *range(92, 100)} <= blank
    with (
        SqliteJournal(tmp_path / JOURNAL_FILE) as journal,
        SqliteJournal(put.folder / JOURNAL_FILE, mode="read") as old,
    ):
        (owed,) = journal.deliveries.unsent()
        assert (owed.owed.message.facts["code"], owed.owed.message.facts["link"]) == (CODE, LINK)
        assert [d.owed.message.facts for d in old.deliveries.unsent()] == [
            {"member": "m5", "until": "04/08", "code": "", "link": ""}
        ]
        journal.deliveries.mark_sent(owed.id, "telegram:1", "77", NOON)
        assert not holds(tmp_path, CODE)


def test_a_damaged_file_set_aside_holds_no_code(tmp_path: Path) -> None:
    """Also where pages are damaged, or nothing can be read any more, and in the log beside it."""
    with SqliteJournal(tmp_path / JOURNAL_FILE) as journal:
        owe(journal, CODE)
        with journal.writing() as writing:
            writing.append([draft() for _ in range(3)], cause="c", recorded_at=NOON)
        log = (tmp_path / f"{JOURNAL_FILE}-wal").read_bytes()
    raw = (tmp_path / JOURNAL_FILE).read_bytes()
    (tmp_path / JOURNAL_FILE).write_bytes(b"noise" + raw[5:])
    (tmp_path / f"{JOURNAL_FILE}-wal").write_bytes(log)
    assert CODE.encode() in raw
    assert CODE.encode() in log
    put = set_aside(tmp_path, BrokenChain(0, Head(), "noise"), [], now=NOON)

    assert {JOURNAL_FILE, f"{JOURNAL_FILE}-wal"} <= {path.name for path in put.folder.iterdir()}
    assert not holds(tmp_path, CODE)


# Homes of older versions


@pytest.mark.parametrize("name", HOMES)
async def test_an_old_home_forgets_what_it_sent(name: str, opened: Opening, tmp_path: Path) -> None:
    """Codes of invitations that were sent are gone when it is opened; one that waits is sent first, as it was."""
    before = dict(codes_in(Path(__file__).parent / "recorded" / "a1988d0" / name / JOURNAL_FILE))
    sent = list(chain.from_iterable(codes for state, codes in before.items() if state == "sent"))
    waiting = before.get("owed", [])
    assert sent
    old = opened(name)
    assert [code for code in sent if holds(tmp_path / name, code)] == []
    assert [code for code in waiting if not holds(tmp_path / name, code)] == []

    old.book.resume()
    await old.lamp.outbox.flush()
    said = "".join(message.text for post in old.posts.values() for message in post.sent)
    assert [code for code in waiting if code not in said] == []
    assert [code for code in waiting if holds(tmp_path / name, code)] == []


def codes_in(file: Path) -> dict[str, list[str]]:
    """List the codes that stand in a file of commit a1988d0, by the state of their messages."""
    found: dict[str, list[str]] = {}
    with closing(sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)) as database:
        for state, data in database.execute("SELECT state, data FROM deliveries WHERE name = 'invited'"):
            found.setdefault(state, []).append(json.loads(data)["code"])
    return found


def test_what_an_old_version_failed_at_is_scrubbed(tmp_path: Path) -> None:
    """A code that was typed at the wrong moment stands no longer in what was kept, nor where it once was."""
    shutil.copytree(Path(__file__).parent / "recorded" / "a1988d0" / "half", tmp_path / "half")
    typed = json.dumps({"address": "telegram:9", "text": f"/start {CODE}"})
    with closing(sqlite3.connect(tmp_path / "half" / JOURNAL_FILE)) as database:
        for trace in (f"KeyError: '{CODE}'", "x" * 5000 + CODE):
            database.execute(
                "INSERT INTO unhandled (at, cause, raw, trace) VALUES ('2027-04-01T00:00:00.000000+00:00', ?, ?, ?)",
                [f"c{len(trace)}", typed, trace],
            )
        database.execute("INSERT INTO unhandled (at, cause, raw, trace) VALUES ('', 'gone', ?, '')", [typed])
        database.commit()
        database.execute("PRAGMA secure_delete = off")
        database.execute("DELETE FROM unhandled WHERE cause = 'gone'")
        database.commit()
    assert holds(tmp_path, CODE)

    home = open_home(tmp_path / "half", MORNING)
    assert not holds(tmp_path, CODE)
    assert [json.loads(act.raw)["text"] for act in home.journal.unhandled.all()] == ["/start …"] * 2
    home.close()
