"""Whether somebody asks how something of a run stands, and of which steps: the run knows, so that nobody has to be asked."""

from __future__ import annotations

from collections.abc import Iterator

from flows.response.steps import applies
from flows.state.run import Run
from flows.state.work import Context
from playbooks.model import Step
from playbooks.texts import everywhere
from playbooks.wants.acts import acts
from playbooks.wants.names import asks_whether_right, deeds_in, kinds_called, thing_in

MOST = 4
"""So many steps are told of; who asks of more reads the board."""


def asked_about(text: str, run: Run, context: Context) -> tuple[str, ...]:
    """Give the steps and lines (``track/step/line``) of which a text asks how they stand; none where it asks for no such thing."""
    if run.playbook is None or not acts().asks_whether(text) or asks_whether_right(text):
        return ()
    steps = {place: step for place, step in _steps(run, context) if not step.lines}
    alike = {place: _likeness(text, step) for place, step in steps.items()}
    most = max(alike.values(), default=0)
    about = [place for place, much in alike.items() if much == most > 0]
    open_now = {shown.track + "/" + shown.step for shown in run.open_steps()}
    found = sorted(about, key=lambda place: _rank(run, place, open_now))
    begun = [place for place in found if _rank(run, place, open_now) < NOT_BEGUN]
    return tuple((begun or found)[:MOST])


NOT_BEGUN = 2


def _rank(run: Run, place: str, open_now: set[str]) -> int:
    track, _, step = place.partition("/")
    if (track, step) in run.answered:
        return 0
    return 1 if place in open_now or place.rpartition("/")[0] in open_now else NOT_BEGUN


def _steps(run: Run, context: Context) -> Iterator[tuple[str, Step]]:
    """Give the steps and lines of what is followed that concern this case, or were answered."""
    tracks = run.playbook.tracks if run.playbook else {}
    for track in (name for name in run.tracks if name in tracks):
        for name, step in tracks[track].steps.items():
            for place, one in ((name, step), *((f"{name}/{line}", each) for line, each in step.lines.items())):
                if (track, place) in run.answered or applies(one, run, context):
                    yield f"{track}/{place}", one


def _likeness(text: str, step: Step) -> int:
    """Give in how much a text names what a step does: its deeds, its thing, whoever it calls; 0 where anything speaks against it."""
    asks = " ".join(everywhere(step.ask).values())
    thing, deeds, called = thing_in(text), deeds_in(text), kinds_called(text)
    same = deeds & deeds_in(asks)
    if deeds and not same:
        return 0
    if called and "call" in deeds:
        by_card = (step.contact or "").partition(":")[0] in called
        return 2 * by_card + (0 if by_card or not called & kinds_called(asks) else 1)
    about = thing in (step.picture, thing_in(asks)) if thing else False
    return 0 if thing and not about and "backup" not in same else 2 * len(same) + about
