"""Settings are a file that people edit; secrets come from the environment only."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bot.settings import SETTINGS_FILE, Secrets, Settings, first_settings, read_settings, with_cadences
from flows.handbook import Pace
from playbooks.drills.reading import load_drills


def write(folder: Path, text: str, encoding: str = "utf-8") -> list[str]:
    """Write settings and give what is wrong with them, as people read it."""
    (folder / SETTINGS_FILE).write_text(text, encoding=encoding)
    settings, problems = read_settings(folder)
    if problems:
        assert settings == Settings()
    return [str(p) for p in problems]


def test_the_first_file_sets_nothing(tmp_path: Path) -> None:
    """All its lines are comments; what they show are the defaults, which a test of each line proves."""
    assert write(tmp_path, first_settings()) == []
    assert read_settings(tmp_path)[0] == Settings()

    told = (
        first_settings()
        .replace("# command", "command")
        .replace("# alarm", "alarm")
        .replace("# question", "question")
        .replace("# reply", "reply")
        .replace("# forget", "forget")
    )
    told = told.replace("# step", "step").replace("# days", "days").replace("# outside", "outside")
    pace = tomllib.loads(told)["pace"]
    assert pace == {name: getattr(Pace(), name) for name in pace} | {"command": Pace().command_at("urgent")}
    assert set(pace) == set(Pace.model_fields)
    assert write(tmp_path, told) == []


def test_no_file_is_fine(tmp_path: Path) -> None:
    """Everything has a default."""
    assert read_settings(tmp_path) == (Settings(), [])


def test_what_is_set_counts(tmp_path: Path) -> None:
    """Waiting times, days of an invitation, where the bot runs."""
    assert write(tmp_path, "[pace]\ncommand = 7\n[invitations]\ndays = 2\n[host]\noutside_facility = true\n") == []
    settings, _ = read_settings(tmp_path)

    assert (settings.pace.command, settings.pace.alarm_repeat) == (7, Pace().alarm_repeat)
    assert (settings.invitations.days, settings.host.outside_facility) == (2, True)


def test_every_mistake_has_its_line(tmp_path: Path) -> None:
    """All at once, each with file, line and what is wrong; the defaults are used meanwhile."""
    found = write(tmp_path, "[pace]\ncommand = 0\nalarm_repeat = 'x'\n\n[hosts]\nx = 1\n")

    assert [line.split(" ")[0] for line in found] == ["settings.toml:2:", "settings.toml:3:", "settings.toml:5:"]
    assert "pace.command" in found[0]
    assert ("1 以上" in found[0], "at least 1" in found[0]) == (True, True)


@pytest.mark.parametrize(
    ("written", "ja", "en"),
    [
        ("[pace]\ncommand = 'x'\n", "整数", "whole number"),
        ("[backup]\nchat = 'x'\n", "true か false", "true or false"),
        ("[backup]\nfolder = 3\n", "引用符", "in quotes"),
        ("[backup]\nkeep = 1000\n", "400 以下", "at most 400"),
        ("[backups]\n", "ありません", "no such setting"),
        ("backup = 3\n", "見出し", "heading"),
        ("[privacy]\nchart_numbers = 'x'\n", "一覧", "a list"),
        ("[privacy]\nchart_numbers = ['9']\n", "番号の形", "no shape"),
        ("[heartbeat]\nurl = 'http://a'\n", "https:// で始まり", "begin with https://"),
        ("[fallback]\nurls = ['json://a']\n", "使えるのは", "one of"),
        ("[drills]\nquiz.every_months = 5\n", "どれか", "one of"),
        ("[drills]\nquiz.weekdays = [2]\n", "曜日は番号でなく", "weekdays by name"),
    ],
)
def test_a_mistake_is_told_in_both_languages(tmp_path: Path, written: str, ja: str, en: str) -> None:
    """Nobody knows yet which is its reader's."""
    (found,) = write(tmp_path, written)

    assert (ja in found, en in found) == (True, True), found


def test_what_is_no_toml(tmp_path: Path) -> None:
    """The line is named."""
    (found,) = write(tmp_path, "[pace]\ncommand = \n")

    assert found.startswith("settings.toml:2: TOML")
    assert "not TOML" in found


def test_a_file_from_an_old_editor(tmp_path: Path) -> None:
    """Shift JIS can't be read and says so; a byte order mark from Windows' Notepad does no harm."""
    (found,) = write(tmp_path, "[pace] # 待ち時間\ncommand = 7\n", "shift_jis")
    assert "UTF-8" in found

    assert write(tmp_path, "[pace] # 待ち時間\ncommand = 7\n", "utf-8-sig") == []
    assert read_settings(tmp_path)[0].pace.command == 7


def test_secrets_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A token of spaces is none; the token never shows when secrets are printed."""
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    monkeypatch.delenv("TELEGRAM_API_URL", raising=False)
    assert (Secrets().token, Secrets().telegram_api_url) == (None, None)

    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "  ")
    assert Secrets().token is None

    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", " 123:secret\n")
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:1")
    assert (Secrets().token, Secrets().telegram_api_url) == ("123:secret", "http://127.0.0.1:1")
    assert "secret" not in repr(Secrets())


def test_a_secret_in_the_settings_is_refused(tmp_path: Path) -> None:
    """The file is copied and mailed around: a token has no place in it."""
    (found,) = write(tmp_path, 'telegram_bot_token = "123:secret"\n')

    assert found.startswith("settings.toml:1: telegram_bot_token")
    assert "123:secret" not in found


def test_drills_are_held_as_the_settings_say(tmp_path: Path) -> None:
    """How often, on which weekdays, announced or not; the lines of the first file show it."""
    told = first_settings().replace("# quiz.", "quiz.").replace("# contact.", "contact.")
    assert write(tmp_path, told) == []
    library, problems = with_cadences(load_drills()[0], read_settings(tmp_path)[0].drills)

    assert problems == []
    assert (library.kinds["quiz"].every_months, library.kinds["quiz"].weekdays) == (2, ("tue", "thu"))
    assert library.kinds["contact"].announced
    assert library.kinds["paper"] == load_drills()[0].kinds["paper"]


@pytest.mark.parametrize("written", ["[2]", '"3"', '["2"]', "4"])
def test_weekdays_by_number_are_refused(tmp_path: Path, written: str) -> None:
    """With the reason, and what to write instead."""
    (problem,) = write(tmp_path, f"[drills]\nquiz.weekdays = {written}\n")

    assert "programs disagree" in problem
    assert "mon … sun" in problem


def test_a_kind_that_nobody_knows(tmp_path: Path) -> None:
    """Is named, with those there are."""
    assert write(tmp_path, "[drills]\ndance.every_months = 1\n") == []
    _, problems = with_cadences(load_drills()[0], read_settings(tmp_path)[0].drills)

    assert "dance" in str(problems[0])
    assert "tabletop" in str(problems[0])


def test_how_charts_are_numbered(tmp_path: Path) -> None:
    """A shape is taken as it stands; one that would be found everywhere is named with its line."""
    assert write(tmp_path, '[privacy]\nchart_numbers = ["C-99999"]\n') == []
    assert read_settings(tmp_path)[0].privacy.charts[0].search("C-01234 が開かない")

    (found,) = write(tmp_path, '[privacy]\nchart_numbers = ["(9+)+"]\n')

    assert found.startswith("settings.toml:2:")
    assert "(9+)+" in found
