"""``playbooks`` and ``triage``: what there is to follow, and which one somebody's words mean."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.library import catalogue_of
from playbooks.authoring.folders import LIBRARY
from playbooks.remembering import folder
from playbooks.triage.lexicon import triage_of
from tests.bot.command_line.prompt import Prompt
from tests.library import shipped_catalogue

BROKEN = "playbook: mine\ntitel: {ja: あ, en: a}\n"


def test_the_list_for_scripts(prompt: Prompt) -> None:
    """One object a playbook: id, title in both languages, event, number of tracks and of steps."""
    found = prompt.json("playbooks", "list")

    assert [p["id"] for p in found] == sorted(shipped_catalogue().playbooks)
    for p in found:
        assert p.keys() == {"id", "title", "event", "tracks", "steps"}
        assert p["title"].keys() == {"ja", "en"}
        assert p["steps"] >= p["tracks"] >= 1
    assert {p["id"]: p["steps"] for p in found}["ransomware"] >= 25


def test_the_list_for_people(prompt: Prompt) -> None:
    """One line each, in both languages."""
    out = prompt.runs("playbooks", "list").stdout

    assert len(out.splitlines()) == len(shipped_catalogue().playbooks)
    assert "ランサムウェア・不正な侵入の疑い / " in out


def test_one_playbook(prompt: Prompt) -> None:
    """Every step in the language asked for, with what not to do; as JSON the whole of it."""
    playbook = shipped_catalogue().playbooks["ransomware"]
    shown = prompt.runs("playbooks", "show", "ransomware", "--language", "en").stdout
    for track in playbook.tracks.values():
        assert f"■ {track.title.en}" in shown
        assert all(step.ask.en in shown and all(n in shown for n in step.never.en) for step in track.steps.values())

    assert prompt.json("playbooks", "show", "ransomware") == playbook.model_dump(mode="json")


@pytest.mark.parametrize("command", ["show", "diagram"])
def test_a_playbook_that_there_is_not(prompt: Prompt, command: str) -> None:
    """Exit 1, and where the list is."""
    result = prompt.runs("playbooks", command, "ransomwear")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "tomoshibi playbooks list" in result.stderr


def test_the_diagram(prompt: Prompt) -> None:
    """Mermaid, in the language asked for."""
    ja, en = (prompt.runs("playbooks", "diagram", "ransomware", "--language", x).stdout for x in ("ja", "en"))

    assert ja.startswith("flowchart")
    assert ja != en


def test_the_schema(prompt: Prompt) -> None:
    """A JSON Schema document and nothing else."""
    result = prompt.runs("playbooks", "schema")

    assert result.exit_code == 0
    assert "properties" in json.loads(result.stdout)


def test_checking_what_comes_along(prompt: Prompt) -> None:
    """No problems: exit 0, a sentence with how many, an empty list for scripts."""
    assert "no problems" in prompt.runs("playbooks", "check").stdout
    assert prompt.json("playbooks", "check") == []
    assert prompt.runs("playbooks", "check", LIBRARY).exit_code == 0


def test_checking_a_file_with_a_typo(prompt: Prompt, tmp_path: Path) -> None:
    """Exit 1; each mistake with file, line, what is wrong and the likely cure."""
    (tmp_path / "mine.yaml").write_text(BROKEN, encoding="utf-8")
    found = prompt.json("playbooks", "check", tmp_path / "mine.yaml", code=1)

    assert all(p.keys() == {"file", "line", "what", "cure"} for p in found)
    assert {(Path(p["file"]).name, p["line"], p["cure"]) for p in found} >= {("mine.yaml", 2, "did you mean `title`?")}
    result = prompt.runs("playbooks", "check", tmp_path)
    assert result.exit_code == 1
    assert "mine.yaml:2: " in result.stdout


def test_a_homes_own_playbooks_count(prompt: Prompt) -> None:
    """With --home its mistakes are found, too."""
    prompt.makes_home()
    (prompt.home / "playbooks" / "mine.yaml").write_text(BROKEN, encoding="utf-8")

    assert prompt.runs("playbooks", "check", "--home", prompt.home).exit_code == 1
    assert prompt.runs("playbooks", "check").exit_code == 0


def test_triage_for_scripts(prompt: Prompt) -> None:
    """Which playbook the words mean, best first, each with a score; nothing for what tells of no incident."""
    found = prompt.json("triage", "パソコンに身代金を要求する英語の画面が出た")

    assert found[0]["playbook"] == "ransomware"
    assert all(m.keys() == {"playbook", "score"} for m in found)
    assert [m["score"] for m in found] == sorted((m["score"] for m in found), reverse=True)
    assert prompt.json("triage", "おはようございます") == []


def test_triage_for_people(prompt: Prompt) -> None:
    """With the playbook's title in the language asked for, or a sentence that there is none."""
    assert "ランサムウェア" in prompt.runs("triage", "身代金を要求する画面が出た").stdout
    assert "ansomware" in prompt.runs("triage", "a ransom note on the screen", "--language", "en").stdout
    assert "tells of no incident" in prompt.runs("triage", "おはようございます").stdout


def test_triage_knows_a_homes_own_playbooks(prompt: Prompt, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With --home its signs are asked for, too, as the bot asks for them: beside a broken file, and after one was mended."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    own = prompt.home / "playbooks"
    own.mkdir(parents=True)
    text = (LIBRARY / "bot_restore.yaml").read_text(encoding="utf-8")
    mine = (LIBRARY / "network_outage.yaml").read_text(encoding="utf-8")
    mine = mine.replace("playbook: network_outage", "playbook: mine").replace(
        "  ja:\n", "  ja:\n    - ボイラー君が止まった\n", 1
    )
    (own / "mine.yaml").write_text(mine, encoding="utf-8")
    (own / "broken.yaml").write_text(BROKEN, encoding="utf-8")
    said = "ボイラー君が止まった"

    beside_a_broken_one = prompt.json("triage", said, "--home", prompt.home)
    (own / "broken.yaml").write_text(text.replace("playbook: bot_restore", "playbook: broken"), encoding="utf-8")
    afterwards = prompt.json("triage", said, "--home", prompt.home)
    for scales in folder().glob("scales-*.json"):
        scales.unlink()

    assert beside_a_broken_one[0]["playbook"] == "mine"
    assert afterwards == prompt.json("triage", said, "--home", prompt.home)
    asked = triage_of(catalogue_of(own).playbooks).rank(said)
    assert afterwards == [{"playbook": m.playbook, "score": m.score} for m in asked]
    assert "mine" not in [found["playbook"] for found in prompt.json("triage", said)]
