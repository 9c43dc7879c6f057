"""How a recorded decision is named."""

from __future__ import annotations

from bot.words.decisions import name_decision
from bot.words.words import Words
from flows.commands.people import Decide
from tests.clinic import Clinic


async def test_a_decision_by_itself_is_its_deed(clinic: Clinic) -> None:
    """「/decide」: the deed is its name."""
    run = await clinic.incident()
    words = Words("ja", clinic.engine.roster())

    assert name_decision(words, run, "power_off", "yes", None) == "電源を切る"


async def test_one_taken_in_a_step_says_what_was_chosen(clinic: Clinic) -> None:
    """A step that asks whether to restore can be answered with 'wait': the log doesn't call that 'restored'."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    run = clinic.run()
    track, name, step = next(
        (t, s, step)
        for t, of in run.playbook.tracks.items()  # type: ignore[union-attr]
        for s, step in of.steps.items()
        if step.decision == "restore"
    )
    choice = list(step.choices)[-1]
    clinic.orders(Decide(run.id, "restore", reason="試験"))
    shown = next(iter(run.shown.values()))
    run.shown[shown.turn] = type(shown)(shown.turn, track, name, shown.member, shown.at)

    said = name_decision(Words("ja", clinic.engine.roster()), run, "restore", choice, shown.turn)

    assert said == f"復元するか: {step.choices[choice].label.ja}"
