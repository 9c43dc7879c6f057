"""One figure for how ready a facility is, the three next things to do, and every item behind the figure."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from contacts.readiness.requirements import Item, items, open_items
from contacts.roster import Roster
from playbooks.frozen import frozen

NEXT = 3
"""So many things to do are named at once; more only frighten."""


@frozen
class Readiness:
    """How ready a facility is on one day."""

    items: tuple[Item, ...]

    @property
    def figure(self) -> int:
        """0 to 100, rounded down: 100 only when nothing is left, above all no required contact."""
        whole = sum(item.weight for item in self.items)
        done = sum(Fraction(item.weight * min(item.done, item.of), item.of) for item in self.items)
        return int(100 * done / whole)

    @property
    def next(self) -> tuple[Item, ...]:
        """The three things to do next, that which moves the figure most first."""
        return open_items(self.items)[:NEXT]


def readiness(roster: Roster, today: date) -> Readiness:
    """Give how ready the facility is on ``today``."""
    return Readiness(items(roster, today))
