"""What a drill's own events mean for its run."""

from __future__ import annotations

from flows import commands as cmd
from tests.flows.clinic import SATO, TAKAHASHI
from tests.flows.drills import begin, rehearsing


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
    clinic.act(TAKAHASHI, cmd.Close(clinic.run.id))
    clinic.act(SATO, cmd.AskFeedback(clinic.run.id))
    clinic.writes(SATO, "よかった")

    assert SATO not in clinic.run.asking
