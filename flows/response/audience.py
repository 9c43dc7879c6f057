"""Who hears of what happens in a run, and how soon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flows.events.event import Event
from flows.handlers import Handlers
from flows.messages.calling import VoiceCallWanted
from flows.messages.helping import HelpWanted
from flows.record.journal import LATER, SOON, Owed
from flows.scene.circle import sees
from flows.state.run import HelpCall, Run
from flows.state.work import Context
from playbooks.frozen import frozen


@frozen
class Circumstances:
    """How an event came about: its turn, the events of the same act, and what was decided on."""

    turn: int
    together: Sequence[Event]
    context: Context

    @property
    def actor(self) -> str:
        """Whoever did it."""
        return self.context.actor


tells: Handlers[[Circumstances], Iterable[Owed]] = Handlers()
"""What an event of a run owes to whom: names of messages and the facts they need, never words."""


def everybody(context: Context) -> list[str]:
    """Give all who work here now."""
    return [m.id for m in context.roster.active()]


def followers(run: Run, context: Context) -> list[str]:
    """Give those who have a board of the run: whoever reported, confirmed or decides."""
    here = set(everybody(context))
    return [
        m
        for m in dict.fromkeys([run.reporter, *run.acknowledged, *([run.commander] if run.commander else [])])
        if m in here and sees(run, context, m)
    ]


def alarmed(run: Run, context: Context) -> list[str]:
    """Give those who know of the run: who has a board of it, and everybody who was called."""
    here = set(everybody(context))
    return [m for m in dict.fromkeys([*followers(run, context), *run.ring, *run.quiet]) if m in here]


def leaders(run: Run, context: Context) -> list[str]:
    """Give who is told what stays undone: whoever decides, until there is one all who may; never who said it."""
    found = [run.commander] if run.commander else [m.id for m in context.chain()]
    return [m for m in found if m != context.actor]


def undone_key(run: str, track: str, step: str) -> str:
    """Name the message that tells of a step or a line (``card/line``) that it was left undone, so that it can be changed in place."""
    return f"undone:{run}:{track}/{step}"


def help_key(run: str, of: int) -> str:
    """Name the message that asks others to come to whoever called at a turn."""
    return f"help:{run}:{of}"


def called_off(run: Run, call: HelpCall) -> Iterable[Owed]:
    """Change what was asked of those who needn't go any more: somebody does, or the step is over."""
    key = help_key(run.id, call.turn)
    return [Owed(m, HelpWanted(call.turn), run.id, key=key, priority=SOON, edits=True) for m in call.asked]


def where_key(run: str) -> str:
    """Name the message that asks somebody again where they are."""
    return f"where:{run}"


def call_key(run: str, turn: int) -> str:
    """Name the message that asks for the call of a turn, so that it can be changed in place."""
    return f"voice:{run}:{turn}"


def calls_over(run: Run) -> Iterable[Owed]:
    """Change what was asked of those who needn't call any more: whom they would have called knows, or somebody leads."""
    return [
        Owed(one.caller, VoiceCallWanted(one.turn), run.id, key=call_key(run.id, one.turn), priority=LATER, edits=True)
        for one in run.voice_calls.values()
        if one.told is None
    ]


def step_key(run: str, turn: int) -> str:
    """Name the message that shows the step of a turn, so that it can be changed in place."""
    return f"step:{run}:{turn}"


def screen_key(run: Run, turn: int) -> str:
    """Name the message in which the step of a turn stands: its own, or that of the step answered before it."""
    return step_key(run.id, run.shown[turn].screen)


def which_key(run: str, evidence: int) -> str:
    """Name the message that asks to which line a photo belongs."""
    return f"which:{run}:{evidence}"


def offered_key(run: str, turn: int) -> str:
    """Name the message that asks which line of the card of a turn is meant."""
    return f"offered:{step_key(run, turn)}"


def next_key(run: str, turn: int) -> str:
    """Name the message that says what is next on the card of a turn."""
    return f"next:{step_key(run, turn)}"


def line_key(run: str, turn: int, line: str) -> str:
    """Name the message that shows one line of the card of a turn."""
    return f"{step_key(run, turn)}:{line}"
