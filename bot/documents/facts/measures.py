"""Times against targets: how long a run took to be heard, led, contained and reported, where its entries tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.documents.source import Source
from flows.state.run import Answered, Run, Shown
from playbooks.frozen import frozen
from playbooks.model import Step

ALL_HEARD = timedelta(minutes=30)
"""By then everybody who was called should have confirmed; a guide value of ours, no rule."""

FIRST_OF = {"line_cut": "unplug_machine", "backups_safe": "protect_backups", "on_paper": "paper_kit"}
"""Milestones that are steps, by the step's name in the shipped playbooks."""


@frozen
class Measurement:
    """One thing that took time. ``since_report`` is from the first report on, ``took`` from when it was asked for.

    ``target`` is the time that the playbook or the facility's settings allow for it; None where nothing is set. What
    was never done has neither time. ``label`` is a step's own text where it isn't one of the named milestones.
    """

    name: str
    since_report: timedelta | None = None
    took: timedelta | None = None
    target: timedelta | None = None
    seq: int | None = None
    label: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target was met; None where that can't be said."""
        return None if self.took is None or self.target is None else self.took <= self.target


def measures(source: Source) -> tuple[Measurement, ...]:
    """Give the milestones of a run in the order in which they should come."""
    run = source.run
    start = run.reported_at
    if start is None:
        return ()
    heard = sorted(at for member, at in run.acknowledged.items() if member != run.reporter)
    everybody = heard[-1:] if heard and not run.unconfirmed() else []
    pace = source.engine.handbook.pace
    led = run.commanders[0][1] if run.commanders else None
    return (
        _since("heard", start, heard[0] if heard else None, timedelta(minutes=pace.alarm_repeat)),
        _since("all_heard", start, everybody[0] if everybody else None, ALL_HEARD),
        _since("led", start, led, timedelta(minutes=pace.command_at(run.grade))),
        *(_step(source, name, _named(run, step), start) for name, step in FIRST_OF.items() if _offers(run, step)),
        *(
            _step(source, name, _first_call(run, kind), start)
            for name, kind in (("vendor", "vendor:"), ("police", "authority:police"))
            if _calls(run, kind)
        ),
    )


def late_steps(source: Source) -> tuple[Measurement, ...]:
    """Give the steps that took longer than their playbook allows, the worst first."""
    run, language = source.run, source.words.language
    found = [
        _step(source, "step", answered, run.reported_at or answered.at, run.text_of(*key).ask.in_language(language))
        for key, answered in run.answered.items()
        if answered.settles and "/" not in key[1]  # the time allowed is a card's, not a line's
    ]
    late = [measure for measure in found if measure.met is False]
    return tuple(sorted(late, key=lambda m: (m.took or timedelta()) - (m.target or timedelta()), reverse=True))


def steps_done(run: Run) -> int:
    """Count the steps that were settled; a card counts as one."""
    return sum(answered.settles for (_, name), answered in run.answered.items() if "/" not in name)


def _since(name: str, start: datetime, at: datetime | None, target: timedelta) -> Measurement:
    return Measurement(name, at - start, at - start, target) if at else Measurement(name, target=target)


def _step(source: Source, name: str, answered: Answered | None, start: datetime, label: str = "") -> Measurement:
    run = source.run
    if answered is None:
        return Measurement(name, label=label)
    shown = run.shown[answered.shown]
    within = timedelta(seconds=run.step(shown).within)
    took = answered.at - _asked_at(run, shown, answered)
    return Measurement(name, answered.at - start, took, within, source.seq_of(answered.turn), label)


def _asked_at(run: Run, shown: Shown, answered: Answered) -> datetime:
    """Give from when its time ran: since it was shown, of a card since its last line before (flows.overdue)."""
    lines = (run.answered.get((shown.track, f"{shown.step}/{line}")) for line in run.step(shown).lines)
    return max([shown.at, *(line.at for line in lines if line is not None and shown.at < line.at < answered.at)])


def _done(answered: Answered) -> bool:
    """Say whether the thing itself was done; "can't" settles a step as well, but reaches nobody."""
    return answered.settles and (answered.answer == "done" or answered.answer.startswith("choice:"))


def _named(run: Run, step: str) -> Answered | None:
    done = [a for (_, name), a in run.answered.items() if name.rpartition("/")[2] == step and _done(a)]
    return min(done, key=lambda a: a.at) if done else None


def _first_call(run: Run, kind: str) -> Answered | None:
    done = [a for key, a in run.answered.items() if _done(a) and (run.text_of(*key).contact or "").startswith(kind)]
    return min(done, key=lambda a: a.at) if done else None


def _offers(run: Run, step: str) -> bool:
    return any(step == name for name, _ in _steps(run))


def _calls(run: Run, kind: str) -> bool:
    return any((contact or "").startswith(kind) for contact in _contacts(run))


def _contacts(run: Run) -> Iterator[str | None]:
    return (step.contact for _, step in _steps(run))


def _steps(run: Run) -> Iterator[tuple[str, Step]]:
    """Give all steps and lines of the run's playbook by their own names."""
    for track in run.playbook.tracks.values() if run.playbook else ():
        for name, step in track.steps.items():
            yield name, step
            yield from step.lines.items()
