"""Orders of a drill mean nothing elsewhere."""

from __future__ import annotations

import pytest

from flows import commands as cmd
from tests.flows.clinic import SATO, Clinic


@pytest.mark.parametrize(
    "order",
    [
        cmd.PauseExercise,
        cmd.ResumeExercise,
        cmd.Excuse,
        cmd.EndExcuse,
        cmd.AbortExercise,
        cmd.AskInject,
        cmd.ReleaseFeedback,
    ],
)
def test_an_incident_is_no_drill(clinic: Clinic, order: type[cmd.Command]) -> None:
    """A button of a drill on an incident changes nothing: nobody pauses what is real."""
    clinic.reports()

    assert clinic.refused(SATO, order(clinic.run.id)).name == "stale"
