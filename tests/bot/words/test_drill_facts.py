"""A drill's own events in the timeline, in words."""

from __future__ import annotations

import pytest

from bot.words.timeline import timeline
from flows.commands.drilling import (
    AnswerQuestion,
    BeginExercise,
    HoldInject,
    RateObjective,
    ReleaseFeedback,
    SendInject,
    SkipInject,
)
from flows.commands.people import CallOff, Close
from flows.deeds import Voice
from playbooks.texts import LANGUAGES, Language
from tests.clinic import Clinic


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_event_of_a_drill_is_said(clinic: Clinic, language: Language) -> None:
    """Its beginning, injects, quiz answers and ratings name what they are about; nothing stands there as a bare id."""
    clinic.orders(BeginExercise("", "tabletop", "partner_ransomware"))
    run = clinic.run().id
    for order in (
        HoldInject(run, "printer_paper"),
        SendInject(run, "printer_paper"),
        SkipInject(run, "director_silent"),
    ):
        clinic.orders(order)
    clinic.orders(Close(run))
    clinic.orders(RateObjective(run, "all"))
    clinic.does_deed("nurse", Voice(run, "よかった"))
    clinic.orders(ReleaseFeedback(run))
    clinic.orders(CallOff(run, "おわり"))
    clinic.orders(BeginExercise("", "quiz"))
    first = clinic.run().exercise.questions[0]  # type: ignore[union-attr]
    clinic.orders(AnswerQuestion(clinic.run().id, 0, next(iter(first.options))), "nurse")
    said = {
        row.kind: row.what
        for name in (run, clinic.run().id)
        for row in timeline(name, clinic.entries(run=name), clinic.engine.roster(), language)
    }

    assert ("英語の紙" if language == "ja" else "pages") in said["inject_sent"]
    assert first.ask.in_language(language) in said["question_answered"]
    assert "よかった" in said["feedback_released"]
    assert "drill-1" not in "".join(said.values())
