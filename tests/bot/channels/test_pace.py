"""A rate is kept where messages arrive, not where they leave."""

from __future__ import annotations

import heapq
from math import inf

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.channel import Rate
from bot.channels.pace import Pace

TRAVEL = st.lists(st.tuples(st.floats(0, 3), st.floats(0, 1), st.integers(1, 4)), min_size=1, max_size=120)
"""For each message: how long it is on its way there and back, at which part of that it arrives, and its size."""


@given(TRAVEL)
def test_no_stretch_sees_more_than_it_may(messages: list[tuple[float, float, int]]) -> None:
    """Whatever each takes on its way, sent as early as it is let, no second sees more than thirty; and all get through."""
    rate = Rate(15, 0.5)
    pace, now = Pace(rate), 0.0
    under_way: list[tuple[float, int]] = []
    arrivals: list[tuple[float, int]] = []
    for lasts, part, size in messages:
        while (free := pace.free_at(now, size)) > now:
            now = min(free, under_way[0][0] if under_way else inf)
            while under_way and under_way[0][0] <= now:
                pace.end(*heapq.heappop(under_way))
        pace.begin(size)
        arrivals.append((now + lasts * part, size))
        heapq.heappush(under_way, (now + lasts, size))

    for begins, _ in arrivals:
        assert sum(size for at, size in arrivals if begins <= at < begins + 0.999) <= 30


def test_one_that_is_larger_than_the_rate_goes_alone() -> None:
    """What becomes more messages than may go at once is not held for ever."""
    pace = Pace(Rate(3, 3.0))
    assert pace.free_at(0.0, 7) == 0.0
    pace.begin(7)
    assert pace.free_at(1.0) == inf
    pace.end(2.0, 7)
    assert pace.free_at(2.0) == 5.0
    assert pace.is_idle(5.0)
