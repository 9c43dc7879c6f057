"""What all channels share."""

from __future__ import annotations

from bot.channels.channel import Undelivered


def test_a_failure_says_why_in_the_log() -> None:
    """The kind of failure first, then what the other side said."""
    assert str(Undelivered("busy", "retry in 7 seconds", 7.0)) == "busy: retry in 7 seconds"


def test_a_failure_is_nobody_elses() -> None:
    """Two failures of the same kind are two failures, and can be kept in a set as any exception can."""
    assert len({Undelivered("gone", "blocked"), Undelivered("gone", "blocked")}) == 2
