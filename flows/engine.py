"""The engine: replay, decide, and write what happened together with what is owed. Synchronous from end to end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from contacts.registry import addresses_of, roster_from
from contacts.roster import Roster
from flows import commands as cmd
from flows import events as ev
from flows.calendar.due import drills_due
from flows.decide import decide
from flows.facility.settling import Matter
from flows.facility.upkeep import upkeep_due
from flows.handbook import Handbook
from flows.notifications import notifications
from flows.overdue import due
from flows.record import codec
from flows.record.journal import FACILITY, Draft, Entry, Journal, Owed, Writing
from flows.refusals import Refused
from flows.response.debriefing import may_speak
from flows.settle import settle
from flows.state.house import House
from flows.state.replay import apply
from flows.state.run import Run
from flows.state.stamp import Stamp
from flows.state.work import CLOCK, Context


@dataclass(frozen=True)
class Outcome:
    """What a command came to. ``repeated``: it had happened before and changed nothing now."""

    run: str
    entries: tuple[Entry, ...]
    events: tuple[ev.Event, ...] = ()
    repeated: bool = False


class Engine:
    """Runs playbooks over a journal. One per process; several processes may share the journal's file."""

    def __init__(self, journal: Journal, handbook: Handbook) -> None:
        """Replay the journal; new runs are opened with what stands in ``handbook``."""
        self.journal = journal
        self.handbook = handbook
        self._runs: dict[str, Run] = {}
        self._house = House()
        self._seq = 0
        self._looked: tuple[int, datetime] | None = None
        self._roster: tuple[int, Roster] | None = None
        self._catch_up(journal.entries())

    # ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def refresh(self) -> None:
        """Take in what other processes have written."""
        if self.journal.head().seq != self._seq:
            self._catch_up(self.journal.entries(after=self._seq))

    def run(self, run_id: str) -> Run | None:
        """Give a run as it stands; not to be changed. None if there is no such run."""
        return self._runs.get(run_id)

    def runs(self) -> list[Run]:
        """Give all runs, the oldest first."""
        return list(self._runs.values())

    def live_runs(self) -> list[Run]:
        """Give the runs that still want something of people, the oldest first."""
        return [run for run in self._runs.values() if run.live]

    @property
    def house(self) -> House:
        """The facility's own state; not to be changed."""
        return self._house

    @property
    def has_facility(self) -> bool:
        """Whether the home was made; without a facility there is no roster."""
        return bool(self.journal.registry("facility"))

    def roster(self) -> Roster:
        """Give people and contacts as they are now. Every change of the registry has its entry, so the head dates it."""
        if self._roster is None or self._roster[0] != self._seq:
            self._roster = (self._seq, roster_from(self.journal.registry))
        return self._roster[1]

    def context(self, now: datetime, actor: str, run_id: str = "") -> Context:
        """Give what a decision in a run may look at."""
        return Context(
            roster=self.roster(),
            now=now,
            actor=actor,
            handbook=self.handbook,
            run=run_id,
            runs=self._runs,
            house=self._house,
            ballots=self.journal.laid_aside,
        )

    # ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def handle(self, command: cmd.Command, *, actor: str, now: datetime, cause: str) -> Outcome:
        """Do what a command asks, once for each ``cause``, in one transaction.

        ``now`` is aware. Raises Refused (nothing has changed) and whatever the journal raises when its storage fails
        (nothing has changed either).
        """
        with self.journal.writing() as writing:
            if writing.head().seq != self._seq:
                self._catch_up(writing.entries(after=self._seq))
            before = writing.caused(cause)
            if before:
                return Outcome(before[0].run, before, repeated=True)
            if isinstance(command, cmd.FacilityCommand) or command.run == FACILITY:
                outcome = self._handle_facility(writing, command, actor, now, cause)
            else:
                outcome = self._handle_run(writing, command, actor, now, cause)
        self._catch_up(outcome.entries)
        return outcome

    def tick(self, now: datetime) -> list[Outcome]:
        """Do what time has made due in all live runs; each thing once, whoever ticks and however often."""
        self.refresh()
        done = self._tick_facility(now)
        tried: set[str] = set()
        for run_id in [run.id for run in self.runs() if run.live or run.state == "closed"]:
            while True:
                run = self._runs[run_id]
                next_one = next((d for d in due(run, self.context(now, CLOCK, run_id)) if d.cause not in tried), None)
                if next_one is None:
                    break
                tried.add(next_one.cause)
                try:
                    done.append(self.handle(next_one.command, actor=CLOCK, now=now, cause=next_one.cause))
                except Refused:
                    continue
        return done

    def _tick_facility(self, now: datetime) -> list[Outcome]:
        """Do what is due in the facility itself; it is looked for once a minute, and when something was written.

        The calendar of drills goes on during an incident, since it has to give way; upkeep waits until a day on which
        nobody is or was busy with a run.
        """
        looked = (self._seq, now.replace(second=0, microsecond=0))
        if not self.has_facility or looked == self._looked:
            return []
        context = self.context(now, CLOCK)
        found = drills_due(self._house, context)
        if not self._busy_today(context):
            found += upkeep_due(self._house, context)
        done = []
        for order in found:
            try:
                done.append(self.handle(order.command, actor=CLOCK, now=now, cause=order.cause))
            except Refused:  # an order just before it has changed what this one was due for
                continue
        self._looked = looked
        return done

    def _busy_today(self, context: Context) -> bool:
        """Say whether people are or were busy with a run today."""
        local = context.roster.facility.local
        ended = [r.ended_at for r in self._runs.values() if r.ended_at is not None]
        return bool(self.live_runs()) or any(local(at).date() == context.today for at in ended)

    def say_without_name(self, run_id: str, text: str, member: str, now: datetime) -> None:
        """Keep what somebody says about a drill outside the journal: no entry tells that it was said, or by whom.

        It is released with all others at once. Refused (``stale``, ``too_long``) changes nothing.
        """
        run = self._runs.get(run_id)
        if run is None:
            raise Refused("stale")
        may_speak(run, text)
        with self.journal.writing() as writing:
            writing.lay_aside(run_id, text)
            writing.owe(list(self._addressed([Owed(member, "feedback_thanks", run_id, priority=4)])), at=now)

    def owe(self, owed: Sequence[Owed], now: datetime) -> None:
        """Owe messages that no entry stands behind: a refusal's polite answer, a menu that was asked for."""
        with self.journal.writing() as writing:
            writing.owe(list(self._addressed(owed)), at=now)

    def _handle_run(self, writing: Writing, command: cmd.Command, actor: str, now: datetime, cause: str) -> Outcome:
        if isinstance(command, cmd.Report | cmd.BeginExercise):
            mode = command.mode if isinstance(command, cmd.Report) else "drill"
            number = 1 + sum(run.mode == mode for run in self._runs.values())
            run = Run(f"{mode}-{number}")
        else:
            known = self._runs.get(command.run)
            if known is None:
                raise Refused("stale")
            run = known
        context = self.context(now, actor, run.id)
        work = decide(run, command, context)
        drafts = [Draft(run.id, *codec.encode(event), actor, occurred) for event, occurred in work.events]
        entries = writing.append(drafts, cause=cause, recorded_at=now) if drafts else ()
        if any(isinstance(event, ev.FeedbackReleased) for event, _ in work.events):
            writing.clear_aside(run.id)
        happened = [(entry.turn, event) for entry, (event, _) in zip(entries, work.events, strict=True)]
        writing.owe(list(self._addressed(notifications(work.run, happened, context))), at=now)
        return Outcome(run.id, entries, tuple(event for _, event in happened))

    def _handle_facility(
        self, writing: Writing, command: cmd.Command, actor: str, now: datetime, cause: str
    ) -> Outcome:
        context = self.context(now, actor) if self.has_facility else None
        settlement = settle(command, Matter(self._house, self.journal.registry, context, now, actor))
        drafts = [Draft(FACILITY, *codec.encode(event), actor, now) for event in settlement.events]
        entries = writing.append(drafts, cause=cause, recorded_at=now) if drafts else ()
        for kind, key, value in settlement.puts:
            writing.put(kind, key, value)
        writing.owe(list(self._addressed(settlement.owed)), at=now)
        return Outcome(FACILITY, entries, tuple(settlement.events))

    def _addressed(self, owed: Iterable[Owed]) -> Iterable[Owed]:
        """Send each message to every address of its person; an address itself is taken as it is."""
        for message in owed:
            addresses = [message.to] if ":" in message.to else addresses_of(self.journal.registry, message.to)
            yield from (replace(message, to=address) for address in addresses)

    def _catch_up(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            event = codec.decode(entry.kind, entry.body)
            stamp = Stamp(entry.turn, entry.recorded_at, entry.occurred_at, entry.actor)
            if entry.run == FACILITY:
                self._house.apply(event, stamp)
            else:
                apply(self._runs.setdefault(entry.run, Run(entry.run)), event, stamp)
            self._seq = entry.seq
