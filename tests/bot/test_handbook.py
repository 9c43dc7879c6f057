"""The handbook is read in one place, for whoever starts the bot: what comes along, a home's own, and its settings."""

from __future__ import annotations

from pathlib import Path

from bot.handbook import read_handbook
from bot.settings import Cadence, Settings
from flows.handbook import Pace


def test_what_comes_along_is_whole() -> None:
    """Without a home it has playbooks, law, texts for patients and drills, and no file has a mistake."""
    handbook, problems = read_handbook()

    assert problems == []
    assert "ransomware" in handbook.playbooks
    assert handbook.duties is not None
    assert handbook.explanations is not None
    assert "quiz" in handbook.drills.kinds
    assert handbook.pace == Pace()


def test_settings_lie_on_top() -> None:
    """A home's waiting times and how often it drills are part of its handbook; a kind that nobody knows is a problem."""
    cadences = {"quiz": Cadence(every_months=6), "quizz": Cadence(every_months=1)}
    handbook, problems = read_handbook(settings=Settings(pace=Pace(command=7), drills=cadences))

    assert handbook.pace.command == 7
    assert handbook.drills.kinds["quiz"].every_months == 6
    assert [p.what for p in problems] == ["drills.quizz: そういう訓練はありません / drills.quizz: no such drill"]


def test_all_mistakes_of_a_home_at_once(tmp_path: Path) -> None:
    """Playbooks, texts and drills of its own are read, each mistake is told, and what came along stays in use."""
    for name in ("playbooks/ransomware.yaml", "explanations/jp.yaml", "drills/kinds.yaml"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("titel: x\n", encoding="utf-8")

    handbook, problems = read_handbook(tmp_path)

    assert {Path(p.file).name for p in problems} == {"ransomware.yaml", "jp.yaml", "kinds.yaml"}
    shipped, _ = read_handbook()
    assert handbook == shipped
