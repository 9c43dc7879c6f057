"""``check``: everything that is wrong or missing, with an exit code for scripts."""

from __future__ import annotations

from pathlib import Path

from bot.store.sqlite.journal import JOURNAL_FILE
from tests.bot.command_line.prompt import Prompt
from tests.journals import forge


def test_without_a_home_it_checks_what_comes_along(prompt: Prompt) -> None:
    """No problems: exit 0 and an empty list."""
    assert prompt.json("check") == {"problems": []}
    assert prompt.runs("check").stdout == "問題はありません / no problems.\n"


def test_a_new_home_has_things_to_do(prompt: Prompt) -> None:
    """Exit 1: no deputy, no token; each with its weight, the serious ones marked and first."""
    prompt.makes_home()
    found = prompt.json("check", "--home", prompt.home, code=1)["problems"]
    assert all(f.keys() == {"what", "serious"} for f in found)
    assert any("TELEGRAM_BOT_TOKEN" in f["what"] and f["serious"] for f in found)

    lines = prompt.runs("check", "--home", prompt.home).stdout.splitlines()
    assert [line[0] for line in lines[:-4]] == ["✗"] * sum(f["serious"] for f in found) + ["・"] * sum(
        not f["serious"] for f in found
    )


def test_readiness(prompt: Prompt) -> None:
    """A figure and three things to do in both forms, each with its clause; what is not ready yet is no problem by itself."""
    prompt.makes_home()
    ready = prompt.json("check", "--home", prompt.home, code=1)["readiness"]
    assert 0 <= ready["figure"] < 100
    assert len(ready["next"]) == 3
    assert all(item["guidance"] and item["todo"]["ja"] and item["todo"]["en"] for item in ready["items"])
    assert {item["checklist"] for item in ready["items"]} >= {"3-1", "2-1", None}

    lines = prompt.runs("check", "--home", prompt.home).stdout.splitlines()
    assert lines[-1] == f"備えの点数 {ready['figure']}点／100点 / readiness: {ready['figure']} of 100"
    assert [line[0] for line in lines[-4:-1]] == ["▷"] * 3
    assert all("(§" in line for line in lines[-4:-1])


def test_a_bot_inside_the_network(prompt: Prompt) -> None:
    """Warned about in both languages, and no more once the settings say where it runs."""
    prompt.makes_home()
    settings = prompt.home / "settings.toml"
    settings.write_text("[host]\noutside_facility = false\n", encoding="utf-8")
    assert "inside the network that containment will cut" in prompt.runs("check", "--home", prompt.home).stdout

    settings.write_text("[host]\noutside_facility = true\n", encoding="utf-8")
    assert "containment" not in prompt.runs("check", "--home", prompt.home).stdout


def test_an_altered_journal(prompt: Prompt) -> None:
    """Exit 3, naming the entry; looking changes nothing, so that whoever comes to look finds it as it is."""
    prompt.makes_home()
    forge(prompt.home / JOURNAL_FILE, "UPDATE journal SET body = '{\"x\":1}' WHERE seq = 1")
    before = sorted(p.name for p in prompt.home.iterdir())

    found = prompt.json("check", "--home", prompt.home, code=3)["problems"]
    assert any("the journal was altered: entry 1: " in f["what"] for f in found)
    assert prompt.runs("check", "--home", prompt.home).exit_code == 3
    assert sorted(p.name for p in prompt.home.iterdir()) == before


def test_no_home(prompt: Prompt, tmp_path: Path) -> None:
    """Exit 1, and what to do first."""
    result = prompt.runs("check", "--home", tmp_path / "nowhere")

    assert result.exit_code == 1
    assert "tomoshibi init" in result.stderr
