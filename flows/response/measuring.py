"""What a drill came to: who confirmed how fast, the times against their targets, the quiz, and the one before it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from statistics import median

from flows.state.run import Run
from playbooks.drills.shape import Measure, Objective
from playbooks.frozen import frozen

YARDSTICK = {"rate": 81.2, "minutes": 56.9, "best_rate": 94.4, "best_minutes": 36.3, "year": 2025}
"""Published figures of safety confirmation drills (安否確認の全国調査, 2025): rate in per cent, median in minutes."""


@frozen
class RollCall:
    """Who confirmed, in minutes after the call, pauses left out; ``silent`` never did."""

    minutes: dict[str, float]
    silent: tuple[str, ...]

    @property
    def rate(self) -> float | None:
        """Per cent of those called who confirmed; None if nobody was called."""
        called = len(self.minutes) + len(self.silent)
        return 100 * len(self.minutes) / called if called else None

    @property
    def median(self) -> float | None:
        """The median of the minutes; None if nobody confirmed."""
        return median(self.minutes.values()) if self.minutes else None


@frozen
class Taken:
    """A measure and the minutes it took; None if it was not reached."""

    measure: Measure
    minutes: float | None

    @property
    def rating(self) -> str:
        """Without trouble within the target, some trouble within twice of it, much beyond, not done otherwise."""
        if self.minutes is None:
            return "u"
        target = self.measure.target_minutes
        return "p" if self.minutes <= target else "s" if self.minutes <= 2 * target else "m"


def roll_call(run: Run) -> RollCall:
    """Give how the call was answered; whoever began the drill is not counted, they knew."""
    exercise = run.exercise
    called = [m for m in exercise.called if m != exercise.begun_by] if exercise else list(run.ring)
    took = {m: _minutes(run, run.acknowledged[m]) for m in called if m in run.acknowledged}
    return RollCall(took, tuple(m for m in called if m not in took))


def _minutes(run: Run, moment: datetime) -> float:
    start = run.declared_at or run.reported_at or moment
    passed = run.exercise.running_since(moment) if run.exercise else moment - start
    return max(0.0, passed.total_seconds() / 60)


def taken(run: Run) -> list[Taken]:
    """Give each measure of a drill with the minutes from its beginning to the first of what reaches it."""
    if run.exercise is None:
        return []
    return [Taken(m, _first(run, _moments(run, m))) for m in run.exercise.measures]


def _first(run: Run, moments: Iterable[datetime]) -> float | None:
    return min((_minutes(run, moment) for moment in moments), default=None)


def _moments(run: Run, measure: Measure) -> Iterable[datetime]:
    playbooks = [p for p in (run.playbook, *run.followed_before) if p is not None]
    steps = frozenset().union(*(measure.reached_in(p) for p in playbooks))
    yield from (done.at for key, done in run.answered.items() if key in steps and done.settles)
    if "acknowledged:director" in measure.reached_by and run.exercise is not None:
        told = [m for m in run.exercise.deciding if m in run.acknowledged and m != run.exercise.begun_by]
        yield from (run.acknowledged[m] for m in told)


def proposal(run: Run, objective: Objective) -> str:
    """Propose a rating for an objective: by its measure, and where people rate it, 未実施 until they do."""
    return next((t.rating for t in taken(run) if t.measure.id == objective.measure), "u")


@frozen
class Quiz:
    """How a quiz went: right answers of all that were given, and the questions that most got wrong."""

    given: int
    right: int
    hardest: tuple[str, ...]


def quiz(run: Run) -> Quiz | None:
    """Give how the quiz went; None for a drill without one."""
    exercise = run.exercise
    if exercise is None or not exercise.questions:
        return None
    judged = {q.id: q.right for q in exercise.questions if q.right is not None}
    given = [(q, option) for (_, q), option in exercise.answers.items() if q in judged]
    wrong = [q for q, option in given if option != judged[q]]
    return Quiz(len(given), len(given) - len(wrong), tuple(sorted(set(wrong), key=lambda q: (-wrong.count(q), q))))


def series(run: Run, runs: Iterable[Run]) -> list[Run]:
    """Give the drills of a run's kind that came to their end before it, the oldest first, and then itself."""
    if run.exercise is None:
        return []
    kind, begun = run.exercise.kind.id, run.exercise.begun_at
    before = [
        r
        for r in runs
        if r.exercise is not None and r.exercise.kind.id == kind and r.state == "closed" and r.exercise.begun_at < begun
    ]
    return [*before, run]


def previous(run: Run, runs: Iterable[Run]) -> Run | None:
    """Give the last drill of the same kind that came to its end before this one."""
    return next(iter(series(run, runs)[-2:-1]), None)
