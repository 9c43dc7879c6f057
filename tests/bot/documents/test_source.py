"""A document's source: the journal up to one entry, and nothing later."""

from __future__ import annotations

import pytest

from bot.documents.source import Source, UnknownRun
from flows.commands.facility import ChangeMember
from flows.commands.people import CallOff
from flows.record.journal import FACILITY
from tests.clinic import Clinic


async def test_nothing_later_shows(clinic: Clinic) -> None:
    """Names, notes and the run's state are those of the entry that was asked for."""
    run = await clinic.incident()
    seq = clinic.engine.journal.head().seq
    clinic.orders(ChangeMember(FACILITY, clinic.id("nurse"), {"name": "改名"}), "director")
    clinic.orders(CallOff(run.id, "まちがい", "vendor"), "director")
    then = Source.of(clinic.engine, run.id, "ja", seq)
    now = Source.of(clinic.engine, run.id, "ja")

    assert (then.run.live, now.run.live) == (True, False)
    assert [s.roster.member(clinic.id("nurse")).name for s in (then, now)] == ["鈴木", "改名"]  # type: ignore[union-attr]
    assert now.seq_of(now.run.turns) == now.entries[-1].seq


async def test_a_run_that_is_not_there(clinic: Clinic) -> None:
    """Names those that are."""
    run = await clinic.incident()
    with pytest.raises(UnknownRun) as unknown:
        Source.of(clinic.engine, "incident-9", "ja")

    assert unknown.value.known == (run.id,)
