"""Planning: the drills of a fiscal year, each with the reason of its date. Pure and always the same for the same facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from contacts.phrasing import say
from contacts.readiness.freshness import BEFORE_HOLIDAYS
from contacts.shapes.days import long_holidays, months_after
from contacts.shapes.facility import Facility
from flows.planning.reasons import reason_of, why
from flows.planning.workable import Slot, Workable
from playbooks.drills.shape import DrillKind
from playbooks.frozen import frozen
from playbooks.texts import Wording

LEAST_LEFT = 4
"""A cycle that runs already is left out if less than a fourth of it is left: a new home is not flooded in March."""


@frozen
class PlannedDrill:
    """A drill with its date: to be held by ``until``, the last day of its cycle; ``because`` are the facts of its reason."""

    id: str
    kind: str
    at: datetime
    until: date
    because: Mapping[str, str]
    scenario: str | None = None

    @property
    def why(self) -> Wording:
        """The reason of the date."""
        return why(self.because, self.at)


@frozen
class Standing:
    """A drill that is in the calendar already; ``counts`` unless it was missed, cancelled or broken off."""

    id: str
    kind: str
    at: datetime
    scenario: str | None = None
    counts: bool = True


@frozen
class Unplaced:
    """A kind that found no time, with the reason and the cure."""

    kind: str
    why: Wording


@frozen
class Plan:
    """What is to be added to a year's calendar, in the order of time, and what could not be placed."""

    drills: tuple[PlannedDrill, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()


@frozen
class Occasion:
    """A cycle in which a kind of drill is due once: from ``first`` to ``last``, best on ``target``.

    ``holiday`` names the long holiday before which it is held.
    """

    id: str
    kind: DrillKind
    first: date
    last: date
    target: date
    holiday: str | None = None


def fiscal_year(day: date) -> int:
    """Give the fiscal year of a day: it begins in April."""
    return day.year if day.month >= 4 else day.year - 1


def occasions(kind: DrillKind, year: int) -> Iterator[Occasion]:
    """Give the cycles of a kind in a fiscal year; their ids stay the same whatever is planned."""
    begin, number = date(year, 4, 1), 0
    if kind.before_long_holidays:
        for of in (year, year + 1):
            for name, first, _ in long_holidays(of):
                if fiscal_year(first) == year:
                    number += 1
                    target, last = first - timedelta(days=BEFORE_HOLIDAYS), first - timedelta(days=1)
                    earliest = max(target - timedelta(days=7), begin)
                    yield Occasion(f"fy{year}-{kind.id}-{number}", kind, earliest, last, target, name)
    if kind.every_months is None:
        return
    for months in range(0, 12, kind.every_months):
        number += 1
        first = months_after(begin, months)
        last = months_after(begin, months + kind.every_months) - timedelta(days=1)
        liked = [d for d in _days(first, last) if d.month in kind.months] or list(_days(first, last))
        yield Occasion(f"fy{year}-{kind.id}-{number}", kind, first, last, liked[len(liked) // 2])


def plan(
    kinds: Mapping[str, DrillKind],
    facility: Facility,
    year: int,
    standing: Iterable[Standing],
    today: date,
    scenarios: Sequence[str] = (),
) -> Plan:
    """Give what is missing in a fiscal year's calendar from tomorrow on.

    ``standing`` is all that was ever planned: its ids are not planned again, its days are taken. ``scenarios`` are the
    ids for tabletop drills; the one longest not used comes first.
    """
    return _Planner(kinds, facility, tuple(standing), today, tuple(scenarios)).year(year)


class _Planner:
    def __init__(
        self,
        kinds: Mapping[str, DrillKind],
        facility: Facility,
        standing: tuple[Standing, ...],
        today: date,
        scenarios: tuple[str, ...],
    ) -> None:
        self.kinds, self.facility, self.scenarios = kinds, facility, scenarios
        self.workable = Workable(facility)
        self.earliest = today + timedelta(days=1)
        self.ids = {s.id for s in standing}
        self.placed = [(s.kind, facility.local(s.at)) for s in standing if s.counts]
        self.played = {s.scenario: s.at.date() for s in sorted(standing, key=lambda s: s.at) if s.scenario and s.counts}

    def year(self, year: int) -> Plan:
        wanted = [o for kind in self.kinds.values() for o in occasions(kind, year) if self._is_wanted(o)]
        wanted.sort(key=lambda o: (o.holiday is None, -o.kind.minutes, (o.last - o.first).days, o.first, o.id))
        drills: list[PlannedDrill] = []
        lacking: dict[str, Wording] = {}
        for occasion in wanted:
            if occasion.holiday is None and self._is_covered(occasion):
                continue
            slot = self._best(occasion)
            if slot is None:
                lacking[occasion.kind.id] = self.workable.hindrance(occasion.kind) or self._no_day(occasion)
                continue
            self.placed.append((occasion.kind.id, slot.at))
            why = reason_of(slot, occasion.holiday)
            scenario = self._scenario(slot) if occasion.kind.scenarios else None
            drills.append(PlannedDrill(occasion.id, occasion.kind.id, slot.at, occasion.last, why, scenario))
        drills.sort(key=lambda d: d.at)
        return Plan(tuple(drills), tuple(Unplaced(kind, why) for kind, why in lacking.items()))

    def _is_wanted(self, occasion: Occasion) -> bool:
        if occasion.id in self.ids or occasion.last < self.earliest:
            return False
        left = (occasion.last - max(self.earliest, occasion.first)).days
        return occasion.holiday is not None or left * LEAST_LEFT >= (occasion.last - occasion.first).days

    def _is_covered(self, occasion: Occasion) -> bool:
        return any(k == occasion.kind.id and occasion.first <= at.date() <= occasion.last for k, at in self.placed)

    def _best(self, occasion: Occasion) -> Slot | None:
        first = max(occasion.first, self.earliest)
        found = self.workable.slots(occasion.kind, first, occasion.last, before_holiday=occasion.holiday is not None)
        taken = {at.date() for _, at in self.placed}
        free = [slot for slot in found if slot.day not in taken]
        liked = [slot for slot in free if not occasion.kind.months or slot.day.month in occasion.kind.months]
        return min(liked or free, key=lambda slot: (self._cost(slot, occasion), slot.at), default=None)

    def _cost(self, slot: Slot, occasion: Occasion) -> float:
        """Say how badly a time suits: far from the middle of its cycle, next to other drills, always the same weekday."""
        span = max((occasion.last - occasion.first).days / 2, 1)
        far = 2 * abs((slot.day - occasion.target).days) / span
        weekdays = [at.weekday() for _, at in self.placed]
        often = weekdays.count(slot.at.weekday()) / max(len(weekdays), 1)
        month = sum((at.year, at.month) == (slot.at.year, slot.at.month) for _, at in self.placed)
        nearest = min((abs((at.date() - slot.day).days) for _, at in self.placed), default=99)
        crowded = 2.0 if nearest < 3 else 0.5 if nearest < 7 else 0.0
        monday = 0.5 if slot.at.weekday() == 0 else 0.0
        return far + 3 * often + 0.5 * month + crowded + monday

    def _scenario(self, slot: Slot) -> str | None:
        if not self.scenarios:
            return None
        chosen = min(self.scenarios, key=lambda s: (self.played.get(s, date.min), self.scenarios.index(s)))
        self.played[chosen] = slot.day
        return chosen

    def _no_day(self, occasion: Occasion) -> Wording:
        known = any(self.workable.barred(d) != "unknown" for d in _days(occasion.first, occasion.last))
        if not known:
            return say("drill_dates.holidays_unknown", year=occasion.first.year)
        return say("drill_dates.no_day", first=occasion.first, last=occasion.last)


def next_slot(
    kind: DrillKind, facility: Facility, after: date, until: date, taken: Iterable[date], *, before_holiday: bool
) -> Slot | None:
    """Give the first workable time after a day and not later than ``until``, on a day that is not taken."""
    busy = set(taken)
    found = Workable(facility).slots(kind, after + timedelta(days=1), until, before_holiday=before_holiday)
    return next((slot for slot in found if slot.day not in busy), None)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
