"""What was written as it was written, in memory alone and for ten minutes: what was kept of it is masked."""

from __future__ import annotations

from datetime import datetime, timedelta

from playbooks.frozen import frozen

MOST = 200
"""Texts that are remembered at most; then the oldest go."""


@frozen
class Whole:
    """A text as it was written, and the causes under which what was kept of it stands."""

    text: str
    causes: tuple[str, ...]
    at: datetime


class Withheld:
    """The texts of this process, by the turn at which they were masked."""

    def __init__(self, known_for: timedelta) -> None:
        self._known_for = known_for
        self._texts: dict[int, Whole] = {}

    def keep(self, turn: int, whole: Whole) -> None:
        """Remember a text for a while."""
        self.forget_old(whole.at)
        self._texts[turn] = whole
        for oldest in list(self._texts)[:-MOST]:
            del self._texts[oldest]

    def get(self, turn: int, now: datetime) -> Whole | None:
        """Give a text; None if it was never known here, or is forgotten."""
        self.forget_old(now)
        return self._texts.get(turn)

    def forget(self, turn: int) -> None:
        """Forget a text that was kept whole."""
        self._texts.pop(turn, None)

    def forget_old(self, now: datetime) -> None:
        """Forget what nobody may ask for any more."""
        self._texts = {turn: one for turn, one in self._texts.items() if now <= one.at + self._known_for}

    def __contains__(self, turn: int) -> bool:
        """Say whether a text is still known."""
        return turn in self._texts
