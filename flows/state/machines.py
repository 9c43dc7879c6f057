"""The tables of what may follow what: a run's life, a track's steps, a drill in the calendar. ``transitions`` holds them and answers two questions.

*May I?* is :func:`moves`; *where to?* is :func:`after`. No callbacks hang on any of them, and no model is ever bound:
a callback field would import whatever dotted name a file puts there.
"""

from __future__ import annotations

from functools import lru_cache

from transitions import Machine

from flows.refusals import Refused
from playbooks.model import END, Step, Track

RUN_STATES = (
    "reported",
    "declared",
    "responding",
    "recovering",
    "reviewing",
    "closed",
    "reopened",
    "false_alarm",
    "broken_off",
    "aborted",
)

LIVE = frozenset({"reported", "declared", "responding", "recovering", "reviewing", "reopened"})
"""The states in which a run still wants something of people."""

_RUN_MOVES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("declare", ("reported",), "declared"),
    ("respond", ("declared", "reopened"), "responding"),
    ("recover", ("declared", "responding", "reopened"), "recovering"),
    ("review", ("declared", "responding", "recovering", "reopened"), "reviewing"),
    ("resume", ("reviewing",), "recovering"),
    ("close", ("reviewing",), "closed"),
    ("solve", ("declared", "responding", "recovering", "reopened"), "closed"),
    ("reopen", ("closed", "false_alarm"), "reopened"),
    ("call_off", ("reported", "declared", "responding", "recovering", "reviewing", "reopened"), "false_alarm"),
    ("break_off", ("reported", "declared", "responding", "recovering", "reviewing", "reopened"), "broken_off"),
    ("abort", ("reported", "declared", "responding", "recovering", "reviewing", "reopened"), "aborted"),
)

_DRILL_ONLY = frozenset({"break_off", "abort"})
_INCIDENT_ONLY = frozenset({"call_off", "solve"})


@lru_cache(maxsize=1)
def _run_machine() -> Machine:
    return Machine(
        model=None,
        states=list(RUN_STATES),
        initial="reported",
        auto_transitions=False,
        transitions=[
            {"trigger": trigger, "source": list(sources), "dest": dest} for trigger, sources, dest in _RUN_MOVES
        ],
    )


def run_after(state: str, move: str, mode: str) -> str:
    """Give the state of a run after ``move``; Refused(``not_now``) if the move isn't legal there or in this mode."""
    if move in (_DRILL_ONLY if mode == "incident" else _INCIDENT_ONLY):
        raise Refused("not_now", state=state, move=move)
    found = _run_machine().get_transitions(trigger=move, source=state) if move in _run_machine().events else []
    if not found:
        raise Refused("not_now", state=state, move=move)
    return str(found[0].dest)


def run_may(state: str, move: str, mode: str) -> bool:
    """Say whether ``move`` is legal for a run in ``state``."""
    try:
        run_after(state, move, mode)
    except Refused:
        return False
    return True


DRILL_STATES = (
    "planned",
    "announced",
    "postponed",
    "running",
    "debriefed",
    "signed_off",
    "missed",
    "cancelled",
)

AHEAD = frozenset({"planned", "announced", "postponed"})
"""The states in which a drill is still to be held."""

_DRILL_MOVES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("announce", ("planned", "postponed"), "announced"),
    ("postpone", ("planned", "announced", "postponed"), "postponed"),
    ("start", ("planned", "announced", "postponed"), "running"),
    ("interrupt", ("running",), "postponed"),
    ("debrief", ("running",), "debriefed"),
    ("sign_off", ("debriefed",), "signed_off"),
    ("miss", ("planned", "announced", "postponed", "running"), "missed"),
    ("cancel", ("planned", "announced", "postponed"), "cancelled"),
)


@lru_cache(maxsize=1)
def _drill_machine() -> Machine:
    return Machine(
        model=None,
        states=list(DRILL_STATES),
        initial="planned",
        auto_transitions=False,
        transitions=[
            {"trigger": trigger, "source": list(sources), "dest": dest} for trigger, sources, dest in _DRILL_MOVES
        ],
    )


def drill_after(state: str, move: str) -> str:
    """Give the state of a drill in the calendar after ``move``; Refused(``not_now``) if the move isn't legal there."""
    found = _drill_machine().get_transitions(trigger=move, source=state) if move in _drill_machine().events else []
    if not found:
        raise Refused("not_now", state=state, move=move)
    return str(found[0].dest)


def drill_moves(state: str) -> tuple[str, ...]:
    """Give the moves that are legal for a drill in ``state``, in the order of the table."""
    legal = set(_drill_machine().get_triggers(state))
    return tuple(move for move, _, _ in _DRILL_MOVES if move in legal)


def in_order(step: Step) -> list[str]:
    """Give a step's moves as they stand in the playbook: choices, then ``done``, and last what does not get it done."""
    last = {"done": 0, "cannot": 2, "unsure": 3}
    return [*(f"choice:{c}" for c in step.choices), *sorted(step.answers, key=lambda a: last.get(a, 1))]


class TrackMachine:
    """A track's steps as states and their answers as moves; built once for a playbook's track."""

    def __init__(self, track: Track) -> None:
        """Build the table from a complete track; its targets have been checked when it was read."""
        moves = []
        self._order = {name: in_order(step) for name, step in track.steps.items()}
        for name, step in track.steps.items():
            done = step.answers.get("done")
            for choice_id, choice in step.choices.items() if step.type.wants == "choice" else ():
                to = choice.to or (done.to if done else None) or END
                moves.append({"trigger": f"choice:{choice_id}", "source": name, "dest": to})
            for answer_id, answer in step.answers.items():
                if not (answer_id == "done" and step.type.wants == "choice"):
                    moves.append({"trigger": answer_id, "source": name, "dest": answer.to or name})
        self._machine = Machine(
            model=None, states=[*track.steps, END], initial=track.begin, auto_transitions=False, transitions=moves
        )

    def moves(self, step: str) -> tuple[str, ...]:
        """Give the answers that are legal on a step, in the playbook's order; a choice is ``choice:<id>``."""
        return tuple(sorted(self._machine.get_triggers(step), key=self._order[step].index))

    def after(self, step: str, move: str) -> str:
        """Give where an answer leads; Refused(``not_now``) when the step has no such answer."""
        found = self._machine.get_transitions(trigger=move, source=step) if move in self._machine.events else []
        if not found:
            raise Refused("not_now", state=step, move=move)
        return str(found[0].dest)
