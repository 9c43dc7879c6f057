"""A decision in the making: a run that is tried on a copy, the events so far and what they were decided on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from contacts.model import Member
from contacts.roster import Roster
from flows.events.calling import Reported, ReportedAgain
from flows.events.ending import ReviewAnswered
from flows.events.event import Event
from flows.events.facility import DangerSeen, DangerTold
from flows.events.photos import PhotoReceived
from flows.events.setting_up import WorkbookReceived
from flows.events.telling import Corrected, EvidenceReceived, NoteTaken
from flows.events.upkeep import TaskDone
from flows.events.working import Asked, LineSettled, StepAnswered
from flows.handbook import Handbook
from flows.handlers import Handlers
from flows.state.house import House
from flows.state.replay import apply
from flows.state.run import Run
from flows.state.stamp import Stamp

CLOCK = "clock"
"""The actor of what only time did."""

WAITED = timedelta(minutes=1)
"""What waited for so long before the bot heard it happened when it was written."""

TOLD = (
    *(Reported, ReportedAgain, NoteTaken, Corrected, EvidenceReceived, StepAnswered, LineSettled, ReviewAnswered),
    *(DangerSeen, DangerTold, TaskDone, PhotoReceived, WorkbookReceived),
)
"""Events that are what somebody said or sent: they happened when it was sent, however much later it is heard."""


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a decision may look at beside the run itself, at ``now`` (aware).

    ``run`` is the id of the run that is decided in, empty in the facility's own affairs. ``runs`` are all runs by id and
    ``house`` is the facility's own state, both not to be changed; ``ballots`` gives what was said in a run without a name
    and is not released yet. ``said`` is when what is decided was written, where that is known.
    """

    roster: Roster
    now: datetime
    actor: str
    handbook: Handbook
    run: str = ""
    runs: Mapping[str, Run] = field(default_factory=dict)
    house: House = field(default_factory=House)
    ballots: Callable[[str], tuple[str, ...]] = field(default=lambda _: ())
    said: datetime | None = None

    @property
    def said_at(self) -> datetime:
        """When whoever acts said it: what they tell happened by then, and times that they name are read from there.

        All that is waited for runs from ``now`` all the same, and what waited for no minute is said now.
        """
        return self.said if self.said is not None and self.now - self.said >= WAITED else self.now

    def happened(self, event: Event) -> datetime:
        """Give when an event happened: what somebody told, and words that may be a report, when they were sent."""
        told = isinstance(event, TOLD) or (isinstance(event, Asked) and bool(event.about.get("hint")))
        return self.said_at if told else self.now

    @cached_property
    def today(self) -> date:
        """The facility's local day."""
        return self.roster.facility.local(self.now).date()

    @property
    def others(self) -> tuple[Run, ...]:
        """All runs but the one that is decided in, the oldest first."""
        return tuple(run for run in self.runs.values() if run.id != self.run)

    @cached_property
    def busy(self) -> frozenset[str]:
        """The members with an open step in another run."""
        return frozenset(step.member for run in self.others if run.live for step in run.open_steps())

    def incident(self) -> Run | None:
        """Give an incident that is being dealt with, if there is one that everybody may know of; a mere report is none yet."""
        runs = (r for r in self.runs.values() if r.live and not r.drill and r.calls_everybody)
        return next((r for r in runs if r.state != "reported"), None)

    def chain(self) -> tuple[Member, ...]:
        """Give who decides today, first to last; in a run, without whoever isn't to know of it."""
        here = self.runs.get(self.run)
        return tuple(m for m in self.roster.chain(self.today) if here is None or m.id not in here.left_out)

    def told_of_danger(self, member_id: str, text: str) -> bool:
        """Say whether a member tells of a danger by this text: what they were told about that is all they need to read."""
        at_once = self.house.danger_told.get(member_id) == self.now
        return at_once and self.house.danger_words.get(member_id) == text

    def can_act(self, member_id: str) -> bool:
        """Say whether a member is here today and can be reached in writing."""
        member = self.roster.member(member_id)
        return (
            member is not None
            and member.status == "active"
            and not member.absent_on(self.today)
            and bool(member.channels)
        )


class Work:
    """The run as it would be, and the events that make it so; nothing is written until the engine takes them."""

    def __init__(self, run: Run, context: Context) -> None:
        """Start from ``run``, which stays as it is."""
        self.run = run.copy()
        self.context = replace(context, runs={**context.runs, run.id: self.run})
        self.events: list[tuple[Event, datetime]] = []

    def add(self, event: Event, occurred_at: datetime | None = None) -> int:
        """Let ``event`` happen; gives the turn under which it will stand."""
        happened = occurred_at or self.context.happened(event)
        stamp = Stamp(self.run.turns + 1, self.context.now, happened, self.context.actor)
        apply(self.run, event, stamp)
        self.events.append((event, happened))
        return stamp.turn


decides: Handlers[[], None] = Handlers()
"""What a command comes to in a run; raises Refused where it may not be."""
