"""Acts that are only tried: decided and written like any other, and then taken back whole, within milliseconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from bot.channels.channel import Heard
from bot.lamp import Lamp
from flows.deeds import Attempt, Deed
from flows.record.journal import Owed
from flows.refusals import Refused

_causes = count()


@dataclass(frozen=True)
class Tried:
    """What an act would come to: why it is refused, how many entries it writes, and how many messages it owes."""

    refused: str = ""
    entries: int = 0
    owed: int = 0


class _Undone(Exception):
    """Ends an act that was only tried, so that all of it is taken back."""

    def __init__(self, tried: Tried) -> None:
        super().__init__(tried)
        self.tried = tried


def tries(lamp: Lamp, address: str, data: str) -> Tried:
    """Tap a button and take it all back; raises what is a mistake of ours."""
    cause, now = f"trying:{next(_causes)}", lamp.clock.now()
    real = lamp.inbound._attempt(Heard(address=address, cause=cause, at=now, button=data, callback=cause), now)
    journal = lamp.home.journal
    head, before = journal.head().seq, {delivery.id for delivery in journal.deliveries.unsent()}

    def undo() -> Deed:
        owed = [delivery for delivery in journal.deliveries.unsent() if delivery.id not in before]
        raise _Undone(Tried("", journal.head().seq - head, len(owed)))

    def told(refusal: Refused) -> Sequence[Owed]:
        raise _Undone(Tried(refusal.name, journal.head().seq - head, len(real.tells(refusal))))

    [outcome] = lamp.home.engine.do(Attempt(cause, now, lambda: Deed(real.deed, undo), tells=told))
    if not isinstance(outcome.bug, _Undone):
        raise outcome.bug or LookupError(f"{data} was not decided: {outcome}")
    return outcome.bug.tried
