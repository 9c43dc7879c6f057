"""What every desk has: it orders in the name of whoever acts, and waits no longer for what was answered."""

from __future__ import annotations

from bot.desks.desk import Act, Desk
from flows import commands as cmd
from flows.record.journal import FACILITY
from tests.clinic import Clinic


async def test_a_desk_orders_in_the_name_of_whoever_acts(clinic: Clinic) -> None:
    """The entry names the person, and the same act brought again changes nothing."""
    desk = Desk(clinic.engine, clinic.clock)
    act = Act(clinic.id("nurse"), clinic.act("nurse", text="/absent"))
    first = desk.order(cmd.AskMember(FACILITY, "invite_name"), act)
    again = desk.order(cmd.AskMember(FACILITY, "invite_name"), act)

    assert first.entries[0].actor == clinic.id("nurse")
    assert (again.repeated, again.entries) == (True, first.entries)

    desk.answered(act)
    assert clinic.id("nurse") not in clinic.engine.house.waiting_for
