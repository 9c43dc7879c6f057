"""Keeping to a rate: so many in any stretch of time, counted where they arrive."""

from __future__ import annotations

from collections import deque
from math import inf

from bot.channels.channel import Rate


class Pace:
    """Keeps one rate, however long messages are on their way.

    A message counts from when it is begun until ``seconds`` after its end is known. It arrives in between; so of those
    that arrive in one stretch of that length, all count when the last of them is begun, and are no more than ``most``.
    A limiter that counts beginnings alone lets a line that stalls and recovers bring twice as many.
    """

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._under_way = 0
        self._ended = deque[tuple[float, int]]()

    def free_at(self, now: float, size: int = 1) -> float:
        """Give when ``size`` more may begin: now, later, or never unless something ends before (``inf``)."""
        self._forget(now)
        over = self._under_way + sum(ended for _, ended in self._ended) + min(size, self._rate.most) - self._rate.most
        if over <= 0:
            return now
        for at, ended in self._ended:
            over -= ended
            if over <= 0:
                return at + self._rate.seconds
        return inf

    def begin(self, size: int = 1) -> None:
        """Count what is sent now."""
        self._under_way += size

    def end(self, now: float, size: int = 1) -> None:
        """Note that it has arrived, or never will."""
        self._under_way -= size
        self._ended.append((now, size))

    def is_idle(self, now: float) -> bool:
        """Say whether nothing counts any more."""
        self._forget(now)
        return not (self._under_way or self._ended)

    def _forget(self, now: float) -> None:
        while self._ended and self._ended[0][0] + self._rate.seconds <= now:
            self._ended.popleft()
