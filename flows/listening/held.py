"""What was held back until its sender said where it belongs, and they never did: it is taken, so that nothing is lost.

A second report that nobody sorted counts as the same matter, and whoever leads is asked whether it is: to begin a second
response on a guess would call everybody and split the few hands there are, to keep it to ourselves could leave a fire or a
lost device unseen. So its words stand in the record of what goes on, and a person decides, with one tap, whether it is
another thing; nobody's silence lets it go, since a plea passes on until somebody answers. What may have been an answer or a
plea is taken for the plea; what may belong to several runs is a note of the newest that its writer has to do with.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from flows.commands.clock import Due, TakeHeld
from flows.events.calling import ReportedAgain
from flows.events.telling import NoteTaken
from flows.events.working import Asked
from flows.listening.pleas import hear
from flows.refusals import Refused
from flows.state.house import House
from flows.state.work import Context, Work, decides

TOO_LATE = timedelta(minutes=60)
"""A bot that was off for longer takes nothing any more: what goes on has gone on without it."""


@decides
def take(work: Work, command: TakeHeld) -> None:
    """Keep what was written, and let whoever leads have what it may want."""
    run = work.run
    if run.state == "reviewing":
        raise Refused("stale")
    of = run.turns + 1
    if command.again:
        near = tuple(str(name) for name in command.about.get("near", ()))
        work.add(ReportedAgain(command.by, command.text, near, early=run.state == "reported"))
    else:
        work.add(NoteTaken(command.text, by=command.by))
    if command.wants:
        hear(work, of, command.wants, command.about, by=command.by)


def held_due(house: House, context: Context) -> Iterator[Due]:
    """Give what was held back for so long that nobody will say any more what it is."""
    for turn, asked in house.asked.items():
        since = house.asked_at[turn] + timedelta(minutes=context.handbook.pace.reply)
        if since <= context.now < since + TOO_LATE and (taken := _taken(asked, context)) is not None:
            yield Due(since, str(asked.about["cause"]), taken)


def _taken(asked: Asked, context: Context) -> TakeHeld | None:
    about, text = asked.about, str(asked.about.get("text", ""))
    runs = [run for run in (about.get("run"), *reversed(about.get("runs", ()))) if run in context.runs]
    live = [run for run in runs if context.runs[run].live and context.runs[run].playbook is not None]
    if not live or not text or "cause" not in about:
        return None
    match asked.what:
        case "same_or_new":
            means = {"candidates": about.get("candidates", ()), "near": about.get("near", ())}
            return TakeHeld(live[0], text, asked.member, again=True, wants=("other_thing",), about=means)
        case "answer_or_plea":
            wants = tuple(about.get("wants", ())) or ("question",)
            return TakeHeld(live[0], text, asked.member, wants=wants, about=about.get("means", {}))
        case "which_run":
            theirs = [run for run in live if asked.member in context.runs[run].engaged]
            return TakeHeld((theirs or live)[0], text, asked.member)
        case _:
            return None
