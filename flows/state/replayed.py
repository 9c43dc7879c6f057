"""All that the entries come to: every run and the facility's own state, up to one entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from contacts.roster import Roster
from flows.record import codec
from flows.record.journal import FACILITY, Entry
from flows.state.house import House
from flows.state.replay import apply
from flows.state.run import Run
from flows.state.stamp import Stamp


@dataclass
class Replayed:
    """The state after entry ``seq``; ``roster`` is remembered until the next one, since any change of people has its entry.

    ``shared`` names the runs (and the facility) that the state it was forked from holds, too.
    """

    runs: dict[str, Run] = field(default_factory=dict)
    house: House = field(default_factory=House)
    seq: int = 0
    roster: Roster | None = None
    shared: set[str] = field(default_factory=set)

    def fork(self) -> Replayed:
        """Give a state that goes on from here and leaves this one as it is."""
        return Replayed(dict(self.runs), self.house, self.seq, self.roster, {FACILITY, *self.runs})

    def take(self, entries: Iterable[Entry]) -> None:
        """Take in what was written."""
        for entry in entries:
            event = codec.decode(entry.kind, entry.body)
            stamp = Stamp(entry.turn, entry.recorded_at, entry.occurred_at, entry.actor)
            if entry.run in self.shared:
                self._part_from(entry.run)
            if entry.run == FACILITY:
                self.house.apply(event, stamp)
            else:
                apply(self.runs.setdefault(entry.run, Run(entry.run)), event, stamp)
            self.seq, self.roster = entry.seq, None

    def _part_from(self, run: str) -> None:
        self.shared.discard(run)
        if run == FACILITY:
            self.house = self.house.copy()
        else:
            self.runs[run] = self.runs[run].copy()
