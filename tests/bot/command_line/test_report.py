"""``report``: documents from the command line, their file, and what there is when one asks for something else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.command_line.looking import write_whole
from tests.bot.command_line.prompt import Prompt
from tests.clinic import Played
from tests.hanging_pandoc import pandoc_that_hangs


@pytest.fixture
def incident(prompt: Prompt, played: Played) -> Prompt:
    """A shell at the home of the played story."""
    return Prompt(played.clinic.home.path, prompt.env)


def test_printing_text(incident: Prompt) -> None:
    """Without -o the Markdown is printed, and nothing else; --until tells an earlier state."""
    then = incident.runs("report", "incident-1", "timeline", "--home", incident.home, "--until", 40)

    assert then.stdout.startswith("# 時系列記録")
    assert "この記録は途中です" in then.stdout
    assert then.exit_code == 0


def test_writing_a_file(incident: Prompt, tmp_path: Path) -> None:
    """With -o the file is written, for its owner alone, in the language that was asked for."""
    out = tmp_path / "x.html"
    made = incident.runs(
        "report", "incident-1", "timeline", "--home", incident.home, "--format", "html", "--language", "en", "-o", out
    )

    assert made.exit_code == 0
    assert "Timeline record" in out.read_text(encoding="utf-8")
    assert [p.name for p in tmp_path.iterdir() if p.name != "home"] == ["x.html"]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("incident-9", "timeline"), "incident-1"),
        (("incident-1", "timetable"), "after_action"),
        (("facility", "timeline"), "print_pack"),
        (("fy2027", "print_pack"), "print_pack (facility)"),
    ],
)
def test_what_is_not_there(incident: Prompt, words: tuple[str, str], named: str) -> None:
    """An unknown run or document is misuse, and the answer names what there is."""
    refused = incident.runs("report", *words, "--home", incident.home)

    assert refused.exit_code == 2
    assert named in refused.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes there")
def test_one_that_never_ends(incident: Prompt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has the limits that the bot's documents have: after so many seconds it is left, which is said, and there is no file."""
    pandoc_that_hangs(tmp_path, monkeypatch)
    monkeypatch.setattr("bot.command_line.report.MAKING_LASTS", 1.0)
    out = tmp_path / "x.docx"
    left = incident.runs("report", "incident-1", "timeline", "--home", incident.home, "--format", "docx", "-o", out)

    monkeypatch.setattr("bot.command_line.report.MAKING_LASTS", 0.01)
    text = incident.runs("report", "incident-1", "timeline", "--home", incident.home)

    assert (left.exit_code, text.exit_code, text.stdout) == (1, 1, "")
    assert "took too much time" in left.stderr
    assert "took too much time" in text.stderr
    assert not out.exists()


def test_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fills up while writing leaves the old file and nothing beside it."""
    old = tmp_path / "x.pdf"
    old.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(old, b"new" * 1000)

    assert old.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [old]


def test_a_folder_that_is_not_there(incident: Prompt, tmp_path: Path) -> None:
    """Is said in a sentence before anything is made, and it is no mistake of the words."""
    refused = incident.runs(
        "report", "incident-1", "timeline", "--home", incident.home, "-o", tmp_path / "nowhere" / "x.md"
    )

    assert refused.exit_code == 1
    assert "nowhere" in refused.stderr
