"""All that the entries come to: every run and the facility's own state, up to one entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from contacts.roster import Roster
from flows.events.facility import ClockSetBack
from flows.record import codec
from flows.record.journal import FACILITY, Entry
from flows.record.proving import KINDS_OF_PROOF
from flows.state.house import House
from flows.state.replay import apply
from flows.state.run import Run
from flows.state.stamp import Stamp

NEVER = datetime.min.replace(tzinfo=UTC)

WAITS_OF_RUN = (
    *("reported_at", "nudged_at", "declared_at", "ended_at", "briefed", "command_offered", "commanders", "handed_to"),
    *("asked_to_command", "ring", "quiet", "repeats", "acknowledged", "presence", "presence_asked", "arrivals"),
    *("voice_calls", "tracks", "shown", "answered", "minutes", "pleas", "learnt_at", "exercise"),
)
"""What of a run is waited from."""

WAITS_OF_HOUSE = ("asked_at", "hints", "enrolled", "dangers", "danger_told", "backups")
"""What of the facility is waited from."""

APPOINTED = frozenset({"until"})
"""Times that somebody named: they are those of the clock on the wall, whatever ours did."""


@dataclass
class Replayed:
    """The state after entry ``seq``; ``roster`` is remembered until the next entry of proof, since each change of people has one.

    ``unread`` are runs (and the facility) of which an entry, given by its number, says nothing to this version: such a run
    is kept and not dealt with, of the facility that entry alone is passed over. ``proved`` says that entries prove the
    registry. ``clock`` is the latest time that was seen or entered since the clock went back last. ``shared`` names the
    runs (and the facility) that the state it was forked from holds, too.
    """

    runs: dict[str, Run] = field(default_factory=dict)
    house: House = field(default_factory=House)
    seq: int = 0
    clock: datetime = NEVER
    roster: Roster | None = None
    shared: set[str] = field(default_factory=set)
    proved: bool = False
    unread: dict[str, int] = field(default_factory=dict)

    def fork(self) -> Replayed:
        """Give a state that goes on from here and leaves this one as it is."""
        return Replayed(
            dict(self.runs),
            self.house,
            self.seq,
            self.clock,
            self.roster,
            {FACILITY, *self.runs},
            self.proved,
            dict(self.unread),
        )

    def take(self, entries: Iterable[Entry]) -> None:
        """Take in what was written by this very process: whatever can't be is a mistake of ours."""
        for entry in entries:
            self._take(entry)

    def read(self, entries: Iterable[Entry]) -> None:
        """Take in what lies there: a run with an entry that says nothing to this version is closed up, the others go on."""
        for entry in entries:
            if entry.run in self.unread and entry.run != FACILITY:
                self._pass(entry)
                continue
            try:
                self._take(entry)
            except Exception:  # noqa: BLE001  (what another version wrote can break anything, but not the start of the others)
                self.unread.setdefault(entry.run, entry.seq)
                self.runs.pop(entry.run, None)
                self.shared.discard(entry.run)
                self._pass(entry)

    def _take(self, entry: Entry) -> None:
        event = codec.decode(entry.kind, entry.body)
        stamp = Stamp(entry.turn, entry.recorded_at, entry.occurred_at, entry.actor)
        if entry.run in self.shared:
            self._part_from(entry.run)
        if entry.run == FACILITY:
            self.house.apply(event, stamp)
        else:
            apply(self.runs.setdefault(entry.run, Run(entry.run)), event, stamp)
        self._pass(entry)
        if isinstance(event, ClockSetBack):
            self._set_back(timedelta(seconds=event.seconds), entry.recorded_at)

    def _pass(self, entry: Entry) -> None:
        self.seq, self.clock = entry.seq, max(self.clock, entry.recorded_at)
        if entry.kind in KINDS_OF_PROOF:
            self.proved, self.roster = True, None

    def _set_back(self, by: timedelta, now: datetime) -> None:
        """Let everything that is waited from have been as long ago as it was before the clock went back to ``now``."""
        for run in [run.id for run in self.runs.values() if run.live] + [FACILITY]:
            if run in self.shared:
                self._part_from(run)
            state, waits = (self.house, WAITS_OF_HOUSE) if run == FACILITY else (self.runs[run], WAITS_OF_RUN)
            for name in waits:
                setattr(state, name, _earlier(getattr(state, name), by))
        self.clock = now

    def _part_from(self, run: str) -> None:
        self.shared.discard(run)
        if run == FACILITY:
            self.house = self.house.copy()
        else:
            self.runs[run] = self.runs[run].copy()


def _earlier(value: Any, by: timedelta) -> Any:
    """Give a value with every moment in it earlier by so much, but for what is appointed; the value itself if it has none."""
    match value:
        case datetime():
            return value - by
        case dict():
            return {key: _earlier(each, by) for key, each in value.items()}
        case tuple():
            return tuple(_earlier(each, by) for each in value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            kept = {f.name: getattr(value, f.name) for f in fields(value) if f.init and f.name not in APPOINTED}
            moved = {name: _earlier(each, by) for name, each in kept.items()}
            changed = {name: each for name, each in moved.items() if each != kept[name]}
            return replace(value, **changed) if changed else value
        case _:
            return value
