"""The machine's clock went back: what people wait for must not wait as much longer, and those who decide should know."""

from __future__ import annotations

from datetime import timedelta

from flows.commands.clock import NoteClock
from flows.events.facility import ClockSetBack
from flows.facility.settling import Matter, Settlement, settles
from flows.messages.upkeep import ClockWentBack
from flows.record.journal import SOON, Owed

NOTICED = timedelta(seconds=60)
"""A clock that goes back by less is only being put right, as clocks are all the time; nobody waits much longer for that."""


@settles
def note(matter: Matter, command: NoteClock) -> Settlement:
    """Enter it, and let those who decide look at the clock; what was entered keeps the time that was told then."""
    told = [Owed(m.id, ClockWentBack(round(command.seconds / 60)), priority=SOON) for m in matter.here.chain()]
    return Settlement([ClockSetBack(command.seconds)], owed=told)
