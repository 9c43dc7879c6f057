"""Systems and who answers for them."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from contacts.shapes.systems import Responsibility, System


@pytest.mark.parametrize("importance", [0, 6])
def test_importance_goes_from_one_to_five(importance: int) -> None:
    """And nowhere else."""
    with pytest.raises(ValidationError):
        System(id="s", name="カルテ", importance=importance)


def test_a_task_is_settled_for_both_times() -> None:
    """Knowing who does it normally is half; an emergency is what counts (§3.5.3)."""
    half = Responsibility(id="s.backup", system="s", task="backup", normal="vendor")

    assert not half.settled
    assert half.model_copy(update={"emergency": "us"}).settled
