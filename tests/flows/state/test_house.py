"""The facility's own state is the replay of its entries."""

from __future__ import annotations

from flows.commands.facility import AskMember
from flows.commands.upkeep import OpenTask
from flows.record.journal import FACILITY
from tests.flows.clinic import SATO, SUZUKI, Clinic, replayed


def test_a_restart_sees_the_same(clinic: Clinic) -> None:
    """Questions, tasks and what was brought up: a fresh engine over the same journal stands where the old one stood."""
    clinic.act(SATO, AskMember(FACILITY, "invite_name", {"role": "nurse"}))
    task = clinic.act(SATO, OpenTask(FACILITY, "improvement", {"text": "x"}, SUZUKI)).entries[0].turn
    again = replayed(clinic.journal)

    assert vars(again.house) == vars(clinic.engine.house)
    assert [t.id for t in again.house.open_tasks(SUZUKI)] == [task]
    assert list(again.house.open_tasks(SATO)) == []
