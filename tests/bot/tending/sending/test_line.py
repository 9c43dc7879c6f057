"""A line knows whom it lets through, and after a failure how long to leave whom alone."""

from __future__ import annotations

from itertools import count
from math import inf

from bot.channels.channel import Rate, Rates, Undelivered
from bot.tending.sending.line import Line

LOST = Undelivered("network", "no route", 4.0)


class Watch:
    """A clock that is moved by hand."""

    now = 100.0

    def __call__(self) -> float:
        """Give its time."""
        return self.now


def fails(line: Line, *chats: str) -> None:
    """Let a try to each of these chats fail."""
    for chat in chats:
        line.begin(chat)
        line.end(chat)
        line.failed(chat, LOST)


def test_the_first_failure_of_a_chat_costs_nothing() -> None:
    """It goes again at once; only when that fails too it waits, and nobody else does."""
    line = Line(None, Watch())
    fails(line, "a")
    assert line.waiting() == set()

    fails(line, "a")
    assert (line.waiting(), line.is_open(), line.opens_in()) == ({"a"}, True, 4.0)


def test_what_two_chats_meet_is_the_lines() -> None:
    """Then one is tried now and then, whoever was not tried for longest; the first success opens it for all."""
    watch = Watch()
    line = Line(None, watch)
    fails(line, "a", "b", "a", "b")
    assert (line.is_away, line.is_open(), line.opens_in()) == (True, False, 4.0)
    watch.now += 4.0
    assert (line.is_open(), line.waiting()) == (True, set())

    assert line.least_tried(["b", "a", "c"]) == "c"
    line.begin("c")
    assert not line.is_open()
    line.end("c")
    line.reached("c")
    assert (line.is_away, line.is_open(), line.waiting()) == (False, True, set())


def test_a_success_in_between_tells_that_the_line_is_there() -> None:
    """Two chats that fail with others getting through beside them are trouble of their own."""
    line = Line(None, Watch())
    for chat in "abab":
        fails(line, chat)
        line.reached("c")

    assert (line.is_away, line.is_open(), line.waiting()) == (False, True, {"a", "b"})


def test_being_told_to_wait() -> None:
    """One chat's 429 is its own; two at once are meant for all, until the first of them is over."""
    watch = Watch()
    line = Line(None, watch)
    line.failed("a", Undelivered("busy", "Too Many Requests", 30.0))
    line.reached("c")
    assert (line.is_open(), line.waiting()) == (True, {"a"})

    line.failed("b", Undelivered("busy", "Too Many Requests", 10.0))
    assert (line.is_open(), line.opens_in()) == (False, 10.0)
    watch.now += 10.0
    assert (line.is_open(), line.waiting()) == (True, {"a"})


def test_rates_of_all_and_of_a_chat() -> None:
    """A chat that has had its share waits; when all have had theirs, everybody does, until something ends."""
    watch = Watch()
    line = Line(Rates(Rate(3, 1.0), lambda _: (Rate(2, 2.0),), lambda _: 1, 2.0), watch)
    for chat in ("a", "a"):
        line.begin(chat)
    assert (line.waiting(), line.is_open(), line.is_open(2)) == ({"a"}, True, False)
    line.begin("b")
    assert (line.is_open(), line.opens_in()) == (False, inf)

    for chat in ("a", "a", "b"):
        line.end(chat)
    assert (line.is_quiet("b"), line.is_quiet("z")) == (False, True)
    watch.now += 1.0
    assert (line.is_open(3), line.waiting()) == (True, {"a"})
    watch.now += 1.0
    assert (line.is_quiet("b"), line.waiting(), line.opens_in()) == (True, set(), inf)


def test_an_open_line_is_asked_again_for_nothing() -> None:
    """Time goes on while it is asked: what is open now has no moment at which it opens, or whoever waits for that never rests."""
    line = Line(Rates(Rate(3, 1.0), lambda _: (Rate(2, 2.0),), lambda _: 1, 2.0), count().__next__)

    assert (line.is_open(), line.opens_in()) == (True, inf)
