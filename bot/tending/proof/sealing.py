"""Sealing: the journal's head is signed and posted to the director, at each end of a run and once a day.

The seal of an incident goes to the deputy, too, and to a keeper outside: by the keeper's own way where one is set, else as a
message that the director forwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.home import Home
from bot.store.seals import SEALED, Seal, SealingKey
from bot.store.time_stamps import STAMPED
from bot.store.verifying import first_break
from contacts.registry import addresses_of
from flows.messages.upkeep import SealForKeeper, SealPosted, SealToKeeper
from flows.record.journal import BACKGROUND, FACILITY, Draft, Owed
from flows.scene.circle import sees
from flows.state.work import CLOCK

DAILY = timedelta(days=1)

ENDS = ("closed", "false_alarm")
"""Kinds of entries after which a seal is due."""


TO_KEEPER = "seal_to_keeper"
"""The key of what goes to a keeper by their own way: a newer seal takes the place of one that hasn't got through."""


class Sealer:
    """Looks whether a seal is due, and makes it. What is due is read from the journal, so a restart forgets nothing."""

    def __init__(
        self, home: Home, clock: Clock, is_off: Callable[[], bool] = lambda: False, keepers: Sequence[str] = ()
    ) -> None:
        """Look after a home. Its key is read when it is needed: nothing but a seal ever waits for it.

        ``keepers`` are the addresses of whoever keeps seals outside.
        While the clock ``is_off`` nothing is sealed: a seal with a wrong time would be worth less, and it comes later.
        """
        self._home, self._clock, self._is_off, self._keepers = home, clock, is_off, keepers
        self._looked_until = 0
        self._new = False
        self._since: datetime | None = None
        self._unsealed: str | None = None
        self._ended_by = ""

    def seal_due(self) -> Seal | None:
        """Make the seal that is due now, if any: after the end of a run aloud, once a day silently."""
        for entry in self._home.journal.entries(after=self._looked_until):
            self._looked_until = entry.seq
            self._since = self._since or entry.recorded_at
            if entry.kind == SEALED:
                self._new, self._since, self._unsealed = False, entry.recorded_at, None
            elif entry.kind != STAMPED:  # of a seal that is there
                self._new = True
            if entry.kind in ENDS:
                self._unsealed, self._ended_by = entry.run, entry.actor
        if self._is_off():
            return None
        if (ended := self._unsealed) is not None:
            if self._may_be_told_of(ended):
                return self._make(ended, silent=False)  # what fails is tried again
            self._unsealed = None
        if self._new and self._since is not None and self._clock.now() - self._since >= DAILY:
            return self._make(FACILITY, silent=True)
        return None

    def _may_be_told_of(self, run_id: str) -> bool:
        """Say whether whoever gets the seal may know that there was such a run; else that of the day holds it, so that no moment tells.

        What its reporter called off before anybody was told is of no use to anybody to read of.
        """
        engine = self._home.engine
        engine.refresh()
        run, context = engine.run(run_id), engine.context(self._clock.now(), CLOCK, run_id)
        if run is None:
            return True
        told = run.declared_at is not None or run.nudged_at is not None or self._ended_by != run.reporter
        return told and all(sees(run, context, member.id) for member in context.chain()[:2])

    def _posted(self, seal: Seal, now: datetime, *, silent: bool) -> Iterator[Owed]:
        """Give what is said of a seal: to whoever decides; of an incident to their deputy as well, and for the keeper outside if one is named."""
        context, run = self._home.engine.context(now, CLOCK, seal.run), self._home.engine.run(seal.run)
        real = run is not None and not run.drill
        keeper = next(iter(context.roster.contacts_for("adviser:seals")), None)
        outside = keeper.id if keeper is not None and real else ""
        by_itself = real and bool(self._keepers)
        said = SealPosted(seal.run, seal.seq, seal.digest.hex(), seal.signature.hex())
        for address in self._keepers if by_itself else ():
            yield Owed(address, SealToKeeper(seal.seq, seal.digest.hex(), outside), key=TO_KEEPER, priority=BACKGROUND)
        for first, member in zip((True, False), context.chain()[: 2 if real else 1], strict=False):
            told = replace(said, keeper=outside, by_itself=by_itself) if first else said
            yield Owed(member.id, told, seal.run, priority=BACKGROUND, silent=silent or not first)
            if first and outside and not by_itself:
                forwarded = SealForKeeper(seal.seq, seal.digest.hex(), outside)
                yield Owed(member.id, forwarded, key=forwarded.key, priority=BACKGROUND, silent=True)

    def _make(self, run: str, *, silent: bool) -> Seal:
        """Sign the head of a chain that is whole; raises BrokenChain, since a seal on an altered one would be worth less."""
        now, journal, key = self._clock.now(), self._home.journal, SealingKey.of(self._home.path)
        broken = first_break(journal)
        if broken is not None:
            raise broken
        with journal.writing() as writing:
            head = writing.head()
            seal = key.seal(run, head, now)
            draft = Draft(FACILITY, SEALED, seal.body(), CLOCK, now)
            writing.append([draft], cause=f"seal:{head.seq}", recorded_at=now)
            for owed in self._posted(seal, now, silent=silent):
                addresses = [owed.to] if ":" in owed.to else addresses_of(journal.registry, owed.to)
                writing.owe([replace(owed, to=address) for address in addresses], at=now)
        self._looked_until = seal.seq + 1
        self._new, self._since, self._unsealed = False, now, None
        return seal
