"""How a command ends."""

from __future__ import annotations

import json

import pytest

from bot.command_line.ending import ALTERED, FINE, MISUSE, PROBLEMS, give_up, harmless, say, say_json


def test_the_exit_codes_are_a_promise() -> None:
    """Scripts rely on them."""
    assert (FINE, PROBLEMS, MISUSE, ALTERED) == (0, 1, 2, 3)


def test_giving_up_says_why_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    """And exits with the code asked for; stdout stays clean."""
    with pytest.raises(SystemExit) as ended:
        give_up("なぜなら / because", PROBLEMS)

    assert ended.value.code == PROBLEMS
    assert capsys.readouterr() == ("", "なぜなら / because\n")


def test_what_people_typed_moves_no_cursor() -> None:
    """Control signs and turned lines are replaced; Japanese, emoji and full-width spaces stay as they are."""
    assert harmless("a\x1b[2Jb\rc\x07\u202ed") == "a�[2Jb�c��d"
    assert harmless("院長　👩\u200d⚕️\t☑\n") == "院長　👩\u200d⚕️\t☑\n"


def test_one_document_as_people_would_read_it(capsys: pytest.CaptureFixture[str]) -> None:
    """JSON with Japanese as it is."""
    say_json({"名": ["院長"]})
    out = capsys.readouterr().out

    assert json.loads(out) == {"名": ["院長"]}
    assert "院長" in out
    say("x")
    assert capsys.readouterr().out == "x\n"
