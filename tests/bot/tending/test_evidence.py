"""A photo's bytes are brought and kept under their SHA-256; what can't come now comes later, what never comes is told."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from bot.channels.channel import Attachment, Undelivered
from bot.store.trouble import StorageTrouble
from bot.store.verifying import verify_home
from bot.tending.evidence import MOST_TRIES, PAUSES, EvidenceFetcher, keep
from bot.tending.fetching import fetched
from bot.tending.room import A_DAY, IN_ALL, LEAST_DISK, RESERVED, Room
from flows.commands.people import HandIn, KeepEvidence, Report
from flows.powers import CONSOLE
from tests.clinic import Clinic, Post

BYTES = b"a photo of a screen"
DIGEST = sha256(BYTES).hexdigest()


async def received(clinic: Clinic, channel: str = "terminal", reference: str = "file1") -> str:
    """Open a run with a photo whose bytes nobody has; gives the run."""
    run = clinic.orders(Report("", "画面に英語", playbook="ransomware"), "reception").run
    clinic.orders(HandIn(run, f"{channel}:{reference}", "photo", "a.png"), "nurse")
    return run


def fetcher(clinic: Clinic, post: Post) -> EvidenceFetcher:
    """Make one that fetches over the test's channel."""
    return EvidenceFetcher(
        clinic.engine,
        clinic.home.evidence,
        {"terminal": post},
        clinic.clock,
        room=Room(clinic.engine, clinic.home.path, clinic.clock),
    )


def test_bytes_lie_under_their_digest(tmp_path: Path) -> None:
    """Kept twice they are there once, and nothing half-written lies beside them."""
    assert keep(tmp_path, BYTES) == keep(tmp_path, BYTES) == DIGEST

    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [DIGEST]
    assert (tmp_path / DIGEST[:2] / DIGEST).read_bytes() == BYTES


def test_what_broke_is_put_there_anew(tmp_path: Path) -> None:
    """An erasing that was cut off leaves zeros under the digest: the same photo sent again is whole."""
    keep(tmp_path, BYTES)
    (tmp_path / DIGEST[:2] / DIGEST).write_bytes(bytes(len(BYTES)))

    assert keep(tmp_path, BYTES) == DIGEST
    assert (tmp_path / DIGEST[:2] / DIGEST).read_bytes() == BYTES


def test_a_folder_that_can_not_be_written(tmp_path: Path) -> None:
    """Is trouble that may pass, not the loss of a photo."""
    (tmp_path / "evidence").write_text("in the way", encoding="utf-8")

    with pytest.raises(StorageTrouble):
        keep(tmp_path / "evidence", BYTES)


async def test_received_then_kept(clinic: Clinic, post: Post) -> None:
    """Two entries; the second names digest and size, the home verifies, and nothing is fetched twice."""
    run = await received(clinic)
    post.files["file1"] = [BYTES]
    bringing = fetcher(clinic, post)

    assert await bringing.fetch_due() == 1
    assert await bringing.fetch_due() == 0
    (evidence,) = clinic.run(run).evidence.values()
    assert evidence.sha256 == DIGEST
    assert bringing.missing() == []
    report = verify_home(clinic.home.path)
    assert (report.findings, report.evidence) == ((), 1)


async def test_a_channel_that_can_not_now(clinic: Clinic, post: Post) -> None:
    """It is tried again, at growing distances and at most five minutes apart, until it comes."""
    run = await received(clinic)
    post.files["file1"] = [Undelivered("network", "no route", 1.0) for _ in range(9)] + [BYTES]
    bringing = fetcher(clinic, post)
    waits = []
    start = clinic.clock.now()
    while clinic.run(run).evidence[next(iter(clinic.run(run).evidence))].sha256 is None:
        before = len(post.fetched)
        await bringing.fetch_due()
        if len(post.fetched) > before:
            waits.append(clinic.clock.now() - start)
            start = clinic.clock.now()
        clinic.clock.advance(seconds=1)

    assert [w.total_seconds() for w in waits[1:5]] == [2, 4, 8, 16]
    assert max(waits) == PAUSES[1] == timedelta(minutes=5)


async def test_a_line_that_hangs_is_a_line_that_is_away(post: Post) -> None:
    """What has no end is given up for now, and tried again like anything that the network kept back."""
    with pytest.raises(Undelivered) as given_up:
        await fetched(post, Attachment("photo", "hangs"), lasts=0.01)

    assert (given_up.value.why, given_up.value.retry_after is None) == ("network", False)


async def test_what_does_not_come_in_a_day_is_told(clinic: Clinic, post: Post) -> None:
    """Nobody tries for ever: whoever sent it is asked to send it again."""
    run = await received(clinic)
    post.files["file1"] = [Undelivered("network", "no route", 1.0) for _ in range(2 * MOST_TRIES)]
    bringing = fetcher(clinic, post)
    while bringing.missing():
        await bringing.fetch_due()
        clinic.clock.advance(minutes=5)

    assert len(post.fetched) == MOST_TRIES + 1
    assert [e.lost for e in clinic.run(run).evidence.values()] == ["network"]


async def test_what_never_comes_is_told(clinic: Clinic, post: Post) -> None:
    """A file too large or gone: recorded as lost, and whoever sent it is asked to send it again; nothing tries on."""
    run = await received(clinic)
    post.files["file1"] = [Undelivered("refused", "file is too big")]
    bringing = fetcher(clinic, post)
    await bringing.fetch_due()
    await clinic.stage.settle()

    (evidence,) = clinic.run(run).evidence.values()
    assert (evidence.sha256, evidence.lost) == (None, "refused")
    assert "もう一度送ってください" in clinic.read("nurse")
    assert bringing.missing() == []


async def test_a_disk_that_is_full(clinic: Clinic, post: Post) -> None:
    """The photo isn't lost: it is fetched again when there is room."""
    run = await received(clinic)
    post.files["file1"] = [BYTES, BYTES]
    clinic.home.evidence.write_text("in the way", encoding="utf-8")
    bringing = fetcher(clinic, post)
    assert await bringing.fetch_due() == 0
    clinic.home.evidence.unlink()
    clinic.clock.advance(seconds=2)

    assert await bringing.fetch_due() == 1
    assert [e.sha256 for e in clinic.run(run).evidence.values()] == [DIGEST]


async def test_another_channels_photo_waits_for_its_channel(clinic: Clinic, post: Post) -> None:
    """A terminal can't bring what lies at Telegram; it neither tries nor gives it up."""
    await received(clinic, "telegram")
    bringing = fetcher(clinic, post)

    assert await bringing.fetch_due() == 0
    assert (len(bringing.missing()), post.fetched) == (1, [])


async def test_a_restart_forgets_no_photo(clinic: Clinic, post: Post) -> None:
    """What is missing is read from the runs."""
    await received(clinic)
    post.files["file1"] = [Undelivered("network", "no route", 1.0), BYTES]
    await fetcher(clinic, post).fetch_due()

    assert await fetcher(clinic, post).fetch_due() == 1


async def sent(clinic: Clinic, who: str, size: int) -> None:
    """Let somebody have sent so many bytes."""
    run = clinic.engine.runs()[0].id
    turn = clinic.orders(HandIn(run, "terminal:big", "photo", "a.png"), who).entries[0].turn
    kept = KeepEvidence(run, turn, sha256(str(turn).encode()).hexdigest(), size)
    clinic.engine.handle(kept, actor=CONSOLE, now=clinic.clock.now(), cause=f"kept:{turn}")


@pytest.mark.parametrize(
    ("over", "said"), [("person", "500 MB まで"), ("all", "空きがありません"), ("disk", "空きがありません")]
)
async def test_what_there_is_no_room_for(clinic: Clinic, post: Post, over: str, said: str) -> None:
    """It is not fetched; its sender is told at once and keeps it, and those who decide are told once, and what stops and what doesn't."""
    run = await received(clinic)
    clinic.orders(HandIn(run, "terminal:file2", "photo", "b.png"), "nurse")
    free = [RESERVED - 1 if over == "disk" else LEAST_DISK]
    await sent(clinic, "nurse" if over == "person" else "reception", {"person": A_DAY, "all": IN_ALL, "disk": 1}[over])
    room = Room(clinic.engine, clinic.home.path, clinic.clock, lambda _: free[0])
    bringing = EvidenceFetcher(clinic.engine, clinic.home.evidence, {"terminal": post}, clinic.clock, room=room)
    await bringing.fetch_due()
    await clinic.stage.settle()

    assert (post.fetched, bringing.missing()) == ([], [])
    assert clinic.read("nurse").count(said) == 2
    assert clinic.read("director").count("文字の記録は、これまでどおり残ります") == 1
    assert ("鈴木" in clinic.read("director").split("💾")[1]) is (over == "person")


async def test_whoever_has_sent_much_holds_up_nobody(clinic: Clinic, post: Post) -> None:
    """Others' photos come as ever, and theirs the next day."""
    await received(clinic)
    await sent(clinic, "reception", A_DAY)
    post.files["file1"] = [BYTES]
    bringing = fetcher(clinic, post)
    assert await bringing.fetch_due() == 1

    await sent(clinic, "nurse", A_DAY)
    clinic.clock.advance(hours=25)
    clinic.orders(HandIn(clinic.engine.runs()[0].id, "terminal:file2", "photo", "b.png"), "nurse")
    post.files["file2"] = [b"another"]
    assert await bringing.fetch_due() == 1


async def test_a_disk_that_gets_full_is_told_once(clinic: Clinic) -> None:
    """Those who decide are told before it hurts, and once more only if there was room in between."""
    free = [LEAST_DISK]
    room = Room(clinic.engine, clinic.home.path, clinic.clock, lambda _: free[0])
    told = []
    for left in (LEAST_DISK, LEAST_DISK - 1, LEAST_DISK // 2, LEAST_DISK, 3 * LEAST_DISK, LEAST_DISK // 2):
        free[0] = left
        await room.look_due()
        clinic.clock.advance(days=1)
        await clinic.stage.lamp.outbox.flush()
        told.append(clinic.read("director").count("💾"))

    assert told == [0, 1, 1, 1, 1, 2]
    assert "あと 499 MB" in clinic.read("director")
