"""What was kept with marks in the place of what seems to be a patient's: its writer may have it kept whole, for a while."""

from __future__ import annotations

from datetime import timedelta

from flows.commands.facility import LetMaskStand, LiftMask, NoteMasked
from flows.commands.papers import BlackOutHere
from flows.events.facility import MaskLifted, MaskStands, TextMasked
from flows.events.papers import HouseBlackedOut
from flows.facility.settling import Matter, Settlement, settles
from flows.messages.hearing import KeptWhole, MaskedTold, MaskStood
from flows.messages.reporting import BlackedOutTold
from flows.powers import CONSOLE
from flows.record.journal import AT_ONCE, LATER, Owed
from flows.refusals import Refused
from flows.state.house import MaskedText

KNOWN_FOR = timedelta(minutes=10)
"""How long what was written is remembered, in memory alone."""


@settles
def masked(matter: Matter, command: NoteMasked) -> Settlement:
    """Enter that something was masked, and tell its writer, after whatever they are answered."""
    told = MaskedTold(matter.house.turns + 1, command.kinds, command.chat)
    event = TextMasked(matter.actor, command.kinds, command.channel)
    return Settlement([event], owed=[Owed(matter.actor, told, priority=LATER)])


@settles
def lifted(matter: Matter, command: LiftMask) -> Settlement:
    """Enter that it is kept as it was written; where an entry was put right by it, that is told already."""
    known = _waiting(matter, command.of)
    if known.member != matter.actor or matter.now > known.at + KNOWN_FOR:
        raise Refused("whole_gone")
    told = [Owed(matter.actor, KeptWhole(), priority=AT_ONCE)] if command.text else []
    return Settlement([MaskLifted(command.of, command.text)], owed=told)


@settles
def black_out(matter: Matter, command: BlackOutHere) -> Settlement:
    """Let the words of an entry go."""
    if not 0 < command.of <= matter.house.turns:
        raise Refused("stale")
    told = [] if matter.actor == CONSOLE else [Owed(matter.actor, BlackedOutTold(), priority=AT_ONCE)]
    return Settlement([HouseBlackedOut(command.of)], owed=told)


@settles
def stands(matter: Matter, command: LetMaskStand) -> Settlement:
    """Tell its writer that there is nothing left but what was kept."""
    known = _waiting(matter, command.of)
    return Settlement([MaskStands(command.of)], owed=[Owed(known.member, MaskStood(), priority=LATER)])


def _waiting(matter: Matter, turn: int) -> MaskedText:
    known = matter.house.masked.get(turn)
    if known is None or not known.waits:
        raise Refused("stale")
    return known
