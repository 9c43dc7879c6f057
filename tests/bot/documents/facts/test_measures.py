"""Times against targets, as far as entries tell."""

from __future__ import annotations

from datetime import timedelta

from bot.documents.facts.measures import late_steps, measures, steps_done
from bot.documents.source import Source
from flows.commands.people import AnswerStep
from tests.bot.documents.sources import source_of
from tests.clinic import Clinic


def test_the_milestones_of_a_played_incident(whole: Source) -> None:
    """When people confirmed, who led, line, backups, paper, vendor and police: each since the report and since asked."""
    found = {measure.name: measure for measure in measures(whole)}

    assert list(found) == ["heard", "all_heard", "led", "line_cut", "backups_safe", "on_paper", "vendor", "police"]
    assert timedelta(minutes=3.5) < (found["led"].since_report or timedelta()) < timedelta(minutes=5)
    assert timedelta(minutes=5) < (found["line_cut"].since_report or timedelta()) < timedelta(minutes=7)
    assert (found["line_cut"].target, found["line_cut"].met) == (timedelta(minutes=5), True)
    assert steps_done(whole.run) > 30


async def test_what_was_not_done_has_no_time(clinic: Clinic) -> None:
    """Nothing is measured that did not happen."""
    run = await clinic.incident()
    found = {measure.name: measure for measure in measures(source_of(clinic, run.id))}

    assert (found["led"].took, found["led"].met, found["vendor"].since_report) == (None, None, None)


async def test_late_steps_are_named_the_worst_first(clinic: Clinic) -> None:
    """A step answered long after its time is listed in its own words."""
    run = await clinic.incident()
    await clinic.says("deputy", "院内にいます")
    shown = next(s for s in clinic.run().open_steps() if not clinic.run().step(s).lines)
    clinic.clock.advance(minutes=30)
    clinic.orders(AnswerStep(run.id, shown.turn, "done", {}, None), shown.member)
    (late,) = late_steps(source_of(clinic, run.id))

    assert late.label == clinic.run().step(shown).ask.ja
    assert late.took == timedelta(minutes=30)
