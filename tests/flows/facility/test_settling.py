"""What may be settled before there is a facility: making it, and nothing else."""

from __future__ import annotations

import pytest

from flows.commands.upkeep import OpenTask
from flows.engine import Engine
from flows.handbook import Handbook
from flows.record.journal import FACILITY
from flows.record.memory_journal import MemoryJournal
from flows.refusals import Refused
from tests.flows.clinic import MORNING, SATO


def test_no_facility_no_tasks() -> None:
    """In a home that is not made yet a task is politely refused, and the clock finds nothing to do."""
    engine = Engine(MemoryJournal(), Handbook())
    with pytest.raises(Refused, match="not_now"):
        engine.handle(OpenTask(FACILITY, "improvement"), actor=SATO, now=MORNING, cause="x")

    assert engine.tick(MORNING) == []
