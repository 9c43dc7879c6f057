"""What a drill came to: roll call, times against targets, quiz, and the drill before it."""

from __future__ import annotations

import pytest

from flows.commands.drilling import AnswerQuestion, PauseExercise, ResumeExercise
from flows.commands.people import CallOff
from flows.response.measuring import Taken, previous, quiz, roll_call, taken
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, Clinic
from tests.flows.drills import LIBRARY, begin, finish, rehearsing


@pytest.fixture
def clinic() -> Clinic:
    """The clinic with a drill library."""
    return rehearsing()


def test_the_roll_call(clinic: Clinic) -> None:
    """Whoever began it is not counted; pauses are left out; the silent are named."""
    begin(clinic)
    clinic.wait(2)
    clinic.confirms(SATO)
    clinic.act(SATO, PauseExercise(clinic.run.id))
    clinic.wait(10)
    clinic.act(SATO, ResumeExercise(clinic.run.id))
    clinic.wait(2)
    clinic.confirms(TANAKA)
    call = roll_call(clinic.run)

    assert call.minutes == {SATO: 2, TANAKA: 4}
    assert call.silent == (SUZUKI,)
    assert (round(call.rate or 0), call.median) == (67, 3)


def test_times_against_targets(clinic: Clinic) -> None:
    """Within the target ○, within twice of it △, later ×, never 未実施."""
    begin(clinic, scenario="story")
    clinic.photographs(SATO)
    clinic.wait(7)
    clinic.answers(SATO)
    clinic.confirms(TANAKA)
    times = {t.measure.id: (t.minutes, t.rating) for t in taken(clinic.run)}

    assert times == {"lan_out": (7, "s"), "told": (7, "p"), "vendor": (None, "u")}


def test_a_target_is_met_up_to_its_last_minute() -> None:
    """And twice the target is still some trouble."""
    measure = LIBRARY.measures["lan_out"]

    rated = {minutes: Taken(measure, minutes).rating for minutes in (5, 5.1, 10, 10.1)}
    assert rated == {5: "p", 5.1: "s", 10: "s", 10.1: "m"}


def test_the_quiz(clinic: Clinic) -> None:
    """Right answers of all given, and what most got wrong."""
    begin(clinic, "quiz")
    for member, answers in ((SATO, "abb"), (SUZUKI, "aab")):
        for number, option in enumerate(answers):
            clinic.act(member, AnswerQuestion(clinic.run.id, number, option))
    result = quiz(clinic.run)

    assert result is not None
    assert (result.given, result.right, result.hardest) == (6, 3, ("q3", "q2"))


def test_the_one_before(clinic: Clinic) -> None:
    """Of the same kind, and only one that was signed off."""
    begin(clinic)
    finish(clinic)
    begin(clinic, "quiz")
    finish(clinic)
    begin(clinic)
    clinic.act(TAKAHASHI, CallOff(clinic.run.id, "x"))
    begin(clinic)
    before = previous(clinic.run, clinic.engine.runs())

    assert before is not None
    assert before.id == "drill-1"
