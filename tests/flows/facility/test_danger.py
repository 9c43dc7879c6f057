"""Dangers, as the facility knows them: which texts tell of the same one, and for how long."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flows.commands.danger import SeeDanger
from flows.facility.danger import FRESH, IN_DRILL, SAME, told_in
from flows.record.journal import FACILITY
from tests.flows.clinic import SATO, SUZUKI, Clinic
from tests.flows.drills import begin, rehearsing

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(("danger", "lasts"), [*SAME.items(), ("shaking", FRESH)])
def test_so_long_another_text_tells_of_the_same_danger(danger: str, lasts: timedelta) -> None:
    """Up to its last minute, and no longer: after that it is another one, and everybody is rung anew."""
    for after, joined in ((lasts, True), (lasts + MINUTE, False)):
        clinic = Clinic().found()
        clinic.act(SATO, SeeDanger(FACILITY, danger, "たいへん", plain=True))
        clinic.now += after
        clinic.act(SUZUKI, SeeDanger(FACILITY, danger, "たいへん", plain=True))

        first, second = clinic.engine.house.dangers.values()
        assert (second.joins == first.turn) is joined


def test_so_long_what_is_real_in_a_drill_means_the_danger_that_was_told() -> None:
    """Somebody writes of a fire in a drill: for a quarter of an hour [it is real] is about that."""
    clinic = rehearsing()
    begin(clinic)
    clinic.act(SATO, SeeDanger(FACILITY, "fire", "火事です", drill=clinic.run.id))

    assert told_in(clinic.engine.house, clinic.run.id, clinic.now + IN_DRILL) is not None
    assert told_in(clinic.engine.house, clinic.run.id, clinic.now + IN_DRILL + MINUTE) is None
