"""Planning: a fiscal year of drills, spread over months and weekdays, always the same, with the cycle's limits."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from contacts.model import Facility
from flows.planning.planning import Plan, PlannedDrill, Standing, fiscal_year, next_slot, occasions, plan
from flows.planning.workable import Workable
from tests.flows.calendar_clinic import OPEN, library
from tests.flows.clinic import TOKYO

KINDS = library().kinds
SCENARIOS = tuple(s.id for s in library().scenarios_for("clinic"))
FEBRUARY = date(2027, 2, 1)


def year_of(
    facility: Facility = OPEN, year: int = 2027, standing: tuple[Standing, ...] = (), today: date = FEBRUARY
) -> Plan:
    """Plan a year from February on, unless told otherwise."""
    return plan(KINDS, facility, year, standing, today, SCENARIOS)


def standing(drill: PlannedDrill, *, counts: bool = True) -> Standing:
    """Give a planned drill as one that is in the calendar."""
    return Standing(drill.id, drill.kind, drill.at, drill.scenario, counts)


@pytest.mark.parametrize("year", [2027, 2028, 2029, 2040])
def test_every_cycle_has_its_drill(year: int) -> None:
    """Twelve quizzes, two equipment checks, one of each yearly drill, a contact drill before each long holiday."""
    count = Counter(d.kind for d in year_of(year=year).drills)

    assert count == {
        "quiz": 12,
        "contact": 3,
        "equipment": 2,
        "tabletop": 1,
        "paper": 1,
        "restore": 1,
        "bot_restore": 1,
        "yearly_review": 1,
    }


@pytest.mark.parametrize("year", [2027, 2028, 2029])
def test_no_two_on_one_day_and_none_on_a_day_that_does_not_do(year: int) -> None:
    """Whatever the weights say, these are never broken."""
    drills, workable = year_of(year=year).drills, Workable(OPEN)
    days = [d.at.date() for d in drills]

    assert len(set(days)) == len(days)
    for drill in drills:
        before = drill.kind == "contact"
        assert workable.barred(drill.at.date(), before_holiday=before) is None, drill
        assert drill.at.date() <= drill.until
        assert fiscal_year(drill.at.date()) == year


def test_spread_over_weekdays_and_months() -> None:
    """Not always the same weekday, and no month is crowded."""
    drills = year_of().drills
    quizzes = Counter(d.at.weekday() for d in drills if d.kind == "quiz")

    assert len(quizzes) >= 5
    assert max(quizzes.values()) <= 4
    assert max(Counter(d.at.month for d in drills).values()) <= 3
    assert all(min(abs((a.at - b.at).days) for b in drills if b is not a) >= 2 for a in drills)


def test_preferred_months() -> None:
    """The review in spring, paper in summer, the tabletop in autumn, the restore test before the year ends."""
    months = {d.kind: d.at.month for d in year_of().drills}

    assert months["yearly_review"] in (4, 5)
    assert months["paper"] in (6, 7)
    assert months["tabletop"] in (9, 10, 11)
    assert months["restore"] in (2, 3)
    assert months["bot_restore"] in (11, 12)


def test_two_weeks_before_long_holidays() -> None:
    """The contact drills stand before Golden Week, Obon and the turn of the year, and say so."""
    found = [d for d in year_of().drills if d.kind == "contact"]
    holidays = [date(2027, 4, 29), date(2027, 8, 13), date(2027, 12, 29)]

    assert [10 <= (day - d.at.date()).days <= 21 for d, day in zip(found, holidays, strict=True)] == [True] * 3
    assert [d.until for d in found] == [day - timedelta(days=1) for day in holidays]
    assert "お盆の2週間前ごろ" in found[1].why.ja
    assert "Obon" in found[1].why.en


def test_the_same_facts_give_the_same_plan() -> None:
    """With ids that say year, kind and cycle."""
    assert year_of() == year_of()
    assert [d.id for d in year_of().drills if d.kind == "quiz"] == [f"fy2027-quiz-{n}" for n in range(1, 13)]


def test_what_stands_is_not_planned_again() -> None:
    """Its id, its day and its cycle are taken; a plan on top of a plan is empty."""
    first = year_of()
    moved = tuple(standing(d) for d in first.drills)

    assert year_of(standing=moved).drills == ()
    assert [d.id for d in year_of(standing=moved[1:]).drills] == [first.drills[0].id]
    by_hand = Standing("fy2027-tabletop-h1", "tabletop", first.drills[-1].at, counts=True)
    assert "tabletop" not in {d.kind for d in year_of(standing=(by_hand,)).drills}


@pytest.mark.parametrize("day", [1, 30])
def test_a_quiz_by_hand_is_that_months_from_its_first_day_to_its_last(day: int) -> None:
    """June's needs no other then, unless it was missed; all other months have theirs."""
    at = datetime(2027, 6, day, 13, tzinfo=TOKYO)

    def months(*, counts: bool) -> set[int]:
        by_hand = Standing("fy2027-quiz-h1", "quiz", at, counts=counts)
        return {d.at.month for d in year_of(standing=(by_hand,)).drills if d.kind == "quiz"}

    assert months(counts=True) == {*range(1, 13)} - {6}
    assert months(counts=False) == {*range(1, 13)}


def test_a_home_that_is_new_in_march_is_not_flooded() -> None:
    """A cycle of which less than a fourth is left waits for the next year."""
    found = year_of(year=2026, today=date(2027, 3, 1)).drills

    assert [d.kind for d in found] == ["quiz"]
    assert all(d.at.date() > date(2027, 3, 1) for d in found)


def test_without_marked_times_the_long_ones_are_not_guessed() -> None:
    """They are named with the cure; the quiz is planned all the same. A year beyond the calendar says so, too."""
    unmarked = year_of(OPEN.model_copy(update={"marked": {}}))
    beyond = year_of(year=2100, today=date(2100, 3, 1))

    assert {d.kind for d in unmarked.drills} == {"quiz"}
    assert {u.kind for u in unmarked.unplaced} == {
        "contact",
        "tabletop",
        "paper",
        "restore",
        "bot_restore",
        "equipment",
        "yearly_review",
    }
    assert beyond.drills == ()
    assert "祝日がまだわからない" in beyond.unplaced[0].why.ja


def test_a_cycle_without_a_day_says_so() -> None:
    """Closed all of June: June's quiz has no place, and its dates are named."""
    june = tuple(date(2027, 6, d) for d in range(1, 31))
    found = year_of(OPEN.model_copy(update={"closed": june}))

    assert [u.kind for u in found.unplaced] == ["quiz"]
    assert "06/01〜06/30" in found.unplaced[0].why.ja


def test_the_scenario_longest_not_used_comes_first() -> None:
    """So all are played before one comes again."""
    first = next(d for d in year_of().drills if d.kind == "tabletop")
    second = next(d for d in year_of(year=2028, standing=(standing(first),)).drills if d.kind == "tabletop")

    assert (first.scenario, second.scenario) == (SCENARIOS[0], SCENARIOS[1])


def test_the_next_time_after_a_day() -> None:
    """The first workable one that is free, within the limit, or none."""
    quiz = KINDS["quiz"]
    slot = next_slot(quiz, OPEN, date(2027, 5, 11), date(2027, 5, 31), [date(2027, 5, 12)], before_holiday=False)

    assert slot is not None
    assert slot.day == date(2027, 5, 13)
    assert next_slot(quiz, OPEN, date(2027, 4, 30), date(2027, 5, 10), [], before_holiday=False) is None


def test_cycles_and_their_limits() -> None:
    """Six months end with September and March; a newcomer's drill has no cycle."""
    halves = list(occasions(KINDS["equipment"], 2027))

    assert [o.last for o in halves] == [date(2027, 9, 30), date(2028, 3, 31)]
    assert list(occasions(KINDS["newcomer"], 2027)) == []
    assert (fiscal_year(date(2028, 3, 31)), fiscal_year(date(2028, 4, 1))) == (2027, 2028)
