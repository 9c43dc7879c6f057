"""How backups are said: what is wrong and what to do, never only that; what has to be said again after a restore."""

from __future__ import annotations

import pytest

from bot.words.words import phrases
from flows.commands.people import Report
from flows.commands.upkeep import NoteBackup, NoteKeyShown, NoteNoBackup, NoteRestore
from flows.messages.upkeep import BackupSent, NoBackupNow
from flows.record.journal import FACILITY, Owed
from tests.clinic import MORNING, Clinic

LAST = MORNING.isoformat()


def shown(clinic: Clinic, message: BackupSent | NoBackupNow) -> str:
    """Give what the director reads."""
    director = clinic.id("director")
    return clinic.stage.lamp.renderer.render(Owed(director, message), director, clinic.clock.now()).text


@pytest.mark.parametrize(
    "why", sorted(key.removeprefix("no_backup.") for key in phrases("ja") if key.startswith("no_backup."))
)
def test_why_there_is_none(clinic: Clinic, why: str) -> None:
    """Each reason says what to do, that the last one is still there, and that the bot goes on; it fits a glance."""
    said = shown(clinic, NoBackupNow(why, LAST))

    assert "前のもの（04/01 08:50）は、そのまま残っています" in said
    assert "いつもどおり動いています" in said
    assert len(said) <= 220
    assert "まだ一つもありません" in shown(clinic, NoBackupNow(why))


def test_the_key_is_asked_for_until_it_was_shown(clinic: Clinic) -> None:
    """A backup in the chat without a key on paper is worth nothing."""
    assert "回復キー" in shown(clinic, BackupSent("x"))
    clinic.orders(NoteKeyShown(FACILITY, "ab"), "console")
    assert "回復キー" not in shown(clinic, BackupSent("x"))


async def test_after_a_restore_everybody_hears(clinic: Clinic) -> None:
    """From when on things are gone, that they have to be done again, and where to go on; people are looked at by whom it concerns."""
    run = clinic.orders(Report("", "画面に英語", playbook="ransomware"), "reception").run
    await clinic.stage.settle()
    clinic.seen.clear()
    clinic.orders(NoteRestore(FACILITY, LAST, 40, "ab", (50,)), "console")
    await clinic.stage.settle()

    for who in ("director", "deputy", "reception", "nurse"):
        assert "04/01 08:50 のバックアップから戻しました" in clinic.read(who)
        assert "そのあとの記録が欠けています" in clinic.read(who)
        assert "もう一度お願いします" in clinic.read(who)
        assert "[1 状況を見る]" in clinic.read(who)
    assert "/people" in clinic.read("director")
    assert "/people" not in clinic.read("nurse")
    assert run


async def test_readiness_says_when_the_last_one_was(clinic: Clinic) -> None:
    """Silence would be the worst: whoever looks at the figure reads it below."""
    assert "💾 記録のバックアップ まだありません" in await clinic.says("director", "/readiness")
    clinic.orders(NoteBackup(FACILITY, "b", 9, 5), "console")
    clinic.orders(NoteKeyShown(FACILITY, "ab"), "console")
    assert "💾 記録のバックアップ 04/01 08:50" in await clinic.says("director", "/readiness")
    clinic.orders(NoteNoBackup(FACILITY, "full"), "console")
    assert "04/01 08:50（そのあと取れていません）" in await clinic.says("director", "/readiness")
