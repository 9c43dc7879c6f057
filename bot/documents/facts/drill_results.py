"""What a drill came to, as its documents say it: who was there, what was found wrong, the quiz question by question."""

from __future__ import annotations

from collections import Counter

from contacts.roster import Roster
from flows.response.measuring import proposal
from flows.state.run import Run
from playbooks.drills.shape import Question
from playbooks.frozen import frozen

FAULTS = (
    "wrong_vendor_numbers",
    "wrong_authority_numbers",
    "equipment_failed",
    "forms_missing",
    "checklist_no",
    "vendors_forms_missing",
    "vendor_promises_open",
)
"""Facts of the playbooks for drills that count something wrong or missing."""

LEAST_ANSWERS = 3
"""Of fewer people's answers no figure is given: it would be somebody's score."""


@frozen
class Attendance:
    """Member ids. ``took_part`` includes whoever began or led it; ``away`` were absent that day, ``excused`` had patients."""

    took_part: tuple[str, ...]
    excused: tuple[str, ...]
    silent: tuple[str, ...]
    away: tuple[str, ...]


def attendance(run: Run, roster: Roster, joined_later: frozenset[str] = frozenset()) -> Attendance:
    """Give who was there. Who joined the facility after the drill is not missed in it."""
    exercise = run.exercise
    if exercise is None:
        there = tuple(dict.fromkeys([run.reporter, *run.acknowledged]))
        return Attendance(there, (), tuple(m for m in run.unconfirmed() if m not in there), ())
    acted = {answered.member for answered in run.answered.values()} | {d.by for d in run.decisions.values()}
    began = [exercise.begun_by] if roster.member(exercise.begun_by) else []
    listed = list(dict.fromkeys([*began, *filter(None, [exercise.facilitator]), *exercise.called]))
    led = {exercise.begun_by, exercise.facilitator}
    there = tuple(m for m in listed if m in led or m in run.acknowledged or m in acted)
    left = [m for m in listed if m not in there]
    day = roster.facility.local(exercise.begun_at).date()
    away = tuple(
        m.id
        for m in roster.active()
        if exercise.kind.everybody and m.id not in listed and m.id not in joined_later and m.absent_on(day)
    )
    excused = tuple(m for m in listed if m in exercise.excused)
    return Attendance(there, excused, tuple(m for m in left if m not in excused), away)


def faults(run: Run) -> dict[str, int]:
    """Give what was counted as wrong or missing, by its fact; what nobody counted is not in it."""
    counted = {name: run.facts.get(name, "") for name in FAULTS}
    return {name: int(value) for name, value in counted.items() if value.isdecimal()}


def ratings(run: Run) -> Counter[str]:
    """Count the ratings of a drill's objectives; what nobody rated has the rating that its measure proposes."""
    exercise = run.exercise
    if exercise is None:
        return Counter()
    return Counter(exercise.ratings.get(o.id) or proposal(run, o) for o in exercise.objectives)


@frozen
class QuestionResult:
    """A question of the quiz and how many gave the right answer; None where too few answered, or none is right."""

    question: Question
    given: int
    right: int | None


def quiz_by_question(run: Run) -> tuple[QuestionResult, ...]:
    """Give the quiz question by question, never by person."""
    exercise = run.exercise
    if exercise is None:
        return ()
    found = []
    for question in exercise.questions:
        given = [option for (_, asked), option in exercise.answers.items() if asked == question.id]
        shown = len(given) >= LEAST_ANSWERS and question.right is not None
        found.append(QuestionResult(question, len(given), given.count(str(question.right)) if shown else None))
    return tuple(found)


def quiz_rate(run: Run) -> float | None:
    """Give the right answers in per cent of those to questions that enough people answered; None without any."""
    asked = [(a.given, a.right) for a in quiz_by_question(run) if a.right is not None]
    return 100 * sum(right for _, right in asked) / sum(given for given, _ in asked) if asked else None
