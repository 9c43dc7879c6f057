"""Seals that reach their keeper outside by the keeper's own way: that they did is entered, and who decides forwards one that doesn't."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from bot.clock import Clock
from bot.home import Home
from bot.tending.proof.sealing import TO_KEEPER
from flows.commands.upkeep import NoteSealHandedOn
from flows.deeds import Attempt, Deed
from flows.messages.upkeep import SealForKeeper, SealToKeeper
from flows.powers import CONSOLE
from flows.record.journal import BACKGROUND, FACILITY, Owed
from flows.state.work import CLOCK

LATE = timedelta(days=1)
"""After so long a seal that hasn't got through goes to whoever decides, to be forwarded by hand."""


class HandingOn:
    """Looks what became of the last seal that went to the keepers."""

    def __init__(self, home: Home, keepers: Sequence[str], clock: Clock) -> None:
        """``keepers`` are the addresses of whoever keeps seals."""
        self._home, self._keepers, self._clock = home, keepers, clock

    async def look_due(self) -> None:
        """Enter the newest seal that any of them has; of one that none has for a day, owe whoever decides the words to forward."""
        book = self._home.journal.deliveries
        for address in self._keepers:
            sent = book.last_delivered(address, TO_KEEPER)
            if sent is not None and isinstance(sent.owed.message, SealToKeeper):
                self._enter(sent.owed.message)
        if self._keepers:
            self._hand_to_whoever_decides()

    def _enter(self, seal: SealToKeeper) -> None:
        engine = self._home.engine
        if seal.seq > engine.house.seal_outside:
            order = NoteSealHandedOn(FACILITY, seal.seq, seal.keeper)
            engine.handle(order, actor=CONSOLE, now=self._clock.now(), cause=f"seal:{seal.seq}:handed_on")

    def _hand_to_whoever_decides(self) -> None:
        engine, now = self._home.engine, self._clock.now()
        late = [
            d for d in self._home.journal.deliveries.unsent() if d.owed.to in self._keepers and now - d.owed_at >= LATE
        ]
        for seal in dict.fromkeys(d.owed.message for d in late if isinstance(d.owed.message, SealToKeeper)):
            if seal.seq > engine.house.seal_outside:
                words = SealForKeeper(seal.seq, seal.digest, seal.keeper)
                first = engine.context(now, CLOCK).chain()[:1]
                told = [Owed(member.id, words, key=words.key, priority=BACKGROUND, silent=True) for member in first]
                engine.do(Attempt(f"seal:{seal.seq}:late", now, partial(Deed, *told, by=CLOCK)))
