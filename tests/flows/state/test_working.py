"""What an answer leaves behind in a run: the promise that it holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flows.events.event import RunEvent
from flows.events.promising import PromiseKept, PromiseMoved, PromiseReminded, PromiseRenewed
from flows.events.working import StepAnswered
from flows.state.replay import apply
from flows.state.run import Asking, Run, Shown
from flows.state.stamp import Stamp

NOON = datetime(2027, 4, 1, 3, 0, tzinfo=UTC)


def answered(**given: object) -> Run:
    """Give a run in which m3 answered a step with this."""
    run = Run("incident-1")
    run.shown[4] = Shown(4, "vendors", "call", "m3", NOON)
    apply(run, StepAnswered(4, "vendors", "call", "done", "m3", "end", True, given=given), stamp(5, "m3"))
    return run


def stamp(turn: int, actor: str) -> Stamp:
    """Stand at a turn, at noon."""
    return Stamp(turn, NOON, NOON, actor)


def test_an_answer_holds_a_promise_or_none() -> None:
    """With or without a time; an answer without a promise leaves nothing."""
    until = (NOON + timedelta(hours=1)).isoformat()

    assert answered(promised="13時に来院", until=until).promises[5].until == NOON + timedelta(hours=1)
    assert answered(promised="折り返す", until=None).promises[5].until is None
    assert answered(text="済み").promises == {}


def test_what_becomes_of_it() -> None:
    """Missed, renewed by somebody else, moved, kept; the count of misses stays, the reminder is due anew."""
    run = answered(promised="13時に来院", until=NOON.isoformat())
    later = (NOON + timedelta(hours=2)).isoformat()
    run.asking["m4"] = Asking("promise", {"of": 5}, 6)
    events: list[tuple[RunEvent, str]] = [
        (PromiseReminded(5, 1), "clock"),
        (PromiseRenewed(5, "14時に来院"), "m4"),
        (PromiseMoved(5, later), "m4"),
    ]
    for event, actor in events:
        apply(run, event, stamp(7, actor))
    known = run.promises[5]
    assert (known.by, known.text, known.until, known.missed, known.reminded) == (
        "m4",
        "14時に来院",
        NOON + timedelta(hours=2),
        1,
        False,
    )
    assert run.asking == {}

    apply(run, PromiseKept(5), stamp(8, "m3"))
    assert run.promises[5].kept == ("m3", NOON)
