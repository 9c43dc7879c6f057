"""Something else than the bot wrote to the home: that is entered, and those who decide are told."""

from __future__ import annotations

from flows.commands.clock import DoubtRecord
from flows.events.facility import RecordDoubted
from flows.facility.settling import Matter, Settlement, settles
from flows.messages.upkeep import RecordDoubtful
from flows.record.journal import Owed


@settles
def doubt(matter: Matter, command: DoubtRecord) -> Settlement:
    """Enter it and tell; work goes on."""
    told = [Owed(m.id, RecordDoubtful(command.signs), priority=1) for m in matter.here.chain()]
    return Settlement([RecordDoubted(command.signs)], owed=told)
