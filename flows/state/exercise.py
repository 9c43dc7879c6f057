"""A drill as a run knows it beside its playbook: what was planned, what was sent, who is excused, what people answered."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime, timedelta

from playbooks.drills.shape import DrillKind, Inject, Measure, Objective, Question, Scenario
from playbooks.frozen import frozen


@frozen
class Happened:
    """An inject that was sent, or that the facilitator made up (then ``inject`` is empty)."""

    at: datetime
    to: tuple[str, ...]
    text: str = ""
    inject: str = ""
    instead: bool = False


@frozen
class Exercise:
    """The state of a drill; all times are aware. ``pauses`` are those that are over, from when to when.

    ``vendors`` are those of whom somebody said whether they took part, and how; ``lessons`` what was learnt with them.
    """

    kind: DrillKind
    begun_at: datetime
    begun_by: str
    scenario: Scenario | None = None
    measures: tuple[Measure, ...] = ()
    questions: tuple[Question, ...] = ()
    drill: str = ""
    facilitator: str = ""
    called: tuple[str, ...] = ()
    deciding: tuple[str, ...] = ()
    verifies: tuple[int, ...] = ()
    happened: dict[int, Happened] = field(default_factory=dict)
    held: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
    excused: frozenset[str] = frozenset()
    paused_at: datetime | None = None
    pauses: tuple[tuple[datetime, datetime], ...] = ()
    answers: dict[tuple[str, str], str] = field(default_factory=dict)
    ratings: dict[str, str] = field(default_factory=dict)
    feedback: tuple[tuple[str, str], ...] = ()
    released: bool = False
    vendors: dict[str, str] = field(default_factory=dict)
    lessons: dict[str, str] = field(default_factory=dict)

    @property
    def paused(self) -> timedelta:
        """How long it has stood still in all, a pause that lasts not counted."""
        return sum((until - since for since, until in self.pauses), timedelta())

    @property
    def injects(self) -> tuple[Inject, ...]:
        """The scenario's injects, in the order in which they are planned."""
        return self.scenario.injects if self.scenario else ()

    @property
    def objectives(self) -> tuple[Objective, ...]:
        """What the drill is to show: the scenario's objectives, else one for each measure that can be taken in it."""
        if self.scenario is not None:
            return self.scenario.objectives
        return tuple(Objective(id=m.id, text=m.title, measure=m.id) for m in self.measures)

    def sent(self, inject: str) -> Happened | None:
        """Give when and to whom an inject went; None while it waits."""
        return next((h for h in self.happened.values() if h.inject == inject), None)

    def waiting(self) -> list[Inject]:
        """Give the injects still to come, as they are planned."""
        gone = {h.inject for h in self.happened.values()} | self.skipped
        return [inject for inject in self.injects if inject.id not in gone]

    def leaves_alone(self, member: str) -> bool:
        """Say whether a member gets no steps: they lead the drill, or have a patient before them."""
        return member == self.facilitator or member in self.excused

    def running_since(self, moment: datetime) -> timedelta:
        """Give how long the drill has run at ``moment``, pauses left out."""
        end = min(moment, self.paused_at) if self.paused_at else moment
        stood = (min(until, end) - since for since, until in self.pauses if since < end)
        return end - self.begun_at - sum(stood, timedelta())
