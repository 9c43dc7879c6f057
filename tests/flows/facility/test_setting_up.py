"""Setting up: what is behind the director, and what becomes of a workbook."""

from __future__ import annotations

import pytest

from flows.commands.command import Command
from flows.commands.setting_up import BeginSetup, MoveWorkbook, PassSetup, TakeWorkbook
from flows.record.journal import FACILITY
from tests.flows.clinic import SATO, TAKAHASHI, TANAKA, Clinic, replayed

OFFERED = {"count": 1, "lines": ["x"], "advice": [], "added": 1, "changed": 0, "removed": 0}


def test_what_was_left_behind_survives_a_restart(clinic: Clinic) -> None:
    """Until the set-up is gone through again; passing twice is one entry."""
    clinic.act(TAKAHASHI, BeginSetup(FACILITY))
    for _ in range(2):
        clinic.act(TAKAHASHI, PassSetup(FACILITY, "telephone"))
    assert replayed(clinic.journal).house.setup_passed == {"telephone"}
    assert [e.kind for e in clinic.journal.entries()][-2:] == ["setup_begun", "setup_passed"]

    clinic.act(TAKAHASHI, BeginSetup(FACILITY))
    assert clinic.engine.house.setup_passed == set()
    assert clinic.engine.house.in_setup


@pytest.mark.parametrize(
    "command",
    [
        BeginSetup(FACILITY),
        PassSetup(FACILITY, "x"),
        TakeWorkbook(FACILITY, "telegram:f"),
        MoveWorkbook(FACILITY, 1, "dropped"),
    ],
)
def test_only_those_who_decide(clinic: Clinic, command: Command) -> None:
    """Set up; nobody else does."""
    assert clinic.refused(SATO, command).name == "chain_only"


def test_a_workbook_goes_its_way(clinic: Clinic) -> None:
    """Received, offered, registered: its sender is told each time, and what has come to its end stays so."""
    told = []
    clinic.act(TAKAHASHI, TakeWorkbook(FACILITY, "telegram:f", "名簿.xlsx"))
    told += clinic.got("workbook.received")
    (sent,) = clinic.engine.house.workbooks.values()
    assert (sent.member, sent.reference, sent.file_name, sent.state) == (
        TAKAHASHI,
        "telegram:f",
        "名簿.xlsx",
        "received",
    )
    assert clinic.refused(TAKAHASHI, MoveWorkbook(FACILITY, sent.id, "registered")).name == "stale"

    clinic.act("console", MoveWorkbook(FACILITY, sent.id, "offered", OFFERED))
    assert clinic.refused(TANAKA, MoveWorkbook(FACILITY, sent.id, "registered")).name in ("stale", "chain_only")
    clinic.act(TAKAHASHI, MoveWorkbook(FACILITY, sent.id, "registered", {"count": 1}))
    told += clinic.got("workbook.registered")
    assert told == [TAKAHASHI, TAKAHASHI]
    assert replayed(clinic.journal).house.workbooks[sent.id].state == "registered"
    assert clinic.refused(TAKAHASHI, MoveWorkbook(FACILITY, sent.id, "dropped")).name == "stale"
    assert clinic.refused(TAKAHASHI, MoveWorkbook(FACILITY, 9999, "dropped")).name == "stale"
