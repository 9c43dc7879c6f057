"""The kinds of events: each class has one, and all are known."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import flows
from flows.events.ending import Closed
from flows.events.event import KINDS, RunEvent
from flows.events.working import StepShown
from flows.naming import kept_name

ROOT = Path(flows.__file__).parent.parent


def test_kinds_are_plain_words() -> None:
    """A class is kept under its name in small letters; no two share a kind."""
    assert kept_name(StepShown) == "step_shown"
    assert kept_name(Closed) == "closed"
    assert [kept_name(cls) for cls in KINDS.values()] == list(KINDS)


def test_no_two_classes_share_a_kind() -> None:
    """A second class of the same name is refused where it is written: entries of one would be read as the other."""
    with pytest.raises(TypeError, match="would both be kept as 'closed'"):
        type("Closed", (RunEvent,), {})


def test_every_event_is_known_from_the_start() -> None:
    """Whichever event is imported first, all of them can be read."""
    show = "import flows.record.codec; from flows.events.event import KINDS; print(*KINDS)"
    known = subprocess.run([sys.executable, "-c", show], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert sorted(known.split()) == sorted(KINDS)
