"""What is wrong with the record itself: that is entered, and those who decide are told."""

from __future__ import annotations

from flows.commands.clock import ChangeSealKey, CloseUpRun, DoubtRecord
from flows.events.facility import RecordDoubted, RunUnread, SealKeyChanged
from flows.facility.settling import Matter, Settlement, settles
from flows.messages.upkeep import RecordDoubtful, RunUnreadable, SealKeyNew
from flows.record.journal import AT_ONCE, SOON, Owed


@settles
def doubt(matter: Matter, command: DoubtRecord) -> Settlement:
    """Enter it and tell; work goes on."""
    told = [Owed(m.id, RecordDoubtful(command.signs), priority=AT_ONCE) for m in matter.here.chain()]
    return Settlement([RecordDoubted(command.signs)], owed=told)


@settles
def change_key(matter: Matter, command: ChangeSealKey) -> Settlement:
    """Enter it and tell, so that whoever compares seals knows from when on they bear another fingerprint."""
    changed = command.why, command.before, command.now
    told = [Owed(m.id, SealKeyNew(*changed), priority=SOON) for m in matter.here.chain()]
    return Settlement([SealKeyChanged(*changed)], owed=told)


@settles
def close_up(matter: Matter, command: CloseUpRun) -> Settlement:
    """Enter it and tell, since people may be in the middle of it."""
    told = [Owed(m.id, RunUnreadable(command.of, command.seq), priority=AT_ONCE) for m in matter.here.chain()]
    return Settlement([RunUnread(command.of, command.seq)], owed=told)
