"""The demo by hand: one keyboard for all people of the made-up clinic, and a clock that jumps."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from bot.demo.play import FACILITIES, Cast, open_demo
from playbooks.model import FacilityKind

INTRODUCTION = """\
{facility}へようこそ。 / Welcome to a made-up institution.
いまは朝の 8:50、受付の佐藤さんとして話しています。
  ふつうに書く        メッセージを送る（例: 電子カルテが動かない、画面に英語が出てる）
  番号か [ボタンの字]   ボタンを押す
  @鈴木               ほかの人になる（{names}）
  +10                 時計を10分進める
  Ctrl-D              終わる
  (type to write · a number taps a button · @NAME changes who you are · +10 moves the clock · Ctrl-D ends)
"""


async def by_hand(
    folder: Path,
    start: datetime,
    kind: FacilityKind,
    say: Callable[[str], None],
    read_line: Callable[[], Awaitable[str | None]],
) -> None:
    """Let one person play everybody until the input ends."""
    cast = open_demo(folder, start, lambda member, text: show(member, text), kind)  # noqa: PLW0108  (show needs the cast)
    stage = cast.stage
    me = cast.members["reception"]

    def show(member: str, text: str) -> None:
        at = stage.home.engine.roster().facility.local(stage.clock.now())
        say(f"{at:%H:%M} {cast.names[member]} < {text}\n")

    say(INTRODUCTION.format(facility=FACILITIES[kind], names="、".join(cast.names.values())))
    await stage.settle()
    while (line := await read_line()) is not None:
        line = line.strip()
        if line.startswith("@"):
            me = _named(cast, line[1:]) or me
            say(f"（{cast.names[me]} として話しています）")
        elif moved := re.fullmatch(r"\+(\d{1,4})", line):
            await stage.wait(int(moved[1]))
        elif line:
            await stage.say(me, line)
    stage.home.close()


def _named(cast: Cast, part: str) -> str | None:
    return next((m for m, name in cast.names.items() if part and part in name), None)
