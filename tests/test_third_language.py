"""A third language is a folder: put beside the others, it is offered, chosen and spoken, on screens, on paper, in a shell."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from playbooks.phrasing import ROOT, read

FOLDERS = ("bot/phrases", "bot/words/phrases", "contacts/phrases", "playbooks/phrases")
MARK = "◇"
"""What every phrase of the third language begins with; it says the rest in Japanese."""

SHELL = """
import json, sys
from click.testing import CliRunner
from bot.command_line import main

for line in sys.stdin:
    arguments, typed = json.loads(line)
    print(json.dumps(CliRunner().invoke(main, arguments, input=typed).output), flush=True)
"""
"""One process that obeys one command line after the other: a program that was copied takes seconds to start."""

Tomoshibi = Callable[..., str]


@pytest.fixture(scope="module")
def tomoshibi(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tomoshibi]:
    """The program, copied, with a folder more in each place of phrases; and a home of people who speak that language."""
    copy = tmp_path_factory.mktemp("copy")
    for package in ("bot", "contacts", "flows", "playbooks"):
        shutil.copytree(ROOT / package, copy / package)
    for folder in FOLDERS:
        (copy / folder / "eo").mkdir()
        for file in (copy / folder / "ja").iterdir():
            marked = {key: MARK + text for key, text in read(file).items()}
            if file.stem == "labels":
                marked["language.eo"] = "Esperanto"
            text = json.dumps(marked, ensure_ascii=False, indent=1)
            (copy / folder / "eo" / file.name).write_text(text, encoding="utf-8")
    environment = {
        **{name: value for name, value in os.environ.items() if name != "TELEGRAM_BOT_TOKEN"},
        "PYTHONPATH": str(copy),
        "PYTHONIOENCODING": "utf-8",
        "TOMOSHIBI_HOME": str(copy / "home"),
        "XDG_CACHE_HOME": str(copy / "cache"),
    }
    with subprocess.Popen(
        [sys.executable, "-c", SHELL],
        cwd=copy,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as shell:
        assert shell.stdin
        assert shell.stdout
        asked, answered = shell.stdin, shell.stdout

        def run(*arguments: str, typed: str = "") -> str:
            print(json.dumps([arguments, typed]), file=asked, flush=True)
            said: str = json.loads(answered.readline())
            return said

        run(
            *("init", str(copy / "home"), "--facility", "Kliniko", "--kind", "clinic", "--director", "Ludoviko"),
            *("--language", "eo", "--yes"),
        )
        yield run


def test_a_screen_speaks_it(tomoshibi: Tomoshibi) -> None:
    """Words and buttons; and it can be chosen by its name."""
    said = tomoshibi("chat", "--as", "Ludoviko", typed="/help\n/language\n")

    assert f"{MARK}できること" in said
    assert f"[1 日本語]  [2 English]  [3 {MARK}日本語]" in said


def test_a_document_speaks_it(tomoshibi: Tomoshibi) -> None:
    """Headings and the lines of forms: what stands in phrases of the chat, and what stands in the bot's own."""
    paper = tomoshibi("report", "facility", "print_pack")

    assert f"{MARK}診療の記録（臨時）" in paper
    assert f"{MARK}アレルギー・副作用の経験" in paper
    in_japanese = tomoshibi("report", "facility", "print_pack", "--language", "ja")
    assert in_japanese.count(MARK) == 1  # the poster for patients at the door stays in the facility's own language


def test_the_command_line_speaks_it(tomoshibi: Tomoshibi) -> None:
    """Beside the others, as long as nobody has chosen; where one is to be chosen, it is offered."""
    assert f"まだ記録はありません / nothing yet. / {MARK}まだ記録はありません" in tomoshibi("runs", "list")
    assert "[ja|en|eo]" in tomoshibi("init", "--help")
    assert f"{MARK}連絡体制" in tomoshibi("contacts", "chart")
