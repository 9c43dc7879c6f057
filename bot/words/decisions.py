"""How a recorded decision is named: what it was about, and what was chosen."""

from __future__ import annotations

from markupsafe import Markup

from bot.words.words import Words
from flows.state.run import Run


def name_decision(words: Words, run: Run, decision: str, choice: str, shown: int | None) -> Markup:
    """Give 「復元するか: 始める」 for one taken in a step, 「復元する」 for one recorded by itself."""
    step = run.step(run.shown[shown]) if shown is not None and shown in run.shown else None
    if step is None:
        return words.say(f"decision.{decision}")
    label = step.choices[choice].label if choice in step.choices else step.answers[choice].label
    return words.say(
        "decision.chosen", about=words.say(f"decision.{decision}.about"), choice=label.in_language(words.language)
    )
