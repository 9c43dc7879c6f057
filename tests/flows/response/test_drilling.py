"""Running a drill: it begins with a call, stands still for patients, and gives way to what is real."""

from __future__ import annotations

import pytest

from flows.commands.command import Command
from flows.commands.drilling import (
    AbortExercise,
    AnswerQuestion,
    AskInject,
    BeginExercise,
    EndExcuse,
    Excuse,
    LeadExercise,
    PauseExercise,
    ReleaseFeedback,
    ResumeExercise,
)
from flows.commands.people import CallOff, SignOff
from flows.messages.drilling import QuizQuestion
from flows.notifications import still_true
from flows.record.journal import Owed
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, Clinic
from tests.flows.drills import begin, exercise, finish, rehearsing


@pytest.fixture
def clinic() -> Clinic:
    """The clinic with a drill library."""
    return rehearsing()


def test_everybody_is_called_and_the_desk_sees_it_first(clinic: Clinic) -> None:
    """All who are here are called but whoever began it; reception gets the first step, the director decides."""
    begin(clinic)

    assert clinic.run.drill
    assert clinic.got("drill_call") == [TANAKA, SATO, SUZUKI]
    assert clinic.run.reporter == SATO
    assert clinic.run.commander == TAKAHASHI
    assert list(clinic.run.acknowledged) == [TAKAHASHI]


def test_who_is_away_is_not_called(clinic: Clinic) -> None:
    """A drill rings nobody on their day off."""
    clinic.goes_home(SUZUKI)

    assert begin(clinic).called == (TAKAHASHI, TANAKA, SATO)


def test_one_persons_drill_calls_that_person(clinic: Clinic) -> None:
    """The owner of the kind, and nobody else."""
    begin(clinic, "check")

    assert clinic.got("drill_call") == [SUZUKI]


def test_who_may_begin(clinic: Clinic) -> None:
    """Whoever decides, and the owner of the kind; an unknown kind or scenario is stale."""
    assert clinic.refused(SATO, BeginExercise("", "tabletop")).name == "chain_only"
    assert clinic.refused(TAKAHASHI, BeginExercise("", "juggling")).name == "stale"
    assert clinic.refused(TAKAHASHI, BeginExercise("", "tabletop", "nowhere")).name == "stale"

    begin(clinic, "check", by=SUZUKI)


@pytest.mark.parametrize("mode", ["incident", "drill"])
def test_not_beside_anything_else(clinic: Clinic, mode: str) -> None:
    """Two drills at once are refused, and so is a drill during an incident."""
    clinic.reports(mode=mode)

    assert clinic.refused(TAKAHASHI, BeginExercise("", "quiz")).name == "run_open"


def test_the_scenario_longest_unused_comes_next(clinic: Clinic) -> None:
    """Each comes in turn; one can also be asked for."""
    used = []
    for _ in range(3):
        scenario = begin(clinic).scenario
        used.append(scenario.id if scenario else "")
        finish(clinic)

    assert used == ["another", "story", "another"]


def test_a_facilitator_gets_no_steps(clinic: Clinic) -> None:
    """Leading and playing do not go together: the step goes on to others, and so does the command."""
    begin(clinic, scenario="story")
    clinic.act(SATO, LeadExercise(clinic.run.id))
    assert SATO not in clinic.screens()

    clinic.act(SATO, LeadExercise(clinic.run.id, "yes"))
    clinic.act(TAKAHASHI, LeadExercise(clinic.run.id))
    assert clinic.run.commander is None
    assert clinic.got("command_ask") == [TANAKA]
    assert exercise(clinic).facilitator == TAKAHASHI


def test_a_facilitator_who_leaves(clinic: Clinic) -> None:
    """Anybody takes over from a phone that is gone; until then the bot goes on alone."""
    begin(clinic, scenario="story", facilitator=TANAKA)
    clinic.loses_phone(TANAKA)
    clinic.wait(3)
    assert exercise(clinic).sent("visitor")

    clinic.act(SATO, LeadExercise(clinic.run.id))
    assert exercise(clinic).facilitator == SATO


def test_patients_come_first(clinic: Clinic) -> None:
    """Whoever has a patient is left in peace, their step goes on; tapped again they are back."""
    begin(clinic)
    clinic.act(SATO, Excuse(clinic.run.id))
    assert SATO not in clinic.screens()
    assert clinic.told_to(SATO)[0] == "drill_excused"
    assert clinic.refused(SATO, Excuse(clinic.run.id)).name == "stale"

    clinic.act(SATO, EndExcuse(clinic.run.id))
    assert exercise(clinic).excused == frozenset()


def test_whoever_is_back_has_what_waits_at_once(clinic: Clinic) -> None:
    """Nobody else took the photograph over: it is reception's again with the same tap."""
    begin(clinic)
    clinic.act(SATO, Excuse(clinic.run.id))
    assert SATO not in clinic.screens()
    clinic.act(SATO, EndExcuse(clinic.run.id))

    assert clinic.screens()[SATO] == "picture"


def test_a_pause_costs_no_time(clinic: Clinic) -> None:
    """Anybody lets it stand still; no inject and no reminder comes, and afterwards nothing has become late."""
    begin(clinic, scenario="story")
    clinic.wait(1)
    shown = clinic.screen(SATO).at
    clinic.act(SUZUKI, PauseExercise(clinic.run.id))
    told = [o.name for o in clinic.wait(30) if o.name != "board"]
    clinic.act(SATO, ResumeExercise(clinic.run.id))

    assert told == []
    assert (clinic.screen(SATO).at - shown).total_seconds() == 30 * 60
    assert exercise(clinic).sent("visitor") is None
    clinic.wait(1)
    assert exercise(clinic).sent("visitor")


def test_what_is_real_ends_it_for_everybody(clinic: Clinic) -> None:
    """Anybody aborts it; all are told, and it can't be taken up again."""
    begin(clinic)
    clinic.act(SUZUKI, AbortExercise(clinic.run.id))

    assert clinic.run.state == "aborted"
    assert clinic.got("run_aborted") == [TAKAHASHI, TANAKA, SATO, SUZUKI]
    assert clinic.refused(SATO, AbortExercise(clinic.run.id)).name in ("stale", "ended")


def test_anybody_breaks_it_off(clinic: Clinic) -> None:
    """With a word why."""
    begin(clinic)
    clinic.act(SUZUKI, CallOff(clinic.run.id, "患者さんが多い"))

    assert (clinic.run.state, clinic.run.end_reason) == ("broken_off", "患者さんが多い")


def test_a_forgotten_drill(clinic: Clinic) -> None:
    """After a day it is broken off by itself, so that it stands in nobody's way."""
    begin(clinic)
    clinic.wait(24 * 60)

    assert clinic.run.state == "broken_off"


def test_everybody_silent(clinic: Clinic) -> None:
    """Nobody answers: the silent ones are reminded, the drill still ends, and the record says so."""
    begin(clinic)
    owed = clinic.wait(40)
    assert {o.to for o in owed if o.name == "drill_call_again"} == {f"phone:{m}" for m in (TANAKA, SATO, SUZUKI)}

    finish(clinic)
    assert clinic.run.state == "closed"


def test_somebody_leaves_the_facility_in_the_middle(clinic: Clinic) -> None:
    """Their step waits for others, and the drill goes on."""
    begin(clinic)
    clinic.loses_phone(SATO)
    clinic.wait(1)

    assert ("containment", "picture") in clinic.run.waiting()
    finish(clinic)


# The quiz


def test_the_quiz_asks_one_question_after_the_other(clinic: Clinic) -> None:
    """The first question is the call; each answer is judged at once, and nobody answers twice."""
    begin(clinic, "quiz")
    run = clinic.run.id
    assert clinic.got("quiz") == [TAKAHASHI, TANAKA, SATO, SUZUKI]
    clinic.act(SATO, AnswerQuestion(run, 0, "a"))
    assert clinic.told_to(SATO) == ["quiz_answered", "quiz"]
    assert SATO in clinic.run.acknowledged

    assert clinic.refused(SATO, AnswerQuestion(run, 0, "b")).name == "already_answered"
    assert clinic.refused(SATO, AnswerQuestion(run, 9, "b")).name == "stale"
    assert clinic.refused(SATO, AnswerQuestion(run, 1, "z")).name == "stale"


def test_a_question_of_the_quiz_is_asked_only_while_it_is_the_next(clinic: Clinic) -> None:
    """One that waited on a bad line is dropped once it was answered elsewhere, or the quiz is over."""
    begin(clinic, "quiz")
    first, second = (Owed(SATO, QuizQuestion(number), clinic.run.id) for number in (0, 1))
    assert [still_true(one, clinic.run, SATO) for one in (first, second)] == [True, False]

    clinic.act(SATO, AnswerQuestion(clinic.run.id, 0, "a"))
    assert [still_true(one, clinic.run, SATO) for one in (first, second)] == [False, True]

    clinic.act(TAKAHASHI, AbortExercise(clinic.run.id))
    assert not still_true(second, clinic.run, SATO)


def test_the_quiz_ends_by_itself(clinic: Clinic) -> None:
    """When all have answered, only the sign-off is missing; or after a day, with who never answered."""
    begin(clinic, "quiz")
    for member in (TAKAHASHI, TANAKA, SATO, SUZUKI):
        for number in range(3):
            clinic.act(member, AnswerQuestion(clinic.run.id, number, "a"))
    clinic.tick()
    assert clinic.run.state == "reviewing"
    assert "sign_off" in clinic.told_to(TAKAHASHI)

    clinic.act(TAKAHASHI, SignOff(clinic.run.id))
    clinic.wait(60)
    begin(clinic, "quiz")
    clinic.wait(24 * 60)
    assert clinic.run.state == "reviewing"


def test_the_pool_is_gone_through_in_turn(clinic: Clinic) -> None:
    """Three questions each time, the next ones; a question comes again only when all have been asked."""
    asked = []
    for _ in range(4):
        asked += [q.id for q in begin(clinic, "quiz").questions]
        finish(clinic)

    assert asked == ["q1", "q2", "q3", "q4"] * 3


@pytest.mark.parametrize(
    "order",
    [
        PauseExercise,
        ResumeExercise,
        Excuse,
        EndExcuse,
        AbortExercise,
        AskInject,
        ReleaseFeedback,
    ],
)
def test_an_incident_is_no_drill(clinic: Clinic, order: type[Command]) -> None:
    """A button of a drill on an incident changes nothing: nobody pauses what is real."""
    clinic.reports()

    assert clinic.refused(SATO, order(clinic.run.id)).name == "stale"


def test_whoever_leads_sees_what_comes() -> None:
    """The injects and what to listen for are theirs alone; without a facilitator whoever began it sees them."""
    clinic = rehearsing()
    begin(clinic, scenario="story")
    assert clinic.got("facilitation") == [TAKAHASHI]
    clinic.act(SUZUKI, LeadExercise(clinic.run.id))

    assert clinic.got("facilitation") == [SUZUKI]


def test_a_pause_is_told_to_everybody() -> None:
    """So that nobody goes on alone; an excuse is between the bot and that person."""
    clinic = rehearsing()
    begin(clinic)
    clinic.act(SATO, PauseExercise(clinic.run.id))
    assert sorted(clinic.got("drill_paused")) == [TAKAHASHI, TANAKA, SATO, SUZUKI]
    clinic.act(SATO, Excuse(clinic.run.id))

    assert clinic.got("drill_excused") == [SATO]
