"""How a recorded decision is named: what it was about, and what was chosen."""

from __future__ import annotations

from markupsafe import Markup

from bot.words.words import Words
from flows.state.run import DecisionMade, Run


def name_decision(words: Words, run: Run, decision: str, choice: str, shown: int | None) -> Markup:
    """Give 「復元するか: 始める」 for one taken in a step, 「復元する」 for one recorded by itself."""
    step = run.step(run.shown[shown]) if shown is not None and shown in run.shown else None
    if step is None:
        return words.say(f"decision.{decision}")
    label = step.choices[choice].label if choice in step.choices else step.answers[choice].label
    return words.say(
        "decision.chosen", about=words.say(f"decision.{decision}.about"), choice=label.in_language(words.language)
    )


def decision_as_sentence(words: Words, run: Run, made: DecisionMade) -> str:
    """Give a decision as a sentence for paper; a choice that has none is quoted, never the bare label of its button."""
    step = run.step(run.shown[made.shown]) if made.shown in run.shown else None
    if step is None:
        return words.say("form.decision.itself", what=words.say(f"decision.{made.decision}")).unescape()
    option = step.choices.get(made.choice) or step.answers[made.choice]
    keys = [f"form.decision.{made.decision}.{fact}.{value}" for fact, value in option.sets.items()]
    known = next((key for key in keys if words.has(key)), None)
    if known is not None:
        return words.say(known).unescape()
    about, choice = words.say(f"decision.{made.decision}"), option.label.in_language(words.language)
    return words.say("form.decision.other", about=about, choice=choice).unescape()
