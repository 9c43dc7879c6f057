"""What may follow what."""

from __future__ import annotations

import pytest

from flows.refusals import Refused
from flows.state.machines import (
    AHEAD,
    DRILL_STATES,
    LIVE,
    RUN_STATES,
    TrackMachine,
    drill_after,
    drill_moves,
    run_after,
    run_may,
)
from tests.flows.clinic import one_step


def walk(*moves: str, mode: str = "incident") -> str:
    """Give the state after some moves from the report on."""
    state = "reported"
    for move in moves:
        state = run_after(state, move, mode)
    return state


def test_a_runs_whole_life() -> None:
    """Reported, declared, responding, recovering, reviewing, closed; reopened and closed again."""
    assert walk("declare", "respond", "recover", "review", "close") == "closed"
    assert walk("declare", "respond", "review", "close", "reopen", "respond", "recover", "review", "close") == "closed"


def test_a_false_alarm_can_be_reopened() -> None:
    """What was called off too early goes on."""
    assert walk("call_off", "reopen") == "reopened"


@pytest.mark.parametrize("state", sorted(LIVE))
def test_only_a_drill_is_broken_off(state: str) -> None:
    """A drill never ends as a false alarm, an incident is never broken off or aborted; each from every live state."""
    assert run_may(state, "call_off", "incident")
    assert not run_may(state, "call_off", "drill")
    for move in ("break_off", "abort"):
        assert run_may(state, move, "drill")
        assert not run_may(state, move, "incident")


@pytest.mark.parametrize("state", sorted(set(RUN_STATES) - LIVE))
def test_what_has_ended_only_reopens(state: str) -> None:
    """No move but that one leads out of an end, and only out of a closed run or a false alarm."""
    moves = ("declare", "respond", "recover", "review", "resume", "close", "call_off", "break_off", "abort")
    assert not any(run_may(state, move, mode) for move in moves for mode in ("incident", "drill"))
    assert run_may(state, "reopen", "incident") == (state in {"closed", "false_alarm"})


@pytest.mark.parametrize(("state", "move"), [("closed", "close"), ("reported", "close"), ("reported", "fly")])
def test_what_may_not_be_is_refused(state: str, move: str) -> None:
    """The refusal names the state and the move."""
    with pytest.raises(Refused) as refusal:
        run_after(state, move, "incident")

    assert (refusal.value.name, refusal.value.data) == ("not_now", {"state": state, "move": move})


def test_a_steps_answers_are_its_moves() -> None:
    """In the playbook's order: choices, done, then what doesn't get it done; each leads where it says."""
    text = """takes: choice
choices:
  zebra: {ja: 甲, en: Z, to: two}
  ape: {ja: 乙, en: A}
answers:
  cannot: {}
  other: {label: {ja: 別, en: Other}, to: end}"""
    after = "      two:\n        ask: {ja: 次。, en: Next.}\n        source: own\n"
    machine = TrackMachine(one_step(text, after=after).tracks["only"])

    assert machine.moves("it") == ("choice:zebra", "choice:ape", "other", "cannot", "unsure")
    assert [machine.after("it", move) for move in machine.moves("it")] == ["two", "two", "end", "two", "it"]
    assert machine.moves("two") == ("done", "unsure")
    assert machine.after("two", "done") == "end"


def test_a_step_has_no_other_answers() -> None:
    """Not even one that another step has."""
    machine = TrackMachine(one_step("").tracks["only"])

    for move in ("cannot", "choice:x", "to_end"):
        with pytest.raises(Refused, match="not_now"):
            machine.after("it", move)


@pytest.mark.parametrize(
    ("state", "moves"),
    [
        ("planned", ("announce", "postpone", "start", "miss", "cancel")),
        ("running", ("interrupt", "debrief", "miss")),
        ("debriefed", ("sign_off",)),
        ("signed_off", ()),
        ("missed", ()),
        ("cancelled", ()),
    ],
)
def test_what_may_become_of_a_drill(state: str, moves: tuple[str, ...]) -> None:
    """What is ahead can be moved or held; what was held is talked over and signed off; what is over stays over."""
    assert drill_moves(state) == moves
    assert {drill_after(state, move) for move in moves} <= set(DRILL_STATES)
    with pytest.raises(Refused):
        drill_after(state, "dance")


def test_only_what_is_ahead_can_begin() -> None:
    """Planned, announced or postponed."""
    assert {state for state in DRILL_STATES if "start" in drill_moves(state)} == AHEAD
