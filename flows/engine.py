"""The engine: replay, decide, and write what happened together with what is owed. Synchronous from end to end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from contacts.registry import addresses_of, roster_from
from contacts.roster import Roster
from flows.calendar.due import drills_due
from flows.commands.clock import NoteClock
from flows.commands.command import Command, FacilityCommand
from flows.commands.drilling import BeginExercise
from flows.commands.people import DropQuestion, Report
from flows.decide import decide
from flows.deeds import Attempt, Deed, Part, Voice
from flows.events.drilling import FeedbackReleased
from flows.events.event import Event
from flows.events.facility import MemberReachable, MemberUnreachable
from flows.events.papers import BlackedOut, EvidenceDisposed, HouseBlackedOut
from flows.facility.clock import NOTICED
from flows.facility.danger import dangers_due
from flows.facility.evening import quiet_ends_due
from flows.facility.hints import hints_due
from flows.facility.members import pages_due
from flows.facility.settling import Matter
from flows.facility.upkeep import upkeep_due
from flows.handbook import Handbook
from flows.listening.held import held_due
from flows.messages.message import Message, message_of
from flows.notifications import boards, notifications
from flows.overdue import due
from flows.record import codec
from flows.record.chain import KINDS_OF_BLACKING, BrokenChain
from flows.record.journal import FACILITY, Draft, Entry, Journal, JournalFailed, Owed, Writing
from flows.record.proving import REGISTRY_BASELINE, REGISTRY_ERASED, REGISTRY_PROVED, baseline_of, proof_of
from flows.refusals import Refused
from flows.response.debriefing import may_speak
from flows.settle import settle
from flows.state.house import House
from flows.state.replayed import Replayed
from flows.state.run import Run
from flows.state.work import CLOCK, Context
from flows.written.free_text import BLACK, changed_in, rewritten, veiled, written
from playbooks.frozen import frozen
from playbooks.triage.speech import forget_texts


@frozen
class Outcome:
    """What an act came to. ``repeated``: it had happened before and changed nothing now; ``only_told``: nor then.

    ``refused``: why it, or its last part, may not be. ``bug``: a mistake of ours, by which all of it was taken back.
    """

    run: str = FACILITY
    entries: tuple[Entry, ...] = ()
    events: tuple[Event, ...] = ()
    repeated: bool = False
    only_told: bool = False
    by: str = ""
    refused: Refused | None = None
    bug: Exception | None = None
    covered: bool = False
    """Something of what was written was masked."""


@dataclass
class _Stage:
    """What an act has come to so far; dropped when it is taken back. ``run`` is what its last command was about."""

    state: Replayed
    entries: list[Entry] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    afterwards: list[Callable[[], object]] = field(default_factory=list)
    run: str = FACILITY
    by: str = ""
    repeated: bool = False
    covered: list[Event] = field(default_factory=list)
    covered_beside: bool = False

    def fork(self) -> _Stage:
        return replace(
            self,
            state=self.state.fork(),
            entries=list(self.entries),
            events=list(self.events),
            afterwards=list(self.afterwards),
            covered=list(self.covered),
        )


@frozen
class _Doing:
    """In whose name parts of a deed are done, when it was said, and under which cause: that of its messages, and that of its entries."""

    writing: Writing
    now: datetime
    cause: str
    under: str
    by: str = ""
    cover: Callable[[str], str] | None = None
    said: datetime | None = None


class Engine:
    """Runs playbooks over a journal. One per process; several processes may share the journal's file."""

    def __init__(self, journal: Journal, handbook: Handbook) -> None:
        """Replay the journal; new runs are opened with what stands in ``handbook``."""
        self.journal = journal
        self.handbook = handbook
        self._kept = Replayed()
        self._stage: _Stage | None = None
        self._looked: tuple[int, datetime] | None = None
        self._kept.read(journal.entries())
        self._on_since = self._kept.house.turns

    # ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _here(self) -> Replayed:
        """The state that whoever asks now is to see: while acts are being done, the one that those before left."""
        return self._stage.state if self._stage is not None else self._kept

    @property
    def _runs(self) -> dict[str, Run]:
        return self._here.runs

    @property
    def _house(self) -> House:
        return self._here.house

    def refresh(self) -> None:
        """Take in what other processes have written."""
        if self.journal.head().seq != self._kept.seq:
            self._catch_up(self.journal.entries(after=self._kept.seq))

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
    def unread(self) -> Mapping[str, int]:
        """The runs of which an entry (given by its number) says nothing to this version: kept, and not dealt with."""
        return self._here.unread

    @property
    def has_facility(self) -> bool:
        """Whether the home was made; without a facility there is no roster."""
        return bool(self.journal.registry("facility"))

    def roster(self) -> Roster:
        """Give people and contacts as they are now. Every change of the registry has its entry of proof, which dates it."""
        here = self._here
        if here.roster is None:
            here.roster = roster_from(self.journal.registry)
        return here.roster

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

    def do(self, *attempts: Attempt) -> list[Outcome]:
        """Do acts that wait, each once for its cause, all in one transaction; gives what each came to.

        Each is decided on the state that those before it leave. One that is refused, or hits a mistake of ours, is taken
        back alone. Raises what the journal raises when its storage fails; then nothing has changed, here or on disk.
        """
        with self.journal.writing() as writing:
            if writing.head().seq != self._kept.seq:
                self._catch_up(writing.entries(after=self._kept.seq))
            noted = self._clock_noted(attempts[0].now) if attempts else ()
            stages: list[_Stage] = []
            outcomes: list[Outcome] = []
            try:
                for attempt in (*noted, *attempts):
                    self._stage = _Stage((stages[-1].state if stages else self._kept).fork())
                    outcome = self._try(attempt, writing)
                    outcomes.append(outcome)
                    if outcome.bug is None:
                        stages.append(self._stage)
            finally:
                self._stage = None
        for stage in stages:
            self._kept.take(stage.entries)
            for learn in stage.afterwards:
                learn()
        if any(entry.kind in KINDS_OF_BLACKING for stage in stages for entry in stage.entries):
            self._read_anew()
        return outcomes[len(noted) :]

    def _clock_noted(self, now: datetime) -> tuple[Attempt, ...]:
        """Give the act that enters that the clock went back, if it did: before any other, which would be waited from too."""
        behind = self._kept.clock - now
        if behind < NOTICED or not self.has_facility:
            self._kept.clock = max(self._kept.clock, now)
            return ()
        note = NoteClock(FACILITY, round(behind.total_seconds()))
        return (Attempt(f"clock:back:{self._kept.seq}", now, lambda: Deed(note, by=CLOCK)),)

    def handle(self, command: Command, *, actor: str, now: datetime, cause: str) -> Outcome:
        """Do what a command asks, once for each ``cause``, in one transaction.

        ``now`` is aware. Raises Refused (nothing has changed) and whatever the journal raises when its storage fails
        (nothing has changed either).
        """
        [outcome] = self.do(Attempt(cause, now, lambda: Deed(command, by=actor)))
        for failure in (outcome.refused, outcome.bug):
            if failure is not None:
                raise failure
        return outcome

    def owe(self, owed: Sequence[Owed], now: datetime) -> None:
        """Owe messages behind which no act stands."""
        with self.journal.writing() as writing:
            writing.owe(list(self._addressed(owed)), at=now)

    def prove_registry(self, now: datetime) -> None:
        """Take in a registry that nothing proves yet: that of an older version, or of a journal that was set aside."""
        if self._here.proved:
            return
        with self.journal.writing() as writing:
            self._kept.read(writing.entries(after=self._kept.seq))
            if self._kept.proved or not (rows := writing.salted()):
                return
            draft = _proof(REGISTRY_BASELINE, baseline_of(rows), CLOCK, now)
            entries = writing.append([draft], cause=f"registry:{self._kept.seq}", recorded_at=now)
        self._kept.take(entries)

    def tick(self, now: datetime) -> list[Outcome]:
        """Do what time has made due in all live runs; each thing once, whoever ticks and however often."""
        self.refresh()
        if self._kept.clock - now >= NOTICED:
            self.do(Attempt(f"clock:looked:{self._kept.seq}", now, Deed))
        self._kept.clock = max(self._kept.clock, now)
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
        if not self.has_facility:
            return []
        urgent = list(
            dangers_due(self._house, self.context(now, CLOCK), self._on_since)
        )  # these don't wait for the next minute
        done = [self.handle(order.command, actor=CLOCK, now=now, cause=order.cause) for order in urgent]
        looked = (self._here.seq, now.replace(second=0, microsecond=0))
        if looked == self._looked:
            return done
        context = self.context(now, CLOCK)
        found = [
            *hints_due(self._house, context),
            *drills_due(self._house, context),
            *quiet_ends_due(self._house, context),
            *held_due(self._house, context),
            *pages_due(self.journal.registry, context),
        ]
        if not self._busy_today(context):
            found += upkeep_due(self._house, context)
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

    # ── one act ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _try(self, attempt: Attempt, writing: Writing) -> Outcome:
        causes = (attempt.cause, *attempt.known_as)
        before = next((written for cause in causes if (written := writing.caused(cause))), ())
        if before or writing.has_owed(attempt.cause):
            return Outcome(before[0].run if before else FACILITY, before, repeated=True, only_told=not before)
        doing = _Doing(writing, attempt.now, attempt.cause, attempt.cause, cover=attempt.cover, said=attempt.said)
        try:
            with writing.savepoint():
                refused = self._carry(Deed(attempt.deed, or_else=Deed), doing)
                if refused is not None:
                    self._owe(attempt.tells(refused), doing)
                if (masked := self._staged).covered or masked.covered_beside:
                    self._carry(attempt.covered(tuple(masked.covered)), replace(doing, by=masked.by))
        except (JournalFailed, BrokenChain):
            raise
        except Exception as bug:  # noqa: BLE001  (one act that we fail at must not take the others with it)
            return Outcome(bug=bug)
        stage = self._staged
        return Outcome(
            stage.run,
            tuple(stage.entries),
            tuple(stage.events),
            repeated=stage.repeated,
            by=stage.by,
            refused=refused,
            covered=bool(stage.covered) or stage.covered_beside,
        )

    @property
    def _staged(self) -> _Stage:
        if self._stage is None:
            raise RuntimeError("nothing is being done")
        return self._stage

    def _carry(self, deed: Deed, doing: _Doing) -> Refused | None:
        """Do a deed; gives the refusal that ended it, if one did, and raises the one by which nothing of it was done."""
        if deed.or_else is None:
            return self._parts(deed, doing)
        before = self._staged
        try:
            with doing.writing.savepoint():
                self._stage = before.fork()
                return self._parts(deed, doing)
        except Refused as refusal:
            self._stage = before
            instead = deed.or_else(refusal)
        return self._carry(instead, doing)

    def _parts(self, deed: Deed, doing: _Doing) -> Refused | None:
        doing = replace(doing, by=deed.by or doing.by, under=deed.once or doing.under, said=deed.said or doing.said)
        stage = self._staged
        stage.by = doing.by
        before = doing.writing.caused(deed.once) if deed.once else ()
        if before:
            stage.run, stage.repeated = before[0].run, True
            return None
        if deed.afterwards is not None:
            stage.afterwards.append(deed.afterwards)
        asked = self._house.waiting_for.get(doing.by)
        for part in deed.parts:
            refused = self._part(part, doing)
            if refused is not None:
                return refused
        if deed.answers and asked is not None and self._house.waiting_for.get(doing.by) == asked:
            self._order(DropQuestion(FACILITY), doing)
        return None

    def _part(self, part: Part, doing: _Doing) -> Refused | None:
        match part:
            case Refused():
                return part
            case Deed():
                return self._carry(part, doing)
            case Owed():
                self._owe([part], doing)
            case Voice():
                run = self._runs.get(part.run)
                if run is None:
                    raise Refused("stale")
                may_speak(run, part.text)
                text = doing.cover(part.text) if doing.cover is not None else part.text
                self._staged.covered_beside |= text != part.text
                doing.writing.lay_aside(part.run, text)
            case Command():
                self._order(part, doing)
            case _:
                return self._carry(part(), doing)
        return None

    def _order(self, command: Command, doing: _Doing) -> None:
        facility = isinstance(command, FacilityCommand) or command.run == FACILITY
        owed = self._settle(command, doing) if facility else self._decide(command, doing)
        self._owe(owed, doing)

    def _decide(self, command: Command, doing: _Doing) -> list[Owed]:
        if isinstance(command, Report | BeginExercise):
            mode = command.mode if isinstance(command, Report) else "drill"
            number = 1 + sum(run.startswith(f"{mode}-") for run in {**self._runs, **self.unread})
            run = Run(f"{mode}-{number}")
        else:
            known = self._runs.get(command.run)
            if known is None:
                raise Refused("stale")
            run = known
        context = replace(self.context(doing.now, doing.by, run.id), said=doing.said)
        work = decide(run, command, context)
        entries = self._append(run.id, work.events, doing)
        if any(isinstance(event, FeedbackReleased) for event, _ in work.events):
            doing.writing.clear_aside(run.id)
        happened = [(entry.turn, event) for entry, (event, _) in zip(entries, work.events, strict=True)]
        return notifications(work.run, happened, work.context)

    def _noted(self, put: tuple[str, str, str | None], doing: _Doing) -> tuple[str, str, str | None]:
        """Give a row as it is kept: what somebody noted is covered, names and numbers are what a registry is for."""
        kind, key, value = put
        row = json.loads(value) if value is not None and doing.cover is not None else {}
        if doing.cover is None or not row.get("note") or (note := doing.cover(row["note"])) == row["note"]:
            return put
        self._staged.covered_beside = True
        return kind, key, json.dumps({**row, "note": note}, ensure_ascii=False, separators=(",", ":"))

    def _settle(self, command: Command, doing: _Doing) -> list[Owed]:
        context = replace(self.context(doing.now, doing.by), said=doing.said) if self.has_facility else None
        settlement = settle(
            command,
            Matter(self._house, self.journal.registry, context, doing.now, doing.by, lambda: self.journal.rows()[1]),
        )
        if settlement.puts:
            self._take_in_registry(doing)
        events = [(event, context.happened(event) if context else doing.now) for event in settlement.events]
        self._append(FACILITY, events, doing)
        if changes := [doing.writing.put(*self._noted(put, doing)) for put in settlement.puts]:
            self._enter([_proof(REGISTRY_PROVED, proof_of(changes), doing.by, doing.now)], doing)
        if gone := [digest for row in settlement.erased for digest in doing.writing.erase(*row)]:
            self._enter([_proof(REGISTRY_ERASED, {"rows": gone}, doing.by, doing.now)], doing)
        if not any(isinstance(event, MemberReachable | MemberUnreachable) for event in settlement.events):
            return settlement.owed
        return [*settlement.owed, *boards(self.live_runs(), self.context(doing.now, doing.by))]

    def _append(self, run: str, events: Sequence[tuple[Event, datetime]], doing: _Doing) -> tuple[Entry, ...]:
        self._staged.run = run
        events = [(self._disposing(run, self._blacking(run, event), doing), at) for event, at in events]
        if doing.cover is not None:
            kept = [(rewritten(event, doing.cover), at) for event, at in events]
            self._staged.covered += [k for (k, _), (event, _) in zip(kept, events, strict=True) if k != event]
            events = kept
        drafts = [Draft(run, *codec.encode(event), doing.by, occurred) for event, occurred in events]
        self._staged.events += [event for event, _ in events]
        entered = self._enter(drafts, doing)
        for event, _ in events:
            if isinstance(event, BlackedOut | HouseBlackedOut):
                self._black_out(run, event, doing)
        return entered

    def _blacking(self, run: str, event: Event) -> Event:
        """Say which entry is to be blacked out, and what is read in its place; Refused where nobody wrote anything there."""
        if not isinstance(event, BlackedOut | HouseBlackedOut):
            return event
        entry = self._entry_at(run, event.of)
        said = codec.decode(entry.kind, entry.body) if entry.body_half is None else None
        if said is None or not (twin := veiled(said, BLACK)) != said:
            raise Refused("nothing_written")
        return replace(event, seq=entry.seq, body=codec.encode(twin)[1])

    def _disposing(self, run: str, event: Event, doing: _Doing) -> Event:
        """Let go the texts of a run's messages with what else was kept of it, and count them."""
        if not isinstance(event, EvidenceDisposed):
            return event
        return replace(event, texts=doing.writing.forget_texts(run))

    def _black_out(self, run: str, event: BlackedOut | HouseBlackedOut, doing: _Doing) -> None:
        entry = self._entry_at(run, event.of)
        texts = {
            line for text in written(entry.kind, json.loads(entry.body)).values() for line in (text, *text.split("\n"))
        }
        doing.writing.black_out(entry, event.body, sorted(t for t in texts if not t.isascii() or not t.isidentifier()))

    def _entry_at(self, run: str, turn: int) -> Entry:
        found = next((entry for entry in self.journal.entries(run=run) if entry.turn == turn), None)
        if found is None:
            raise Refused("stale")
        return found

    def _catch_up(self, entries: Iterable[Entry]) -> None:
        """Take in what was written; where something was blacked out, all is read anew, since it is still known here."""
        new = list(entries)
        self._kept.read(new)
        if any(entry.kind in KINDS_OF_BLACKING for entry in new):
            self._read_anew()

    def _read_anew(self) -> None:
        clock = self._kept.clock
        codec.decode.cache_clear()
        forget_texts()
        self._kept = Replayed()
        self._kept.read(self.journal.entries())
        self._kept.clock = max(self._kept.clock, clock)

    def _enter(self, drafts: Sequence[Draft], doing: _Doing) -> tuple[Entry, ...]:
        entries = doing.writing.append(drafts, cause=doing.under, recorded_at=doing.now)
        self._staged.state.take(entries)
        self._staged.entries += entries
        return entries

    def _take_in_registry(self, doing: _Doing) -> None:
        """Let an entry prove a registry that an older version kept, as it stands."""
        if not self._here.proved and (rows := doing.writing.salted()):
            self._enter([_proof(REGISTRY_BASELINE, baseline_of(rows), CLOCK, doing.now)], doing)

    def _owe(self, owed: Sequence[Owed], doing: _Doing) -> None:
        if doing.cover is not None:
            kept = [replace(one, message=_covered(one.message, doing.cover)) for one in owed]
            self._staged.covered_beside |= kept != list(owed)
            owed = kept
        doing.writing.owe(list(self._addressed(owed)), at=doing.now, cause=doing.cause)

    def _addressed(self, owed: Iterable[Owed]) -> Iterable[Owed]:
        """Send each message to every address of its person; an address itself is taken as it is."""
        for message in owed:
            addresses = [message.to] if ":" in message.to else addresses_of(self.journal.registry, message.to)
            yield from (replace(message, to=address) for address in addresses)


def _covered(message: Message, cover: Callable[[str], str]) -> Message:
    return message_of(message.kept_as, changed_in(message.facts, cover))


def _proof(kind: str, body: Mapping[str, object], by: str, now: datetime) -> Draft:
    return Draft(FACILITY, kind, json.dumps(body, separators=(",", ":")), by, now)
