"""Backups by themselves: after each end, weekly, hourly amid an incident, tried once a month; what fails is told once."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.backup.archive import members
from bot.backup.making import backups_in
from bot.backup.recovery_key import KEY_FILE, key_of
from bot.channels.channel import DeliveryReceipt, RenderedMessage, Undelivered
from bot.settings import BackupPlan
from bot.tending import backing_up
from bot.tending.evidence import keep
from flows.commands.people import CallOff, Report
from tests.clinic import Clinic


class Watched:
    """A clinic whose backups go into a folder; ``passes`` lets time go by at one stroke."""

    def __init__(self, clinic: Clinic, usb: Path) -> None:
        self.clinic, self.usb = clinic, usb

    def plans(self, **plan: Any) -> None:
        """Set where backups go."""
        home = self.clinic.home
        home.settings = home.settings.model_copy(update={"backup": BackupPlan(**plan)})

    async def passes(self, **length: float) -> None:
        """Let time go by, and do what is due then."""
        self.clinic.clock.advance(**length)
        await self.clinic.stage.settle()
        await self.clinic.stage.settle()

    def bodies(self, kind: str) -> list[dict[str, Any]]:
        """Give the bodies of all entries of a kind."""
        return [json.loads(entry.body) for entry in self.clinic.entries(kind)]

    @property
    def made(self) -> int:
        """How many backups were entered."""
        return len(self.bodies("backup_made"))

    def told(self, who: str = "director") -> int:
        """How often somebody was told that there can be none."""
        return sum("バックアップが取れませんでした" in text for text in self.clinic.of(who))


@pytest.fixture
async def watched(clinic: Clinic, tmp_path: Path) -> AsyncIterator[Watched]:
    """The clinic with its first backup made."""
    (tmp_path / "usb").mkdir()
    made = Watched(clinic, tmp_path / "usb")
    made.plans(folder=str(made.usb))
    await made.passes(seconds=5)
    return made  # type: ignore[return-value]  # pytest-asyncio takes both


async def test_without_a_place_none_is_made(clinic: Clinic) -> None:
    """Nobody is surprised by files that nobody wished for."""
    await clinic.passes(30)

    assert clinic.entries("backup_made") == clinic.entries("backup_failed") == []


async def test_the_first_is_made_and_tried(watched: Watched) -> None:
    """As soon as there is a place; that it can be restored is known at once."""
    assert [path.name for path in backups_in(watched.usb)] == [watched.bodies("backup_made")[0]["name"]]
    assert [body["why"] for body in watched.bodies("backup_tried")] == [""]


async def test_once_a_week(watched: Watched) -> None:
    """Also when nothing happened: that the disk still works is worth knowing."""
    await watched.passes(days=6, hours=23)
    assert watched.made == 1
    await watched.passes(hours=1)
    assert watched.made == 2


async def test_after_each_end_with_its_seal(watched: Watched) -> None:
    """A run that ended is in a backup within minutes, and so is the seal that was posted for it."""
    clinic = watched.clinic
    run = clinic.orders(Report("", "画面に英語"), "reception").run
    clinic.orders(CallOff(run, "まちがい"), "director")
    await watched.passes(seconds=5)

    [*_, seal] = clinic.entries("sealed")
    assert watched.made == 2
    assert watched.bodies("backup_made")[-1]["head"] >= seal.seq


async def test_hourly_amid_an_incident(watched: Watched) -> None:
    """Whoever has to go on elsewhere loses no more than an hour; a drill, and an hour in which nothing came, need none."""
    await watched.clinic.incident()
    await watched.passes(minutes=61)
    assert watched.made == 2
    await watched.passes(minutes=30)
    assert watched.made == 2


async def test_a_drill_needs_none(watched: Watched) -> None:
    """What is only played is not backed up hourly."""
    await watched.clinic.drill()
    await watched.passes(minutes=61)

    assert watched.made == 1


async def test_a_restore_is_tried_once_a_month(watched: Watched) -> None:
    """Of a fresh backup, with the newest seal looked for in it."""
    await watched.passes(days=29)
    assert len(watched.bodies("backup_tried")) == 1
    await watched.passes(days=1)

    [_, tried] = watched.bodies("backup_tried")
    [*_, seal] = watched.clinic.entries("sealed")
    assert (tried["why"], tried["seal"]) == ("", seal.seq)
    assert tried["name"] == watched.bodies("backup_made")[-1]["name"]


async def test_never_amid_an_incident(watched: Watched) -> None:
    """Disk and processor are for the people then."""
    await watched.clinic.incident()
    await watched.passes(days=31)

    assert len(watched.bodies("backup_tried")) == 1


async def test_an_unplugged_disk_is_told_once(watched: Watched) -> None:
    """To those who decide, with what to do; tried again and again without a word, and found by itself when it is back."""
    shutil.move(watched.usb, watched.usb.with_name("pocket"))
    for _ in range(8):
        await watched.passes(days=1)
    assert [body["why"] for body in watched.bodies("backup_failed")] == ["missing"]
    assert (watched.told("director"), watched.told("deputy"), watched.told("nurse")) == (1, 1, 0)

    shutil.move(watched.usb.with_name("pocket"), watched.usb)
    await watched.passes(minutes=11)
    assert (watched.made, watched.clinic.engine.house.backups.failing) == (2, "")


async def test_an_empty_mount_point_is_no_disk(watched: Watched) -> None:
    """Where earlier backups were and now is nothing, nothing is written: it would lie on the machine's own disk."""
    shutil.move(watched.usb, watched.usb.with_name("pocket"))
    watched.usb.mkdir()
    await watched.passes(days=8)

    assert [body["why"] for body in watched.bodies("backup_failed")] == ["missing"]
    assert list(watched.usb.iterdir()) == []


async def test_upkeep_says_it_again(watched: Watched) -> None:
    """Weeks after it was told once, those who decide read it among what is to be looked at, with the last good day."""
    shutil.rmtree(watched.usb)
    await watched.passes(hours=1)
    for _ in range(20):
        await watched.passes(days=1)

    assert "記録のバックアップが取れていません（最後は2027-04-01）" in watched.clinic.read("director")


async def test_a_damaged_key_is_told(watched: Watched) -> None:
    """Nothing goes into a backup that nobody could open."""
    (watched.clinic.home.path / KEY_FILE).write_text("x")
    await watched.passes(days=8)

    assert [body["why"] for body in watched.bodies("backup_failed")] == ["key"]


async def test_altered_evidence_is_told(watched: Watched) -> None:
    """It counts as no good backup, and the good one stays."""
    digest = keep(watched.clinic.home.evidence, b"photo")
    (watched.clinic.home.evidence / digest[:2] / digest).write_bytes(b"other")
    await watched.passes(days=8)

    assert watched.bodies("backup_made")[-1]["altered"] == 1
    assert (len(backups_in(watched.usb)), watched.told()) == (2, 1)
    assert watched.clinic.engine.house.backups.name == watched.bodies("backup_made")[0]["name"]


async def test_to_the_chat(clinic: Clinic) -> None:
    """The director's chat gets the encrypted file, silently, and nobody else; it can be opened with the key."""
    watched = Watched(clinic, clinic.home.path / "backups")
    watched.plans(chat=True)
    await watched.passes(seconds=5)
    [path] = backups_in(watched.usb)

    assert f"📎 {path.name}" in clinic.read("director")
    assert "📎" not in clinic.read("deputy") + clinic.read("nurse")
    with path.open("rb") as file:
        assert "journal.db" in [name for name, _ in members(file, key_of(clinic.home.path))]


async def test_the_next_takes_its_place_in_the_home(clinic: Clinic) -> None:
    """What goes to the chat alone does not fill the machine's disk."""
    watched = Watched(clinic, clinic.home.path / "backups")
    watched.plans(chat=True)
    await watched.passes(seconds=5)
    await watched.passes(days=8)

    assert (watched.made, len(backups_in(watched.usb))) == (2, 1)


async def test_too_big_for_the_chat(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no folder it is told what to do; nothing counts as backed up."""
    monkeypatch.setattr(backing_up, "CHAT_LIMIT", 1000)
    watched = Watched(clinic, clinic.home.path / "backups")
    watched.plans(chat=True)
    await watched.passes(seconds=5)

    assert watched.bodies("backup_made") == []
    assert "50 MB を超え" in clinic.read("director")


async def test_a_chat_that_takes_nothing(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """What did not arrive is no backup where it lies nowhere else; it is sent once the line is back."""
    deliver = clinic.stage.deliver

    async def away(message: RenderedMessage) -> DeliveryReceipt:
        if message.document is not None:
            raise Undelivered("network", "away", 1.0)
        return await deliver(message)

    monkeypatch.setattr(clinic.stage, "deliver", away)
    watched = Watched(clinic, clinic.home.path / "backups")
    watched.plans(chat=True)
    await watched.passes(seconds=5)
    assert (watched.made, [body["why"] for body in watched.bodies("backup_failed")]) == (0, ["unsent"])
    watched.plans(chat=True, folder=str(clinic.home.path.parent))
    await watched.passes(minutes=11)
    assert watched.made == 1

    monkeypatch.undo()
    watched.plans(chat=True)
    await watched.passes(days=8)
    assert watched.made == 2


async def test_it_holds_up_nobody_and_stops_at_once(clinic: Clinic, tmp_path: Path) -> None:
    """While it is made the loop is free; when the bot is stopped it ends within moments and leaves nothing."""
    for number in range(40):
        keep(clinic.home.evidence, bytes([number]) * 2_000_000)
    watched = Watched(clinic, tmp_path / "usb")
    watched.usb.mkdir()
    watched.plans(folder=str(watched.usb))
    task = asyncio.create_task(clinic.stage.lamp.keeper.backup_due())
    while not await asyncio.to_thread(os.listdir, watched.usb):  # the loop goes round while the other thread works
        assert not task.done()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.get_running_loop().shutdown_default_executor()

    assert list(watched.usb.iterdir()) == []


async def test_a_clock_that_was_ahead(watched: Watched) -> None:
    """A backup of next year does not keep this year's from being made."""
    await watched.passes(days=365)
    before = watched.made
    watched.clinic.clock.set(watched.clinic.clock.now() - timedelta(days=365))
    await watched.passes(seconds=5)
    await watched.passes(days=8)

    assert watched.made == before + 1
