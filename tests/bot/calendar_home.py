"""The clinic of the bot's tests with hours and marked times, and its year of drills planned."""

from __future__ import annotations

from datetime import timedelta

from flows.commands.facility import PutRegistry, RegistryRow
from flows.record.journal import FACILITY
from flows.state.drill_calendar import Drill
from tests.clinic import Clinic
from tests.flows.calendar_clinic import OPEN


def opens(clinic: Clinic) -> None:
    """Enter the hours and the times that drills may use."""
    before = clinic.home.journal.registry("facility")[FACILITY]
    row = RegistryRow("facility", FACILITY, OPEN.model_dump_json(), before)
    clinic.orders(PutRegistry(FACILITY, (row,)))


async def planned(clinic: Clinic) -> Clinic:
    """Let the next morning come, on which the year is planned and shown."""
    opens(clinic)
    clinic.clock.advance(days=1)
    await clinic.passes(15)
    return clinic


def next_of(clinic: Clinic, kind: str) -> Drill:
    """Give the next drill of a kind."""
    return next(d for d in clinic.engine.house.calendar.ahead() if d.kind == kind)


async def comes(clinic: Clinic, drill: Drill, before: timedelta = timedelta()) -> None:
    """Let it be the drill's hour, or so long before."""
    clinic.clock.advance(minutes=(drill.at - before - clinic.clock.now()).total_seconds() / 60)
    await clinic.stage.settle()
