"""What is said of something that was lost: that somebody has it ends the search with one tap, that somebody may have seen it is decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flows.commands.people import AnswerStep, SettleLine
from flows.response.lines import left
from flows.state.run import Run, Shown
from flows.state.work import Context
from playbooks.model import Answer, Choice, Step
from playbooks.texts import Text

HANDLED = "handled"
"""Somebody may have looked into what was lost."""

SAYS: Mapping[str, tuple[str, str]] = {HANDLED: ("back", "handled"), "found": ("found", "yes")}
"""The fact that it comes to, by what is said; what says more comes first."""


def saying(run: Run, context: Context, shown: Shown, said: str) -> Iterator[tuple[Text, AnswerStep | SettleLine]]:
    """Give the answers of what somebody has before them that say so, each with what stands on its button."""
    fact, value = SAYS[said]
    step = run.step(shown)
    texts = left(run, context, shown) if step.lines else {"": step} if shown.open else {}
    for line, text in texts.items():
        for move, answer in _moves(text):
            if answer.sets.get(fact) == value:
                order = SettleLine(run.id, shown.turn, line, move) if line else AnswerStep(run.id, shown.turn, move)
                yield answer.label, order


def searching(run: Run, context: Context) -> Iterator[Shown]:
    """Give the steps before people that can be answered with that it was found."""
    return (shown for shown in run.open_steps() if any(saying(run, context, shown, "found")))


def known_then(run: Run) -> dict[str, str]:
    """Give the facts that hold if somebody may have looked into it; none where the playbook asks for nothing of that."""
    fact, value = SAYS[HANDLED]
    places = run.playbook.places().items() if run.playbook else ()
    texts = (run.text_of(track, place) for (track, _), place in places)
    told = (answer.sets for text in texts for _, answer in _moves(text) if answer.sets.get(fact) == value)
    found = next(told, None)
    return {**{name: str(value) for name, value in found.items()}, "leak": "suspected"} if found else {}


def _moves(text: Step) -> Iterator[tuple[str, Answer | Choice]]:
    yield from text.answers.items()
    yield from ((f"choice:{name}", choice) for name, choice in text.choices.items())
