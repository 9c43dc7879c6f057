"""Where people are is asked again when it no longer holds; who is on their way is told to whoever leads, and asked when late."""

from __future__ import annotations

from collections.abc import Iterator

from flows.commands.clock import AskPresence
from flows.events.calling import ArrivalTold, PresenceAsked
from flows.messages.calling import ArrivalIs, WhereNow
from flows.record.journal import SOON, Owed
from flows.refusals import Refused
from flows.response.audience import Circumstances, leaders, tells, where_key
from flows.scene.presence import to_ask_again
from flows.scene.voice import runs_scene
from flows.state.run import Run
from flows.state.work import Work, decides


@decides
def ask(work: Work, command: AskPresence) -> None:
    """Ask somebody again where they are."""
    if command.member not in to_ask_again(work.run, work.context):
        raise Refused("stale")
    work.add(PresenceAsked(command.member))


@tells
def _asked(run: Run, event: PresenceAsked, _: Circumstances) -> Iterator[Owed]:
    yield Owed(event.member, WhereNow(), run.id, key=where_key(run.id), priority=SOON, silent=True)


@tells
def _on_their_way(run: Run, event: ArrivalTold, how: Circumstances) -> Iterator[Owed]:
    scene = runs_scene(run, how.context)
    to = dict.fromkeys([event.member, *leaders(run, how.context), *([scene] if scene else [])])
    return (Owed(m, ArrivalIs(event.member), run.id, priority=SOON) for m in to)
