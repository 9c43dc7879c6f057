"""The calendar as the replay of its entries: dates, states, cycles that the facility has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from flows.events.drills import (
    NEW_CADENCE,
    CadenceChanged,
    DrillAnnounced,
    DrillCancelled,
    DrillDebriefed,
    DrillMissed,
    DrillMoved,
    DrillPlanned,
    DrillReminded,
    DrillSignedOff,
    DrillStarted,
)
from flows.events.event import Event
from flows.events.facility import MemberEnrolled
from flows.refusals import Refused
from flows.state.drill_calendar import DrillCalendar, held_as
from flows.state.stamp import Stamp, evolve
from tests.flows.calendar_clinic import library

AT = datetime(2027, 4, 1, tzinfo=UTC)
WHY = {"ja": "あ", "en": "a"}
PLANNED = DrillPlanned("fy2027-quiz-1", "quiz", "2027-04-20T12:00:00+09:00", "2027-04-30", WHY)


def calendar_of(*events: Event) -> DrillCalendar:
    """Replay events, one entry each."""
    calendar = DrillCalendar()
    for turn, event in enumerate(events, start=1):
        evolve(calendar, event, Stamp(turn, AT, AT, "clock"))
    return calendar


def test_a_drill_from_plan_to_sign_off() -> None:
    """It is announced, begun, talked over and signed off; whoever looks sees where it stands."""
    drill = "fy2027-quiz-1"
    held: list[Event] = [
        DrillAnnounced(drill),
        DrillReminded(drill, 1),
        DrillStarted(drill, "drill-1"),
        DrillDebriefed(drill),
    ]
    states = [calendar_of(PLANNED, *held[:n]).drills[drill].state for n in range(5)]
    done = calendar_of(PLANNED, *held, DrillSignedOff(drill)).drills[drill]

    assert states == ["planned", "announced", "announced", "running", "debriefed"]
    assert (done.state, done.run, done.reminded, done.starts) == ("signed_off", "drill-1", frozenset({1}), 1)


def test_moving_begins_the_reminders_anew() -> None:
    """The limit stays, what was said of the old date counts no more."""
    moved = DrillMoved("fy2027-quiz-1", "2027-04-21T12:00:00+09:00", "person", WHY, "忙しい")
    drill = calendar_of(PLANNED, DrillReminded("fy2027-quiz-1", 1), DrillAnnounced("fy2027-quiz-1"), moved).drills[
        "fy2027-quiz-1"
    ]

    assert (drill.state, drill.reminded, drill.told, drill.moves, drill.turn) == ("postponed", frozenset(), False, 1, 4)
    assert (drill.until.isoformat(), drill.reason) == ("2027-04-30", "忙しい")


def test_what_may_not_follow_is_refused() -> None:
    """A drill that was missed does not begin."""
    with pytest.raises(Refused):
        calendar_of(PLANNED, DrillMissed("fy2027-quiz-1", "bot_off"), DrillStarted("fy2027-quiz-1", "drill-1"))


def test_ahead_running_and_taken() -> None:
    """The next comes first; a missed drill leaves its day free."""
    later = replace(PLANNED, drill="b", at="2027-05-20T12:00:00+09:00")
    calendar = calendar_of(later, PLANNED)
    missed = calendar_of(PLANNED, later, DrillMissed("b", "bot_off"))

    assert [d.id for d in calendar.ahead()] == ["fy2027-quiz-1", "b"]
    assert len(calendar.taken()) == 2
    assert missed.taken() == calendar.taken(besides="b")
    assert calendar.running() is None
    assert calendar_of(PLANNED, DrillStarted("fy2027-quiz-1", "r")).running() is not None


def test_the_facility_holds_a_kind_otherwise() -> None:
    """Later words go over earlier ones, what is not said stays; 0 months is never."""
    calendar = calendar_of(CadenceChanged("quiz", 2, ("tue",)), CadenceChanged("quiz", announced=True))
    quiz = calendar.kinds(library())["quiz"]
    never = held_as(library().kinds["contact"], 0, None, None)

    assert (quiz.every_months, quiz.weekdays, quiz.announced) == (2, ("tue",), True)
    assert (never.every_months, never.before_long_holidays) == (None, False)
    assert calendar.kinds(library())["paper"] == library().kinds["paper"]


def test_what_made_way_is_as_if_never_planned() -> None:
    """So that the same cycle can be planned again; what people cancelled stays cancelled."""
    cancelled = [calendar_of(PLANNED, DrillCancelled("fy2027-quiz-1", why)) for why in (NEW_CADENCE, "不要")]

    assert [len(c.standing()) for c in cancelled] == [0, 1]


def test_whoever_enrols_is_remembered_once() -> None:
    """A new phone makes nobody a newcomer."""
    calendar = calendar_of(MemberEnrolled("m1", "a"))
    evolve(calendar, MemberEnrolled("m1", "b"), Stamp(2, AT.replace(month=9), AT, "m1"))

    assert calendar.joined == {"m1": AT}
    assert calendar.kind_of(calendar_of(replace(PLANNED, kind="gone")).drills["fy2027-quiz-1"], library()) is None
