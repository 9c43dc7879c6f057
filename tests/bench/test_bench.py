"""The bench is wired: it measures, it matches, it prints. How fast anything is, no test asks."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.bench.__main__ import main
from tests.bench.figures import Figure
from tests.bench.played import ECHO_BOT, play


def test_every_act_is_matched_with_its_answer(tmp_path: Path) -> None:
    """People tap, write and photograph; the bare bot, a process of its own, answers each of them."""
    played = play(ECHO_BOT, tmp_path, people=3, acts=12, calm=0.05)

    assert (played.acts, played.unmatched) == (12, 0)
    assert played.calls > 1
    assert played.middle <= played.slowest


def test_a_row_is_printed_beside_its_peer_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One Markdown table, and the values of each round as JSON."""
    kept = tmp_path / "bench.json"
    monkeypatch.setattr(sys, "argv", ["bench", "appends", "--small", "--json", str(kept)])
    main()

    head, rule, *lines = capsys.readouterr().out.splitlines()
    assert [head.count("|"), rule.count("|"), *(line.count("|") for line in lines)] == [10] * (2 + len(lines))
    assert lines[0].startswith("| appends | durable appends |")
    [durable, *_] = json.loads(kept.read_text(encoding="utf-8"))["rows"]["appends"]
    assert durable["beside"] == "bare sqlite3 loop"
    assert durable["ratio"] == durable["ours"][0] / durable["theirs"][0]


def test_a_row_that_fails_says_so_and_the_others_are_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An evening of measuring is not lost for one row."""

    def broken(_: object) -> None:
        raise OSError("no room")

    kept = tmp_path / "bench.json"
    monkeypatch.setattr(
        "tests.bench.__main__.ROWS", {"broken": broken, "whole": lambda _: [Figure("a step", "ms", [1.0])]}
    )
    monkeypatch.setattr(sys, "argv", ["bench", "--json", str(kept)])
    main()

    said = capsys.readouterr().out
    assert "| broken | failed: OSError('no room') |" in said
    assert "| whole | a step | 1 ms |" in said


def test_a_ratio_is_that_of_the_medians_and_its_spread_that_of_the_rounds() -> None:
    """One slow round moves the spread and not the ratio."""
    figure = Figure("a step", "ms", [2.0, 2.0, 20.0], "itself", [1.0, 1.0, 2.0])

    assert (figure.ratio, figure.spread) == (2.0, (2.0, 10.0))
