"""How long the bot waits by itself."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from flows.state.pace import Pace


def test_the_pace_that_comes_along() -> None:
    """Called again every five minutes, three times; ten minutes for a decision; five of grace for a step."""
    pace = Pace()

    assert (pace.alarm_repeat, pace.alarm_repeats, pace.command, pace.step_grace) == (5, 3, 10, 5)


@pytest.mark.parametrize("wrong", [{"command": 0}, {"alarm_repeats": 11}, {"question": 61}, {"comand": 5}])
def test_a_pace_has_bounds(wrong: dict[str, int]) -> None:
    """Never at once, never never, and a misspelt name is no setting."""
    with pytest.raises(ValidationError):
        Pace.model_validate(wrong)
