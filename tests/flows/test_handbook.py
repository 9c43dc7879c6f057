"""What a facility works by: its playbooks, the law, the drills, and how long the bot waits by itself."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from flows.handbook import Handbook, Pace
from tests.flows.clinic import one_step


def test_the_pace_that_comes_along() -> None:
    """Called again every five minutes, three times; ten minutes for a decision; five of grace for a step."""
    pace = Pace()

    assert (pace.alarm_repeat, pace.alarm_repeats, pace.command_at("firm"), pace.step_grace) == (5, 3, 10, 5)


@pytest.mark.parametrize("wrong", [{"command": 0}, {"alarm_repeats": 11}, {"question": 61}, {"comand": 5}])
def test_a_pace_has_bounds(wrong: dict[str, int]) -> None:
    """Never at once, never never, and a misspelt name is no setting."""
    with pytest.raises(ValidationError):
        Pace.model_validate(wrong)


def test_only_what_is_meant_for_a_kind_of_facility() -> None:
    """A pharmacy's handbook leaves out what is for clinics alone, and keeps all the rest."""
    everywhere, at_clinics = one_step("", name="outage"), one_step("", name="fridge")
    at_clinics = at_clinics.model_copy(update={"facilities": ("clinic",)})
    handbook = Handbook(playbooks={"fridge": at_clinics, "outage": everywhere}, pace=Pace(question=7))

    assert list(handbook.for_kind("clinic").playbooks) == ["fridge", "outage"]
    assert handbook.for_kind("pharmacy") == Handbook(playbooks={"outage": everywhere}, pace=Pace(question=7))
