"""The demo by hand: one keyboard for everybody, and a clock that jumps."""

from __future__ import annotations

from pathlib import Path

from bot.demo.by_hand import by_hand
from tests.clinic import MORNING


async def typed(folder: Path, *lines: str) -> str:
    """Type lines into a demo; gives all that was printed."""
    left, printed = list(lines), list[str]()

    async def read() -> str | None:
        return left.pop(0) if left else None

    await by_hand(folder, MORNING, "clinic", printed.append, read, ask=lambda name: printed.append(f"{name} > "))
    return "\n".join(printed)


async def test_it_explains_itself(tmp_path: Path) -> None:
    """Who one is, how to write, tap, change over, move the clock and stop, in both languages."""
    said = await typed(tmp_path)

    for part in ("受付の佐藤さんです", "@鈴木", "+10", "Ctrl-D", "高橋、田中、佐藤、鈴木", "moves the clock"):
        assert part in said


async def test_the_first_screen_is_ones_own(tmp_path: Path) -> None:
    """What greeted the others when they came in pushes nothing away, no button of theirs stands there, and a sign waits."""
    said = await typed(tmp_path)

    assert "登録できました" not in said
    assert "[" not in said.replace("[ボタンの字]", "")
    assert said.endswith("佐藤 > ")


async def test_one_keyboard_for_all(tmp_path: Path) -> None:
    """Reception reports, the nurse confirms, three minutes later the deputy is asked; each line says to whom and when."""
    said = await typed(
        tmp_path,
        "電子カルテが動かない、画面に英語が出てる",
        "1",
        "@鈴木",
        "院内にいます",
        "+3",
        "@田中",
        "対応の責任者になる",
        "",
        "/help",
    )

    assert "08:50 佐藤 < どれに近いですか？" in said
    assert "（鈴木 として話しています）" in said
    assert "08:50 鈴木 < (記録しました)" in said
    assert "08:53 田中 < ⚠️ 高橋さん（院長）は、いま判断できません" in said
    assert "あなたが対応の責任者です" in said


async def test_a_name_that_nobody_has(tmp_path: Path) -> None:
    """One stays who one is."""
    said = await typed(tmp_path, "@山田", "@", "/status")

    assert said.count("（佐藤 として話しています）") == 2
    assert "佐藤 < いま対応中のものはありません" in said
