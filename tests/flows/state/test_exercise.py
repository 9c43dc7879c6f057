"""The state of a drill is the replay of its entries."""

from __future__ import annotations

from datetime import timedelta

from flows.commands.drilling import AskFeedback, Excuse, HoldInject, PauseExercise, ResumeExercise
from flows.commands.people import Close
from tests.flows.clinic import SATO, TAKAHASHI, Clinic, replayed, state_of
from tests.flows.drills import begin, exercise, rehearsing


def played() -> Clinic:
    """A drill in its middle: paused once, one inject sent, one held, somebody excused."""
    clinic = rehearsing()
    begin(clinic, scenario="story")
    clinic.act(SATO, Excuse(clinic.run.id))
    clinic.wait(2)
    clinic.act(TAKAHASHI, HoldInject(clinic.run.id, "fire"))
    clinic.act(SATO, PauseExercise(clinic.run.id))
    clinic.wait(5)
    clinic.act(SATO, ResumeExercise(clinic.run.id))
    return clinic


def test_a_restart_sees_the_same() -> None:
    """A fresh engine over the same journal stands where the old one stood; the drill's texts are in the journal."""
    clinic = played()

    assert state_of(replayed(clinic.journal).runs()[-1]) == state_of(clinic.run)


def test_what_is_still_to_come() -> None:
    """What was sent or left out is not waiting; what is held still is. The drill's clock stood still in the pause."""
    clinic = played()
    here = exercise(clinic)

    assert [i.id for i in here.waiting()] == ["fire", "photo"]
    assert here.running_since(clinic.now) == timedelta(minutes=2)
    assert here.leaves_alone(SATO)


def test_only_whoever_began_it_is_taken_as_told() -> None:
    """The one at the desk sees it first in the story, but has to confirm the call like everybody else."""
    clinic = rehearsing()
    begin(clinic)

    assert clinic.run.reporter == SATO
    assert list(clinic.run.acknowledged) == [TAKAHASHI]


def test_feedback_answers_what_was_asked() -> None:
    """After it nothing waits for that person any more."""
    clinic = rehearsing()
    begin(clinic)
    clinic.act(TAKAHASHI, Close(clinic.run.id))
    clinic.act(SATO, AskFeedback(clinic.run.id))
    clinic.writes(SATO, "よかった")

    assert SATO not in clinic.run.asking
