"""One line an event on stderr; a terminal in use sees errors only."""

from __future__ import annotations

import logging

import pytest
import structlog

from bot.logs import log_to_stderr


def test_events_are_lines_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    """With time, level and facts; nothing of it on stdout."""
    log_to_stderr()
    structlog.get_logger().info("bot.started", home="akari")
    out, err = capsys.readouterr()

    assert out == ""
    assert err.count("\n") == 1
    assert "level='info'" in err
    assert "event='bot.started'" in err
    assert "home='akari'" in err


def test_a_terminal_in_use_sees_errors_only(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever talks to the bot isn't talked over."""
    log_to_stderr(quiet=True)
    structlog.get_logger().warning("tell.undelivered")
    structlog.get_logger().error("journal.broken")

    assert "journal.broken" in (err := capsys.readouterr().err)
    assert "undelivered" not in err


def test_a_trace_is_part_of_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    """An exception is written out, without the values of any variable: those may be people's texts."""
    log_to_stderr()
    secret = "患者さんの" + "名前"
    try:
        raise ValueError(len(secret))
    except ValueError:
        structlog.get_logger().exception("hear.bug")

    err = capsys.readouterr().err
    assert "ValueError" in err
    assert secret not in err


def test_libraries_that_chat_about_addresses_are_quiet(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each address that is called would be logged, and Telegram's addresses hold the token; warnings are seen."""
    root = logging.getLogger()
    before = root.level
    monkeypatch.setattr(root, "handlers", [])
    log_to_stderr()
    logging.getLogger("httpx").warning("a warning is seen")
    logging.getLogger("httpx").info("HTTP Request: POST https://example.org/bot123:secret/getMe")
    root.setLevel(before)

    err = capsys.readouterr().err
    assert "a warning is seen" in err
    assert "secret" not in err
