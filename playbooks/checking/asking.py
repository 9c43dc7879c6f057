"""Checks of what a step asks of a person: that it can be given, and that there is always somebody to ask."""

from __future__ import annotations

from collections.abc import Iterator

from playbooks.authoring.lines import Lines
from playbooks.checking.known import Known, steps_of
from playbooks.model import Playbook
from playbooks.problems import Problem
from playbooks.step_types import STEP_TYPES

_CHOOSING = " or ".join(f"`takes: {name}`" for name, known in STEP_TYPES.items() if known.has_choices)
_FILLING = [f"a {name}" for name, known in sorted(STEP_TYPES.items()) if known.fills_value]


def unsure_is_helped(playbook: Playbook, known: Known, where: Lines) -> Iterator[Problem]:
    """Every step and every line of a card offers ``unsure``, and that gives somebody to call or leads on."""
    for path, _, name, step in steps_of(playbook):
        unsure = step.answers.get("unsure")
        if step.type.wants == "lines":
            continue  # each of its lines does
        if unsure is None:
            yield where.problem(path, f"the step `{name}` does not offer `unsure`", "add `unsure: {call: vendor:…}`")
        elif unsure.call is None and unsure.to is None:
            what = f"whoever is unsure at the step `{name}` is left alone"
            yield where.problem(
                (*path, "answers", "unsure"), what, "add `unsure: {call: …}` or `{to: …}`, or `help:` to the track"
            )


def decisions_are_owned(playbook: Playbook, known: Known, where: Lines) -> Iterator[Problem]:
    """A decision is taken by whoever commands, and every answer that settles it gives a reason."""
    for path, _, name, step in steps_of(playbook):
        if step.decision is None:
            continue
        if step.role != "commander":
            what = f"the decision `{step.decision}` is left to `{step.role}`"
            yield where.problem((*path, "role"), what, "write `role: commander`")
        for answer_name, answer in step.answers.items():
            if answer.settles and answer.reason != "required":
                what = f"`{answer_name}` decides `{step.decision}` without a reason"
                yield where.problem((*path, "answers", answer_name, "reason"), what, "write `reason: required`")
        if not any(answer.settles for answer in step.answers.values()):
            what = f"no answer of the step `{name}` takes its decision with a reason"
            yield where.problem(path, what, "let `done` or answers with labels lead on, not the choices themselves")


def what_is_taken_fits(playbook: Playbook, known: Known, where: Lines) -> Iterator[Problem]:
    """A step has what its ``takes`` needs, and nothing that its ``takes`` would never use."""
    for path, _, name, step in steps_of(playbook):
        need = step.type.needs
        if step.choices and not step.type.has_choices:
            what = f"the choices of the step `{name}` are never shown"
            yield where.problem((*path, "choices"), what, f"write {_CHOOSING}")
        if need is not None and getattr(step, need.field) in (None, {}):
            yield where.problem((*path, "takes"), need.missing.format(step=name, takes=step.takes), need.cure)
        if step.value is not None and not step.type.fills_value:
            what = f"the step `{name}` has a `value` but takes {step.takes}"
            cure = f"only {', '.join(_FILLING[:-1])} or {_FILLING[-1]} can become a fact"
            yield where.problem((*path, "value"), what, cure)
        if step.type.wants == "ticks":
            for choice_name, choice in step.choices.items():
                if choice.to is not None:
                    what = f"`{choice_name}` is ticked, so it cannot lead on by itself"
                    yield where.problem((*path, "choices", choice_name, "to"), what, "let `done` lead on")
        if step.lines and step.type.wants != "lines":
            yield where.problem(
                (*path, "lines"), f"the lines of the step `{name}` are never shown", "write `takes: card`"
            )
        if step.choices and "done" not in step.answers and any(choice.to is None for choice in step.choices.values()):
            yield where.problem(
                (*path, "choices"), f"a choice of the step `{name}` leads nowhere", "add `done` or a `to` to each"
            )
