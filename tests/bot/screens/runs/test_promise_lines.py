"""How promises stand on the board."""

from __future__ import annotations

from bot.screens.runs.promise_lines import promised_until
from tests.bot.screens.runs.test_promise import promised, scene, the
from tests.clinic import Clinic


async def test_another_day_is_named(clinic: Clinic) -> None:
    """A promise for tomorrow says so; one without a time says none."""
    run = await promised(clinic)
    here = scene(clinic, run, "director")
    assert promised_until(here, the(run)) == "09:30"
    clinic.clock.advance(days=-1)

    assert promised_until(scene(clinic, run, "director"), the(run)) == "04/01 09:30"
