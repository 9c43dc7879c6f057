"""Workable times: when a facility can hold a drill without its patients noticing, and why not on the other days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from contacts.labels import labelled
from contacts.phrasing import say
from contacts.shapes.days import holidays_known, is_national_holiday, long_holidays
from contacts.shapes.facility import Facility
from contacts.shapes.hours import MIDNIGHT, WEEKDAYS, Session
from contacts.shapes.open_days import open_on
from flows.planning.timetable import moment, weekly
from playbooks.drills.shape import DrillKind
from playbooks.texts import Wording

CLAIMS_UNTIL = 10
"""Until this day of a month everybody is busy with the claims (レセプト)."""

NEAR = 3
"""Open days before and after a long holiday on which nothing is added."""

_FAR = timedelta(days=21)
"""Beyond this no open day can be one of the three next to a long holiday, unless hardly any day is open."""

BEFORE_THE_END = 30
"""Minutes before the end of a session at which a short drill begins; in a session of more than six hours its middle."""

SESSION = "session"
"""The occasion of what is done between two patients; the others are :data:`contacts.shapes.facility.OCCASIONS`."""

BARRED = labelled(
    "drill_dates.barred",
    *(
        "closed",
        "holiday",
        "claims",
        "after_holiday",
        "year_end",
        "long_holiday",
        "unknown",
        "no_time",
        "taken",
        "past",
    ),
)
"""Why a day does not do."""


@dataclass(frozen=True, order=True)
class Slot:
    """A time for a drill: when it begins, aware and in the facility's zone, and the occasion it uses."""

    at: datetime
    occasion: str

    @property
    def day(self) -> date:
        """The day it is on."""
        return self.at.date()


class Workable:
    """The workable times of one facility as it is now; looked up once for each day."""

    def __init__(self, facility: Facility) -> None:
        """Take the facility whose hours, marked times and closed days count."""
        self.facility = facility
        self._bars: dict[tuple[date, bool], str | None] = {}

    def barred(self, day: date, *, before_holiday: bool = False) -> str | None:
        """Say why no drill is held on ``day`` (a key of :data:`BARRED`), None if one may be.

        ``before_holiday``: for the contact drill that belongs before a long holiday.
        """
        key = (day, before_holiday)
        if key not in self._bars:
            self._bars[key] = self._bar(day, before_holiday=before_holiday)
        return self._bars[key]

    def slots(self, kind: DrillKind, first: date, last: date, *, before_holiday: bool = False) -> list[Slot]:
        """Give every time at which a drill of a kind may begin, from ``first`` to ``last`` inclusive, in order."""
        minutes = timedelta(minutes=kind.minutes)
        found = [
            Slot(at, occasion)
            for weekday, clock, occasion, session in self._weekly_times(kind)
            if not kind.weekdays or weekday in kind.weekdays
            for at in weekly((weekday,), clock, self.facility.zone, first, last)
            if session.held_on(at.date())
            and self._holds(at, minutes, occasion)
            and self.barred(at.date(), before_holiday=before_holiday) is None
        ]
        return sorted(found)

    def hindrance(self, kind: DrillKind) -> Wording | None:
        """Say why a kind of drill has no time in any week, and the cure; None if it has one."""
        if any(not kind.weekdays or day in kind.weekdays for day, _, _, _ in self._weekly_times(kind)):
            return None
        if kind.slot == SESSION:
            return say("drill_dates.no_hours")
        return say("drill_dates.no_marked", minutes=kind.minutes)

    def _weekly_times(self, kind: DrillKind) -> Iterator[tuple[str, time, str, Session]]:
        if kind.slot == SESSION:
            for day, sessions in self.facility.sessions.items():
                for session in sessions:
                    yield day, _within(session), SESSION, session
            return
        for occasion, hours in self.facility.marked.items():
            for day, sessions in hours.items():
                for session in sessions:
                    if _minutes(session) >= kind.minutes:
                        yield day, session.start, occasion, session

    def _holds(self, at: datetime, minutes: timedelta, occasion: str) -> bool:
        """Say whether a weekly time is there on this very day: a day with hours of its own has no meeting."""
        if occasion == SESSION:
            return self.facility.in_session(at) and self.facility.in_session(at + minutes - timedelta(seconds=1))
        return at.date() not in self.facility.half_days

    def _bar(self, day: date, *, before_holiday: bool) -> str | None:
        if not all(holidays_known(year) for year in {day.year, (day - timedelta(days=7)).year}):
            return "unknown"
        if is_national_holiday(day):
            return "holiday"
        if not open_on(self.facility, day):
            return "closed"
        if (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3):
            return "year_end"
        if day.day <= CLAIMS_UNTIL:
            return "claims"
        if self._follows_holiday(day):
            return "after_holiday"
        return "long_holiday" if self._near_long_holiday(day, before_holiday=before_holiday) else None

    def _follows_holiday(self, day: date) -> bool:
        """Say whether the stretch of days off just before holds a holiday or a closure that is not every week's."""
        before = day - timedelta(days=1)
        while not self._special(before):
            if open_on(self.facility, before) or (day - before).days > 31:
                return False
            before -= timedelta(days=1)
        return True

    def _special(self, day: date) -> bool:
        usual = not self.facility.sessions or WEEKDAYS[day.weekday()] in self.facility.sessions
        return is_national_holiday(day) or (usual and day in self.facility.closed)

    def _near_long_holiday(self, day: date, *, before_holiday: bool) -> bool:
        for year in (day.year - 1, day.year):
            for _, first, last in long_holidays(year):
                if first <= day <= last:
                    return True
                if day < first and first - day <= _FAR and not before_holiday and self._open_days(day, first) <= NEAR:
                    return True
                if (
                    last < day
                    and day - last <= _FAR
                    and self._open_days(last + timedelta(1), day + timedelta(1)) <= NEAR
                ):
                    return True
        return False

    def _open_days(self, first: date, end: date) -> int:
        return sum(open_on(self.facility, first + timedelta(days=n)) for n in range((end - first).days))


def _minutes(session: Session) -> int:
    until = 24 * 60 if session.until == MIDNIGHT else session.until.hour * 60 + session.until.minute
    return until - session.start.hour * 60 - session.start.minute


def _within(session: Session) -> time:
    """Give the time inside a session at which nobody waits at the door: towards its end, in a long one its middle."""
    start, length = session.start.hour * 60 + session.start.minute, _minutes(session)
    into = length - BEFORE_THE_END if 2 * BEFORE_THE_END <= length <= 360 else length // 2
    hour, minute = divmod((start + into) // 5 * 5, 60)
    return max(time(hour, minute), session.start)


def midnight_after(at: datetime, zone: str) -> datetime:
    """Give the end of a moment's day, aware."""
    return moment(at.date() + timedelta(days=1), MIDNIGHT, zone)
