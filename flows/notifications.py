"""What is owed to whom after something happened: names of messages and the facts they need, never words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flows.events.event import Event
from flows.events.telling import EvidenceKept
from flows.events.working import Asked, AskingDropped
from flows.record.journal import Owed
from flows.response.audience import BOARD, Circumstances, followers, tells
from flows.response.drilling import next_question
from flows.response.reporting import reminded_on
from flows.state.run import Run
from flows.state.work import Context

_NOT_ON_THE_BOARD = (EvidenceKept, Asked, AskingDropped)


def notifications(run: Run, happened: Sequence[tuple[int, Event]], context: Context) -> list[Owed]:
    """Give what a command's events (with their turns) owe to people; ``run`` is the run after them."""
    together = [event for _, event in happened]
    owed = list[Owed]()
    for turn, event in happened:
        if tell := tells.of(run, event):
            owed += tell(Circumstances(turn, together, context))
    if not all(isinstance(event, _NOT_ON_THE_BOARD) for event in together):
        owed += boards([run], context)
    return owed


def boards(runs: Iterable[Run], context: Context) -> list[Owed]:
    """Give the edit of each follower's board, for when what it shows has changed, in the run or outside of it."""
    return [
        Owed(m, "board", run.id, key=f"board:{run.id}", priority=BOARD, silent=True, edits=True)
        for run in runs
        if run.playbook is not None
        for m in followers(run, context)
    ]


def still_true(owed: Owed, run: Run, member: str) -> bool:
    """Say whether a message that waits to be sent still holds: what a later event made untrue is not sent any more."""
    match owed.name:
        case "question":
            return run.state == "reported"
        case "alarm" | "alarm_again" | "drill_call" | "drill_call_again":
            return run.live and member not in run.acknowledged
        case "command_ask" | "command_open":
            return run.live and run.commander is None
        case "step" | "step_reminder":
            shown = run.shown.get(int(str(owed.data["turn"])))
            return shown is not None and shown.open
        case "step_waiting":
            shown = run.shown.get(int(str(owed.data["turn"])))
            return shown is not None and any(t == shown.track for t, _ in run.waiting())
        case "quiz":
            return run.live and run.exercise is not None and next_question(run.exercise, member) == owed.data["number"]
        case "inject" | "facilitation":
            return run.live
        case "asking":
            return member in run.asking
        case "promise_missed":
            promise = run.promises.get(int(str(owed.data["turn"])))
            return run.live and promise is not None and promise.kept is None and promise.reminded
        case "duty_reminder":
            return any(duty not in run.filed for duty, _ in reminded_on(run, str(owed.data["day"])))
        case "ratify_ask":
            made = run.decisions.get(int(str(owed.data["turn"])))
            return made is not None and made.ratified is None
        case _:
            return True
