"""A fiscal year (April to March, in the facility's zone): drills held, postponed and missed, incidents, what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal

from bot.documents.source import Source
from flows.events.drills import DrillCancelled, DrillMissed, DrillMoved
from flows.events.event import Event
from flows.planning.planning import fiscal_year
from flows.record import codec
from flows.record.journal import FACILITY
from flows.state.drill_calendar import Drill, DrillCalendar
from flows.state.run import Run
from flows.state.stamp import Stamp, evolve
from playbooks.frozen import frozen


@frozen
class DateChange:
    """A drill that was not held as planned: its date then, what became of it, the cause and a person's own words."""

    kind: str
    planned: datetime
    became: Literal["moved", "missed", "cancelled"]
    cause: str
    reason: str = ""
    to: datetime | None = None


class FiscalYear:
    """What the journal knows of one fiscal year, up to the source's entry. Drills are never incidents."""

    def __init__(self, source: Source) -> None:
        """Look at the source's year; LookupError for a source of something else."""
        if source.year is None:
            raise LookupError("the source is not of a fiscal year")
        self._source = source
        self.year = source.year
        self.begin, self.end = date(self.year, 4, 1), date(self.year + 1, 3, 31)

    def holds(self, moment: datetime | None) -> bool:
        """Say whether a moment lies in the year, by the facility's clock."""
        return moment is not None and fiscal_year(self._source.roster.facility.local(moment).date()) == self.year

    @property
    def drills(self) -> list[Run]:
        """The drills that began in the year, the oldest first; also those that were broken off."""
        return [run for run in self._source.runs.values() if run.drill and self.holds(begun_at(run))]

    @property
    def held(self) -> list[Run]:
        """The drills of the year that were held to their end, or still are."""
        return [run for run in self.drills if run.live or run.state == "closed"]

    @property
    def incidents(self) -> list[Run]:
        """The real incidents that were reported in the year, false alarms among them."""
        return [run for run in self._source.runs.values() if not run.drill and self.holds(run.reported_at)]

    @property
    def planned(self) -> list[Drill]:
        """The drills whose date lies in the year, however they stand."""
        return sorted((d for d in self._source.house.drills.values() if self.holds(d.at)), key=lambda d: (d.at, d.id))

    @property
    def ahead(self) -> list[Drill]:
        """The drills still to be held, the next first, of this year and later ones."""
        return [drill for drill in self._source.house.calendar.ahead() if drill.at >= self._source.date]

    def changes(self) -> Iterator[DateChange]:
        """Give what was not held on a day of this year for which it had been planned, in the order of the journal."""
        calendar = DrillCalendar()
        for entry in self._source.engine.journal.entries(run=FACILITY):
            if entry.seq > self._source.seq:
                return
            event = codec.decode(entry.kind, entry.body)
            change = _change(calendar, event)
            if change is not None and self.holds(change.planned):
                yield change
            evolve(calendar, event, Stamp(entry.turn, entry.recorded_at, entry.occurred_at, entry.actor))


def _change(calendar: DrillCalendar, event: Event | None) -> DateChange | None:
    match event:
        case DrillMoved():
            drill = calendar.drills[event.drill]
            return DateChange(
                drill.kind, drill.at, "moved", event.cause, event.reason, datetime.fromisoformat(event.at)
            )
        case DrillMissed():
            drill = calendar.drills[event.drill]
            return DateChange(drill.kind, drill.at, "missed", event.why)
        case DrillCancelled():
            drill = calendar.drills[event.drill]
            return DateChange(drill.kind, drill.at, "cancelled", event.reason)
        case _:
            return None


def begun_at(run: Run) -> datetime | None:
    """Give when a drill began."""
    return run.exercise.begun_at if run.exercise is not None else run.reported_at
