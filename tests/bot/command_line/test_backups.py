"""``backup`` and ``restore`` as somebody types them on the worst day of the year."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.backup.recovery_key import KEY_FILE, RecoveryKey
from bot.backup.restoring import alone_is_unproved
from bot.home import Home
from tests.bot.command_line.prompt import Prompt
from tests.telegram_double import TelegramDouble


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    """A folder on another disk."""
    (tmp_path / "usb").mkdir()
    return tmp_path / "usb"


def key_of(prompt: Prompt) -> str:
    """Read the key as the command shows it."""
    return str(prompt.json("backup", "--home", prompt.home, "--key")["recovery_key"])


def kinds(home: Path) -> list[str]:
    """List the kinds of a home's entries."""
    opened = Home(home)
    try:
        return [entry.kind for entry in opened.journal.entries()]
    finally:
        opened.close()


def test_there_and_back(prompt: Prompt, usb: Path, tmp_path: Path) -> None:
    """A backup, the key from the paper, an empty folder: the same home, with the restore entered and what to do next said."""
    prompt.makes_home()
    key = key_of(prompt)
    made = prompt.json("backup", "--home", prompt.home, "--to", usb)
    back = prompt.runs("restore", made["file"], "--home", tmp_path / "new", "--key", key.lower())

    assert back.exit_code == 0
    assert "もう一度、聞いてください" in back.stdout
    assert "元のボットを止めてから" in back.stdout
    assert kinds(tmp_path / "new")[-2:] == ["recovery_key_shown", "restored"]
    assert kinds(prompt.home)[-1] == "backup_made"
    assert prompt.runs("verify", tmp_path / "new").exit_code == 0


def test_the_key_is_entered_and_never_written(prompt: Prompt, usb: Path) -> None:
    """The record tells that it was shown, by its name; the key itself stands in no entry and in no backup in the clear."""
    prompt.makes_home()
    key = key_of(prompt)
    prompt.json("backup", "--home", prompt.home, "--to", usb)
    again = prompt.runs("backup", "--home", prompt.home, "--key")

    assert key in again.stdout
    assert key.encode() not in (prompt.home / "journal.db").read_bytes()
    assert kinds(prompt.home).count("recovery_key_shown") == 2


def test_without_a_key_on_paper(prompt: Prompt, usb: Path) -> None:
    """Whoever backs up is told that it is worth nothing without."""
    prompt.makes_home()
    first = prompt.runs("backup", "--home", prompt.home, "--to", usb)
    key_of(prompt)
    second = prompt.runs("backup", "--home", prompt.home, "--to", usb)

    assert ("回復キーが必要です" in first.stdout, "回復キーが必要です" in second.stdout) == (True, False)


def test_a_new_key(prompt: Prompt, usb: Path, tmp_path: Path) -> None:
    """Also in the place of a damaged one; the old backup is refused with the name of the key that it wants."""
    prompt.makes_home()
    old = key_of(prompt)
    made = prompt.json("backup", "--home", prompt.home, "--to", usb)
    (prompt.home / KEY_FILE).write_text("x")
    assert "--new-key" in prompt.runs("backup", "--home", prompt.home, "--to", usb).stderr
    new = prompt.json("backup", "--home", prompt.home, "--new-key")["recovery_key"]
    refused = prompt.runs("restore", made["file"], "--home", tmp_path / "new", "--key", new)

    assert refused.exit_code == 1
    assert RecoveryKey.read(old).fingerprint in refused.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["backup", "--home", "HOME"], "--to"),
        (["backup", "--home", "HOME", "--to", "GONE"], "ディスクをつないでから"),
        (["backup", "--home", "HOME", "--to", "HOME"], "記録のフォルダの中"),
        (["restore", "FILE", "--home", "NEW"], "TOMOSHIBI_RECOVERY_KEY"),
        (["restore", "FILE", "--home", "NEW", "--key", "ABCD-EFGH"], "写し間違い"),
        (["restore", "FILE", "--home", "HOME", "--key", "KEY"], "空のフォルダ"),
        (["restore", "README", "--home", "NEW", "--key", "KEY"], "バックアップのファイルではありません"),
        (["restore", "CUT", "--home", "NEW", "--key", "KEY"], "途中で切れています"),
        (["restore", "NEWER", "--home", "NEW", "--key", "KEY"], "プログラムを新しくしてから"),
        (["restore", "FILE", "--home", "NEW", "--key", "KEY", "--seal", "おはよう"], "封印として読めません"),
    ],
)
def test_what_can_go_wrong(prompt: Prompt, usb: Path, tmp_path: Path, words: list[str], said: str) -> None:
    """A sentence that says what to do, in both languages, an exit code, and nothing half restored."""
    prompt.makes_home()
    file = Path(prompt.json("backup", "--home", prompt.home, "--to", usb)["file"])
    (tmp_path / "cut").write_bytes(file.read_bytes()[:-1])
    (tmp_path / "newer").write_bytes(b"tomoshibi backup 9\n{}\n")
    (tmp_path / "readme").write_text("hello")
    named = {
        "HOME": prompt.home,
        "KEY": key_of(prompt),
        "FILE": file,
        "NEW": tmp_path / "new",
        "GONE": tmp_path / "gone",
        "CUT": tmp_path / "cut",
        "NEWER": tmp_path / "newer",
        "README": tmp_path / "readme",
    }
    ended = prompt.runs(*(named.get(word, word) for word in words))

    assert ended.exit_code in (1, 2)
    assert said in ended.stderr
    assert " / " in ended.stderr
    assert not (tmp_path / "new").exists()


def test_how_much_is_missing(prompt: Prompt, usb: Path, tmp_path: Path) -> None:
    """A seal from the chat that is newer than the backup: entered, and said in entries; one that doesn't fit is a finding."""
    prompt.makes_home()
    key = key_of(prompt)
    made = prompt.json("backup", "--home", prompt.home, "--to", usb)
    (tmp_path / "seal.txt").write_text(f"番号 50\n{'ab' * 32}\n署名 {'cd' * 64}", encoding="utf-8")
    back = prompt.runs("restore", made["file"], "--home", tmp_path / "a", "--key", key, "--seal", tmp_path / "seal.txt")
    other = prompt.json(
        "restore", made["file"], "--home", tmp_path / "b", "--key", key, "--seal", f"番号 2\n{'ab' * 32}", code=3
    )

    assert f"{50 - made['entries']} 件" in back.stdout
    assert other["findings"] == ["seal_digest 2"]
    opened = Home(tmp_path / "a")
    [*_, entry] = opened.journal.entries()
    opened.close()
    assert json.loads(entry.body)["missing"] == [50]


async def test_not_while_the_old_bot_polls(prompt: Prompt, usb: Path, tmp_path: Path) -> None:
    """With the token at hand it is looked before anything is restored, and again before the first start without."""
    await asyncio.to_thread(prompt.makes_home)
    key = await asyncio.to_thread(key_of, prompt)
    made = await asyncio.to_thread(prompt.json, "backup", "--home", prompt.home, "--to", usb)
    words = ("restore", made["file"], "--home", tmp_path / "new", "--key", key)
    async with TelegramDouble() as double:
        at_hand: dict[str, str | None] = {"TELEGRAM_BOT_TOKEN": double.token, "TELEGRAM_API_URL": double.url}
        double.misbehaves("getUpdates", "409")
        refused = await asyncio.to_thread(replace(prompt, env=prompt.env | at_hand).runs, *words)
        assert (refused.exit_code, "別のところで動いています" in refused.stderr) == (1, True)
        assert not (tmp_path / "new").exists()

        await asyncio.to_thread(prompt.json, *words)
        double.misbehaves("getUpdates", "409")
        run = replace(prompt, env=prompt.env | at_hand).runs
        ended = await asyncio.to_thread(run, "run", "--home", tmp_path / "new")
    assert (ended.exit_code, "別のところで動いています" in ended.stderr) == (1, True)
    assert alone_is_unproved(tmp_path / "new")
