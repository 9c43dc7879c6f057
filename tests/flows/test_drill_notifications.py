"""Who hears what in a drill."""

from __future__ import annotations

from flows import commands as cmd
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA
from tests.flows.drills import begin, rehearsing


def test_whoever_leads_sees_what_comes() -> None:
    """The injects and what to listen for are theirs alone; without a facilitator whoever began it sees them."""
    clinic = rehearsing()
    begin(clinic, scenario="story")
    assert clinic.got("facilitation") == [TAKAHASHI]
    clinic.act(SUZUKI, cmd.LeadExercise(clinic.run.id))

    assert clinic.got("facilitation") == [SUZUKI]


def test_a_pause_is_told_to_everybody() -> None:
    """So that nobody goes on alone; an excuse is between the bot and that person."""
    clinic = rehearsing()
    begin(clinic)
    clinic.act(SATO, cmd.PauseExercise(clinic.run.id))
    assert sorted(clinic.got("drill_paused")) == [TAKAHASHI, TANAKA, SATO, SUZUKI]
    clinic.act(SATO, cmd.Excuse(clinic.run.id))

    assert clinic.got("drill_excused") == [SATO]
