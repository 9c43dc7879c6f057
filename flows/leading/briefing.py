"""What whoever leads reads at a glance: what is done, what is not, by name, and whom to call next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flows.helping.unsure import undone
from flows.response.lines import open_lines
from flows.state.run import Run
from flows.state.work import Context
from playbooks.model import Step


@dataclass(frozen=True)
class Thing:
    """A step or a line (``card/line``) of a run."""

    track: str
    step: str


@dataclass(frozen=True)
class Relief:
    """Three lines for whoever relieves: what is done, what is not, each by name, and the next call (None: there is none)."""

    done: tuple[Thing, ...]
    open: tuple[Thing, ...]
    call: Thing | None


def relief(run: Run, context: Context) -> Relief:
    """Give what was done and what is not of what is done by hand or by a call, the most urgent and the newest first."""
    left = list(still_open(run, context))
    settled = sorted(((how.turn, place) for place, how in run.answered.items() if how.settles), reverse=True)
    done = (Thing(*place) for _, place in settled)
    calls = (it for it in left if run.text_of(it.track, it.step).contact)
    return Relief(
        tuple(it for it in done if _counts(run.text_of(it.track, it.step))),
        tuple(it for it in left if _counts(run.text_of(it.track, it.step))),
        next(calls, None),
    )


def still_open(run: Run, context: Context) -> Iterator[Thing]:
    """Give what was answered and is not done, then where each track stands, the most urgent first; of a card its open lines."""
    yield from (Thing(left.track, left.step) for left in undone(run, context))
    playbook = run.playbook
    if playbook is None:
        return
    names = [name for name, track in run.tracks.items() if track.open and name in playbook.tracks]
    for name in sorted(names, key=lambda it: playbook.tracks[it].urgency):
        here = run.tracks[name].step
        lines = open_lines(run, context, name, here)
        yield from (Thing(name, f"{here}/{line}") for line in lines) if lines else (Thing(name, here),)


def _counts(step: Step) -> bool:
    return not step.lines and (step.hands or step.picture is not None or step.contact is not None)
