"""Whoever reports runs the scene; somebody else in the house calls by voice those who decide and don't answer."""

from __future__ import annotations

import pytest

from flows.commands.people import TakeCommand, TellCall, TellPresence
from flows.scene.voice import call_in_hand, runs_scene, still_wanted
from tests.flows.clinic import PEOPLE, SATO, SUZUKI, TAKAHASHI, TANAKA, TROUBLE, Clinic, playbook_of, replayed, state_of

HANDS = playbook_of(TROUBLE.replace("Pull the cable.}", "Pull the cable.}\n        hands: true"))


@pytest.fixture
def clinic() -> Clinic:
    """The clinic, in which reception has reported."""
    clinic = Clinic(HANDS).found()
    clinic.reports(SATO)
    return clinic


def called(clinic: Clinic) -> list[tuple[str, str]]:
    """Give who was asked to call whom, the first first."""
    return [(call.caller, call.whom) for call in clinic.run.voice_calls.values()]


def tells(clinic: Clinic, reached: str) -> None:
    """Let whoever was asked last say what came of their call."""
    call = list(clinic.run.voice_calls.values())[-1]
    clinic.act(call.caller, TellCall(clinic.run.id, call.turn, reached))


def test_who_is_free_in_the_house_calls_the_director(clinic: Clinic) -> None:
    """The nurse says that she is there, and calls: not reception, who is at the machine; reception runs the scene."""
    clinic.tick()
    assert called(clinic) == []
    clinic.act(SUZUKI, TellPresence(clinic.run.id, "here"))
    assert (called(clinic), "voice_call_wanted" in clinic.told_to(SUZUKI)) == ([(SUZUKI, TAKAHASHI)], True)
    assert (clinic.board(SUZUKI).scene, clinic.screens()[SATO]) == (SATO, "picture")


def test_no_answer_counts_as_silent_at_once(clinic: Clinic) -> None:
    """The director doesn't answer: the deputy is asked to lead in the same moment, and called by the same person."""
    clinic.act(SUZUKI, TellPresence(clinic.run.id, "here"))
    clinic.tick()
    tells(clinic, "no")
    assert called(clinic) == [(SUZUKI, TAKAHASHI), (SUZUKI, TANAKA)]
    assert ("command_ask" in clinic.told_to(TANAKA), list(clinic.run.asked_to_command)) == (True, [TAKAHASHI, TANAKA])
    tells(clinic, "no")
    assert (clinic.run.command_offered is not None, len(called(clinic))) == (True, 2)
    assert state_of(clinic.run) == state_of(replayed(clinic.journal).runs()[-1])


def test_spoken_with_is_told_by_who_called(clinic: Clinic) -> None:
    """It is kept as told by the nurse; the director reads so, and confirms by what they tap; nobody is called meanwhile."""
    clinic.act(SUZUKI, TellPresence(clinic.run.id, "here"))
    clinic.tick()
    tells(clinic, "yes")
    assert ("spoken_with" in clinic.told_to(TAKAHASHI), TAKAHASHI in clinic.run.acknowledged) == (True, False)
    assert clinic.board(SATO).spoken == ((TAKAHASHI, SUZUKI),)
    clinic.wait(1)
    assert len(called(clinic)) == 1
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    assert (clinic.board(SATO).spoken, clinic.board(SATO).scene) == ((), None)


def test_who_reported_calls_when_the_machine_is_off(clinic: Clinic) -> None:
    """Nobody else answers: reception pulls the cable first, then calls; where there is none to pull, after three minutes."""
    clinic.wait(4)
    clinic.photographs(SATO)
    assert called(clinic) == []
    clinic.answers(SATO)
    clinic.tick()
    assert called(clinic) == [(SATO, TAKAHASHI)]

    other = Clinic(playbook_of(TROUBLE)).found()
    other.reports(SATO)
    other.wait(2)
    assert called(other) == []
    other.wait(1)
    assert called(other) == [(SATO, TAKAHASHI)]


def test_a_call_that_nobody_makes_goes_to_another(clinic: Clinic) -> None:
    """The nurse is with a patient after all: reception calls, whose cable is out; once spoken with, nobody has to any more."""
    clinic.photographs(SATO)
    clinic.answers(SATO)
    clinic.act(SUZUKI, TellPresence(clinic.run.id, "here"))
    clinic.tick()
    clinic.act(SUZUKI, TellPresence(clinic.run.id, "with_patient"))
    clinic.wait(3)
    assert called(clinic) == [(SUZUKI, TAKAHASHI), (SATO, TAKAHASHI)]
    assert all(still_wanted(clinic.run, call) for call in clinic.run.voice_calls.values())
    tells(clinic, "yes")
    assert not any(still_wanted(clinic.run, call) for call in clinic.run.voice_calls.values())
    assert clinic.told_to(SUZUKI) == ["voice_call_wanted"]


def test_who_has_answered_needs_no_call(clinic: Clinic) -> None:
    """The director read it and is outside: the deputy is called."""
    clinic.act(TAKAHASHI, TellPresence(clinic.run.id, "away"))
    clinic.act(SUZUKI, TellPresence(clinic.run.id, "here"))
    clinic.tick()
    assert called(clinic) == [(SUZUKI, TANAKA)]


def test_only_who_was_asked_says_what_came_of_it(clinic: Clinic) -> None:
    """And only once."""
    clinic.act(SUZUKI, TellPresence(clinic.run.id, "here"))
    clinic.tick()
    told = TellCall(clinic.run.id, list(clinic.run.voice_calls)[-1], "no")
    assert clinic.refused(SATO, told).name == "not_yours"
    clinic.act(SUZUKI, told)
    assert clinic.refused(SUZUKI, told).name == "stale"


def test_nobody_is_called_where_it_is_not_urgent_or_nobody_else_decides() -> None:
    """A lost device waits for its minutes; a doctor alone, who leads from the start, calls nobody."""
    firm = Clinic(playbook_of(f"grade: firm\n{TROUBLE}")).found()
    firm.reports(SATO)
    firm.act(SUZUKI, TellPresence(firm.run.id, "here"))
    firm.wait(5)
    alone = Clinic(HANDS).found(people=PEOPLE[:1])
    alone.reports(TAKAHASHI)
    alone.wait(5)
    assert called(firm) == called(alone) == []


def test_the_scene_passes_to_who_has_hands(clinic: Clinic) -> None:
    """Reception is with a patient: the nurse, who is there, runs the scene until somebody leads."""
    clinic.act(SUZUKI, TellPresence(clinic.run.id, "here"))
    clinic.act(SATO, TellPresence(clinic.run.id, "with_patient"))
    assert runs_scene(clinic.run, clinic.context(SATO)) == SUZUKI


def test_who_has_a_patient_meanwhile_calls_no_more(clinic: Clinic) -> None:
    """The nurse was asked to call, and is with a patient now: the call is anybody else's who is there."""
    clinic.act(SUZUKI, TellPresence(clinic.run.id, "here"))
    clinic.tick()
    call = next(iter(clinic.run.voice_calls.values()))
    assert call_in_hand(clinic.run, clinic.context(SUZUKI), call)

    clinic.act(SUZUKI, TellPresence(clinic.run.id, "with_patient"))
    assert not call_in_hand(clinic.run, clinic.context(SUZUKI), call)
